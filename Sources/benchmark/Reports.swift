import Postgres
import ReferralGroup
import Storage

/// The two reports of the last month, for chapters that are drawn from some spread over all.
struct Reports: Sendable {
    private let chapters: [Chapter]
    private let actor: Storage.Actor
    private let settings: Settings
    private let month: Month
    private let asOf: Instant

    enum Kind: String, CaseIterable, Sendable {
        case attendance
        case monthlyReturn = "return"

        var words: String {
            switch self {
            case .attendance: "attendance summary of a month"
            case .monthlyReturn: "monthly return"
            }
        }
    }

    /// At most so many chapters.
    init(_ ground: Ground, chapters count: Int, as actor: Storage.Actor) async throws {
        guard let month = Month(ground.size.lastMonth),
            let asOf = Instant("\(LedgerSize.lastYear + 1)-01-01T12:00:00Z")
        else { throw Trouble("the ledger has no last month") }
        (self.month, self.asOf, self.actor, settings) = (month, asOf, actor, Settings(actor))
        let client = ground.client()
        let all = try await Database(client).acting(as: actor, in: nil).run(Query<[Chapter]>.chapters)
            .sorted { $0.id < $1.id }
        await client.shutdown()
        let step = max(1, all.count / count)
        chapters = Array(stride(from: 0, to: all.count, by: step).prefix(count).map { all[$0] })
    }

    var count: Int {
        chapters.count
    }

    func returnOfMonth(
        _ dice: inout Dice,
        on client: PostgresClient,
        withSettings: Bool = true
    ) async throws {
        try await returnOfMonth(
            ofChapter: dice.upTo(chapters.count) - 1,
            on: client,
            withSettings: withSettings
        )
    }

    /// The monthly return of one of the chapters, by its place.
    func returnOfMonth(
        ofChapter place: Int,
        on client: PostgresClient,
        withSettings: Bool = true
    ) async throws {
        let chapter = chapters[place]
        let report = Query<MonthlyROI>.monthlyROI(of: chapter, month: month, asOf: asOf)
        let found =
            withSettings
            ? try await client.run(after: [settings.sql(in: Int(chapter.id.number))], report)
            : try await client.run(report)
        guard !found.inMonth.members.isEmpty else { throw Trouble("a report came back empty") }
    }

    func attendance(
        _ dice: inout Dice,
        on client: PostgresClient,
        withSettings: Bool = true
    ) async throws {
        try await attendance(ofChapter: dice.upTo(chapters.count) - 1, on: client, withSettings: withSettings)
    }

    func attendance(
        ofChapter place: Int,
        on client: PostgresClient,
        withSettings: Bool = true
    ) async throws {
        let chapter = chapters[place]
        let (rows, summaries) = (
            Query<[AttendanceSummary.Row]>(
                "SELECT * FROM attendance(\(chapter.id), \(month.firstDay), \(month.lastDay), \(asOf))"
            ).exclusive,
            Query<[AttendanceSummary.ImportedSummary]>(
                "SELECT * FROM summaries_of(\(chapter.id), \(month.firstDay), \(month.lastDay))"
            )
        )
        let (found, _) =
            withSettings
            ? try await client.run(after: [settings.sql(in: Int(chapter.id.number))], rows, summaries)
            : try await client.run(rows, summaries)
        guard found.count > 1 else { throw Trouble("a report came back empty") }
    }

    /// A report of a shape, of one of the chapters by its place, for the time that it is of where nobody names one.
    func described(_ shape: ReportShape, ofChapter place: Int, in database: Database) async throws {
        let chapter = chapters[place]
        let report = try await database.acting(as: actor, in: chapter.id).report(
            shape,
            of: chapter,
            in: shape.months == 0 ? Period(month.lastDay) : Period(months: shape.months, endingWith: month),
            asOf: asOf
        )
        guard report.tables.contains(where: { !$0.rows.isEmpty }) else {
            throw Trouble("the report \(shape.name) came back empty")
        }
    }
}
