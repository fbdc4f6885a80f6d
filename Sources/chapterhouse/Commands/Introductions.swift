import ArgumentParser
import ReferralGroup
import Storage

struct IntroductionCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "introduction",
        abstract: "People brought together.",
        subcommands: [Record.self, List.self]
    )

    struct Record: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Record an introduction.",
            discussion:
                "Example: chapterhouse introduction record cedar \"Ines Dane\" --of \"Gil Vance\" --to \"visitor:Vera Visitor\" --why \"Both restore barns\""
        )

        @OptionGroup var options: ChapterOptions
        @OptionGroup var correction: CorrectionOptions
        @Argument(help: "Who introduced them: a member, or \"Name @ Chapter\".") var connector: PartyName
        @Option(help: "A member, \"Name @ Chapter\", or \"visitor:Name\".") var of: PartyName
        @Option(help: "The other one, likewise.") var to: PartyName
        @Option(help: "What they have in common.") var why: Line?
        @Option(help: "The day, such as 2026-10-28; today without it.") var date: LocalDate?

        func run() async throws {
            let id = try await options.withChapter(needing: .recordOwnSlips) { session in
                let connector = try await session.party(connector, on: date)
                try session.mayRecord(for: [connector])
                let draft = IntroductionDraft(
                    connector: connector,
                    first: try await session.party(of, on: date),
                    second: try await session.party(to, on: date),
                    why: why?.text,
                    madeOn: date
                )
                return try await correction.enter(.introduction, in: session) { try await $0.record(draft) }
            }
            try Output.line("Introduction \(id) is recorded.")
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Introductions, newest first.")

        @OptionGroup var options: ChapterOptions
        @OptionGroup var period: PeriodOptions
        @OptionGroup var listing: ListingOptions

        func run() async throws {
            try await LedgerCommand.print(
                options,
                period,
                listing,
                ["id", "date", "connector", "first", "second", "why"]
            ) { .introductions(of: $0, $1) }
        }
    }
}
