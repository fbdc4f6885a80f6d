import Logging
import Postgres
import Synchronization
import Testing

@Suite struct `A client knows` {
    @Test func `how many connections it has, and who holds them`() async throws {
        try await withDatabase { client async throws in
            #expect(await client.measurements().connects == 0)
            try await client.ping()
            try await client.withConnection { _ async throws in
                let now = await client.measurements()
                #expect(now.sharedConnections == 1)
                #expect(now.exclusiveConnections == 1)
                #expect(now.lent == 1)
                #expect(now.connects == 2)
                #expect(now.waiting == 0)
            }
            try await eventually { await client.measurements().lent == 0 }
            #expect(await client.measurements().lostConnections == 0)
        }
    }

    @Test func `how long its segments took, and how long they waited`() async throws {
        try await withDatabase { client async throws in
            for _ in 0..<20 { try await client.ping() }
            let before = await client.measurements()
            #expect(before.queries.count == 20)
            #expect(before.waits.count == 20)
            try await client.run(Query<Void>("SELECT pg_sleep(0.3)"))
            let after = await client.measurements()
            #expect(after.queries.sum - before.queries.sum >= .milliseconds(300))
            // 0.3 s lies between 262 144 µs and 524 288 µs, unless the machine is very busy.
            let places = after.queries.counts.indices.filter {
                after.queries.counts[$0] > before.queries.counts[$0]
            }
            #expect(places.count == 1)
            #expect(places.allSatisfy { $0 >= 19 })
            #expect(Histogram.bound(of: 19) == .microseconds(524_288))
            #expect(Histogram.bound(of: after.queries.counts.count - 1) == nil)
        }
    }

    @Test func `what failed, by class`() async throws {
        try await withDatabase { client async throws in
            for _ in 0..<3 { _ = try await failure { try await client.run(Query<Void>("SELECT 1/0")) } }
            _ = try await failure { try await client.run(Query<Void>("SELEC")) }
            #expect(await client.measurements().failures == ["22": 3, "42": 1])
        }
    }
}

@Suite struct `The log` {
    /// Keeps what is logged.
    private final class Lines: Sendable {
        let lines = Mutex<[String]>([])

        func logger(_ level: Logger.Level) -> Logger {
            var logger = Logger(label: "kept") { _ in Handler(lines: self) }
            logger.logLevel = level
            return logger
        }
    }

    private struct Handler: LogHandler {
        let lines: Lines
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.trace

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            let more = (event.metadata ?? [:]).map { "\($0)=\($1)" }.sorted().joined(separator: " ")
            lines.lines.withLock { $0.append("\(event.level) \(event.message) \(more)") }
        }
    }

    @Test func `tells of slow segments and of failures, with the statement and never its parameters`()
        async throws
    {
        let lines = Lines()
        try await withDatabase({
            $0.logger = lines.logger(.debug)
            $0.slowSegment = .milliseconds(100)
        }) { client async throws in
            try await client.run(Query<Void>("SELECT pg_sleep(0.2), \("secret word")::text"))
            _ = try await failure {
                try await client.run(Query<Int>(value: "SELECT \("secret word")::text::integer"))
            }
        }
        let all = lines.lines.withLock(\.self)
        #expect(
            all.contains { $0.hasPrefix("notice the database took long") && $0.contains("pg_sleep(0.2), $1") }
        )
        #expect(all.contains { $0.hasPrefix("debug a statement failed") && $0.contains("sqlstate=22P02") })
        #expect(!all.contains { $0.contains("secret word") })
    }
}
