import ArgumentParser
import ReferralGroup
import Storage

struct EducationCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "education",
        abstract: "What members learned, in hours.",
        subcommands: [Record.self, List.self]
    )

    struct Record: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Record education.",
            discussion:
                "Example: chapterhouse education record cedar \"Ines Dane\" --hours 1.5 --title \"The memory hook\""
        )

        @OptionGroup var options: ChapterOptions
        @OptionGroup var correction: CorrectionOptions
        @Argument(help: "E-mail, full name or id.") var member: String
        @Option(parsing: .unconditional, help: "Hours, such as 1 or 1.5.") var hours: String
        @Option(help: "The day, such as 2026-10-28; today without it.") var date: LocalDate?
        @Option(help: "What it was about.") var title: Line?

        func run() async throws {
            guard let units = Figure(hours), !units.isNegative, !units.isZero, units.scale <= 2,
                units.approximately <= 1000
            else {
                throw Failure(
                    .badData,
                    "--hours: “\(hours)” is not right; give more than 0 and at most 1000, such as 1.5"
                )
            }
            let id = try await options.withChapter(needing: .recordOwnSlips) { session in
                let member = try await session.member(member, on: date)
                try session.mayRecord(for: [.member(member.id)], needing: .recordEducationForMembers)
                let draft = EducationDraft(member: member.id, units: units, title: title?.text, doneOn: date)
                return try await correction.enter(.education, in: session) { try await $0.record(draft) }
            }
            try Output.line("Education \(id) is recorded.")
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Education, newest first.")

        @OptionGroup var options: ChapterOptions
        @OptionGroup var period: PeriodOptions
        @OptionGroup var listing: ListingOptions

        func run() async throws {
            try await LedgerCommand.print(
                options,
                period,
                listing,
                ["id", "date", "member", "with", "hours", "title"]
            ) { .education(of: $0, $1) }
        }
    }
}
