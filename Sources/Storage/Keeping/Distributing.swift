import Logging
import Migrations
import Postgres

/// Why a database cannot be split over several servers; nothing was changed.
package enum NotDistributable: Error {
    /// The server has no Citus to load.
    case citusIsNotInstalled
    /// It has, and nobody loaded it in this database.
    case citusIsNotLoaded
    /// What of the schema stands in the way, in words.
    case gaps([String])

    package var message: String {
        switch self {
        case .citusIsNotInstalled:
            "this PostgreSQL has no Citus, so nothing was changed: install the extension on all its servers (13.2 is the last for PostgreSQL 15) and add it to shared_preload_libraries"
        case .citusIsNotLoaded:
            "Citus is installed and not loaded, so nothing was changed: a superuser says CREATE EXTENSION citus in this database, and which servers there are"
        case .gaps(let gaps): "the schema cannot be split: \(gaps.joined(separator: "; "))"
        }
    }
}

extension Installation {
    /// Fails where the server has no Citus, before anything is migrated for it.
    package static func expectCitus(_ address: String, logger: Logger) async throws {
        let (isLoaded, isThere) = try await withOwner(address, logger) { client in
            try await client.transaction { transaction in
                try await transaction.run(
                    Query<Bool>(
                        value: "SELECT EXISTS (SELECT FROM pg_extension WHERE extname = 'citus')"
                    ),
                    Query<Bool>(
                        value: "SELECT EXISTS (SELECT FROM pg_available_extensions WHERE name = 'citus')"
                    )
                )
            }
        }
        guard isThere else { throw NotDistributable.citusIsNotInstalled }
        guard isLoaded else { throw NotDistributable.citusIsNotLoaded }
    }

    /// Splits a schema that is current by chapter, all of it or nothing; a second time splits what is new.
    package static func distribute(_ address: String, logger: Logger) async throws {
        let script = try SchemaFolder.text(of: schemaPath() + "/Distributed/distribute.sql")
        try await withOwner(address, logger) { client in
            try await client.transaction { transaction in
                try await transaction.run(script: asOwner)
                let gaps = try await transaction.run(
                    Query<[String]>(values: "SELECT gap FROM gaps_in_distribution()")
                )
                guard gaps.isEmpty else { throw NotDistributable.gaps(gaps) }
                try await transaction.run(script: script)
            }
        }
    }
}
