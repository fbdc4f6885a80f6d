import Postgres
import ReferralGroup
import Storage

/// The last month of some chapters, closed: its return from what is stored, and as it would be computed.
struct ClosedMonths: Sendable {
    private static let callers = 4
    private let database: Database
    private let client: PostgresClient
    private let actor: Storage.Actor
    private let chapters: [Chapter]
    private let month: Month
    private let now: Instant

    static func findings(on ground: Ground, at pace: Pace) async throws -> [Finding] {
        let closed = try await ClosedMonths(ground)
        let comparison = try await pace.compare(
            .asking("stored", callers: callers) { try await closed.ask(isLive: false, &$0) },
            .asking("live", callers: callers) { try await closed.ask(isLive: true, &$0) }
        )
        await closed.client.shutdown()
        return [
            Finding(
                "G14",
                "A closed month from its stored form / live",
                .comparison(comparison),
                bounds: Finding.Bounds(floor: 1.3, goal: 2, isHigherBetter: true),
                note: "64 chapters again and again, 4 callers; as Storage asks, nothing changed since"
            )
        ]
    }

    private init(_ ground: Ground) async throws {
        guard let month = Month(ground.size.lastMonth),
            let now = Instant("\(LedgerSize.lastYear + 1)-01-01T12:00:00Z")
        else { throw Trouble("the ledger has no last month") }
        (self.month, self.now) = (month, now)
        client = ground.client()
        database = Database(client)
        actor = try await ground.president()
        let all = try await database.acting(as: actor, in: nil).run(Query<[Chapter]>.chapters)
            .sorted { $0.id < $1.id }
        let step = max(1, all.count / 64)
        chapters = Array(stride(from: 0, to: all.count, by: step).prefix(64).map { all[$0] })
        for chapter in chapters {
            let shell = database.acting(as: .system(door: .cli), in: chapter.id)
            _ = try await shell.transaction { try await $0.close(month) }
        }
    }

    private func ask(isLive: Bool, _ dice: inout Dice) async throws {
        let chapter = chapters[dice.upTo(chapters.count) - 1]
        let report = try await database.acting(as: actor, in: chapter.id)
            .monthlyROI(of: chapter, month: month, asOf: nil, isLive: isLive, now: now)
        guard !report.inMonth.members.isEmpty, (report.closing == nil) == isLive else {
            throw Trouble("a report came back empty, or of the wrong kind")
        }
    }
}
