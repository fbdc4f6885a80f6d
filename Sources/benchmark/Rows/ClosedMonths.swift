import Postgres
import ReferralGroup
import Storage

/// The last month of some chapters, closed: its return from what is stored, and as its records say.
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
            .asking("stored", callers: callers) { try await closed.askStored(&$0) },
            .asking("records", callers: callers) { try await closed.askRecords(&$0) }
        )
        await closed.client.shutdown()
        return [
            Finding(
                "G14",
                "A closed month from its stored form / from its records",
                .comparison(comparison),
                bounds: Finding.Bounds(floor: 1.3, goal: 2, isHigherBetter: true),
                note:
                    "64 chapters again and again, 4 callers; as Storage asks, nothing added up, nothing changed since"
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
        let superuser = ground.client(role: Ground.superuser)
        try await superuser.run(Query<Void>("DELETE FROM app.months_added_up"))
        await superuser.shutdown()
    }

    private func askStored(_ dice: inout Dice) async throws {
        let chapter = chapters[dice.upTo(chapters.count) - 1]
        let report = try await database.acting(as: actor, in: chapter.id)
            .monthlyROI(of: chapter, month: month, asOf: nil, isLive: false, now: now)
        try check(report, isStored: true)
    }

    /// A transaction of this isolation adds no months up, and none are.
    private func askRecords(_ dice: inout Dice) async throws {
        let chapter = chapters[dice.upTo(chapters.count) - 1]
        let report = try await database.acting(as: actor, in: chapter.id)
            .transaction(isolation: .repeatableRead) {
                try await $0.run(.monthlyROI(of: chapter, month: month, asOf: now))
            }
        try check(report, isStored: false)
    }

    private func check(_ report: MonthlyROI, isStored: Bool) throws {
        guard !report.inMonth.members.isEmpty, (report.closing != nil) == isStored else {
            throw Trouble("a report came back empty, or of the wrong kind")
        }
    }
}
