import Postgres
import ReferralGroup
import Storage
import Synchronization
import TestSupport
import Testing

@Suite(.sampleDatabase)
struct `A transaction` {
    let sample: SampleChapter

    init() async throws {
        sample = try await SampleChapter()
    }

    @Test func `leaves nothing behind when its work fails`() async throws {
        struct Stop: Error {}
        await #expect(throws: Stop.self) {
            try await sample.shell.transaction { transaction in
                _ = try await transaction.add(.sample("Dora Dyer"))
                throw Stop()
            }
        }
        #expect(try await sample.shell.run(.roster(of: sample.alder.id, on: nil)).count == 2)
    }

    @Test func `that another got in the way of is done again`() async throws {
        let (shell, alder, members) = (sample.shell, sample.alder.id, [sample.alice.id, sample.bob.id])
        let attempts = Count()
        let both = Meetingpoint()
        // Each locks one member and then wants the other's: one of the two has to begin anew.
        try await withThrowingTaskGroup(of: Void.self) { group in
            for order in [members, members.reversed()] {
                group.addTask {
                    try await shell.transaction { transaction in
                        attempts.add()
                        for (place, member) in order.enumerated() {
                            try await transaction.run(
                                Query<Void>(
                                    "UPDATE membership SET company = 'moved' WHERE chapter_id = \(alder) AND id = \(member)"
                                )
                            )
                            if place == 0 { await both.arrive() }
                        }
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(attempts.value == 3)
        #expect(try await shell.run(.roster(of: alder, on: nil)).map(\.company) == ["moved", "moved"])
    }

    @Test func `whose prepared statements a migration made stale is done again`() async throws {
        struct Width: RowDecodable {
            let isWide: Bool
            init(row: Row) throws {
                isWide = (try? row["more"] as Int) != nil
            }
        }
        let (shell, superuser) = (sample.shell, sample.scratch.superuser)
        try await superuser.withConnection { connection in
            try await connection.run(
                script: """
                    CREATE TABLE app.wide (id bigint); INSERT INTO app.wide VALUES (1);
                    GRANT SELECT ON app.wide TO chapterhouse_app
                    """
            )
        }
        // Four statements in each transaction, on two connections: the first that is refused speaks for all.
        let queries = (1...4).map {
            Query<Width>(SQL(stringLiteral: "SELECT *, \($0) AS number FROM app.wide"))
        }
        let widths = { @Sendable () async throws -> [Bool] in
            let both = Meetingpoint()
            return try await withThrowingTaskGroup(of: [Bool].self) { group in
                for _ in 0..<2 {
                    group.addTask {
                        let isFirst = Count()
                        return try await shell.transaction { transaction in
                            isFirst.add()
                            if isFirst.value == 1 { await both.arrive() }
                            var found: [Bool] = []
                            for query in queries { found.append(try await transaction.run(query).isWide) }
                            return found
                        }
                    }
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
        }
        #expect(try await widths() == Array(repeating: false, count: 8))
        try await superuser.run(Query<Void>("ALTER TABLE app.wide ADD COLUMN more bigint DEFAULT 2"))
        #expect(try await widths() == Array(repeating: true, count: 8))
    }

    @Test func `is done again twice and no more, and only for what may pass`() async throws {
        for (condition, wanted) in [("40001", 3), ("23514", 1)] {
            let attempts = Count()
            let raise = SQL(
                stringLiteral: "DO $$ BEGIN RAISE EXCEPTION 'no' USING ERRCODE = '\(condition)'; END $$"
            )
            await #expect(throws: PostgresError.self) {
                try await sample.shell.transaction { transaction in
                    attempts.add()
                    try await transaction.run(Query<Void>(raise))
                }
            }
            #expect(attempts.value == wanted)
        }
    }

    @Test func `keeps the walls of whoever acts, whatever ran on its connection before`() async throws {
        let (alder, birch) = (sample.alder.id, sample.birch.id)
        for _ in 0..<8 {
            async let ours = sample.shell.transaction { try await $0.run(.roster(of: alder, on: nil)).count }
            async let theirs = sample.birchShell.transaction {
                try await $0.run(.roster(of: birch, on: nil)).count
            }
            async let spying = sample.birchShell.run(.roster(of: alder, on: nil)).count
            let counts = try await (ours, theirs, spying)
            #expect(counts == (2, 1, 0))
        }
    }
}

/// How often something was tried.
private final class Count: Sendable {
    private let count = Mutex(0)

    var value: Int {
        count.withLock { $0 }
    }

    func add() {
        count.withLock { $0 += 1 }
    }
}

/// Where the first who comes waits for the second; nobody waits twice.
private actor Meetingpoint {
    private var waiting: CheckedContinuation<Void, Never>?
    private var isOpen = false

    func arrive() async {
        if isOpen { return }
        if let first = waiting {
            isOpen = true
            first.resume()
            return
        }
        await withCheckedContinuation { waiting = $0 }
    }
}
