import ArgumentParser
import ReferralGroup
import Storage

struct ActivityCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "activity",
        abstract: "What members do for the network between the meetings, in minutes and money.",
        subcommands: [Record.self, List.self]
    )

    struct Record: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Record an activity.",
            discussion:
                "Example: chapterhouse activity record cedar \"Ines Dane\" --kind event --minutes 120 --money 25.00 --purpose leads"
        )

        @OptionGroup var options: ChapterOptions
        @OptionGroup var correction: CorrectionOptions
        @Argument(help: "E-mail, full name or id.") var member: String
        @Option(help: "event, meal, call, note, education, leadership or other.") var kind: ActivityKind
        @Option(help: "How long it took.") var minutes: Int
        @Option(parsing: .unconditional, help: "What it cost.") var money = "0"
        @Option(help: "The day, such as 2026-10-28; today without it.") var date: LocalDate?
        @Flag(help: "Outside working hours.") var downtime = false
        @Option(help: "Why: leads, trusted contacts, market intelligence, camaraderie, …") var purpose: Line?
        @Option(help: "Whom you met.") var met: Line?
        @Option(help: "What you learned.") var lesson: Line?

        func validate() throws {
            guard (0...1440).contains(minutes) else { throw ValidationError("--minutes: between 0 and 1440") }
        }

        func run() async throws {
            let id = try await options.withChapter(needing: .recordOwnSlips) { session in
                let member = try await session.member(member, on: date)
                try session.mayRecord(for: [.member(member.id)])
                let draft = ActivityDraft(
                    member: member.id,
                    kind: kind,
                    doneOn: date,
                    minutes: minutes,
                    money: try session.money(money, for: "--money"),
                    isDowntime: downtime,
                    purpose: purpose?.text,
                    met: met?.text,
                    lesson: lesson?.text
                )
                return try await correction.enter(.activity, in: session) { try await $0.log(draft) }
            }
            try Output.line("Activity \(id) is recorded.")
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Activities, newest first.")

        @OptionGroup var options: ChapterOptions
        @OptionGroup var period: PeriodOptions
        @OptionGroup var listing: ListingOptions

        func run() async throws {
            try await LedgerCommand.print(
                options,
                period,
                listing,
                ["id", "date", "member", "kind", "minutes", "purpose"]
            ) { .activities(of: $0, $1) }
        }
    }
}
