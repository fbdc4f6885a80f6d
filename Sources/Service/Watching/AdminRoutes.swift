import Glibc
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Storage

/// What an operator's machines ask: whether we live, whether we can serve, and how we fare.
struct AdminRoutes {
    let database: Database
    let metrics: RequestMetrics
    let connections: OpenConnections

    var router: Router<BasicRequestContext> {
        let router = Router(context: BasicRequestContext.self, options: .autoGenerateHeadEndpoints)
        router.get("livez") { _, _ in Self.plain("alive\n") }
        router.get("readyz", use: ready)
        router.get("metrics") { _, _ in
            var response = Self.plain(await text())
            response.headers[.contentType] = "text/plain; version=0.0.4; charset=utf-8"
            return response
        }
        return router
    }

    private func ready(_ request: Request, context: BasicRequestContext) async -> Response {
        guard !connections.isDraining else { return Self.plain("about to end\n", .serviceUnavailable) }
        do {
            try await withinASecond { try await verifyDatabase() }
            return Self.plain("ready\n")
        } catch is SchemaMismatch {
            return Self.plain(
                "the schema is of another version; see: chapterhouse database status\n",
                .serviceUnavailable
            )
        } catch {
            return Self.plain("the database does not answer\n", .serviceUnavailable)
        }
    }

    private func verifyDatabase() async throws {
        try await database.ping()
        try await database.verifySchemaStillServes()
    }

    private func withinASecond<Value: Sendable>(
        _ work: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        try await withThrowingTaskGroup(of: Value.self) { group in
            group.addTask { try await work() }
            group.addTask {
                try await Task.sleep(for: .seconds(1))
                throw TooSlow()
            }
            defer { group.cancelAll() }
            guard let value = try await group.next() else { throw TooSlow() }
            return value
        }
    }

    private struct TooSlow: Error {}

    private static func plain(_ text: String, _ status: HTTPResponse.Status = .ok) -> Response {
        Response(
            status: status,
            headers: [
                .contentType: "text/plain; charset=utf-8", .cacheControl: "no-store",
                .xContentTypeOptions: "nosniff",
            ],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text))
        )
    }

    private func text() async -> String {
        var text = MetricsText()
        let requests = metrics.now
        text.family(
            "chapterhouse_http_requests_total",
            .counter,
            "Requests by route, method and class of status."
        )
        for (key, count) in requests.requests.sorted(by: { "\($0.key)" < "\($1.key)" }) {
            text.sample(
                "chapterhouse_http_requests_total",
                [("route", key.route), ("method", key.method), ("status", key.status)],
                count
            )
        }
        text.family(
            "chapterhouse_http_refusals_total",
            .counter,
            "Answers by status, of those from 400 on."
        )
        for (status, count) in requests.refusals.sorted(by: { $0.key < $1.key }) {
            text.sample("chapterhouse_http_refusals_total", [("status", "\(status)")], count)
        }
        text.family(
            "chapterhouse_http_request_seconds",
            .histogram,
            "From the head of a request to its answer."
        )
        for (route, latency) in requests.latencies.sorted(by: { $0.key < $1.key }) {
            text.histogram(
                "chapterhouse_http_request_seconds",
                [("route", route)],
                bounds: RequestMetrics.bounds,
                counts: latency.counts,
                sum: latency.sum
            )
        }
        text.single("chapterhouse_http_requests_at_work", .gauge, "Requests being answered.", requests.atWork)
        text.single(
            "chapterhouse_http_connections",
            .gauge,
            "Connections that clients hold.",
            connections.count
        )
        text.single(
            "chapterhouse_http_connections_turned_away_total",
            .counter,
            "Connections refused because their address held enough.",
            connections.turnedAway
        )
        add(await database.figures(), to: &text)
        await addBacklog(to: &text)
        addProcess(to: &text)
        return text.text
    }

    /// What waits in the database, where it answers in time; whoever watches has to know that it does not, too.
    private func addBacklog(to text: inout MetricsText) async {
        let backlog = try? await withinASecond {
            try await verifyDatabase()
            return try await database.backlog()
        }
        text.single(
            "chapterhouse_ready",
            .gauge,
            "1 where the database answers within a second and its schema is current, as /readyz says.",
            backlog == nil || connections.isDraining ? 0 : 1
        )
        for (name, value) in backlog?.figures ?? [] {
            guard let value, let help = Self.backlogHelp[name] else { continue }
            text.single("chapterhouse_\(name)", .gauge, help, value)
        }
    }

    private static let backlogHelp = [
        "jobs_due": "Scheduled work that is due and not done.",
        "jobs_failing": "Scheduled work that failed and will be tried again.",
        "jobs_oldest_due_seconds": "For how long the oldest work has been due.",
        "jobs_given_up": "Scheduled work given up within the last seven days and not tried again.",
        "planning_done_timestamp_seconds": "When occasions were entered last, in seconds since 1970.",
        "sealing_done_timestamp_seconds": "When the audit trails were sealed last, in seconds since 1970.",
        "mails_waiting": "Mails that are to be sent.",
        "mails_failing": "Mails among them that failed and will be tried again.",
        "mails_oldest_seconds": "Age of the oldest mail that could be sent now or was tried.",
        "mails_given_up": "Mails given up within the last day.",
        "webhooks_failing": "Webhooks whose last try failed.",
        "webhooks_switched_off": "Webhooks that were switched off within the last seven days.",
    ]

    private func add(_ figures: DatabaseFigures, to text: inout MetricsText) {
        for (name, value) in figures.gauges {
            text.single("chapterhouse_database_\(name)", .gauge, "Of the database client, now.", value)
        }
        for (name, value) in figures.counters {
            text.single(
                "chapterhouse_database_\(name)",
                .counter,
                "Of the database client, since the start.",
                value
            )
        }
        text.family("chapterhouse_database_failures_total", .counter, "Failures by class of SQLSTATE.")
        for (state, count) in figures.failures.sorted(by: { $0.key < $1.key }) {
            text.sample("chapterhouse_database_failures_total", [("class", state)], count)
        }
        let durations = [
            ("wait", "Waiting to be sent.", figures.waits), ("query", "Being answered.", figures.queries),
        ]
        for (name, help, histogram) in durations {
            text.family("chapterhouse_database_\(name)_seconds", .histogram, help)
            text.histogram(
                "chapterhouse_database_\(name)_seconds",
                bounds: histogram.bounds,
                counts: histogram.counts,
                sum: histogram.sum
            )
        }
    }

    private func addProcess(to text: inout MetricsText) {
        if let bytes = ProcessFigures.residentBytes() {
            text.single("process_resident_memory_bytes", .gauge, "Memory in use.", bytes)
        }
        text.single(
            "process_start_time_seconds",
            .gauge,
            "When the service began, in seconds since 1970.",
            ProcessFigures.start
        )
    }
}

private enum ProcessFigures {
    static let start = Int(time(nil))

    static func residentBytes() -> Int? {
        guard let file = fopen("/proc/self/statm", "r") else { return nil }
        defer { fclose(file) }
        var line = [UInt8](repeating: 0, count: 256)
        let count = fread(&line, 1, line.count, file)
        let words = String(decoding: line.prefix(count), as: UTF8.self).split(separator: " ")
        guard words.count > 1, let pages = Int(words[1]) else { return nil }
        return pages * sysconf(Int32(_SC_PAGESIZE))
    }
}
