import Postgres

/// What an operator watches of the connections to the database.
package struct DatabaseFigures: Sendable {
    /// What is so now.
    package let gauges: [(name: String, value: Int)]
    /// What has happened since the start.
    package let counters: [(name: String, value: Int)]
    /// Failures by the first two characters of their SQLSTATE.
    package let failures: [String: Int]
    package let waits: Durations
    package let queries: Durations

    /// How many durations were below which bound, in seconds; the last place of `counts` has none.
    package struct Durations: Sendable {
        package let bounds: [Double]
        package let counts: [Int]
        package let sum: Double

        init(_ histogram: Histogram) {
            bounds = histogram.counts.indices.compactMap { Histogram.bound(of: $0).map { $0 / .seconds(1) } }
            counts = histogram.counts
            sum = histogram.sum / .seconds(1)
        }
    }
}

extension Database {
    /// What its connections do now and have done.
    package func figures() async -> DatabaseFigures {
        let now = await client.measurements()
        return DatabaseFigures(
            gauges: [
                ("connections_shared", now.sharedConnections),
                ("connections_exclusive", now.exclusiveConnections),
                ("connections_lent", now.lent), ("connections_listening", now.listening),
                ("callers_waiting", now.waiting), ("segments_in_flight", now.inFlight),
            ],
            counters: [
                ("connects_total", now.connects), ("failed_connects_total", now.failedConnects),
                ("lost_connections_total", now.lostConnections), ("repeats_total", now.repeats),
            ],
            failures: now.failures,
            waits: DatabaseFigures.Durations(now.waits),
            queries: DatabaseFigures.Durations(now.queries)
        )
    }
}
