import ArgumentParser
import ReferralGroup
import Storage

struct OneToOneCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "one-to-one",
        abstract: "Talks of two; one record counts for both.",
        subcommands: [Record.self, List.self]
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
}
