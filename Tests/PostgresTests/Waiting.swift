import Glibc
import Postgres
import TestSupport
import Testing

/// How long `body` takes.
func duration(of body: () async throws -> Void) async rethrows -> Duration {
    try await ContinuousClock().measure { try await body() }
}

/// Far longer than any wait that ends by its deadline, even where the machine has much else to do.
let hang = Duration.seconds(90)

@Suite struct `Waits end` {
    @Test func `for a connection, with a word on who has them`() async throws {
        try await withDatabase({
            $0.exclusiveConnections = 1
            $0.waitTimeout = .seconds(2)
        }) { client async throws in
            try await client.withConnection { _ async throws in
                let error = try await failure { try await client.withConnection { _ in } }
                #expect(error.kind == .timedOut)
                #expect(error.message.contains("1 of 1"))
                #expect(!error.mayHaveHappened)
            }
            try await client.withConnection { try await $0.run(Query<Void>("SELECT 1")) }
        }
    }

    @Test(.timeLimit(.minutes(20)))
    func `for a new connection, of those behind the one that the server ended`() async throws {
        try await withDatabase { client async throws in
            let name = try await client.run(Query<String>(value: "SELECT current_database()"))
            let role = "limited_\(name)"
            try await client.withConnection { try await $0.run(script: "CREATE ROLE \(role) LOGIN") }
            var configuration = try Configuration(
                address: TestServer.shared.conninfo(database: name, role: role),
                logger: .silent
            )
            configuration.sharedConnections = 1
            configuration.waitTimeout = .seconds(1)
            let limited = PostgresClient(configuration)
            try await limited.ping()
            async let first = failure { try await limited.run(Query<Void>("SELECT pg_sleep(30)")) }
            try await eventually { await limited.measurements().inFlight == 1 }
            async let behind = failure { try await limited.run(Query<Void>("SELECT 1")) }
            try await eventually { await limited.measurements().inFlight == 2 }
            // The server says that it has no room for now, for as long as anybody asks.
            try await client.withConnection {
                try await $0.run(script: "ALTER ROLE \(role) CONNECTION LIMIT 0")
            }
            try await client.run(
                Query<Void>("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = \(role)")
            )
            #expect(try await first.state == .adminShutdown)
            let error = try await behind
            #expect(error.kind == .timedOut)
            #expect(!error.mayHaveHappened)
            await limited.shutdown()
            try await client.withConnection { try await $0.run(script: "DROP ROLE \(role)") }
        }
    }

    @Test func `in order: who came first is served first`() async throws {
        try await withDatabase({ $0.exclusiveConnections = 1 }) { client async throws in
            try await client.run(Query<Void>("CREATE TABLE turn (id serial, who integer)"))
            try await withThrowingTaskGroup { group in
                for who in Int32(0)..<8 {
                    group.addTask {
                        try await client.transaction {
                            try await $0.run(Query<Void>("INSERT INTO turn (who) VALUES (\(who))"))
                        }
                    }
                    try await Task.sleep(for: .milliseconds(20))
                }
                try await group.waitForAll()
            }
            let turns = try await client.run(Query<[Int32]>(values: "SELECT who FROM turn ORDER BY id"))
            #expect(turns == Array(0..<8))
        }
    }

    @Test func `at once, when too many wait already`() async throws {
        try await withDatabase({
            $0.exclusiveConnections = 1
            $0.queueLimit = 2
        }) { client async throws in
            let errors = try await client.withConnection { _ in
                await withTaskGroup(of: PostgresError?.self) { group in
                    for _ in 0..<5 {
                        group.addTask { try? await failure { try await client.withConnection { _ in } } }
                    }
                    var errors: [PostgresError] = []
                    for await case let error? in group {
                        errors.append(error)
                        if errors.count == 3 { group.cancelAll() }
                    }
                    return errors
                }
            }
            #expect(errors.prefix(3).allSatisfy { $0.kind == .timedOut && $0.message.contains("2 callers") })
            #expect(errors.dropFirst(3).allSatisfy { $0.kind == .cancelled })
            #expect(errors.count == 5)
        }
    }

    @Test func `when the caller's time is over`() async throws {
        try await withDatabase { client async throws in
            let sleep = Query<Void>("SELECT pg_sleep(600)")
            for query in [sleep, sleep.exclusive] {
                // Connected already, so that the time is spent on the answer.
                _ = try await client.run(Query<Int>(value: "SELECT 1"))
                _ = try await client.run(Query<Int>(value: "SELECT 1").exclusive)
                let time = try await duration {
                    let error = try await failure {
                        try await client.run(after: [], query, before: .now + .milliseconds(200))
                    }
                    #expect(error.kind == .timedOut)
                    #expect(error.mayHaveHappened)
                }
                #expect(time < hang)
            }
        }
    }

    @Test func `when a statement takes too long, and the connection goes on`() async throws {
        try await withDatabase({
            $0.statementTimeout = .milliseconds(200)
            $0.sharedConnections = 1
        }) { client async throws in
            let error = try await failure { try await client.run(Query<Void>("SELECT pg_sleep(600)")) }
            #expect(error.kind == .server)
            #expect(error.state == .queryCanceled)
            #expect(error.statement == "SELECT pg_sleep(600)")
            #expect(try await client.run(Query<Int>(value: "SELECT 1")) == 1)
        }
    }

    @Test func `when the task is cancelled, whatever it waits for`() async throws {
        try await withDatabase({ $0.exclusiveConnections = 1 }) { client async throws in
            let alone = Query<Void>("SELECT pg_sleep(600), 'alone'")
            let shared = Query<Void>("SELECT pg_sleep(600), 'shared'")
            let running = Query<[String]>(
                values: """
                    SELECT query FROM pg_stat_activity
                    WHERE state = 'active' AND datname = current_database() AND pid <> pg_backend_pid()
                    """
            )
            // Watched from the other lane; the shared one, where the work goes on, comes last.
            for (query, watch) in [(alone.exclusive, running), (shared, running.exclusive)] {
                let task = Task { try await client.run(query) }
                try await eventually { try await client.run(watch).contains(query.sql.text) }
                let time = try await duration {
                    task.cancel()
                    let error = try await failure { try await task.value }
                    #expect(error.kind == .cancelled)
                    #expect(error.mayHaveHappened)
                }
                #expect(time < hang)
            }
            try await client.withConnection { _ async throws in
                let waiting = Task { try await client.withConnection { _ in } }
                try await Task.sleep(for: .milliseconds(50))
                waiting.cancel()
                let error = try await failure { try await waiting.value }
                #expect(error.kind == .cancelled)
                #expect(!error.mayHaveHappened)
            }
        }
    }

    @Test func `before they begin, in a task that is cancelled already`() async throws {
        try await withDatabase { client async throws in
            let task = Task {
                while !Task.isCancelled { await Task.yield() }
                return try await failure { try await client.run(Query<Void>("SELECT 1")) }
            }
            task.cancel()
            #expect(try await task.value.kind == .cancelled)
        }
    }

    @Test func `with the server's work where no one else can be hit`() async throws {
        try await withDatabase { client async throws in
            let task = Task {
                try await client.transaction {
                    try await $0.run(Query<Void>("SELECT pg_sleep(600), 'cancel me'"))
                }
            }
            let running = Query<Int>(
                value:
                    "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND query LIKE '%cancel me%' AND pid <> pg_backend_pid()"
            )
            try await eventually { try await client.run(running) == 1 }
            task.cancel()
            await #expect(throws: PostgresError.self) { try await task.value }
            try await eventually { try await client.run(running) == 0 }
        }
    }

    @Test func `and a late request to stop hits nobody else`() async throws {
        try await withDatabase({ $0.exclusiveConnections = 1 }) { client async throws in
            for round in 0..<25 {
                let task = Task { try await client.run(Query<Void>("SELECT pg_sleep(600)").exclusive) }
                try await Task.sleep(for: .milliseconds(5 * (round % 3)))
                task.cancel()
                let next = Query<Int>(value: "SELECT \(round) FROM pg_sleep(0.01)").exclusive
                #expect(try await client.run(next) == round)
                await #expect(throws: PostgresError.self) { try await task.value }
            }
        }
    }

    @Test func `for a result that is too large, before it fills the memory`() async throws {
        try await withDatabase({ $0.maximumResultBytes = 4 << 20 }) { client async throws in
            let error = try await failure {
                try await client.run(
                    Query<Void>("SELECT repeat('x', 1000) FROM generate_series(1, 10000000)")
                )
            }
            #expect(error.kind == .refused)
            #expect(try await client.run(Query<Int>(value: "SELECT 1")) == 1)
        }
    }

    @Test func `for everyone, when the client is shut down`() async throws {
        try await withDatabase({ $0.exclusiveConnections = 1 }) { client async throws in
            let tasks = (0..<10).map { number in
                Task {
                    let sleep = Query<Void>("SELECT pg_sleep(600)")
                    return try await failure {
                        try await client.run(number % 2 == 0 ? sleep : sleep.exclusive)
                    }
                }
            }
            try await eventually { await client.measurements().inFlight == 5 }
            let time = try await duration {
                await client.shutdown()
                for (number, task) in tasks.enumerated() {
                    let error = try await task.value
                    #expect(error.kind == .connection)
                    // Those on the shared connections were being answered.
                    if number % 2 == 0 { #expect(error.mayHaveHappened) }
                }
                let late = try await failure { try await client.ping() }
                #expect(late.kind == .connection)
                await client.shutdown()
            }
            #expect(time < hang)
        }
    }
}

/// Waits until something is so.
func eventually(_ isSo: () async throws -> Bool) async throws {
    for _ in 0..<200 {
        if try await isSo() { return }
        try await Task.sleep(for: .milliseconds(25))
    }
    Issue.record("it never became so")
}
