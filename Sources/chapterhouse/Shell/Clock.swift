import Glibc
import ReferralGroup

/// The wall clock.
enum Clock {
    /// To the second, as a report prints it.
    static func now() -> Instant {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Instant(microsecondsSinceEpoch: Int64(time.tv_sec) * 1_000_000)
    }
}
