/// What the connections of a client do now, and what has happened on them since it was made.
package struct Measurements: Sendable {
    package var sharedConnections = 0
    package var exclusiveConnections = 0
    /// Exclusive connections that somebody holds.
    package var lent = 0
    package var listening = 0
    /// Callers that wait for a connection.
    package var waiting = 0
    /// Segments on shared connections that are not answered yet.
    package var inFlight = 0

    /// Connections made, attempts that failed, and connections lost without our doing.
    package var connects = 0
    package var failedConnects = 0
    package var lostConnections = 0
    /// Segments sent once more because the server had forgotten a statement or had become read-only.
    package var repeats = 0
    /// Failures that callers were told of, by the first two characters of their SQLSTATE.
    package var failures: [String: Int] = [:]
    /// From asking to being sent, or to getting a connection.
    package var waits = Histogram()
    /// From being sent to the last answer, one for each segment.
    package var queries = Histogram()

    package init() {}
}

/// How many durations were about how long.
package struct Histogram: Sendable {
    /// Durations below 1 µs, below 2 µs, below 4 µs and so on; the last holds everything longer.
    package private(set) var counts = [Int](repeating: 0, count: 26)
    package private(set) var sum = Duration.zero

    package var count: Int {
        counts.reduce(0, +)
    }

    /// The bound that the durations of a place in `counts` stay below; none for the last.
    package static func bound(of place: Int) -> Duration? {
        place < 25 ? .microseconds(1 << place) : nil
    }

    mutating func add(_ duration: Duration) {
        let microseconds = max(0, duration.nanoseconds / 1000)
        counts[min(counts.count - 1, Int64.bitWidth - microseconds.leadingZeroBitCount)] += 1
        sum += duration
    }
}

extension Duration {
    var nanoseconds: Int64 {
        let (seconds, attoseconds) = components
        let (product, isTooLong) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        return isTooLong ? .max : product &+ attoseconds / 1_000_000_000
    }

    var milliseconds: Int64 {
        nanoseconds / 1_000_000
    }
}
