import Glibc
import Postgres
import TestCluster
import Testing

/// A server, one that follows it, and a client of whichever takes writes.
private struct Pair {
    let first: Cluster
    let second: Cluster
    let client: PostgresClient

    func superuser(of cluster: Cluster) -> PostgresClient {
        PostgresClient(Configuration(address: cluster.conninfo, logger: .silent))
    }

    /// Runs statements on one of them as its superuser, each by itself.
    func tell(_ cluster: Cluster, _ statements: String...) async throws {
        let superuser = superuser(of: cluster)
        try await superuser.withConnection { connection in
            for statement in statements { try await connection.run(script: statement) }
        }
        await superuser.shutdown()
    }

    func rows(of cluster: Cluster) async throws -> [Int] {
        let superuser = superuser(of: cluster)
        let rows = try await superuser.run(Query<[Int]>(values: "SELECT id FROM note ORDER BY id"))
        await superuser.shutdown()
        return rows
    }

    /// Waits until the second has all that the first has.
    func catchUp() async throws {
        let superuser = superuser(of: first)
        try await eventually {
            try await superuser.run(
                Query<Int>(
                    value: """
                        SELECT count(*) FROM pg_stat_replication
                         WHERE state = 'streaming' AND replay_lsn = pg_current_wal_lsn()
                        """
                )
            ) == 1
        }
        await superuser.shutdown()
    }
}

@Suite(.disturbing, .timeLimit(.minutes(20))) struct `When another server takes the writes over` {
    private func withPair(_ body: (Pair) async throws -> Void) async throws {
        let first = try Cluster()
        try first.fill(
            "pg_hba.conf",
            with: "local all all trust\nlocal replication all trust\n"
        )
        try first.start(["synchronous_commit=on"])
        let second = try Cluster(following: first)
        try second.start(["synchronous_commit=on"])
        var configuration = Configuration(
            address: "host=\(first.folder),\(second.folder) user=postgres dbname=postgres "
                + "target_session_attrs=read-write",
            logger: .silent
        )
        configuration.connectTimeout = .seconds(3)
        configuration.waitTimeout = .seconds(15)
        let pair = Pair(first: first, second: second, client: PostgresClient(configuration))
        try await pair.tell(first, "CREATE TABLE note (id bigint NOT NULL)")
        do {
            try await body(pair)
        } catch {
            await pair.client.shutdown()
            throw error
        }
        await pair.client.shutdown()
    }

    private func insert(_ id: Int) -> Query<Void> {
        Query("INSERT INTO note VALUES (\(id))")
    }

    @Test(arguments: [Lane.shared, .exclusive])
    func `and the old one only reads, it is left for the new one`(lane: Lane) async throws {
        try await withPair { pair async throws in
            let client = pair.client
            @Sendable func write(_ id: Int) async throws {
                if case .shared = lane { return try await client.run(insert(id)) }
                try await client.transaction { try await $0.run(insert(id)) }
            }
            try await write(1)
            try await pair.catchUp()
            try await pair.tell(
                pair.first,
                "ALTER SYSTEM SET default_transaction_read_only = on",
                "SELECT pg_reload_conf()"
            )
            try await pair.tell(pair.second, "SELECT pg_promote()")
            let ledger = Ledger()
            try await eventually {
                let id = await 2 + ledger.acknowledged.count + ledger.surelyNot.count
                try await withoutHanging { try await ledger.write(id) { try await write(id) } }
                return await !ledger.acknowledged.isEmpty
            }
            #expect(await ledger.unknown.isEmpty)
            let kept = await ledger.acknowledged
            #expect(try await pair.rows(of: pair.second) == [1] + kept.sorted())
            #expect(try await pair.rows(of: pair.first) == [1])
            #expect(await client.answers(on: lane))
        }
    }

    @Test func `and the old one is gone, nothing that both had acknowledged is lost`() async throws {
        try await withPair { pair async throws in
            try await pair.catchUp()
            try await pair.tell(
                pair.first,
                "ALTER SYSTEM SET synchronous_standby_names = '*'",
                "SELECT pg_reload_conf()"
            )
            let crowd = Crowd(pair.client)
            try await withoutHanging(for: .seconds(120)) {
                try await crowd.work {
                    try await Task.sleep(for: .milliseconds(700))
                    pair.first.stop(SIGQUIT)
                    while await crowd.isHardlyHurt() { try await Task.sleep(for: .milliseconds(10)) }
                    try await pair.tell(pair.second, "SELECT pg_promote()")
                    try await crowd.workEnough()
                }
            }
            try await eventually { await pair.client.answers() }
            let superuser = pair.superuser(of: pair.second)
            try await crowd.check(superuser)
            await superuser.shutdown()
        }
    }

    @Test func `a commit that waits for a follower, and is ended, may have happened`() async throws {
        try await withPair { pair async throws in
            let client = pair.client
            pair.second.stop()
            pair.first.stop()
            try pair.first.start(["synchronous_commit=on", "synchronous_standby_names=*"])
            try await eventually { await client.answers() }
            for (id, lane) in [Lane.shared, .exclusive].enumerated() {
                let writing = Task {
                    try await withoutHanging {
                        try await failure {
                            if case .shared = lane { return try await client.run(insert(id)) }
                            try await client.transaction { try await $0.run(insert(id)) }
                        }
                    }
                }
                let superuser = pair.superuser(of: pair.first)
                let waiting: SQL = "SELECT pid FROM pg_stat_activity WHERE wait_event = 'SyncRep'"
                try await eventually {
                    try await superuser.run(Query<[Int32]>(values: waiting)).count == 1
                }
                try await superuser.run(
                    Query<Void>("SELECT pg_terminate_backend(pid) FROM (\(waiting)) AS w")
                )
                #expect(try await writing.value.mayHaveHappened)
                #expect(try await superuser.run(Query<Int>(value: "SELECT count(*) FROM note")) == id + 1)
                await superuser.shutdown()
            }
        }
    }
}
