/// A connection that nobody else uses while it is lent.
package struct Connection {
    let link: Link
    let loop: EventLoop
    let configuration: Configuration

    /// Runs the queries in one round trip.
    @discardableResult
    package func run<each Result>(_ queries: repeat Query<each Result>) async throws -> (repeat each Result) {
        try await run(after: [], repeat each queries)
    }

    @discardableResult
    func run<each Result>(
        after settings: [SQL],
        _ queries: repeat Query<each Result>,
        before deadline: ContinuousClock.Instant? = nil
    ) async throws -> (repeat each Result) {
        var statements: [Statement] = []
        for setting in settings { statements.append(try Statement(setting)) }
        for query in repeat each queries { statements.append(try Statement(query.sql)) }
        let answer = try await perform(.segment(statements), before: deadline)
        var results = try answer.results(of: statements.count)[settings.count...]
        return try (repeat results.decodeFirst(as: each queries))
    }

    /// Runs statements divided by semicolons, as a file holds them; their results are thrown away.
    package func run(script: String) async throws {
        guard !script.utf8.contains(0) else {
            throw PostgresError(.refused, .invalidText, "a script cannot hold the character U+0000")
        }
        _ = try await perform(.script(script))
    }

    /// COMMIT, which a server answers with a rollback where the transaction had failed before.
    func commit() async throws {
        let answer = try await perform(.segment([Statement("COMMIT")]))
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
        try await loop.answer(
            to: .onLink(link, operation),
            before: deadline
        )
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

    /// Sends typed rows with COPY, at the pace of the server; returns how many.
    ///
    /// A source that fails sends nothing.
    package func copy<Rows: AsyncSequence>(_ rows: Rows, into target: SQL) async throws -> Int
    where Rows.Element == [any PostgresEncodable] {
        try await connection.copy(rows, into: target)
    }
}
