import Storage

/// The database inside the private PostgreSQL: its roles and schema are made by us.
struct PrivateDatabase {
    let address: ServerAddress

    init(_ address: ServerAddress) {
        self.address = address
    }

    /// Makes the roles and the database; a second time changes nothing.
    func prepare() async throws {
        try await Installation.prepare(
            superuser: address.connectionString(role: .superuser, database: "postgres"),
            database: ServerAddress.database,
            logger: DatabaseOptions.quietLogger
        )
    }

    /// The same, and the schema, where this home has never been used before.
    func prepareIfNew() async throws {
        let database = Database(
            connecting: address.connectionString(role: .app),
            logger: DatabaseOptions.quietLogger
        )
        do {
            try await database.verifySchema()
            await database.shutdown()
        } catch {
            await database.shutdown()
            switch error {
            case SchemaMismatch.newer, SchemaMismatch.changed: throw error
            case is SchemaMismatch: try await bringUpToDate()
            default:
                // No such database, or no such role yet: this is the first command in this home.
                guard let trouble = DatabaseTrouble(error), trouble.kind == .unreachable else { throw error }
                try await bringUpToDate()
            }
        }
    }

    func bringUpToDate() async throws {
        try await prepare()
        _ = try await Self.migrate(address.connectionString(role: .migrator))
    }

    static func migrate(_ address: String) async throws -> SchemaState {
        try await Installation.migrate(address, logger: DatabaseOptions.quietLogger) { Output.note($0) }
    }
}
