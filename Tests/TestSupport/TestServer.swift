import Glibc
import Postgres
import Synchronization
import TestCluster

/// A PostgreSQL cluster of this test process alone, gone when the process ends, however it ends.
///
/// `CHAPTERHOUSE_TEST_DATABASE_URL` names a running server to use instead, as a superuser of it.
package final class TestServer: Sendable {
    private static let started = Result { try TestServer() }

    /// The server that all tests of the process share.
    package static var shared: TestServer {
        get throws { try started.get() }
    }

    /// How to reach the server as its superuser.
    package let superuserURL: String
    private let cluster: Cluster?
    private let administrator: PostgresClient

    private init() throws {
        if let url = getenv("CHAPTERHOUSE_TEST_DATABASE_URL").map({ String(cString: $0) }), !url.isEmpty {
            cluster = nil
            superuserURL = url
        } else {
            let cluster = try Cluster(isInMemory: true)
            try cluster.start(["max_wal_size=1GB"])
            self.cluster = cluster
            superuserURL = cluster.conninfo
        }
        var configuration = Configuration(address: superuserURL)
        configuration.waitTimeout = .seconds(60)
        configuration.statementTimeout = .seconds(120)
        administrator = PostgresClient(configuration)
    }

    /// How to reach a database of the server, as its superuser or as another role.
    package func conninfo(database: String, role: String? = nil) -> String {
        Self.conninfo(superuserURL, database: database, role: role)
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
