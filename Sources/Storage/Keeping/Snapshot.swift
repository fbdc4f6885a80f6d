import Logging
import Postgres

extension Installation {
    /// What a database holds at one moment, and the name under which pg_dump finds that moment.
    package struct Snapshot: Sendable {
        package let name: String
        /// RFC 3339, UTC.
        package let takenAt: String
        /// 15.
        package let serverMajor: Int
        package let holdings: Holdings
    }

    /// What a database holds, to be compared with what another does.
    package struct Holdings: Sendable, Hashable, Codable {
        /// The applied migrations: `0042_sealed_trail.sql`.
        package let migrations: [String]
        /// How many rows each table of the schema has.
        package let rows: [String: Int64]
        /// The last seal of each audit trail, `7:4711:9f86…`: the trail, its last entry, its head.
        package let auditHeads: [String]
    }

    /// Runs `work` while a snapshot is held, which other connections can read then.
    package static func withSnapshot<Value: Sendable>(
        _ address: String,
        logger: Logger,
        _ work: (Snapshot) async throws -> Value
    ) async throws -> Value {
        try await withOwner(address, logger) { client in
            try await client.transaction(isolation: .repeatableRead) { transaction in
                try await transaction.run(script: asOwner)
                let holdings = try await holdings(transaction)
                let (name, takenAt, version) = try await transaction.run(
                    Query<String>(value: "SELECT pg_export_snapshot()"),
                    Query<String>(
                        value: """
                            SELECT to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')
                            """
                    ),
                    Query<Int>(value: "SELECT current_setting('server_version_num')::integer / 10000")
                )
                return try await work(
                    Snapshot(name: name, takenAt: takenAt, serverMajor: version, holdings: holdings)
                )
            }
        }
    }

    /// What the database holds now.
    package static func holdings(_ address: String, logger: Logger) async throws -> Holdings {
        try await withSnapshot(address, logger: logger) { $0.holdings }
    }

    /// What is in a database that ought to be empty: the roles of the schema that are missing, and whether anything else is there.
    package static func emptiness(
        _ address: String,
        logger: Logger
    ) async throws -> (missingRoles: [String], foreign: [String], serverMajor: Int) {
        try await withOwner(address, logger) { client in
            try await client.run(
                Query<[String]>(
                    values: """
                        SELECT wanted FROM unnest(ARRAY['chapterhouse_owner', 'chapterhouse_migrator', 'chapterhouse_app', 'chapterhouse_backup'])
                            AS wanted WHERE to_regrole(wanted) IS NULL
                        """
                ),
                Query<[String]>(
                    values: """
                        SELECT 'schema ' || nspname FROM pg_namespace
                         WHERE nspname NOT IN ('public', 'information_schema') AND nspname NOT LIKE 'pg\\_%'
                        UNION ALL
                        SELECT 'table ' || relname FROM pg_class WHERE relnamespace = 'public'::regnamespace
                        """
                ),
                Query<Int>(value: "SELECT current_setting('server_version_num')::integer / 10000")
            )
        }
    }

    /// Lets the planner know what the tables hold, which a restore does not.
    package static func analyze(_ address: String, logger: Logger) async throws {
        try await withOwner(address, logger) { client in
            try await client.withConnection { connection in
                try await connection.run(script: "SET ROLE chapterhouse_owner; ANALYZE")
            }
        }
    }

    /// Does again what the lines of a journal of erasures say, as the database's owner; how many there were to do.
    package static func eraseAgain(
        _ address: String,
        _ lines: [String],
        logger: Logger
    ) async throws -> Int {
        try await withOwner(address, logger) { client in
            var erased = 0
            for line in lines {
                let done = try await client.transaction { transaction in
                    try await transaction.run(script: asOwner + "; SET LOCAL app.rights = 'everything'")
                    return try await transaction.run(Query<String>(value: "SELECT erase_again(\(line))"))
                }
                if done == "erased" { erased += 1 }
            }
            return erased
        }
    }

    static let asOwner =
        "SET LOCAL ROLE chapterhouse_owner; SET LOCAL row_security = off; SET LOCAL search_path = app, pg_temp"

    /// As old as the schema may be: a backup is taken before a migration, too.
    private static func holdings(_ transaction: Transaction) async throws -> Holdings {
        let migrations = try await transaction.run(
            Query<[String]>(
                values: """
                    SELECT lpad(number::text, 4, '0') || '_' || name || '.sql' FROM migration.schema_migration ORDER BY number
                    """
            )
        )
        let tables = try await transaction.run(
            Query<[String]>(
                values: """
                    SELECT quote_ident(relname) FROM pg_class
                     WHERE relnamespace = 'app'::regnamespace AND relkind IN ('r', 'p') ORDER BY relname
                    """
            )
        )
        var rows: [String: Int64] = [:]
        for table in tables {
            let count = SQL(stringLiteral: "SELECT count(*) FROM app.\(table)")
            rows[table] = try await transaction.run(Query<Int64>(value: count))
        }
        guard rows["audit_seal"] != nil else {
            return Holdings(migrations: migrations, rows: rows, auditHeads: [])
        }
        let heads = try await transaction.run(
            Query<[String]>(
                values: """
                    SELECT DISTINCT ON (trail) trail || ':' || up_to || ':' || encode(hash, 'hex')
                      FROM app.audit_seal ORDER BY trail, up_to DESC
                    """
            )
        )
        return Holdings(migrations: migrations, rows: rows, auditHeads: heads)
    }

    static func withOwner<Value: Sendable>(
        _ address: String,
        _ logger: Logger,
        _ work: (PostgresClient) async throws -> Value
    ) async throws -> Value {
        var configuration = Configuration(address: address, logger: logger)
        // Counting a large table, or holding a snapshot while it is dumped.
        configuration.statementTimeout = .seconds(24 * 3600)
        let client = PostgresClient(configuration)
        do {
            let value = try await work(client)
            await client.shutdown()
            return value
        } catch {
            await client.shutdown()
            throw error
        }
    }

    /// What a program of PostgreSQL's needs to connect there; nil where the connection string cannot be read.
    package static func parameters(
        of address: String
    ) -> (environment: [String: String], rest: String)? {
        ConnectionParameters(address).map { ($0.environment, $0.rest) }
    }
}
