import Postgres
import ReferralGroup
import Storage

/// The cast: Alice is president of a chapter, Bob a member of it, and Charlie of another, who must see nothing.
///
/// The clock of their database stands at eight in the morning of 1 November 2026, UTC.
package struct SampleChapter: Sendable {
    package static let now = Instant(microsecondsSinceEpoch: 1_793_520_000_000_000)

    /// Who they are, and where.
    struct Cast: Sendable {
        let alder: Chapter
        let birch: Chapter
        let alice: Membership
        let bob: Membership
        let charlie: Membership

        /// Enters them into a database without rows.
        init(in scratch: ScratchDatabase) async throws {
            try await scratch.stopClock(at: SampleChapter.now)
            let installation = scratch.database.acting(as: .system(door: .cli), in: nil)
            alder = try await installation.create(
                .sample("alder", timeZone: "Europe/Berlin", currency: "EUR", weekday: .wednesday)
            )
            birch = try await installation.create(
                .sample("birch", timeZone: "Europe/London", currency: "GBP", weekday: .thursday)
            )
            let inAlder = scratch.database.acting(as: .system(door: .cli), in: alder.id)
            let inBirch = scratch.database.acting(as: .system(door: .cli), in: birch.id)
            alice = try await inAlder.add(.sample("Alice Archer", seat: "Roofer"))
            bob = try await inAlder.add(.sample("Bob Baker", seat: "Baker"))
            charlie = try await inBirch.add(.sample("Charlie Carver", seat: "Carpenter"))
            _ = try await inAlder.run(
                .appoint(alice, as: .president, from: .day("2026-04-01"), to: nil, in: alder.id)
            )
        }
    }

    package let scratch: ScratchDatabase
    private let cast: Cast

    package init() async throws {
        scratch = try ScratchDatabase.current
        if let cast = scratch.cast {
            self.cast = cast
        } else {
            cast = try await Cast(in: scratch)
        }
    }

    /// Alder meets on Wednesdays in Berlin.
    package var alder: Chapter { cast.alder }
    /// Birch meets on Thursdays in London.
    package var birch: Chapter { cast.birch }
    package var alice: Membership { cast.alice }
    package var bob: Membership { cast.bob }
    package var charlie: Membership { cast.charlie }

    /// Every office there is, and those to come, were recorded so many days ago.
    package func letTimePass(days: Int) async throws {
        try await scratch.recordOffices(daysBefore: days, Self.now)
    }

    package var database: Database {
        scratch.database
    }

    /// The operator's shell in Alder.
    package var shell: ActingDatabase {
        database.acting(as: .system(door: .cli), in: alder.id)
    }

    /// The operator's shell in Birch.
    package var birchShell: ActingDatabase {
        database.acting(as: .system(door: .cli), in: birch.id)
    }

    /// The database in the hands of a member, with the rights that their chapter gives them today.
    package func acting(as member: Membership, in chapter: Chapter? = nil) async throws -> ActingDatabase {
        let chapter = chapter ?? alder
        guard let email = member.email else { throw Unknown.member(member.name, candidates: []) }
        let found: Bearer? = try await shell.run(.actingAs(email, slug: chapter.slug))
        guard let bearer = found else { throw Unknown.member(member.name, candidates: []) }
        return database.acting(as: Actor(bearer, door: .api), in: chapter.id)
    }
}

extension ChapterDraft {
    package static func sample(
        _ slug: String,
        timeZone: String,
        currency: String = "EUR",
        weekday: Weekday = .wednesday,
        at time: String = "07:00"
    ) throws -> ChapterDraft {
        guard let slug = Chapter.Slug(slug), let currency = Currency(currency), let time = LocalTime(time)
        else {
            throw Unknown.chapter(slug)
        }
        return ChapterDraft(
            slug: slug,
            name: slug.description.prefix(1).uppercased() + slug.description.dropFirst(),
            timeZone: timeZone,
            currency: currency,
            weekday: weekday,
            time: time,
            minutes: 90,
            place: "Town hall"
        )
    }
}

extension MemberDraft {
    /// A member since April 2026, whose e-mail is the first name.
    package static func sample(
        _ name: String,
        seat: String? = nil,
        joinedOn: String = "2026-04-01"
    ) -> MemberDraft {
        let firstName = name.split(separator: " ").first.map { $0.lowercased() } ?? ""
        return MemberDraft(
            name: name,
            email: EmailAddress("\(firstName)@example.org"),
            seat: seat,
            joinedOn: .day(joinedOn)
        )
    }
}

extension LocalDate {
    /// A day that a test writes down; one that is no day stands at the end of the calendar, where nothing is found.
    package static func day(_ text: String) -> LocalDate {
        LocalDate(text) ?? .latest
    }
}
