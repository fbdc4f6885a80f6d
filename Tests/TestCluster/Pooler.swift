import Glibc

/// A PgBouncer before a cluster, which lends a connection for as long as a transaction takes.
package final class Pooler: Sendable {
    /// Where it listens, beside the server's own socket.
    package static let port = 6432
    private let process: ChildProcess

    /// Whether tests are to reach the database through one: `CHAPTERHOUSE_TEST_POOLER=transaction`.
    package static let isWanted =
        getenv("CHAPTERHOUSE_TEST_POOLER").map { String(cString: $0) } == "transaction"

    /// Ends with the cluster; `users` are those who may come in.
    package init(before cluster: Cluster, users: [String]) throws {
        let folder = cluster.folder
        try Self.write(users.map { "\"\($0)\" \"\"\n" }.joined(), to: "\(folder)/pooler.users")
        try Self.write(
            """
            [databases]
            * = host=\(folder)
            [pgbouncer]
            listen_addr =
            listen_port = \(Self.port)
            unix_socket_dir = \(folder)
            auth_type = trust
            auth_file = \(folder)/pooler.users
            pool_mode = transaction
            max_client_conn = 2000
            default_pool_size = 8
            server_login_retry = 1

            """,
            to: "\(folder)/pooler.ini"
        )
        process = try cluster.startBeside([try Self.findProgram(), "\(folder)/pooler.ini"])
        for _ in 0..<600 {
            if access("\(folder)/.s.PGSQL.\(Self.port)", F_OK) == 0 { return }
            usleep(50_000)
        }
        throw ChildProcess.Failure(
            description: "PgBouncer did not start:\n\(ChildProcess.contents(of: "\(folder)/pooler.log"))"
        )
    }

    deinit {
        process.signal(SIGKILL)
        process.wait()
    }

    private static func write(_ text: String, to path: String) throws {
        guard let file = fopen(path, "w") else {
            throw ChildProcess.Failure(description: "\(path) cannot be written")
        }
        defer { fclose(file) }
        fputs(text, file)
    }

    /// Debian has it where not everybody looks for programs.
    private static func findProgram() throws -> String {
        for path in ["/usr/sbin/pgbouncer", "/usr/bin/pgbouncer"] where access(path, X_OK) == 0 {
            return path
        }
        throw ChildProcess.Failure(description: "There is no PgBouncer; install Debian's package pgbouncer.")
    }
}
