import ArgumentParser
import Exchange
import ReferralGroup
import Storage

/// The name of a report as a type, for the parser makes commands of types.
protocol ReportNoun: Sendable {
    static var shape: ReportShape { get }
}

enum Absences: ReportNoun { static let shape = ReportShape.absences }
enum Giving: ReportNoun { static let shape = ReportShape.giving }
enum Consistency: ReportNoun { static let shape = ReportShape.consistency }
enum Quality: ReportNoun { static let shape = ReportShape.quality }
enum Matrix: ReportNoun { static let shape = ReportShape.matrix }
enum TimePie: ReportNoun { static let shape = ReportShape.time }
enum Leadership: ReportNoun { static let shape = ReportShape.leadership }
enum Retention: ReportNoun { static let shape = ReportShape.retention }
enum Visitors: ReportNoun { static let shape = ReportShape.visitors }
enum Seats: ReportNoun { static let shape = ReportShape.seats }
enum Concentration: ReportNoun { static let shape = ReportShape.concentration }
enum Handover: ReportNoun { static let shape = ReportShape.handover }
enum Scorecard: ReportNoun { static let shape = ReportShape.scorecard }

/// Prints a report that its shape describes, or the records behind its figures.
struct Described<Noun: ReportNoun>: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: Noun.shape.name,
            abstract: Noun.shape.purpose,
            discussion: """
                Tables: \(Noun.shape.tables.map(\.key).joined(separator: ", ")).
                Example: chapterhouse report \(Noun.shape.name) cedar --month 2026-10 --format csv --output \(Noun.shape.name).csv
                """
        )
    }

    @OptionGroup var options: ChapterOptions
    @OptionGroup var printing: PrintingOptions
    @OptionGroup var days: ReportDays
    @Option(help: "Only this table, for a CSV holds one; the first without it.") var table: String?
    @Flag(help: "The records behind the figures instead.") var entries = false
    @Option(help: "With --entries: only of this member, by e-mail, full name or id.") var member: String?
    @Option(help: "With --entries: only what counts in this column.") var figure: String?
    @Option(help: "What the report leaves to you to choose, such as scheme=lights-2012.") var choose:
        [Choice] = []

    func validate() throws {
        if let table, !Noun.shape.tables.contains(where: { $0.key == table }) {
            let known = Noun.shape.tables.map(\.key).joined(separator: ", ")
            throw ValidationError("--table: there is no “\(table)” here; there are \(known)")
        }
        for choice in choose where !Noun.shape.options.contains(where: { $0.name == choice.name }) {
            let known = Noun.shape.options.map { "\($0.name)=\($0.fallback)" }.joined(separator: ", ")
            throw ValidationError(
                "--choose: there is no “\(choice.name)” here"
                    + (known.isEmpty ? "; this report has no choices" : "; there is \(known)")
            )
        }
        if entries, Noun.shape.entries == nil {
            throw ValidationError("--entries: this report has no records behind it")
        }
        if let figure, !Noun.shape.figures.contains(figure) {
            let known = Noun.shape.figures.joined(separator: ", ")
            throw ValidationError("--figure: there is no column “\(figure)” here; there are \(known)")
        }
        if !entries, member != nil || figure != nil {
            throw ValidationError("--member and --figure go with --entries")
        }
    }

    func run() async throws {
        try printing.check()
        let report = try await options.withChapter(needing: Noun.shape.permission) { session in
            let period = try await days.period(of: Noun.shape.months, in: session)
            let asOf = days.asOf ?? Clock.now()
            guard entries, let table = Noun.shape.entries else {
                return try await session.database.report(
                    Noun.shape,
                    of: session.chapter,
                    in: period,
                    asOf: asOf,
                    choosing: Noun.shape.options.map { option in
                        choose.last { $0.name == option.name }?.value ?? option.fallback
                    }
                )
            }
            let member: Membership.ID? =
                if let member { try await session.member(member).id } else { nil }
            return try await session.database.entries(
                table,
                of: Noun.shape,
                behind: figure,
                of: member,
                in: session.chapter,
                during: period,
                asOf: asOf
            )
        }
        try await printing.write(report, table: table)
    }
}

/// A choice as it is typed: `scheme=lights-2012`.
struct Choice: ExpressibleByArgument {
    let name: String
    let value: String

    init?(argument: String) {
        let parts = argument.split(separator: "=", maxSplits: 1)
        guard parts.count == 2 else { return nil }
        (name, value) = (String(parts[0]), String(parts[1]))
    }
}

/// The days of a report.
struct ReportDays: ParsableArguments {
    @Option(help: "The month with which it ends; last month without --from and --to.") var month: Month?
    @Option(help: "The first day, such as 2026-10-01.") var from: LocalDate?
    @Option(help: "The last day, such as 2026-10-31.") var to: LocalDate?
    @Option(help: "Nothing after this instant's day counts; now without it.") var asOf: Instant?

    func validate() throws {
        guard (from == nil) == (to == nil) else {
            throw ValidationError("--from and --to belong together: give both, or --month")
        }
        if let from, let to, to < from { throw ValidationError("--to: \(to) is before --from \(from)") }
        if from != nil, month != nil {
            throw ValidationError("Give --month, or --from and --to, not both.")
        }
    }

    /// From the first to the last, or so many months that end with the month.
    func period(of months: Int, in session: ChapterSession) async throws -> Period {
        try await period(of: months, today: session.today)
    }

    func period(of months: Int, today: () async throws -> LocalDate) async throws -> Period {
        if let from, let to, let period = Period(from: from, to: to) { return period }
        let today = try await today()
        guard months > 0 || month != nil else { return Period(today) }
        let last = today.month.advanced(by: -1)
        return Period(months: months, endingWith: month ?? last)
    }
}
