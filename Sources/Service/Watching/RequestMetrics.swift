import NIOConcurrencyHelpers

/// Counts of what was asked; its labels are routes and methods that we have, never what somebody sent.
package final class RequestMetrics: Sendable {
    /// Seconds below which the places of the histogram count.
    static let bounds: [Double] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
    private static let methods: Set<String> = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]

    struct Key: Hashable {
        let route: String
        let method: String
        let status: String
    }

    struct Latency {
        var counts = [Int](repeating: 0, count: RequestMetrics.bounds.count + 1)
        var sum = 0.0
    }

    struct State {
        var atWork = 0
        var requests: [Key: Int] = [:]
        var latencies: [String: Latency] = [:]
        /// By status, from 400 on.
        var refusals: [Int: Int] = [:]
    }

    private let state = NIOLockedValueBox(State())

    package init() {}

    var now: State {
        state.withLockedValue { $0 }
    }

    /// How many are at work, this one among them.
    func begin() -> Int {
        state.withLockedValue { state in
            state.atWork += 1
            return state.atWork
        }
    }

    func end() {
        state.withLockedValue { $0.atWork -= 1 }
    }

    func record(method: String, route: String?, status: Int, duration: Duration) {
        let key = Key(
            route: route ?? "none",
            method: Self.methods.contains(method) ? method : "other",
            status: "\(status / 100)xx"
        )
        let seconds = duration / .seconds(1)
        let place = Self.bounds.firstIndex { seconds <= $0 } ?? Self.bounds.count
        state.withLockedValue { state in
            state.requests[key, default: 0] += 1
            if status >= 400 { state.refusals[status, default: 0] += 1 }
            state.latencies[key.route, default: Latency()].counts[place] += 1
            state.latencies[key.route, default: Latency()].sum += seconds
        }
    }
}
