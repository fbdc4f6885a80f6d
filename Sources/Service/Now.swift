import Glibc
import ReferralGroup

extension Instant {
    /// The wall clock, to the second.
    static func now() -> Instant {
        Instant(microsecondsSinceEpoch: Int64(time(nil)) * 1_000_000)
    }
}
