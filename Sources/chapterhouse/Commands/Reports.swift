import ArgumentParser
import Exchange
import ReferralGroup
import Storage

struct ReportCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "What it all comes to.",
        subcommands: [
            ROI.self, Attendance.self, Described<Absences>.self, Described<Giving>.self,
            Described<Scorecard>.self,
            Described<Consistency>.self, Described<Quality>.self, Described<Matrix>.self,
            Described<TimePie>.self, Described<Leadership>.self, Described<Retention>.self,
            Described<Visitors>.self, Described<Seats>.self, Described<Concentration>.self,
            Described<Handover>.self, RegionReport.self,
        ]
    )

    struct ROI: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "roi",
            abstract:
                "The monthly return: what members put in and got out, for a month or several, twelve months, and since joining.",
            discussion:
                "Example: chapterhouse report roi cedar --month 2026-10 --format xlsx --output roi.xlsx"
        )

        @OptionGroup var options: ChapterOptions
        @OptionGroup var printing: PrintingOptions
        @Option(help: "The month, such as 2026-10; last month without it.") var month: Month?
        @Option(help: "The first of several months, such as 2026-08.") var from: Month?
        @Option(help: "The last of them, such as 2026-10.") var to: Month?
        @Option(
            help:
                "Nothing after this instant's day counts. Without it: now, or of a closed month what is stored."
        )
        var asOf: Instant?
        @Option(
            help: "Only the rows of this member, by e-mail, full name or id; the totals stay those of all."
        )
        var member: String?
        @Flag(help: "The figures of now, although the month is closed.") var live = false

        func validate() throws {
            guard (from == nil) == (to == nil), from == nil || month == nil else {
                throw ValidationError("--from and --to belong together: give both, or --month")
            }
            if let from, let to, to < from { throw ValidationError("--to: \(to) is before \(from)") }
        }

        func run() async throws {
            try printing.check()
            let report = try await options.withChapter(needing: .seeChapterTotals) { session in
                let today = try await session.today()
                let report = try await session.database.monthlyROI(
                    of: session.chapter,
                    since: from,
                    month: to ?? month ?? today.month.advanced(by: -1),
                    asOf: asOf,
                    isLive: live,
                    now: Clock.now()
                )
                guard let member else { return report }
                return report.only(try await session.member(member).id)
            }
            try await printing.write(report)
        }
    }

    struct Attendance: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Attendance and slips of a period, by the meeting to which each belongs.",
            discussion: "Example: chapterhouse report attendance cedar --from 2026-10-01 --to 2026-10-31"
        )

        @OptionGroup var options: ChapterOptions
        @OptionGroup var printing: PrintingOptions
        @OptionGroup var days: ReportDays

        func run() async throws {
            try printing.check()
            let report = try await options.withChapter(needing: .seeChapterTotals) { session in
                let period = try await days.period(of: 1, in: session)
                return try await session.database.attendance(
                    of: session.chapter,
                    from: period.from,
                    to: period.to,
                    asOf: days.asOf ?? Clock.now()
                )
            }
            try await printing.write(report)
        }
    }
}
