/// A connection that nobody else uses while it is lent.
package struct Connection {
    let link: Link
    let loop: EventLoop
    /// Whether all that is done on it is undone unless COMMIT follows.
    var isInTransaction = false
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

    /// COMMIT, which a server answers with a rollback where the transaction had failed before.
    func commit(before deadline: ContinuousClock.Instant? = nil) async throws {
        let answer = try await perform(.segment(["COMMIT"]), before: deadline)
        guard try answer.results(of: 1)[0].tag != "ROLLBACK" else {
            throw PostgresError(
                .server,
                SQLState(rawValue: "25P02"),
                "the transaction had failed and was rolled back"
            )
        }
    }

    func listen(_ hear: @escaping @Sendable (Notification?) -> Void) {
        loop.send(.listen(link, hear))
    }

    func perform(
        _ operation: Call.Operation,
        before deadline: ContinuousClock.Instant? = nil
    ) async throws(PostgresError) -> Call.Answer {
        do {
            // Whoever holds a connection stands in no queue.
            return try await loop.answer(to: .onLink(link, operation), of: 0, before: deadline)
        } catch {
            var error = error
            if isInTransaction { error.mayHaveHappened = false }
            throw error
        }
    }
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
