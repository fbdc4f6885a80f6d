import ArgumentParser
import ReferralGroup
import Storage

struct DatabaseCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "database",
        abstract: "The database: its schema, backups, and whether all in it is right.",
        subcommands: [Migrate.self, Status.self, Backup.self, Restore.self, Verify.self, AddUp.self]
    )

    struct MigratorOptions: ParsableArguments {
        @OptionGroup var database: DatabaseOptions
        @Option(
            help:
                "A connection string of the migrator's role; the database's own, as chapterhouse_migrator, without it."
        )
        var migratorDatabase: String?

        /// Runs `work` with the migrator's connection string.
        func withMigrator<Value: Sendable>(
            _ work: @escaping @Sendable (String) async throws -> Value
        ) async throws -> Value {
            if let migratorDatabase { return try await work(migratorDatabase) }
            if let url = database.given { return try await work(url.asMigrator) }
            return try await database.privateCluster().withReachable { address in
                try await PrivateDatabase(address).prepare()
                return try await work(address.connectionString(role: .migrator))
            }
        }
    }

    struct Migrate: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Bring the schema up to date; a second time changes nothing.",
            discussion: """
                Example: chapterhouse database migrate --migrator-database postgresql://chapterhouse_migrator@db/chapterhouse
                The roles and the database are made before, once, by a superuser: psql -f Schema/Roles.sql
                """
        )

        @OptionGroup var options: MigratorOptions
        @Flag(help: "And let Citus split it over several servers, chapter by chapter; see docs/scaling.md.")
        var distributed = false

        func run() async throws {
            let status = try await options.withMigrator { [distributed] address in
                let logger = DatabaseOptions.quietLogger
                if distributed { try await Installation.expectCitus(address, logger: logger) }
                let status = try await PrivateDatabase.migrate(address)
                if distributed { try await Installation.distribute(address, logger: logger) }
                return status
            }
            try Output.line(
                "The schema is up to date: \(status.applied.count) migrations\(distributed ? ", split by chapter" : "")."
            )
        }
    }

    struct Status: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "What is applied, and what is not.")

        @OptionGroup var options: MigratorOptions
        @OptionGroup var listing: ListingOptions

        func run() async throws {
            let status = try await options.withMigrator {
                try await Installation.status($0, logger: DatabaseOptions.quietLogger)
            }
            var rows = Listing(columns: ["file", "status"])
            for name in status.applied where !status.changed.contains(name) {
                rows.add(.text(name), .text("applied"))
            }
            for name in status.changed { rows.add(.text(name), .text("applied with another text")) }
            for name in status.newer { rows.add(.text(name), .text("of a newer chapterhouse")) }
            for name in status.pending { rows.add(.text(name), .text("pending")) }
            for name in status.stale { rows.add(.text(name), .text("to be applied again")) }
            try rows.print(as: listing.format)
        }
    }
}

extension String {
    /// The same connection as the migrator: a later setting of a connection string wins, in a URL its query does.
    fileprivate var asMigrator: String {
        guard utf8.starts(with: "postgres://".utf8) || utf8.starts(with: "postgresql://".utf8) else {
            return self + " user=chapterhouse_migrator"
        }
        return self + (utf8.contains(UInt8(ascii: "?")) ? "&" : "?") + "user=chapterhouse_migrator"
    }
}
