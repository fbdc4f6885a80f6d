import Glibc
import Postgres
import Synchronization
import TestCluster

/// A PostgreSQL cluster of this test process alone, gone when the process ends, however it ends.
///
/// `CHAPTERHOUSE_TEST_DATABASE_URL` names a running server to use instead, as a superuser of it. With
/// `CHAPTERHOUSE_TEST_POOLER=transaction` the service's own role reaches it through PgBouncer.
package final class TestServer: Sendable {
    private static let started = Result { try TestServer() }

    /// The server that all tests of the process share.
    package static var shared: TestServer {
        get throws { try started.get() }
    }

    /// How to reach the server as its superuser.
    package let superuserURL: String
    private let cluster: Cluster?
    private let pooler: Pooler?
    private let administrator: PostgresClient

    private init() throws {
        if let url = getenv("CHAPTERHOUSE_TEST_DATABASE_URL").map({ String(cString: $0) }), !url.isEmpty {
            cluster = nil
            pooler = nil
            superuserURL = url
        } else {
            let cluster = try Cluster(isInMemory: true)
            try cluster.start(["max_wal_size=1GB"])
            self.cluster = cluster
            superuserURL = cluster.conninfo
            pooler =
                try Pooler.isWanted
                ? Pooler(before: cluster, users: [Self.pooledRole, "chapterhouse_migrator", "postgres"]) : nil
        }
        var configuration = Configuration(address: superuserURL)
        configuration.waitTimeout = .seconds(60)
        configuration.statementTimeout = .seconds(120)
        administrator = PostgresClient(configuration)
    }

    /// The only role that comes through a pooler: the others make, copy and drop databases, and run migrations.
    private static let pooledRole = "chapterhouse_app"

    /// How to reach a database of the server, as its superuser or as another role.
    package func conninfo(database: String, role: String? = nil) -> String {
        let direct = Self.conninfo(superuserURL, database: database, role: role)
        return pooler != nil && role == Self.pooledRole ? "\(direct) port=\(Pooler.port)" : direct
    }

    /// As the tests' own clients reach a database, with what a pooler asks for.
    package func configuration(database: String, role: String? = nil) -> Configuration {
        var configuration = Configuration(address: conninfo(database: database, role: role))
        configuration.preparesStatements = pooler == nil || role != Self.pooledRole
        return configuration
    }

    /// Ends what a pooler holds open of a database, for whoever copies it.
    func endPooledConnections(to database: String) async throws {
        guard pooler != nil else { return }
        try await administrator.withConnection { connection in
            try await connection.run(
                script: """
                    SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity
                     WHERE datname = '\(database)' AND usename = '\(Self.pooledRole)'
                    """
            )
        }
    }

    static func conninfo(_ base: String, database: String, role: String?) -> String {
        guard base.contains("://") else {
            return "\(base) dbname=\(database)" + (role.map { " user=\($0)" } ?? "")
        }
        let separator = base.contains("?") ? "&" : "?"
        return "\(base)\(separator)dbname=\(database)" + (role.map { "&user=\($0)" } ?? "")
    }

    /// Creates a database with a name that no other has, empty or as a copy of `template`.
    package func createDatabase(template: String = "template0", owner: String? = nil) async throws -> String {
        let name = "test_\(getpid())_\(String(UInt64.random(in: 0 ... .max), radix: 36))"
        try await administrator.withConnection { connection in
            try await connection.run(
                script: """
                    CREATE DATABASE \(name) TEMPLATE \(template) STRATEGY wal_log \(owner.map { "OWNER \($0)" } ?? "")
                    """
            )
        }
        return name
    }

    /// Drops a database, whoever still uses it.
    package func dropDatabase(_ name: String) async throws {
        try await administrator.withConnection { connection in
            try await connection.run(script: "DROP DATABASE IF EXISTS \(name) WITH (FORCE)")
        }
    }
}
