import Glibc
import Logging
import Postgres
import Synchronization
import TestCluster
import Testing

/// A server of a test's own, and two clients of it.
struct OwnServer {
    let cluster: Cluster
    /// As the service reaches it.
    let client: PostgresClient
    /// A superuser, for what the test does to it.
    let superuser: PostgresClient

    func tell(_ script: String) async throws {
        try await superuser.withConnection { try await $0.run(script: script) }
    }

    /// Ends the connections of the service, so that it has to find its way again.
    func dismiss() async throws {
        try await superuser.run(
            Query<Void>(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'service'"
            )
        )
    }
}

/// Starts a server that the role `service` reaches with a password, and that obeys `postgres` without.
func withServer(
    _ settings: [String] = [],
    _ configure: (inout Configuration) -> Void = { _ in },
    _ body: (OwnServer) async throws -> Void
) async throws {
    let cluster = try Cluster()
    try cluster.fill("pg_hba.conf", with: "local all postgres trust\nlocal all all scram-sha-256\n")
    try cluster.start(["synchronous_commit=on", "restart_after_crash=on"] + settings)
    var configuration = Configuration(
        address: "host=\(cluster.folder) user=service password=right dbname=postgres",
        logger: .silent
    )
    configure(&configuration)
    let server = OwnServer(
        cluster: cluster,
        client: PostgresClient(configuration),
        superuser: PostgresClient(Configuration(address: cluster.conninfo, logger: .silent))
    )
    try await server.tell(
        "CREATE ROLE service LOGIN PASSWORD 'right'; CREATE TABLE note (id bigint NOT NULL);"
            + "GRANT ALL ON note TO service"
    )
    do {
        try await body(server)
    } catch {
        await server.client.shutdown()
        await server.superuser.shutdown()
        throw error
    }
    await server.client.shutdown()
    await server.superuser.shutdown()
}

@Suite(.disturbing, .timeLimit(.minutes(20))) struct `A server that fails under its callers` {
    @Test func `because one of its processes is killed, is found again with all that it acknowledged`()
        async throws
    {
        try await withServer { server async throws in
            let crowd = Crowd(server.client)
            try await withoutHanging(for: .seconds(120)) {
                try await crowd.work {
                    let victim = Query<Int32?>(
                        valueIfAny: "SELECT pid FROM pg_stat_activity WHERE usename = 'service' LIMIT 1"
                    )
                    var rounds = 0
                    while await crowd.isHardlyHurt(after: rounds) {
                        rounds += 1
                        try await Task.sleep(for: .milliseconds(500))
                        try await eventually {
                            guard let found = try? await server.superuser.run(victim), let process = found
                            else {
                                return false
                            }
                            return kill(process, SIGKILL) == 0
                        }
                    }
                    try await crowd.workEnough()
                }
            }
            try await eventually { await server.client.answers() }
            try await eventually { await server.superuser.answers() }
            try await crowd.check(server.superuser)
        }
    }

    @Test func `and is started again at once, is found again with all that it acknowledged`() async throws {
        try await withServer { server async throws in
            let crowd = Crowd(server.client)
            try await withoutHanging(for: .seconds(120)) {
                try await crowd.work {
                    var rounds = 0
                    while await crowd.isHardlyHurt(after: rounds) {
                        try await Task.sleep(for: .milliseconds(500))
                        server.cluster.stop(SIGQUIT)
                        try server.cluster.start(["synchronous_commit=on"])
                        rounds += 1
                    }
                    try await crowd.workEnough()
                }
            }
            try await eventually { await server.client.answers() }
            try await eventually { await server.superuser.answers() }
            try await crowd.check(server.superuser)
        }
    }

    @Test func `because every process of it stands still, ends all waits and goes on later`() async throws {
        try await withServer([], { $0.statementTimeout = .milliseconds(500) }) { server async throws in
            let client = server.client
            #expect(await client.answers() == true)
            #expect(await client.answers(on: .exclusive))
            let children = try await server.superuser.run(
                Query<[Int32]>(values: "SELECT pid FROM pg_stat_activity")
            )
            let processes = [server.cluster.process].compactMap(\.self) + children
            for process in processes { kill(process, SIGSTOP) }
            defer { for process in processes { kill(process, SIGCONT) } }
            let waiting = (0..<20).map { number in
                Task {
                    try await withoutHanging {
                        try await failure {
                            let insert = Query<Void>("INSERT INTO note VALUES (\(number))")
                            try await client.run(
                                after: [],
                                number % 2 == 0 ? insert : insert.exclusive,
                                before: number % 4 < 2 ? .now + .milliseconds(300) : nil
                            )
                        }
                    }
                }
            }
            var unknown: Set<Int> = []
            for (number, task) in waiting.enumerated() {
                let error = try await task.value
                #expect(error.kind == .timedOut || error.kind == .connection, "\(error)")
                if error.mayHaveHappened { unknown.insert(number) }
            }
            for process in processes { kill(process, SIGCONT) }
            try await eventually { await client.answers() }
            try await eventually { await client.answers(on: .exclusive) }
            let written = try await server.superuser.run(Query<[Int]>(values: "SELECT id FROM note"))
            #expect(Set(written).isSubset(of: unknown))
            #expect(Set(written).count == written.count)
        }
    }
}

@Suite(.disturbing, .timeLimit(.minutes(20))) struct `A server that takes nobody in` {
    @Test func `because it is starting, is waited for as long as each can`() async throws {
        try await withServer { server async throws in
            server.cluster.stop()
            // A follower that answers nobody before it is promoted: starting, for as long as the test likes.
            try server.cluster.fill("standby.signal", with: "")
            try server.cluster.launch(["hot_standby=off"])
            var configuration = Configuration(address: server.cluster.conninfo, logger: .silent)
            configuration.waitTimeout = .milliseconds(600)
            let impatient = PostgresClient(configuration)
            configuration.waitTimeout = .seconds(60)
            let patient = PostgresClient(configuration)
            try await eventually {
                try await failure { try await impatient.ping() }.state == .cannotConnectNow
            }
            let error = try await withoutHanging { try await failure { try await impatient.ping() } }
            #expect(error.kind == .timedOut)
            #expect(error.state == .cannotConnectNow)
            #expect(!error.mayHaveHappened)
            let waiting = Task { try await withoutHanging(for: .seconds(60)) { await patient.answers() } }
            try await Task.sleep(for: .milliseconds(300))
            try server.cluster.fill("promote", with: "")
            if let process = server.cluster.process { kill(process, SIGUSR1) }
            #expect(try await waiting.value)
            await impatient.shutdown()
            await patient.shutdown()
        }
    }

    @Test func `because others fill it, is waited for until there is room`() async throws {
        let settings = ["max_connections=8", "superuser_reserved_connections=0", "max_wal_senders=0"]
        try await withServer(settings) { server async throws in
            await server.superuser.shutdown()
            var configuration = Configuration(address: server.cluster.conninfo, logger: .silent)
            configuration.exclusiveConnections = 20
            configuration.waitTimeout = .seconds(60)
            let others = PostgresClient(configuration)
            let sleepers = (0..<20).map { _ in
                Task { try? await others.run(Query<Void>("SELECT pg_sleep(600)").exclusive) }
            }
            try await eventually { server.cluster.log.contains("too many clients") }
            configuration.waitTimeout = .milliseconds(500)
            let impatient = PostgresClient(configuration)
            let error = try await withoutHanging { try await failure { try await impatient.ping() } }
            #expect(error.kind == .timedOut)
            #expect(error.state == .tooManyConnections)
            #expect(!error.mayHaveHappened)
            configuration.waitTimeout = .seconds(60)
            let patient = PostgresClient(configuration)
            let waiting = Task { try await withoutHanging(for: .seconds(60)) { await patient.answers() } }
            try await Task.sleep(for: .milliseconds(300))
            for sleeper in sleepers { sleeper.cancel() }
            await others.shutdown()
            #expect(try await waiting.value)
            await impatient.shutdown()
            await patient.shutdown()
        }
    }

    @Test func `because the password is wrong, is asked less than twice a second until it is right`()
        async throws
    {
        try await withServer { server async throws in
            let client = server.client
            #expect(await client.answers())
            try await server.tell("ALTER ROLE service PASSWORD 'other'")
            try await server.dismiss()
            // What is sent before the client has seen its connection end is told how that ended instead.
            try await eventually { await client.measurements().sharedConnections == 0 }
            let time = try await duration {
                try await withThrowingTaskGroup { group in
                    let end = ContinuousClock.now + .seconds(6)
                    for caller in 0..<20 {
                        group.addTask {
                            while ContinuousClock.now < end {
                                let query = Query<Void>("SELECT")
                                let error = try await withoutHanging {
                                    try await failure {
                                        try await client.run(caller % 2 == 0 ? query : query.exclusive)
                                    }
                                }
                                #expect(error.state == .invalidPassword, "\(error)")
                                #expect(error.kind == .connection)
                                try await Task.sleep(for: .milliseconds(5))
                            }
                        }
                    }
                    try await group.waitForAll()
                }
            }
            let attempts = server.cluster.log.split(separator: "\n").count {
                $0.contains("FATAL:  password authentication failed")
            }
            #expect(attempts >= 3)
            #expect(Double(attempts) < 2 * (time / .seconds(1)))
            try await server.tell("ALTER ROLE service PASSWORD 'right'")
            try await eventually { await client.answers() }
            try await eventually { await client.answers(on: .exclusive) }
        }
    }

    /// What is forbidden, what allows it again, and what the service is told meanwhile.
    private static let bans: [(String, String, SQLState)] = [
        (
            "REVOKE CONNECT ON DATABASE postgres FROM PUBLIC", "GRANT CONNECT ON DATABASE postgres TO PUBLIC",
            .insufficientPrivilege
        ),
        ("ALTER ROLE service NOLOGIN", "ALTER ROLE service LOGIN", .invalidAuthorization),
        (
            "ALTER ROLE service CONNECTION LIMIT 0", "ALTER ROLE service CONNECTION LIMIT -1",
            .tooManyConnections
        ),
    ]

    @Test func `because it was told to, says why, and takes the client in again`() async throws {
        try await withServer([], { $0.waitTimeout = .seconds(1) }) { server async throws in
            let client = server.client
            for (forbid, allow, state) in Self.bans {
                #expect(await client.answers())
                try await server.tell(forbid)
                try await server.dismiss()
                try await eventually {
                    let error = try await failure { try await client.ping() }
                    return error.state == state && !error.mayHaveHappened
                }
                try await server.tell(allow)
                try await eventually { await client.answers() }
            }
            let rules = "local all postgres trust\n"
            try server.cluster.fill("pg_hba.conf", with: rules + "local all all reject\n")
            try await server.tell("SELECT pg_reload_conf()")
            try await server.dismiss()
            try await eventually {
                try await server.dismiss()
                return try await failure { try await client.ping() }.state == .invalidAuthorization
            }
            try server.cluster.fill("pg_hba.conf", with: rules + "local all all scram-sha-256\n")
            try await server.tell("SELECT pg_reload_conf()")
            try await eventually { await client.answers() }
        }
    }
}
