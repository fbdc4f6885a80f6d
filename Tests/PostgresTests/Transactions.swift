import Postgres
import Testing

private struct Mishap: Error {}

@Suite struct `A transaction` {
    private func withNotes(_ body: (PostgresClient) async throws -> Void) async throws {
        try await withDatabase { client async throws in
            try await client.run(Query<Void>("CREATE TABLE note (id integer PRIMARY KEY)"))
            try await body(client)
        }
    }

    private let count = Query<Int>(value: "SELECT count(*) FROM note")

    private func insert(_ id: Int32) -> Query<Void> {
        Query("INSERT INTO note VALUES (\(id))")
    }

    @Test func `keeps what was done when the work ends`() async throws {
        try await withNotes { client async throws in
            let seen = try await client.transaction { transaction in
                try await transaction.run(insert(1), insert(2))
                return try await transaction.run(count)
            }
            #expect(seen == 2)
            #expect(try await client.run(count) == 2)
        }
    }

    @Test func `keeps nothing when the work throws`() async throws {
        try await withNotes { client async throws in
            await #expect(throws: Mishap.self) {
                try await client.transaction { transaction in
                    try await transaction.run(insert(1))
                    throw Mishap()
                }
            }
            #expect(try await client.run(count) == 0)
        }
    }

    @Test func `fails when a failed statement was passed over`() async throws {
        try await withNotes { client async throws in
            let error = try await failure {
                try await client.transaction { transaction in
                    try await transaction.run(insert(1))
                    do { try await transaction.run(insert(1)) } catch {}
                }
            }
            #expect(error.state == SQLState(rawValue: "25P02"))
            #expect(try await client.run(count) == 0)
        }
    }

    @Test func `fails when its first statement failed and was passed over`() async throws {
        try await withNotes { client async throws in
            try await client.run(insert(1))
            let error = try await failure {
                try await client.transaction { transaction in
                    do { try await transaction.run(insert(1)) } catch {}
                    let next = try await failure { try await transaction.run(insert(2)) }
                    #expect(next.state == SQLState(rawValue: "25P02"))
                }
            }
            #expect(error.state == SQLState(rawValue: "25P02"))
            #expect(try await client.run(count) == 1)
        }
    }

    @Test func `lets nothing happen outside of it when it could not begin`() async throws {
        try await withNotes { client async throws in
            let error = try await failure {
                try await client.transaction { transaction async throws in
                    let first = Task {
                        withUnsafeCurrentTask { $0?.cancel() }
                        return try await failure { try await transaction.run(insert(1)) }
                    }
                    let cancelled = try await first.value
                    #expect(cancelled.kind == .cancelled)
                    try? await transaction.run(insert(2))
                }
            }
            #expect(error.state == SQLState(rawValue: "25P02"))
            #expect(try await client.run(count) == 0)
        }
    }

    @Test func `begins with the first that is done in it`() async throws {
        try await withNotes { client async throws in
            let before = await client.measurements().queries.count
            try await client.transaction(after: ["SELECT set_config('app.person_id', \("3"), true)"]) {
                try await $0.run(insert(1))
            }
            // The other is COMMIT.
            #expect(await client.measurements().queries.count == before + 2)
            try await client.transaction { _ in }
            #expect(await client.measurements().queries.count == before + 2)
        }
    }

    @Test func `may begin with rows or with a script`() async throws {
        try await withNotes { client async throws in
            let rows = AsyncStream { rows in
                for id in 1...3 { rows.yield([Int32(id)] as [any PostgresEncodable]) }
                rows.finish()
            }
            await #expect(throws: Mishap.self) {
                try await client.transaction { transaction in
                    #expect(try await transaction.copy(rows, into: "note (id)") == 3)
                    throw Mishap()
                }
            }
            await #expect(throws: Mishap.self) {
                try await client.transaction { transaction in
                    try await transaction.run(
                        script: "INSERT INTO note VALUES (1); INSERT INTO note VALUES (2)"
                    )
                    throw Mishap()
                }
            }
            #expect(try await client.run(count) == 0)
        }
    }

    @Test func `goes on after work in a savepoint has failed`() async throws {
        try await withNotes { client async throws in
            try await client.transaction { transaction in
                try await transaction.run(insert(1))
                await #expect(throws: PostgresError.self) {
                    try await transaction.savepoint {
                        try await transaction.run(insert(2))
                        try await transaction.savepoint { try await transaction.run(insert(3)) }
                        try await transaction.run(insert(1))
                    }
                }
                try await transaction.savepoint { try await transaction.run(insert(4)) }
            }
            #expect(try await client.run(Query<[Int]>(values: "SELECT id FROM note ORDER BY id")) == [1, 4])
        }
    }

    @Test func `has settings that end with it`() async throws {
        try await withDatabase({ $0.exclusiveConnections = 1 }) { client async throws in
            let read = Query<String?>(valueIfAny: "SELECT nullif(current_setting('app.person_id', true), '')")
            let seen = try await client.transaction(after: [
                "SELECT set_config('app.person_id', \("3"), true)"
            ]) {
                try await $0.run(read)
            }
            #expect(seen == "3")
            let left = try await client.run(read.exclusive)
            #expect(left == nil)
        }
    }

    @Test func `leaves nothing of a failure to the next`() async throws {
        try await withDatabase({ $0.exclusiveConnections = 1 }) { client async throws in
            for _ in 0..<20 {
                await #expect(throws: PostgresError.self) {
                    try await client.transaction(after: ["SELECT set_config('app.person_id', \("3"), true)"])
                    {
                        try await $0.run(Query<Void>("SELECT 1/0"))
                    }
                }
                let left = try await client.transaction {
                    try await $0.run(
                        Query<String?>(
                            valueIfAny: "SELECT nullif(current_setting('app.person_id', true), '')"
                        )
                    )
                }
                #expect(left == nil)
            }
        }
    }

    @Test func `is as isolated as it is asked to be`() async throws {
        try await withNotes { client async throws in
            try await client.transaction(isolation: .repeatableRead) { transaction in
                #expect(try await transaction.run(count) == 0)
                try await client.run(insert(1))
                #expect(try await transaction.run(count) == 0)
                let level = Query<String>(value: "SELECT current_setting('transaction_isolation')")
                #expect(try await transaction.run(level) == "repeatable read")
            }
            #expect(try await client.run(count) == 1)
        }
    }
}

@Suite struct `A lent connection` {
    @Test func `stays the same, and is as new when it is given back`() async throws {
        try await withDatabase({ $0.exclusiveConnections = 1 }) { client async throws in
            let process = Query<Int32>(value: "SELECT pg_backend_pid()")
            let first = try await client.withConnection { connection async throws in
                let first = try await connection.run(process)
                try await connection.run(
                    script:
                        "SET app.who = 'me'; SET statement_timeout = 0; LISTEN gossip; CREATE TEMP TABLE t (); SELECT pg_advisory_lock(1)"
                )
                #expect(try await connection.run(process) == first)
                return first
            }
            try await client.withConnection { connection async throws in
                #expect(try await connection.run(process) == first)
                let (who, timeout, channels, tables, locks) = try await connection.run(
                    Query<String?>(valueIfAny: "SELECT nullif(current_setting('app.who', true), '')"),
                    Query<String>(value: "SELECT current_setting('statement_timeout')"),
                    Query<Int>(value: "SELECT count(*) FROM pg_listening_channels()"),
                    Query<Bool>(value: "SELECT to_regclass('pg_temp.t') IS NOT NULL"),
                    Query<Int>(
                        value:
                            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()"
                    )
                )
                #expect(who == nil)
                #expect(timeout == "30s")
                #expect(channels == 0)
                #expect(!tables)
                #expect(locks == 0)
            }
        }
    }

    @Test func `is rolled back when it is given back in a transaction`() async throws {
        try await withDatabase({ $0.exclusiveConnections = 1 }) { client async throws in
            try await client.run(Query<Void>("CREATE TABLE note ()"))
            try await client.withConnection {
                try await $0.run(script: "BEGIN; INSERT INTO note DEFAULT VALUES")
            }
            let count = try await client.withConnection { connection async throws in
                try await connection.run(Query<Int>(value: "SELECT count(*) FROM note"))
            }
            #expect(count == 0)
        }
    }

    @Test func `runs what no transaction can`() async throws {
        try await withDatabase { client async throws in
            try await client.run(Query<Void>("CREATE TABLE note (id integer)"))
            try await client.withConnection { try await $0.run(Query<Void>("VACUUM note")) }
        }
    }
}
