import Postgres
import TestSupport
import Testing

/// Many callers who write and read, while something keeps breaking under them.
private struct Crowd {
    let client: PostgresClient
    let ledger = Ledger()
    private let callers = 24

    init(_ client: PostgresClient) {
        self.client = client
    }

    /// Works until `disturb` has ended; what is asked meanwhile is answered rightly or fails.
    func work(while disturb: @escaping @Sendable () async throws -> Void) async throws {
        try await withThrowingTaskGroup(of: Bool.self) { group in
            group.addTask {
                try await disturb()
                return true
            }
            for caller in 0..<callers {
                group.addTask {
                    var round = 0
                    while !Task.isCancelled {
                        try await turn(caller * 1_000_000 + round)
                        round += 1
                    }
                    return false
                }
            }
            while let isOver = try await group.next() {
                if isOver { group.cancelAll() }
            }
        }
    }

    private func turn(_ id: Int) async throws {
        let insert = Query<Void>("INSERT INTO note VALUES (\(id))")
        let mine = Query<[Int]>(values: "SELECT id FROM note WHERE id = \(id)")
        switch id % 4 {
        case 0:
            try await ledger.write(id) {
                let (_, found) = try await client.run(insert, mine)
                #expect(found == [id])
            }
        case 1:
            try await ledger.write(id) {
                try await client.transaction { transaction async throws in
                    try await transaction.run(insert)
                    #expect(try await transaction.run(mine) == [id])
                }
            }
        case 2:
            try await ledger.write(id) { try await client.run(insert.exclusive) }
        default:
            do {
                let text = String(id)
                let answer = try await client.run(
                    after: ["SELECT set_config('app.person_id', \(text), true)"],
                    Query<String>(value: "SELECT current_setting('app.person_id')"),
                    Query<String>(value: "SELECT repeat(\(text), 500)")
                )
                #expect(answer.0 == text)
                #expect(answer.1 == String(repeating: text, count: 500))
            } catch let error as PostgresError {
                #expect(error.kind != .refused)
            }
        }
        // A database that is not there answers at once; nobody asks it for ever without a pause.
        try? await Task.sleep(for: .milliseconds(1))
    }

    /// The table holds what was acknowledged and nothing that was denied; some of each kind was there.
    func check(_ database: FaultyDatabase) async throws {
        let rows = try await database.straight.run(Query<[Int]>(values: "SELECT id FROM note"))
        await ledger.compare(with: rows)
        #expect(await ledger.acknowledged.count > 500)
        let failed = await ledger.unknown.count + ledger.surelyNot.count
        #expect(failed > 20)
    }
}

@Suite(.timeLimit(.minutes(5))) struct `Connections that break at random under many callers` {
    private func withNotes(
        _ body: (FaultyLink, PostgresClient, FaultyDatabase) async throws -> Void
    ) async throws {
        try await withFaultyLine({ $0.applicationName = "broken" }) { line, client, database async throws in
            try await database.straight.run(Query<Void>("CREATE TABLE note (id bigint NOT NULL)"))
            try await body(line, client, database)
            try line.heal()
            try await eventually { (try? await client.ping()) != nil }
        }
    }

    @Test func `answer rightly or fail, and keep exactly what they acknowledged`() async throws {
        try await withNotes { line, client, database async throws in
            let crowd = Crowd(client)
            try await withoutHanging(for: .seconds(120)) {
                try await crowd.work {
                    var generator = Generator(seed: 3)
                    for _ in 0..<80 {
                        try await Task.sleep(for: .milliseconds(Int.random(in: 5...90, using: &generator)))
                        let end = FaultyLink.End.allCases[Int.random(in: 0...1, using: &generator)]
                        switch Int.random(in: 0..<3, using: &generator) {
                        case 0: try line.reset()
                        case 1:
                            let bytes = Int.random(in: 0...3000, using: &generator)
                            try line.cut(.now, .down, after: bytes, by: end)
                        default:
                            let bytes = Int.random(in: 0...1000, using: &generator)
                            try line.cut(.now, .up, after: bytes, by: end)
                        }
                    }
                }
            }
            try await crowd.check(database)
        }
    }

    @Test func `because the server ends them, too`() async throws {
        try await withNotes { line, client, database async throws in
            let crowd = Crowd(client)
            try await withoutHanging(for: .seconds(120)) {
                try await crowd.work {
                    var generator = Generator(seed: 4)
                    for _ in 0..<80 {
                        try await Task.sleep(for: .milliseconds(Int.random(in: 5...60, using: &generator)))
                        try await database.straight.run(
                            Query<Void>(
                                """
                                SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                                 WHERE datname = current_database() AND application_name = 'broken'
                                 ORDER BY random() LIMIT 2
                                """
                            )
                        )
                    }
                }
            }
            try await crowd.check(database)
        }
    }
}
