import Postgres

/// Brings a database to the state of a schema folder: forward only, one step a transaction, one migrator at a time.
package struct Migrator: Sendable {
    package let folder: SchemaFolder
    /// What every transaction of the migrator begins with, such as the role that owns the schema.
    package let preamble: String
    /// Any number that stands for this schema among the server's advisory locks.
    private static let lock: Int64 = 0x63_68_61_70_74_65_72

    /// How often a file is tried whose locks others hold; the preamble says how long each try waits.
    private let tries: Int

    package init(folder: SchemaFolder, preamble: String, tries: Int = 200) {
        self.folder = folder
        self.preamble = preamble
        self.tries = tries
    }

    /// What was done, for whoever watches.
    package enum Progress: Sendable {
        case waiting
        case applied(String)
        /// Others hold what it changes; it let them go first, and will try again.
        case held(String)
    }

    /// Applies what is missing; a second migrator waits for the first and then finds nothing to do.
    package func migrate(
        _ client: PostgresClient,
        telling: @Sendable (Progress) -> Void = { _ in }
    ) async throws -> SchemaStatus {
        try await client.withConnection { connection in
            try await connection.run(script: "SET statement_timeout = 0")
            let isFree = try await connection.run(
                Query<Bool>(value: "SELECT pg_try_advisory_lock(\(Self.lock))")
            )
            if !isFree {
                telling(.waiting)
                try await waitForLock(connection)
            }
            do {
                try await apply(connection, telling)
                let status = try await status(connection)
                _ = try await connection.run(Query<Bool>(value: "SELECT pg_advisory_unlock(\(Self.lock))"))
                try await connection.run(script: "RESET statement_timeout")
                return status
            } catch {
                // The lock goes with the connection or here, whichever comes first.
                try? await connection.run(script: "ROLLBACK; SELECT pg_advisory_unlock_all()")
                throw error
            }
        }
    }

    package func status(_ client: PostgresClient) async throws -> SchemaStatus {
        try await client.withConnection { try await status($0) }
    }

    private func waitForLock(_ connection: Connection) async throws {
        while true {
            try await Task.sleep(for: .milliseconds(200))
            if try await connection.run(Query<Bool>(value: "SELECT pg_try_advisory_lock(\(Self.lock))")) {
                return
            }
        }
    }

    private func apply(_ connection: Connection, _ telling: @Sendable (Progress) -> Void) async throws {
        try await connection.run(
            script: """
                BEGIN; \(preamble)
                CREATE SCHEMA IF NOT EXISTS migration;
                CREATE TABLE IF NOT EXISTS migration.schema_migration (
                    number     integer     PRIMARY KEY,
                    name       text        NOT NULL,
                    checksum   bytea       NOT NULL,
                    applied_at timestamptz NOT NULL DEFAULT now()
                );
                CREATE TABLE IF NOT EXISTS migration.schema_repeatable (
                    name       text        PRIMARY KEY,
                    checksum   bytea       NOT NULL,
                    applied_at timestamptz NOT NULL DEFAULT now()
                );
                GRANT USAGE ON SCHEMA migration TO PUBLIC;
                GRANT SELECT ON ALL TABLES IN SCHEMA migration TO PUBLIC;
                COMMIT
                """
        )
        let before = try await status(connection)
        guard before.changed.isEmpty, before.newer.isEmpty else { throw SchemaConflict(status: before) }
        for migration in before.pending {
            try await transaction(connection, migration.sql, "Migrations/\(migration.fileName)", telling) {
                Query(
                    """
                    INSERT INTO migration.schema_migration (number, name, checksum)
                    VALUES (\(migration.number)::integer, \(migration.name), sha256(convert_to(\(migration.sql), 'UTF8')))
                    """
                )
            }
            telling(.applied(migration.fileName))
        }
        for repeatable in before.stale {
            try await transaction(connection, repeatable.sql, repeatable.name, telling) {
                Query(
                    """
                    INSERT INTO migration.schema_repeatable (name, checksum)
                    VALUES (\(repeatable.name), sha256(convert_to(\(repeatable.sql), 'UTF8')))
                    ON CONFLICT (name) DO UPDATE SET checksum = excluded.checksum, applied_at = now()
                    """
                )
            }
            telling(.applied(repeatable.name))
        }
    }

    /// Applies a file, all of it or nothing; where others hold what it changes it gives way, and comes again.
    ///
    /// Whoever waits for a lock holds up all who come after: so it waits for a moment only, and leaves them longer ones.
    private func transaction(
        _ connection: Connection,
        _ sql: String,
        _ name: String,
        _ telling: @Sendable (Progress) -> Void,
        recordedBy record: () -> Query<Void>
    ) async throws {
        var attempt = 1
        while true {
            do {
                try await connection.run(script: "BEGIN; \(preamble)")
                try await connection.run(script: sql)
                try await connection.run(record())
                try await connection.run(script: "COMMIT")
                return
            } catch let error as PostgresError {
                try? await connection.run(script: "ROLLBACK")
                guard [.lockNotAvailable, .deadlock].contains(error.state), attempt < tries else {
                    throw MigrationFailed(file: name, cause: error)
                }
                if attempt == 1 { telling(.held(name)) }
                attempt += 1
                try await Task.sleep(for: .milliseconds(Int.random(in: 1000...3000)))
            }
        }
    }

    private func status(_ connection: Connection) async throws -> SchemaStatus {
        let isThere = try await connection.run(
            Query<Bool>(
                value:
                    "SELECT to_regclass('migration.schema_migration') IS NOT NULL AND to_regclass('migration.schema_repeatable') IS NOT NULL"
            )
        )
        guard isThere else {
            return SchemaStatus(
                applied: [],
                pending: folder.migrations,
                changed: [],
                newer: [],
                stale: folder.repeatables
            )
        }
        let (applied, current) = try await connection.run(
            Query<[AppliedMigration]>(
                """
                SELECT applied.number, applied.name,
                       applied.checksum = (SELECT sha256(convert_to(file.sql, 'UTF8'))
                                             FROM unnest(\(folder.migrations.map(\.number))::bigint[], \(folder.migrations.map(\.sql))) AS file (number, sql)
                                            WHERE file.number = applied.number) AS is_same
                  FROM migration.schema_migration AS applied
                 ORDER BY applied.number
                """
            ),
            Query<[String]>(
                values: """
                    SELECT file.name
                      FROM unnest(\(folder.repeatables.map(\.name)), \(folder.repeatables.map(\.sql))) AS file (name, sql)
                      JOIN migration.schema_repeatable AS applied
                        ON applied.name = file.name AND applied.checksum = sha256(convert_to(file.sql, 'UTF8'))
                    """
            )
        )
        let known = Set(folder.migrations.map(\.number))
        let done = Set(applied.map(\.number))
        return SchemaStatus(
            applied: applied.filter { known.contains($0.number) }.map(\.fileName),
            pending: folder.migrations.filter { !done.contains($0.number) },
            changed: applied.filter { known.contains($0.number) && $0.isSame != true }.map(\.fileName),
            newer: applied.filter { !known.contains($0.number) }.map(\.fileName),
            stale: folder.repeatables.filter { !current.contains($0.name) }
        )
    }
}

private struct AppliedMigration: RowDecodable {
    let number: Int
    let name: String
    let isSame: Bool?

    init(row: Row) throws {
        number = try row["number"]
        name = try row["name"]
        isSame = try row["is_same"]
    }

    var fileName: String {
        Migration(number: number, name: name, sql: "").fileName
    }
}

extension Migration {
    /// The number that a program has to know to go on after the migration of this file; nil for one that only adds.
    package static func contracts(after fileName: String) -> Int? {
        let words = fileName.dropFirst(5).split(separator: "_", maxSplits: 2)
        guard words.count == 3, words[0] == "contract" else { return nil }
        return Int(words[1])
    }

    package var fileName: String {
        let digits = "\(number)"
        return String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits + "_\(name).sql"
    }
}

/// How far a database is from a schema folder.
package struct SchemaStatus: Sendable {
    package let applied: [String]
    package let pending: [Migration]
    /// Applied with another text than the folder's: a landed migration was edited.
    package let changed: [String]
    /// Applied by a newer program.
    package let newer: [String]
    /// To be applied again, for their text has changed.
    package let stale: [Repeatable]

    /// Those of `newer` that took away what programs use which know no more than the folder does.
    ///
    /// They are named after what has to be known: `0049_contract_0048_old_marks.sql` serves whoever knows number 48.
    package var outgrown: [String] {
        let known = applied.last.flatMap { Int($0.prefix(4)) } ?? 0
        return newer.filter { Migration.contracts(after: $0).map { $0 > known } ?? false }
    }

    package var isCurrent: Bool {
        pending.isEmpty && changed.isEmpty && newer.isEmpty && stale.isEmpty
    }
}

/// The database holds migrations that this schema folder does not know, or knows otherwise.
package struct SchemaConflict: Error {
    package let status: SchemaStatus
}

/// A migration failed, and left nothing behind.
package struct MigrationFailed: Error {
    package let file: String
    package let cause: PostgresError
}
