import Glibc
import ReferralGroup

extension Instant {
    /// The wall clock, to the second.
    static func now() -> Instant {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Instant(microsecondsSinceEpoch: Int64(time.tv_sec) * 1_000_000)
    }
}
