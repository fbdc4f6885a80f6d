import Postgres

/// Every row of every table, as a sum per table: equal where nothing changed.
struct Digest: Equatable, Sendable {
    let tables: [String: String]

    init(of client: PostgresClient) async throws {
        let sums = try await client.run(
            Query<[Sum]>(
                """
                SELECT tables.relname::text AS name,
                       query_to_xml(
                           format(
                               'SELECT count(*), md5(string_agg(line::text, chr(10) ORDER BY line::text)) FROM app.%I AS line',
                               tables.relname
                           ), true, true, ''
                       )::text AS sum
                  FROM pg_class AS tables
                 WHERE tables.relnamespace = 'app'::regnamespace AND tables.relkind IN ('r', 'p')
                """
            )
        )
        tables = Dictionary(uniqueKeysWithValues: sums.map { ($0.name, $0.sum) })
    }

    private init(tables: [String: String]) {
        self.tables = tables
    }

    /// Without what is kept for good: the audit trail, and the list of imports.
    var ofTheRecords: Digest {
        let kept = ["audit_event", "installation_audit_event", "import_batch"]
        return Digest(tables: tables.filter { !kept.contains($0.key) })
    }

    /// The tables in which a row changed, came or went.
    func changes(since earlier: Digest) -> [String] {
        tables.filter { earlier.tables[$0.key] != $0.value }.keys.sorted()
    }

    private struct Sum: RowDecodable {
        let name: String
        let sum: String

        init(row: Row) throws {
            name = try row["name"]
            sum = try row["sum"]
        }
    }
}
