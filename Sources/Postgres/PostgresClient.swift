/// A server, reached over a bounded number of connections that all tasks of the program share.
///
/// Connects when it is first asked, again when a connection breaks, and answers every caller within its deadline.
package struct PostgresClient: Sendable {
    let loop: EventLoop
    let configuration: Configuration
    private let lifetime: Lifetime
    private var caller: Int64 = 0
    private var patience: Duration?

    package init(_ configuration: Configuration) {
        self.configuration = configuration
        loop = EventLoop(configuration)
        lifetime = Lifetime(of: loop)
    }

    /// The same connections, asked on behalf of one of many callers, who take turns where there is a queue.
    package func onBehalf(of caller: Int64) -> PostgresClient {
        var client = self
        client.caller = caller
        return client
    }

    /// The same connections for somebody who waits no longer than this for each round trip, within a transaction or on a
    /// shared connection; others wait as long as a statement may run.
    package func waiting(atMost patience: Duration?) -> PostgresClient {
        var client = self
        client.patience = patience
        return client
    }

    /// Runs the queries in one round trip and one implicit transaction: all of them happen, or none.
    @discardableResult
    package func run<each Result>(_ queries: repeat Query<each Result>) async throws -> (repeat each Result) {
        try await run(after: [], repeat each queries)
    }

    /// The same, with settings in front that hold for these queries only.
    ///
    /// What the settings return is for `check`; where it throws, nobody sees what the queries returned.
    @discardableResult
    package func run<each Result>(
        after settings: [SQL],
        checking check: (ArraySlice<QueryResult>) throws -> Void = { _ in },
        _ queries: repeat Query<each Result>,
        before deadline: ContinuousClock.Instant? = nil
    ) async throws -> (repeat each Result) {
        var lane = Lane.shared
        for query in repeat each queries {
            if case .exclusive = query.lane { lane = .exclusive }
        }
        if case .exclusive = lane {
            return try await lend(resetting: false, before: deadline) {
                try await $0.run(after: settings, checking: check, repeat each queries, before: deadline)
            }
        }
        var segment = settings
        for query in repeat each queries { segment.append(query.sql) }
        for statement in segment { try statement.check() }
        let end = deadline ?? patience.map { .now + $0 }
        let answer = try await loop.answer(to: .segment(segment), of: caller, before: end)
        var results = try answer.results(of: segment.count)[...]
        try check(results.prefix(settings.count))
        results.removeFirst(settings.count)
        return try (repeat results.decodeFirst(as: each queries))
    }

    /// Lends a connection that nobody else uses meanwhile; what is set on it is unset when it is given back.
    package func withConnection<Value: Sendable>(
        _ work: (Connection) async throws -> Value
    ) async throws -> Value {
        try await lend(resetting: true, work)
    }

    func lend<Value: Sendable>(
        _ purpose: Call.Purpose = .work,
        resetting: Bool,
        before deadline: ContinuousClock.Instant? = nil,
        _ work: (Connection) async throws -> Value
    ) async throws -> Value {
        guard
            case .link(let link) = try await loop.answer(to: .lease(purpose), of: caller, before: deadline)
        else {
            throw PostgresError.lost("no connection was lent")
        }
        defer { loop.send(.giveBack(link, resetting: resetting)) }
        return try await work(Connection(link: link, loop: loop))
    }

    /// BEGIN, the work, COMMIT; ROLLBACK when the work throws.
    ///
    /// BEGIN and the settings, which end with the transaction, travel with the first that the work asks for.
    package func transaction<Value: Sendable>(
        after settings: [SQL] = [],
        isolation: Isolation = .readCommitted,
        _ work: (Transaction) async throws -> Value
    ) async throws -> Value {
        for setting in settings { try setting.check() }
        return try await lend(resetting: false) { connection in
            var within = connection
            let begin = SQL(stringLiteral: "BEGIN ISOLATION LEVEL \(isolation.rawValue)")
            let opening = Opening([begin] + settings)
            within.opening = opening
            within.patience = patience
            let value: Value
            do {
                value = try await work(Transaction(connection: within))
            } catch {
                // The connection is reset by whoever gets it back; this only frees the locks at once.
                if !opening.isUnsent { try? await within.end("ROLLBACK") }
                throw error
            }
            if !opening.isUnsent { try await within.end("COMMIT") }
            return value
        }
    }

    /// Whether the server answers.
    package func ping() async throws {
        try await run(Query<Void>("SELECT"))
    }

    /// What the connections do now, and what has happened on them so far.
    package func measurements() async -> Measurements {
        let taken = Locked(Measurements())
        await withUnsafeContinuation { continuation in
            let isSent = loop.send(
                .measure { measurements in
                    taken.withLock { $0 = measurements }
                    continuation.resume()
                }
            )
            if !isSent { continuation.resume() }
        }
        return taken.withLock(\.self)
    }

    /// Closes every connection; whoever still waits gets an error.
    package func shutdown() async {
        await withUnsafeContinuation { continuation in
            if !loop.send(.stop { continuation.resume() }) { continuation.resume() }
        }
    }
}

package enum Isolation: String, Sendable {
    case readCommitted = "READ COMMITTED"
    case repeatableRead = "REPEATABLE READ"
    case serializable = "SERIALIZABLE"
}

extension Call.Answer {
    func results(of count: Int) throws(PostgresError) -> [QueryResult] {
        guard case .results(let results) = self, results.count == count else {
            var error = PostgresError.lost("the server answered fewer statements than were sent")
            error.mayHaveHappened = true
            throw error
        }
        return results
    }
}

extension ArraySlice<QueryResult> {
    mutating func decodeFirst<Result>(as query: Query<Result>) throws -> Result {
        try query.decode(removeFirst())
    }
}

/// Ends the loop when the last copy of its client is gone.
private final class Lifetime: Sendable {
    private let loop: EventLoop

    init(of loop: EventLoop) {
        self.loop = loop
    }

    deinit {
        loop.stopIfStarted()
    }
}
