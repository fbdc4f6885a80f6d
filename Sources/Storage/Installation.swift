import Glibc
import Logging
import Migrations
import Postgres
import ReferralGroup
import Synchronization

/// What is done to a database before it can serve: roles, the database itself, the schema.
package enum Installation {
    /// Any number that stands for the preparation of a cluster among its advisory locks.
    private static let preparation: Int64 = 0x70_72_65_70_61_72_65

    /// Where the schema lies: `CHAPTERHOUSE_SCHEMA`, what was installed beside the program, or the folder it was built in.
    package static func schemaPath() throws -> String {
        if let path = getenv("CHAPTERHOUSE_SCHEMA").map({ String(cString: $0) }), !path.isEmpty {
            return path
        }
        var buffer = [CChar](repeating: 0, count: 4096)
        let length = readlink("/proc/self/exe", &buffer, buffer.count - 1)
        var folder = String(
            decoding: buffer.prefix(max(0, length)).map { UInt8(bitPattern: $0) },
            as: UTF8.self
        )
        while let slash = folder.lastIndex(of: "/") {
            folder = String(folder[..<slash])
            for candidate in ["\(folder)/share/chapterhouse/Schema", "\(folder)/Schema"]
            where access(candidate + "/Migrations", R_OK) == 0 {
                return candidate
            }
        }
        throw SchemaFolderError(
            message: "the Schema folder is not beside the program; name it with CHAPTERHOUSE_SCHEMA"
        )
    }

    /// The schema of a folder, or of the one that `schemaPath` finds.
    package static func schemaFolder(_ path: String? = nil) throws -> SchemaFolder {
        try SchemaFolder(path: path ?? schemaPath(), repeatableFolders: ["Data", "Functions", "Reports"])
    }

    /// The schema as it lay beside this program when it was first asked for: an upgrade puts another in its place while
    /// the program runs.
    static func schemaOfThisProgram() throws -> SchemaFolder {
        try own.withLock { own in
            if let own { return own }
            let folder = try schemaFolder()
            own = folder
            return folder
        }
    }

    private static let own = Mutex<SchemaFolder?>(nil)

    /// The file names of the migrations that this program knows.
    package static func knownMigrations() throws -> Set<String> {
        Set(try schemaFolder().migrations.map(\.fileName))
    }

    /// Migrations run as the owner of the schema; with row security off a role without the right fails loudly.
    package static func migrator(_ folder: SchemaFolder) -> Migrator {
        Migrator(
            folder: folder,
            preamble:
                "SET LOCAL ROLE chapterhouse_owner; SET LOCAL row_security = off; SET LOCAL search_path = app, pg_temp; SET LOCAL lock_timeout = '1s';"
        )
    }

    /// Makes the roles and the database, as a superuser; a second time changes nothing.
    package static func prepare(
        superuser address: String,
        database: String,
        schema: String? = nil,
        logger: Logger
    ) async throws {
        let roles = try SchemaFolder.text(of: (schema ?? schemaPath()) + "/Roles.sql")
        let client = PostgresClient(Configuration(address: address, logger: logger))
        do {
            try await client.withConnection { connection in
                // Two commands may be the first in a home at the same time; the lock ends with the connection.
                try await connection.run(Query<Void>("SELECT pg_advisory_lock(\(preparation))"))
                try await connection.run(script: roles)
                let isThere = try await connection.run(
                    Query<Bool>(
                        value: "SELECT EXISTS (SELECT FROM pg_database WHERE datname = \(database)::name)"
                    )
                )
                if !isThere {
                    let name = database.split(separator: "\"", omittingEmptySubsequences: false).joined(
                        separator: "\"\""
                    )
                    try await connection.run(script: "CREATE DATABASE \"\(name)\" OWNER chapterhouse_owner")
                }
            }
            await client.shutdown()
        } catch {
            await client.shutdown()
            throw error
        }
    }

    /// Brings the schema up to date, as the migrator.
    package static func migrate(
        _ address: String,
        schema: String? = nil,
        logger: Logger,
        telling: @escaping @Sendable (String) -> Void = { _ in }
    ) async throws -> SchemaState {
        try await withClient(address, schema, logger) { client, migrator in
            do {
                let status = try await migrator.migrate(client) { progress in
                    switch progress {
                    case .waiting: telling("Another migration is under way; waiting for it.")
                    case .applied(let file): telling("Applied \(file).")
                    case .held(let file):
                        telling(
                            "\(file) waits until others let go of what it changes; it is tried again and again."
                        )
                    }
                }
                return SchemaState(status)
            } catch let conflict as SchemaConflict {
                throw SchemaMismatch(toBeMigrated: conflict.status) ?? conflict
            }
        }
    }

    package static func status(
        _ address: String,
        schema: String? = nil,
        logger: Logger
    ) async throws -> SchemaState {
        try await withClient(address, schema, logger) { client, migrator in
            SchemaState(try await migrator.status(client))
        }
    }

    private static func withClient<Value: Sendable>(
        _ address: String,
        _ schema: String?,
        _ logger: Logger,
        _ work: (PostgresClient, Migrator) async throws -> Value
    ) async throws -> Value {
        let migrator = Self.migrator(try schemaFolder(schema))
        var configuration = Configuration(address: address, logger: logger)
        // A migration may rewrite a large table.
        configuration.statementTimeout = .seconds(24 * 3600)
        let client = PostgresClient(configuration)
        do {
            let value = try await work(client, migrator)
            await client.shutdown()
            return value
        } catch {
            await client.shutdown()
            throw error
        }
    }
}

/// How far a database is from the schema of this program, file by file.
package struct SchemaState: Sendable {
    package let applied: [String]
    package let changed: [String]
    package let newer: [String]
    package let pending: [String]
    package let stale: [String]

    /// How the schema differs from the program's; nil where it is current.
    package let mismatch: SchemaMismatch?

    init(_ status: SchemaStatus) {
        mismatch = SchemaMismatch(status)
        applied = status.applied
        changed = status.changed
        newer = status.newer
        pending = status.pending.map(\.fileName)
        stale = status.stale.map(\.name)
    }
}

/// The database is of another version than the program.
package enum SchemaMismatch: Error, Sendable {
    case absent
    case older(pending: [String])
    case newer(unknown: [String])
    case changed([String])

    /// How the schema keeps the program from serving; nil where it does not.
    ///
    /// A newer one has the functions of a newer program, and serves all programs that know what it still holds.
    init?(_ status: SchemaStatus) {
        if status.newer.isEmpty {
            self.init(toBeMigrated: status)
        } else if !status.outgrown.isEmpty {
            self = .newer(unknown: status.outgrown)
        } else if !status.changed.isEmpty {
            self = .changed(status.changed)
        } else if !status.pending.isEmpty {
            self = .older(pending: status.pending.map(\.fileName))
        } else {
            return nil
        }
    }

    /// How the schema keeps the program from changing it, or differs otherwise.
    init?(toBeMigrated status: SchemaStatus) {
        if !status.newer.isEmpty {
            self = .newer(unknown: status.newer)
        } else if !status.changed.isEmpty {
            self = .changed(status.changed)
        } else if status.applied.isEmpty {
            self = .absent
        } else if !status.isCurrent {
            self = .older(pending: status.pending.map(\.fileName) + status.stale.map(\.name))
        } else {
            return nil
        }
    }

    /// Whether every migration is there, and only what may change has changed.
    var isOfFunctionsAlone: Bool {
        guard case .older(let pending) = self else { return false }
        return pending.allSatisfy { $0.contains("/") }
    }

    /// What is wrong, and the command that helps.
    package var message: String {
        switch self {
        case .absent: "the database is empty; create its schema: chapterhouse database migrate"
        case .older(let pending):
            "the database is older than this program (\(pending.joined(separator: ", "))); bring it up to date: chapterhouse database migrate"
        case .newer(let unknown):
            "the database is newer than this program (it holds \(unknown.joined(separator: ", "))); install the newer version of chapterhouse"
        case .changed(let names):
            "the database was made with another text of \(names.joined(separator: ", ")); see: chapterhouse database status"
        }
    }
}
