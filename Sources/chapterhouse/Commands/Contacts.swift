import ArgumentParser
import ReferralGroup
import Storage

struct ContactCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "contact",
        abstract: "A member's own trusted network.",
        subcommands: [Add.self, List.self, Shared.self, Touch.self, Forget.self]
    )

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Keep somebody whom a member met.",
            discussion:
                "Example: chapterhouse contact add cedar \"Ines Dane\" \"Karla Klug\" --profession Surveyor --cadence 90"
        )

        @OptionGroup var options: ChapterOptions
        @Argument(help: "The member whose contact it is.") var member: String
        @Argument(help: "The contact's name.") var name: Line
        @Option var company: Line?
        @Option var profession: Line?
        @Option var phone: Line?
        @Option var email: EmailAddress?
        @Option(help: "When they met, such as 2026-10-28; today without it.") var met: LocalDate?
        @Option(name: .customLong("where"), help: "Where they met.") var place: Line?
        @Option(help: "What stands on the back of the card.") var notes: Line?
        @Option(help: "Be reminded so many days after they were last in touch.") var cadence: Int?
        @Flag(help: "The chapter may see the card, though not its back.") var shared = false

        func validate() throws {
            guard cadence.map(BackOfCard.cadences.contains) ?? true else {
                throw ValidationError("--cadence: give 1 to \(BackOfCard.cadences.upperBound) days")
            }
        }

        func run() async throws {
            let draft = ContactDraft(
                card: ContactCard(
                    name: name.text,
                    company: company?.text,
                    profession: profession?.text,
                    phone: phone?.text,
                    email: email?.description
                ),
                back: BackOfCard(
                    metOn: met,
                    metWhere: place?.text,
                    notes: notes?.text,
                    cadenceDays: cadence,
                    isShared: shared
                )
            )
            let id = try await options.withOwner(member) { session, owner in
                try await session.database.run(
                    .keep(draft, of: owner.id, owner.person, in: session.chapter.id)
                )
            }
            try Output.line("Contact \(id) is kept.")
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "A member's contacts, with when they were last in touch.",
            discussion: "Example: chapterhouse contact list cedar \"Ines Dane\" --format csv"
        )

        @OptionGroup var options: ChapterOptions
        @Argument(help: "The member whose contacts they are.") var member: String
        @OptionGroup var listing: ListingOptions

        func run() async throws {
            let contacts = try await options.withOwner(member) { session, owner in
                try await session.database.run(.contacts(of: owner.person, in: session.chapter.id))
            }
            var rows = Listing(
                columns: [
                    "id", "name", "profession", "company", "phone", "email", "met", "last_contact", "cadence",
                    "next_contact", "shared", "notes",
                ]
            )
            for contact in contacts {
                let (card, back) = (contact.card, contact.back)
                rows.add(
                    .text(contact.id.description),
                    .text(card.name),
                    Listing.Cell(card.profession),
                    Listing.Cell(card.company),
                    Listing.Cell(card.phone),
                    Listing.Cell(card.email),
                    Listing.Cell(back.metOn?.description),
                    .text(contact.lastOn.description),
                    Listing.Cell(back.cadenceDays.map { "\($0)" }),
                    Listing.Cell(contact.nextOn?.description),
                    .text(back.isShared ? "yes" : "no"),
                    Listing.Cell(back.notes)
                )
            }
            try rows.print(as: listing.format)
        }
    }

    struct Shared: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "The cards that members share.",
            discussion: "Example: chapterhouse contact shared cedar"
        )

        @OptionGroup var options: ChapterOptions
        @OptionGroup var listing: ListingOptions

        func run() async throws {
            let cards = try await options.withChapter(needing: .seeRoster) { session in
                try await session.database.run(.sharedContacts(in: session.chapter.id))
            }
            var rows = Listing(columns: ["name", "profession", "company", "phone", "email", "shared_by"])
            for shared in cards {
                rows.add(
                    .text(shared.card.name),
                    Listing.Cell(shared.card.profession),
                    Listing.Cell(shared.card.company),
                    Listing.Cell(shared.card.phone),
                    Listing.Cell(shared.card.email),
                    .text(shared.owner)
                )
            }
            try rows.print(as: listing.format)
        }
    }

    struct Touch: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Say that a member was in touch with a contact.",
            discussion:
                "Example: chapterhouse contact touch cedar \"Ines Dane\" 0198c5a0-… --channel coffee --outcome \"Looks for an office\""
        )

        @OptionGroup var options: ChapterOptions
        @Argument(help: "The member whose contact it is.") var member: String
        @Argument(help: "The contact's id.") var id: SlipID
        @OptionGroup var end: EndOptions

        func run() async throws {
            try await options.withOwner(member) { session, owner in
                let touched = try await session.database.run(
                    .touched(id, end.end(.done), by: owner.id, owner.person, in: session.chapter.id)
                )
                guard touched != nil else { throw Unknown.contact(id) }
            }
            try Output.line("It is kept.")
        }
    }

    struct Forget: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Forget a contact: what was kept of them goes.",
            discussion: "Example: chapterhouse contact forget cedar \"Ines Dane\" 0198c5a0-…"
        )

        @OptionGroup var options: ChapterOptions
        @Argument(help: "The member whose contact it is.") var member: String
        @Argument(help: "The contact's id.") var id: SlipID

        func run() async throws {
            try await options.withOwner(member) { session, owner in
                guard try await session.database.run(.forget(id, of: owner.person, in: session.chapter.id))
                else {
                    throw Unknown.contact(id)
                }
            }
            try Output.line("Contact \(id) is forgotten.")
        }
    }
}

/// How somebody was in touch.
struct EndOptions: ParsableArguments {
    @Option(help: "By which way: \(FollowUp.Channel.allCases.map(\.rawValue).joined(separator: ", ")).")
    var channel: FollowUp.Channel?
    @Option(help: "The day, such as 2026-10-28; today without it.") var date: LocalDate?
    @Option(help: "What came of it.") var outcome: Line?

    func end(_ ending: FollowUp.Ending) -> FollowUpEnd {
        FollowUpEnd(ending, channel: channel, on: date, outcome: outcome?.text)
    }
}

extension FollowUp.Channel: ExpressibleByArgument {}

extension ChapterOptions {
    /// Works for a member on what is theirs alone: in their own name, or with the shell that may do everything.
    func withOwner<Value: Sendable>(
        _ member: String,
        _ work: @escaping @Sendable (ChapterSession, Membership) async throws -> Value
    ) async throws -> Value {
        try await withChapter(needing: .recordOwnSlips) { session in
            let owner = try await session.member(member)
            try session.mayRecord(for: [.member(owner.id)], needing: .everything)
            return try await work(session, owner)
        }
    }
}
