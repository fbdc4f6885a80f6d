import Glibc
import Postgres
import TestCluster
import TestSupport
import Testing

@Suite(.disturbing, .timeLimit(.minutes(20))) struct `An encrypted line` {
    /// Starts a server that speaks TLS with a certificate of its own making, for `localhost`.
    private func withEncryption(_ body: (Cluster, _ port: Int) async throws -> Void) async throws {
        let cluster = try Cluster()
        for name in ["server", "stranger"] {
            try cluster.run([
                "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
                "-nodes", "-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost",
                "-keyout", "\(cluster.folder)/data/\(name).key", "-out", "\(cluster.folder)/\(name).crt",
            ])
        }
        let port = try freePort()
        try cluster.fill("pg_hba.conf", with: "local all all trust\nhostssl all all 127.0.0.1/32 trust\n")
        try cluster.start([
            "listen_addresses=127.0.0.1", "port=\(port)", "ssl=on",
            "ssl_cert_file=\(cluster.folder)/server.crt",
        ])
        try await body(cluster, port)
    }

    private func freePort() throws -> Int {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(listener) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, size) == 0 && getsockname(listener, $0, &size) == 0
            }
        }
        guard isBound else { throw NothingFailed() }
        return Int(UInt16(bigEndian: address.sin_port))
    }

    private func client(
        of cluster: Cluster,
        _ port: Int,
        host: String = "localhost",
        certificate: String = "server",
        _ configure: (inout Configuration) -> Void = { _ in }
    ) -> PostgresClient {
        var configuration = Configuration(
            address: "host=\(host) hostaddr=127.0.0.1 port=\(port) user=postgres dbname=postgres "
                + "sslmode=verify-full sslrootcert=\(cluster.folder)/\(certificate).crt",
            logger: .silent
        )
        configure(&configuration)
        return PostgresClient(configuration)
    }

    @Test func `carries everything that an open one does`() async throws {
        try await withEncryption { cluster, port async throws in
            let client = client(of: cluster, port)
            let isEncrypted = Query<Bool>(value: "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()")
            #expect(try await client.run(isEncrypted))
            #expect(try await client.run(isEncrypted.exclusive))
            try await withThrowingTaskGroup { group in
                for caller in 0..<50 {
                    group.addTask {
                        let text = String(caller)
                        let answer = try await client.run(
                            Query<String>(value: "SELECT repeat(\(text), 50000)")
                        )
                        #expect(answer == String(repeating: text, count: 50_000))
                    }
                }
                try await group.waitForAll()
            }
            try await client.run(Query<Void>("CREATE TABLE note (id bigint)"))
            let rows = AsyncStream<Int> { rows in
                for id in 1...50_000 { rows.yield(id) }
                rows.finish()
            }
            let taken = try await client.withConnection {
                try await $0.copy(rows.map(Noted.init), into: "note (id)")
            }
            #expect(taken == 50_000)
            #expect(try await client.run(Query<Int>(value: "SELECT count(*) FROM note")) == 50_000)
            await client.shutdown()
        }
    }

    @Test func `to a server that is not who it should be is refused`() async throws {
        try await withEncryption { cluster, port async throws in
            for (host, certificate, reason) in [
                ("localhost", "stranger", "certificate verify failed"),
                ("other.example", "server", "does not match host name"),
            ] {
                let client = client(of: cluster, port, host: host, certificate: certificate)
                let error = try await withoutHanging { try await failure { try await client.ping() } }
                #expect(error.kind == .connection)
                #expect(error.message.contains(reason), "\(error)")
                #expect(!error.mayHaveHappened)
                await client.shutdown()
            }
        }
    }

    @Test func `shows every byte that is altered`() async throws {
        try await withEncryption { cluster, port async throws in
            let line = try FaultyLink(to: "127.0.0.1:\(port)")
            let client = client(of: cluster, line.port) {
                $0.sharedConnections = 1
                $0.statementTimeout = .seconds(1)
                $0.waitTimeout = .seconds(30)
            }
            let ask = { @Sendable (patience: Duration) async throws -> String in
                try await client.run(
                    after: [],
                    Query<String>(value: "SELECT repeat('x', 20)"),
                    before: .now + patience
                )
            }
            _ = try await ask(.seconds(30))
            let before = try line.count()
            _ = try await ask(.seconds(30))
            let size = try line.count().down - before.down
            // The header of a record is not what encryption protects: a length altered is only silence.
            for bytes in stride(from: 5, to: size, by: 4) {
                try line.flip(.now, .down, after: bytes, 0x04)
                _ = try await withoutHanging { try await failure { try await ask(.milliseconds(500)) } }
                try await withoutHanging(for: .seconds(60)) {
                    try await eventually { await client.answers() }
                }
            }
            try line.slice(.both, into: 1)
            try await eventually { (try? await ask(.milliseconds(500))) != nil }
            await client.shutdown()
        }
    }
}

private struct Noted: CopyEncodable {
    let id: Int

    func encode(into row: inout CopiedRow) throws(PostgresError) {
        try row.append(id)
    }
}
