import Glibc
import Postgres
import TestCluster
import TestSupport
import Testing

@Suite struct `When a server process ends` {
    private let others: SQL = """
        SELECT count(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity
         WHERE datname = current_database() AND pid <> pg_backend_pid()
        """

    /// Ends every connection of the client, from one of another client.
    private func terminateAll(_ client: PostgresClient, _ name: String) async throws {
        let other = PostgresClient(Configuration(address: try TestServer.shared.conninfo(database: name)))
        let ended = try await other.run(Query<Int>(value: others))
        #expect(ended > 0)
        await other.shutdown()
    }

    private let database = Query<String>(value: "SELECT current_database()")

    @Test func `between questions, nobody notices`() async throws {
        try await withDatabase { client async throws in
            let name = try await client.run(database)
            for _ in 0..<10 {
                _ = try await client.run(database, database)
                _ = try await client.run(database.exclusive)
                try await terminateAll(client, name)
                _ = try await client.run(database)
                _ = try await client.transaction { try await $0.run(database) }
            }
        }
    }

    @Test func `in the midst of an answer, its caller learns of it and the next is served`() async throws {
        try await withDatabase { client async throws in
            let name = try await client.run(database)
            let sleep = Query<Void>("SELECT pg_sleep(30)")
            for query in [sleep, sleep.exclusive] {
                let asking = Task { try await failure { try await client.run(query) } }
                try await Task.sleep(for: .milliseconds(200))
                try await terminateAll(client, name)
                let error = try await asking.value
                #expect(error.state == .adminShutdown)
                #expect(error.statement == "SELECT pg_sleep(30)")
                #expect(try await client.run(database) == name)
            }
        }
    }

    @Test func `those behind the one it hit are asked again`() async throws {
        try await withDatabase({ $0.sharedConnections = 1 }) { client async throws in
            let name = try await client.run(database)
            let slow = Task { try await failure { try await client.run(Query<Void>("SELECT pg_sleep(30)")) } }
            try await Task.sleep(for: .milliseconds(200))
            let behind = (0..<20).map { number in
                Task { try await client.run(Query<Int>(value: "SELECT \(number)")) }
            }
            try await Task.sleep(for: .milliseconds(100))
            try await terminateAll(client, name)
            #expect(try await slow.value.state == .adminShutdown)
            for (number, task) in behind.enumerated() {
                #expect(try await task.value == number)
            }
        }
    }

    @Test func `in a transaction, nothing of it is kept and the next begins anew`() async throws {
        try await withDatabase { client async throws in
            try await client.run(Query<Void>("CREATE TABLE note (id integer)"))
            let name = try await client.run(database)
            let error = try await failure {
                try await client.transaction { transaction in
                    try await transaction.run(Query<Void>("INSERT INTO note VALUES (1)"))
                    try await terminateAll(client, name)
                    try await transaction.run(Query<Void>("INSERT INTO note VALUES (2)"))
                }
            }
            #expect(error.kind == .connection || error.state == .adminShutdown)
            let kept = try await client.transaction {
                try await $0.run(Query<Int>(value: "SELECT count(*) FROM note"))
            }
            #expect(kept == 0)
        }
    }
}

@Suite struct `When the server` {
    private func client(
        of cluster: Cluster,
        _ configure: (inout Configuration) -> Void = { _ in }
    ) -> PostgresClient {
        var configuration = Configuration(address: cluster.conninfo)
        configure(&configuration)
        return PostgresClient(configuration)
    }

    @Test func `restarts, it is found again by itself`() async throws {
        let cluster = try Cluster()
        try cluster.start()
        let client = client(of: cluster)
        let one = Query<Int>(value: "SELECT 1")
        #expect(try await client.run(one) == 1)
        _ = try await client.run(one.exclusive)
        for signal in [SIGINT, SIGQUIT] {
            cluster.stop(signal)
            let time = try await duration {
                let error = try await failure { try await client.run(one) }
                #expect(error.kind == .connection)
            }
            #expect(time < hang)
            try cluster.start()
            try await eventually { (try? await client.run(one, one.exclusive))?.0 == 1 }
            #expect(try await client.run(one) == 1)
        }
        await client.shutdown()
    }

    @Test func `falls silent, every wait ends`() async throws {
        let cluster = try Cluster()
        try cluster.start()
        let client = client(of: cluster) {
            $0.statementTimeout = .milliseconds(500)
            $0.connectTimeout = .seconds(2)
            $0.waitTimeout = .seconds(3)
        }
        try await client.withConnection { connection in
            let process = try await connection.run(Query<Int32>(value: "SELECT pg_backend_pid()"))
            kill(process, SIGSTOP)
            let time = try await duration {
                let error = try await failure { try await connection.run(Query<Void>("SELECT 1")) }
                #expect(error.kind == .timedOut || error.kind == .connection)
                #expect(error.mayHaveHappened)
            }
            #expect(time < hang)
            kill(process, SIGCONT)
        }
        if let process = cluster.process { kill(process, SIGSTOP) }
        let time = try await duration {
            let error = try await failure { try await client.run(Query<Void>("SELECT 1")) }
            #expect(error.kind == .timedOut || error.kind == .connection)
        }
        #expect(time < hang)
        if let process = cluster.process { kill(process, SIGCONT) }
        try await eventually { (try? await client.ping()) != nil }
        await client.shutdown()
    }

    @Test func `is not there, or wants another name, the reason is told at once`() async throws {
        let server = try TestServer.shared
        let cases: [(String, SQLState)] = [
            ("host=/nowhere/at/all", SQLState(rawValue: "08001")),
            (server.conninfo(database: "no_such_database"), .invalidDatabase),
            (server.conninfo(database: "postgres", role: "nobody_known"), .invalidAuthorization),
            ("this is no connection string", SQLState(rawValue: "08001")),
        ]
        for (address, state) in cases {
            var configuration = Configuration(address: address)
            configuration.waitTimeout = .seconds(2)
            let client = PostgresClient(configuration)
            let time = try await duration {
                let error = try await failure { try await client.ping() }
                #expect(error.kind == .connection)
                #expect(error.state == state, "\(error)")
                #expect(!error.mayHaveHappened)
                let again = try await failure { try await client.transaction { _ in } }
                #expect(again.kind == .connection)
            }
            #expect(time < hang)
            await client.shutdown()
        }
    }

    @Test func `is one of two, and the first says nothing, the second is asked`() async throws {
        let silent = try SilentServer()
        let name = try await TestServer.shared.createDatabase()
        let real = try TestServer.shared.conninfo(database: name)
        guard let host = real.split(separator: " ").first(where: { $0.hasPrefix("host=") }) else { return }
        let address = real.replacing(host, with: "host=\(silent.folder),\(host.dropFirst(5))")
        var configuration = Configuration(address: address)
        configuration.connectTimeout = .seconds(2)
        configuration.waitTimeout = .seconds(8)
        let client = PostgresClient(configuration)
        #expect(try await client.run(Query<String>(value: "SELECT current_database()")) == name)
        await client.shutdown()
        try await TestServer.shared.dropDatabase(name)
    }

    @Test func `has no room, those who have a connection are still served`() async throws {
        let cluster = try Cluster()
        try cluster.start(["max_connections=4", "superuser_reserved_connections=0"])
        let client = client(of: cluster) {
            $0.sharedConnections = 1
            $0.exclusiveConnections = 10
            $0.waitTimeout = .milliseconds(500)
        }
        let one = Query<Int>(value: "SELECT 1 FROM pg_sleep(0.2)")
        try await client.ping()
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<12 {
                group.addTask {
                    do {
                        #expect(try await client.run(one.exclusive) == 1)
                    } catch {
                        #expect((error as? PostgresError)?.kind == .timedOut, "\(error)")
                    }
                }
                group.addTask {
                    await #expect(throws: Never.self) { try await client.ping() }
                }
            }
        }
        await client.shutdown()
    }
}

/// Takes connections and never says a word.
private final class SilentServer: Sendable {
    let folder: String
    private let socket: Int32

    init() throws {
        var template = Array("\(P_tmpdir)/silentXXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw NothingFailed() }
        folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        socket = Glibc.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let path = Array("\(folder)/.s.PGSQL.5432".utf8)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path) }
        let bound = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(socket, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard bound == 0, listen(socket, 8) == 0 else { throw NothingFailed() }
    }

    deinit {
        close(socket)
        unlink("\(folder)/.s.PGSQL.5432")
        rmdir(folder)
    }
}
