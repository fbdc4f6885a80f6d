import Postgres
import TestSupport
import Testing

@Suite(.disturbing, .timeLimit(.minutes(20))) struct `Connections that break at random under many callers` {
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
                    var rounds = 0
                    while await crowd.goesOn(after: rounds) {
                        rounds += 1
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
            try await crowd.check(database.straight)
        }
    }

    @Test func `because the server ends them, too`() async throws {
        try await withNotes { line, client, database async throws in
            let crowd = Crowd(client)
            try await withoutHanging(for: .seconds(120)) {
                try await crowd.work {
                    var generator = Generator(seed: 4)
                    var rounds = 0
                    while await crowd.goesOn(after: rounds) {
                        rounds += 1
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
            try await crowd.check(database.straight)
        }
    }
}
