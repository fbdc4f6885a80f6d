import Postgres

extension ScratchDatabase {
    /// Comes back once somebody in this database waits for a lock; a minute later, where nobody ever does.
    @discardableResult
    package func untilSomebodyWaits() async throws -> Bool {
        try await superuser.untilSomebodyWaits()
    }
}

extension PostgresClient {
    /// Whether somebody in this database comes to wait for a lock, a minute at most; never ask on a transaction's own
    /// connection, which goes on seeing who was there at first.
    @discardableResult
    package func untilSomebodyWaits() async throws -> Bool {
        let waiting = Query<Bool>(
            value: """
                SELECT EXISTS (SELECT FROM pg_locks JOIN pg_stat_activity USING (pid)
                                WHERE datname = current_database() AND NOT granted)
                """
        )
        let deadline = ContinuousClock.now + .seconds(60)
        while try await !run(waiting) {
            guard ContinuousClock.now < deadline else { return false }
            try await Task.sleep(for: .milliseconds(5))
        }
        return true
    }
}
