import Postgres

extension ScratchDatabase {
    /// Comes back once somebody in this database waits for a lock; a minute later, where nobody ever does.
    package func untilSomebodyWaits() async throws {
        let waiting = Query<Int>(
            value: """
                SELECT count(*) FROM pg_stat_activity
                 WHERE datname = current_database() AND wait_event_type = 'Lock'
                """
        )
        let deadline = ContinuousClock.now + .seconds(60)
        while try await superuser.run(waiting) == 0, ContinuousClock.now < deadline {
            try await Task.sleep(for: .milliseconds(5))
        }
    }
}
