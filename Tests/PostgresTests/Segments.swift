import Postgres
import Testing

@Suite struct `Queries of one segment` {
    @Test func `come back in order, after one round trip`() async throws {
        try await withDatabase { client async throws in
            let (number, text, words) = try await client.run(
                Query<Int>(value: "SELECT \(41) + 1"),
                Query<String>(value: "SELECT 'a' || \("ü")"),
                Query<[String]>(values: "SELECT unnest(\(["x", "y"]))")
            )
            #expect(number == 42)
            #expect(text == "aü")
            #expect(words == ["x", "y"])
        }
    }

    @Test func `happen all or not at all`() async throws {
        try await withDatabase { client async throws in
            try await client.run(Query<Void>("CREATE TABLE note (id integer PRIMARY KEY)"))
            await #expect(throws: PostgresError.self) {
                try await client.run(
                    Query<Void>("INSERT INTO note VALUES (1)"),
                    Query<Void>("INSERT INTO note VALUES (1)"),
                    Query<Void>("INSERT INTO note VALUES (2)")
                )
            }
            #expect(try await client.run(Query<Int>(value: "SELECT count(*) FROM note")) == 0)
        }
    }

    @Test func `fail with the one real error, which names its statement`() async throws {
        try await withDatabase { client async throws in
            try await client.run(
                Query<Void>(
                    "CREATE TABLE note (id integer PRIMARY KEY, CONSTRAINT id_is_small CHECK (id < 10))"
                )
            )
            let error = try await failure {
                try await client.run(
                    Query<Void>("INSERT INTO note VALUES (1)"),
                    Query<Void>("INSERT INTO note VALUES (\(99)::integer)"),
                    Query<Void>("SELECT 1")
                )
            }
            #expect(error.kind == .server)
            #expect(error.state == .checkViolation)
            #expect(error.constraint == "id_is_small")
            #expect(error.schema == "public")
            #expect(error.table == "note")
            #expect(error.detail?.contains("99") == true)
            #expect(error.statement == "INSERT INTO note VALUES ($1::integer)")
            #expect(!error.mayHaveHappened)
        }
    }

    @Test func `fail when the commit does`() async throws {
        try await withDatabase { client async throws in
            try await client.withConnection {
                try await $0.run(
                    script: """
                        CREATE TABLE parent (id integer PRIMARY KEY);
                        CREATE TABLE child (parent integer REFERENCES parent DEFERRABLE INITIALLY DEFERRED)
                        """
                )
            }
            let error = try await failure {
                try await client.run(Query<Void>("INSERT INTO child VALUES (7)"))
            }
            #expect(error.state == .foreignKeyViolation)
            #expect(error.constraint == "child_parent_fkey")
            #expect(try await client.run(Query<Int>(value: "SELECT count(*) FROM child")) == 0)
        }
    }

    @Test func `say where the server stumbled`() async throws {
        try await withDatabase { client async throws in
            let error = try await failure {
                try await client.run(Query<Void>("SELECT nothing FROM pg_class"))
            }
            #expect(error.state == SQLState(rawValue: "42703"))
            #expect(error.position == "8")
            let hinted = try await failure {
                try await client.run(
                    Query<Void>("DO $$BEGIN RAISE EXCEPTION 'm' USING HINT = 'h', DETAIL = 'd'; END$$")
                )
            }
            #expect(hinted.state == .raisedException)
            #expect([hinted.message, hinted.hint, hinted.detail] == ["m", "h", "d"])
            #expect(hinted.context?.contains("RAISE") == true)
        }
    }

    @Test func `see the settings before them, and nobody else does`() async throws {
        try await withDatabase({ $0.sharedConnections = 1 }) { client async throws in
            let read = Query<String?>(
                valueIfAny: "SELECT nullif(current_setting('app.chapter_id', true), '')"
            )
            let seen = try await client.run(
                after: ["SELECT set_config('app.chapter_id', \("7"), true)"],
                read
            )
            #expect(seen == "7")
            let left = try await client.run(read)
            #expect(left == nil)
            let error = try await failure {
                try await client.run(
                    after: ["SELECT set_config('app.chapter_id', \("8"), true)"],
                    Query<Void>("SELECT 1/0")
                )
            }
            #expect(error.state.category == "22")
            let rest = try await client.run(read)
            #expect(rest == nil)
        }
    }

    @Test func `return as many rows as they promise`() async throws {
        struct One: RowDecodable {
            init(row: Row) throws {
                let _: Int = try row["n"]
            }
        }
        try await withDatabase { client async throws in
            let none: SQL = "SELECT 1::int8 AS n WHERE false"
            let two: SQL = "SELECT 1::int8 AS n UNION ALL SELECT 2"
            await #expect(throws: WrongNumberOfRows.self) { _ = try await client.run(Query<One>(none)) }
            await #expect(throws: WrongNumberOfRows.self) { _ = try await client.run(Query<One>(two)) }
            await #expect(throws: WrongNumberOfRows.self) { _ = try await client.run(Query<One?>(two)) }
            let nobody = try await client.run(Query<One?>(none))
            #expect(nobody == nil)
            #expect(try await client.run(Query<[One]>(two)).count == 2)
        }
    }

    @Test func `are spliced with their parameters`() async throws {
        try await withDatabase { client async throws in
            let condition: SQL = "n > \(2) AND n < \(5)"
            let query: SQL = "SELECT n FROM generate_series(\(1), 10) AS n WHERE \(condition) OR n = \(9)"
            #expect(
                query.text == "SELECT n FROM generate_series($1, 10) AS n WHERE n > $2 AND n < $3 OR n = $4"
            )
            let found = try await client.run(Query<[Int]>(values: query))
            #expect(found == [3, 4, 9])
        }
    }

    @Test func `cannot begin a transaction that would outlive them`() async throws {
        try await withDatabase { client async throws in
            let error = try await failure { try await client.run(Query<Void>("BEGIN")) }
            #expect(error.kind == .refused)
            let open: SQL = """
                SELECT count(*) FROM pg_stat_activity
                 WHERE datname = current_database() AND state LIKE 'idle in transaction%'
                """
            #expect(try await client.run(Query<Int>(value: open)) == 0)
        }
    }

    @Test func `run on a connection of their own when they say so`() async throws {
        try await withDatabase { client async throws in
            let process = Query<Int32>(value: "SELECT pg_backend_pid()")
            let shared = try await client.run(process)
            let (one, two) = try await client.run(process.exclusive, process)
            #expect(one == two)
            #expect(one != shared)
        }
    }

    @Test(arguments: [true, false])
    func `work with and without prepared statements`(preparing: Bool) async throws {
        try await withDatabase({ $0.preparesStatements = preparing }) { client async throws in
            for number in 0..<5 {
                #expect(try await client.run(Query<Int>(value: "SELECT \(number)")) == number)
            }
            let prepared = try await client.run(
                Query<Int>(value: "SELECT count(*) FROM pg_prepared_statements")
            )
            #expect((prepared > 0) == preparing)
        }
    }

    @Test func `set the same clock, calendar and encoding on every connection`() async throws {
        try await withDatabase { client async throws in
            let read = Query<[String]>(
                values: """
                    SELECT unnest(ARRAY[current_setting('TimeZone'), split_part(current_setting('DateStyle'), ',', 1),
                                        current_setting('client_encoding'), current_setting('standard_conforming_strings'),
                                        current_setting('statement_timeout'), current_setting('application_name'),
                                        current_setting('jit')])
                    """
            )
            let expected = ["UTC", "ISO", "UTF8", "on", "30s", "chapterhouse", "off"]
            let shared = try await client.run(read)
            let exclusive = try await client.run(read.exclusive)
            #expect(shared == expected)
            #expect(exclusive == expected)
        }
    }
}

@Suite struct `A name in a statement` {
    @Test func `is quoted when it is no word`() {
        #expect(SQL.quoted("Odd \"name\"") == "\"Odd \"\"name\"\"\"")
    }
}
