import Postgres
import Testing

@Suite struct `Many callers at once` {
    /// Asks one of several kinds of question and checks the answer; true when it was right.
    private static func ask(
        _ client: PostgresClient,
        _ number: Int,
        _ generator: inout Generator
    ) async throws -> Bool {
        switch Int.random(in: 0..<12, using: &generator) {
        case 0:
            let error = try await failure {
                try await client.run(
                    Query<Int>(value: "SELECT \(number)"),
                    Query<Int>(value: "SELECT \(number) / 0")
                )
            }
            return error.statement == "SELECT $1 / 0"
        case 1:
            let error = try await failure {
                try await client.run(Query<Void>(SQL(stringLiteral: "SELECT no_such_column_\(number % 50)")))
            }
            return error.message.contains("no_such_column_\(number % 50)\"")
        case 2:
            let length = 1 + number % 160_000
            let text = try await client.run(
                Query<String>(value: "SELECT repeat(\(String(number % 10)), \(Int32(length)))")
            )
            return text == String(repeating: String(number % 10), count: length)
        case 3:
            let rows = try await client.run(
                Query<[Int]>(values: "SELECT \(number) + g FROM generate_series(1, 200) AS g")
            )
            return rows == Array(number + 1...number + 200)
        case 4:
            let (mine, setting) = try await client.run(
                after: ["SELECT set_config('app.person_id', \(String(number)), true)"],
                Query<Int>(value: "SELECT \(number)"),
                Query<String>(value: "SELECT current_setting('app.person_id')")
            )
            return mine == number && setting == String(number)
        case 5:
            return try await client.transaction(after: [
                "SELECT set_config('app.person_id', \(String(number)), true)"
            ]) {
                try await $0.run(Query<String>(value: "SELECT current_setting('app.person_id')"))
                    == String(number)
            }
        case 6:
            let task = Task {
                try await client.run(Query<Int>(value: "SELECT \(number) FROM pg_sleep(0.01)"))
            }
            task.cancel()
            return (try? await task.value).map { $0 == number } ?? true
        case 7:
            return try await client.run(Query<Int>(value: "SELECT \(number)").exclusive) == number
        default:
            return try await client.run(Query<Int>(value: SQL(stringLiteral: "SELECT \(number % 400) + 0")))
                == number % 400
        }
    }

    @Test func `each get their own answer`() async throws {
        try await withDatabase({
            $0.statementCacheSize = 64
            $0.waitTimeout = .seconds(60)
            $0.queueLimit = 100_000
        }) { client async throws in
            let wrong = try await withThrowingTaskGroup(of: Int.self) { group in
                for caller in 0..<48 {
                    group.addTask {
                        var generator = Generator(seed: UInt64(caller))
                        var wrong = 0
                        for round in 0..<150 {
                            let number = caller * 1_000_003 + round
                            if try await !Self.ask(client, number, &generator) { wrong += 1 }
                        }
                        return wrong
                    }
                }
                return try await group.reduce(0, +)
            }
            #expect(wrong == 0)
        }
    }
}
