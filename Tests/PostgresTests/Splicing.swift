import Postgres
import Testing

@Suite struct `A statement` {
    @Test func `takes fragments with their parameters`() async throws {
        try await withDatabase { client async throws in
            let condition: SQL = "n > \(2) AND n < \(5)"
            let query: SQL = "SELECT n FROM generate_series(\(1), 10) AS n WHERE \(condition) OR n = \(9)"
            #expect(
                query.text == "SELECT n FROM generate_series($1, 10) AS n WHERE n > $2 AND n < $3 OR n = $4"
            )
            let found = try await client.run(
                Query<[Int]>(values: "SELECT n::bigint FROM (\(query)) AS found")
            )
            #expect(found == [3, 4, 9])
        }
    }

    @Test func `quotes names that are no words`() {
        #expect(SQL.quoted("Odd \"name\"") == "\"Odd \"\"name\"\"\"")
    }
}
