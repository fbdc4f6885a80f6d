/// A connection that nobody else uses while it is lent.
package struct Connection {
    let link: Link
    let loop: EventLoop
    /// How the transaction begins that it is lent for, if it is: all that is done then is undone unless COMMIT follows.
    var opening: Opening?
    var patience: Duration?

    /// Runs the queries in one round trip.
    @discardableResult
    package func run<each Result>(_ queries: repeat Query<each Result>) async throws -> (repeat each Result) {
        try await run(after: [], repeat each queries)
    }

    @discardableResult
    func run<each Result>(
        after settings: [SQL],
        checking check: (ArraySlice<QueryResult>) throws -> Void = { _ in },
        _ queries: repeat Query<each Result>,
        before deadline: ContinuousClock.Instant? = nil
    ) async throws -> (repeat each Result) {
        var segment = settings
        for query in repeat each queries { segment.append(query.sql) }
        for statement in segment { try statement.check() }
        let answer = try await perform(.segment(segment), before: deadline ?? patience.map { .now + $0 })
        var results = try answer.results(of: segment.count)[...]
        try check(results.prefix(settings.count))
        results.removeFirst(settings.count)
        return try (repeat results.decodeFirst(as: each queries))
    }

    /// Runs statements divided by semicolons, as a file holds them; their results are thrown away.
    package func run(script: String) async throws {
        guard !script.utf8.holdsNUL else {
            throw PostgresError(.refused, .invalidText, "a script cannot hold the character U+0000")
        }
        _ = try await perform(.script(script))
    }

    /// COMMIT or ROLLBACK; a server answers COMMIT with a rollback where the transaction had failed before.
    func end(_ word: SQL) async throws {
        let answer = try await ask(.segment([word]), before: patience.map { .now + $0 })
        guard try answer.results(of: 1)[0].tag == word.text, opening?.hasFailed != true else {
            throw PostgresError.transactionHadFailed
        }
    }

    func listen(_ hear: @escaping @Sendable (Notification?) -> Void) {
        loop.send(.listen(link, hear))
    }

    /// Does something; a transaction that has not begun begins with it.
    func perform(
        _ operation: Call.Operation,
        before deadline: ContinuousClock.Instant? = nil
    ) async throws(PostgresError) -> Call.Answer {
        guard let opening else { return try await ask(operation, before: deadline) }
        do throws(PostgresError) {
            let beginning = try opening.take()
            guard !beginning.isEmpty else { return try await ask(operation, before: deadline) }
            do throws(PostgresError) {
                return try await begin(beginning, with: operation, before: deadline)
            } catch {
                opening.fail()
                throw error
            }
        } catch {
            var error = error
            error.mayHaveHappened = false
            throw error
        }
    }

    /// In the same round trip where that can be.
    private func begin(
        _ beginning: [SQL],
        with operation: Call.Operation,
        before deadline: ContinuousClock.Instant?
    ) async throws(PostgresError) -> Call.Answer {
        if case .segment(let statements) = operation {
            let results = try await ask(.segment(beginning + statements), before: deadline)
                .results(of: beginning.count + statements.count)
            return .results(Array(results.dropFirst(beginning.count)))
        }
        _ = try await ask(.segment(beginning), before: deadline)
        return try await ask(operation, before: deadline)
    }

    private func ask(
        _ operation: Call.Operation,
        before deadline: ContinuousClock.Instant?
    ) async throws(PostgresError) -> Call.Answer {
        // Whoever holds a connection stands in no queue.
        try await loop.answer(to: .onLink(link, operation), of: 0, before: deadline)
    }
}

/// BEGIN and the settings of a transaction, until they are sent with the first that is done in it.
final class Opening: Sendable {
    private enum State {
        case unsent([SQL])
        case sent
        /// Nobody knows whether there is a transaction; what came next might be done outside of it, and stay.
        case failed
    }

    private let state: Locked<State>

    init(_ statements: [SQL]) {
        state = Locked(.unsent(statements))
    }

    /// What has to go first, the first time; then nothing.
    func take() throws(PostgresError) -> [SQL] {
        let taken: [SQL]? = state.withLock { state in
            switch state {
            case .unsent(let statements):
                state = .sent
                return statements
            case .sent: return []
            case .failed: return nil
            }
        }
        guard let taken else { throw .transactionHadFailed }
        return taken
    }

    func fail() {
        state.withLock { $0 = .failed }
    }

    var isUnsent: Bool {
        state.withLock { if case .unsent = $0 { true } else { false } }
    }

    var hasFailed: Bool {
        state.withLock { if case .failed = $0 { true } else { false } }
    }
}

extension PostgresError {
    fileprivate static let transactionHadFailed = PostgresError(
        .server,
        SQLState(rawValue: "25P02"),
        "the transaction had failed and was rolled back"
    )
}

/// A transaction under way; it ends when the closure that got it ends.
package struct Transaction {
    let connection: Connection

    /// Runs the queries in one round trip.
    @discardableResult
    package func run<each Result>(_ queries: repeat Query<each Result>) async throws -> (repeat each Result) {
        try await connection.run(repeat each queries)
    }

    package func run(script: String) async throws {
        try await connection.run(script: script)
    }

    /// Work that may fail without failing the transaction.
    package func savepoint<Value>(_ work: () async throws -> Value) async throws -> Value {
        try await connection.run(Query<Void>("SAVEPOINT attempt"))
        do {
            let value = try await work()
            try await connection.run(Query<Void>("RELEASE SAVEPOINT attempt"))
            return value
        } catch {
            try await connection.run(
                Query<Void>("ROLLBACK TO SAVEPOINT attempt"),
                Query<Void>("RELEASE SAVEPOINT attempt")
            )
            throw error
        }
    }

    /// The same as on a connection.
    package func copy<Rows: AsyncSequence>(_ rows: Rows, into target: SQL) async throws -> Int
    where Rows.Element: CopyEncodable {
        try await connection.copy(rows, into: target)
    }

    package func copy(
        into target: SQL,
        filling fill: (inout CopiedRows) async throws -> Bool
    ) async throws -> Int {
        try await connection.copy(into: target, filling: fill)
    }

    package func copy(_ source: SQL) -> CopiedOut {
        connection.copy(source)
    }
}
