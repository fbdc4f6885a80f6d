import Crypto
import Postgres
import ReferralGroup

/// So many tries within so many seconds, of one key: an account, an address, everybody.
package struct Bucket: Sendable {
    package let scope: String
    package let key: String
    package let limit: Int
    package let seconds: Int

    package init(_ scope: String, _ key: String, limit: Int, within seconds: Int) {
        self.scope = scope
        self.key = key
        self.limit = limit
        self.seconds = seconds
    }
}

extension Query<Int> {
    /// Counts a try against every bucket; for how many seconds to wait, 0 where there was room.
    package static func takeTry(_ buckets: [Bucket]) -> Self {
        Query(
            value: """
                SELECT take_try(\(buckets.map(\.scope)), \(buckets.map { Bytes(Array(SHA256.hash(data: Array($0.key.utf8)))) }),
                                \(buckets.map { Int32(clamping: $0.limit) }),
                                (SELECT array_agg(make_interval(secs => seconds) ORDER BY place)
                                   FROM unnest(\(buckets.map { Int32(clamping: $0.seconds) })) WITH ORDINALITY AS window_of (seconds, place)))
                """
        )
    }
}
