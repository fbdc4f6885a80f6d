import Postgres
import Testing

@Suite struct `Prepared statements` {
    private let kept = Query<Int>(
        value: "SELECT count(*) FROM pg_prepared_statements WHERE statement NOT LIKE '%pg_prepared%'"
    )

    @Test func `are kept, but no more than so many`() async throws {
        try await withDatabase({
            $0.sharedConnections = 1
            $0.statementCacheSize = 10
        }) { client async throws in
            for round in 0..<3 {
                for number in 0..<40 {
                    let query = Query<Int>(value: SQL(stringLiteral: "SELECT \(number)"))
                    #expect(try await client.run(query) == number, "round \(round)")
                }
            }
            let count = try await client.run(kept)
            #expect((9...10).contains(count))
        }
    }

    @Test func `of the same text but other types are others`() async throws {
        try await withDatabase { client async throws in
            #expect(try await client.run(Query<String>(value: "SELECT \(1)::text")) == "1")
            #expect(try await client.run(Query<String>(value: "SELECT \(Int16(2))::text")) == "2")
            #expect(try await client.run(Query<String>(value: "SELECT \(true)::text")) == "true")
            #expect(try await client.run(Query<String>(value: "SELECT \("x")::text")) == "x")
        }
    }

    @Test func `are made again when the schema has changed`() async throws {
        struct Anything: RowDecodable {
            let columns: Int
            init(row: Row) throws {
                columns = (try? row["b"] as Int) == nil ? 1 : 2
            }
        }
        try await withDatabase { client async throws in
            try await client.run(
                Query<Void>("CREATE TABLE wide (a bigint)"),
                Query<Void>("INSERT INTO wide VALUES (1)")
            )
            let all = Query<Anything>("SELECT * FROM wide")
            for query in [all, all.exclusive] {
                #expect(try await client.run(query).columns == 1)
            }
            try await client.run(Query<Void>("ALTER TABLE wide ADD COLUMN b bigint DEFAULT 2"))
            for query in [all, all.exclusive] {
                #expect(try await client.run(query).columns == 2)
            }
            try await client.run(Query<Void>("ALTER TABLE wide DROP COLUMN b"))
            // The transaction that begins with it begins anew.
            let columns = try await client.transaction { try await $0.run(all).columns }
            #expect(columns == 1)
        }
    }

    @Test func `are made again when the server has forgotten them`() async throws {
        try await withDatabase({ $0.sharedConnections = 1 }) { client async throws in
            let query = Query<Int>(value: "SELECT \(5) + 1")
            #expect(try await client.run(query) == 6)
            try await client.run(Query<Void>("DEALLOCATE ALL"))
            #expect(try await client.run(query) == 6)
            try await client.withConnection { connection async throws in
                #expect(try await connection.run(query) == 6)
                try await connection.run(script: "DEALLOCATE ALL")
                #expect(try await connection.run(query) == 6)
            }
        }
    }

    @Test func `that fail to be prepared spoil nothing`() async throws {
        try await withDatabase({ $0.sharedConnections = 1 }) { client async throws in
            let late = Query<Int>(value: "SELECT count(*) FROM late")
            for _ in 0..<3 {
                let error = try await failure { try await client.run(Query<Int>(value: "SELECT 1"), late) }
                #expect(error.state == .undefinedTable)
            }
            // The second statement's preparation is passed over when the first fails.
            let error = try await failure { try await client.run(Query<Int>(value: "SELECT 1/0"), late) }
            #expect(error.state.category == "22")
            try await client.run(Query<Void>("CREATE TABLE late ()"))
            #expect(try await client.run(late) == 0)
        }
    }
}
