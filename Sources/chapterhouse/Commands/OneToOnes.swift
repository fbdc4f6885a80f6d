import ArgumentParser
import ReferralGroup
import Storage

struct OneToOneCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "one-to-one",
        abstract: "Talks of two; one record counts for both.",
        subcommands: [Record.self, List.self, Plan.self, Card.self, Invite.self, CallOff.self]
    )

    struct Record: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Record a one-to-one.",
            discussion:
                "Example: chapterhouse one-to-one record cedar \"Ines Dane\" \"Bruno North @ Northgate\" --minutes 60 --cost-a 4.50"
        )

        @OptionGroup var options: ChapterOptions
        @OptionGroup var correction: CorrectionOptions
        @Argument(help: "A member.") var one: PartyName
        @Argument(help: "A member, or \"Name @ Chapter\".") var other: PartyName
        @Option(help: "The day, such as 2026-10-28; today without it.") var date: LocalDate?
        @Option(help: "How long it took.") var minutes = 60
        @Option(parsing: .unconditional, help: "What the first paid.") var costA = "0"
        @Option(parsing: .unconditional, help: "What the second paid.") var costB = "0"
        @Option(help: "Where it was.") var place: Line?
        @Option(help: "What they talked about.") var topics: Line?

        func validate() throws {
            guard (0...1440).contains(minutes) else { throw ValidationError("--minutes: between 0 and 1440") }
        }

        func run() async throws {
            let id = try await options.withChapter(needing: .recordOwnSlips) { session in
                let first = try await session.party(one, on: date)
                let second = try await session.party(other, on: date)
                try session.mayRecord(for: [first, second])
                let draft = OneToOneDraft(
                    first: first,
                    second: second,
                    metOn: date,
                    minutes: minutes,
                    place: place?.text,
                    topics: topics?.text,
                    costOfFirst: try session.money(costA, for: "--cost-a"),
                    costOfSecond: try session.money(costB, for: "--cost-b")
                )
                return try await correction.enter(.oneToOne, in: session) { try await $0.record(draft) }
            }
            try Output.line("One-to-one \(id) is recorded.")
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "One-to-ones, newest first.")

        @OptionGroup var options: ChapterOptions
        @OptionGroup var period: PeriodOptions
        @OptionGroup var listing: ListingOptions

        func run() async throws {
            try await LedgerCommand.print(
                options,
                period,
                listing,
                ["id", "date", "member", "with", "minutes", "place"]
            ) { .oneToOnes(of: $0, $1) }
        }
    }

    struct Plan: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Whom a member should meet next.",
            discussion: "Example: chapterhouse one-to-one plan cedar \"Ines Dane\""
        )

        @OptionGroup var options: ChapterOptions
        @Argument(help: "The member who plans.") var member: String
        @OptionGroup var listing: ListingOptions

        func run() async throws {
            let partners = try await options.withChapter(needing: .recordOwnSlips) { session in
                let member = try await session.member(member).id
                try session.mayRecord(for: [.member(member)])
                return try await session.database.run(.partners(of: member, in: session.chapter.id))
            }
            var rows = Listing(columns: ["name", "seat", "last_met", "open_referrals"])
            for partner in partners {
                rows.add(
                    .text(partner.name),
                    Listing.Cell(partner.seat),
                    Listing.Cell(partner.lastMet?.description),
                    .text("\(partner.waiting)")
                )
            }
            try rows.print(as: listing.format)
        }
    }

    struct Card: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "dance-card",
            abstract: "Who meets whom in a week, so that everybody meets everybody.",
            discussion: "Example: chapterhouse one-to-one dance-card cedar --on 2026-11-04"
        )

        @OptionGroup var options: ChapterOptions
        @Option(help: "A day of the week, such as 2026-11-04; today without it.") var on: LocalDate?
        @OptionGroup var listing: ListingOptions

        func run() async throws {
            let (members, day) = try await options.withChapter(needing: .seeRoster) { session in
                let today = try await session.today()
                let members = try await session.database.run(.roster(of: session.chapter.id, on: nil))
                return (members, on ?? today)
            }
            let names = Dictionary(members.map { ($0.id, $0.name) }) { one, _ in one }
            var rows = Listing(columns: ["first", "second"])
            for (one, other) in DanceCard(members.map(\.id)).pairs(inWeekOf: day) {
                rows.add(Listing.Cell(names[one]), Listing.Cell(names[other]))
            }
            try rows.print(as: listing.format)
        }
    }
}
