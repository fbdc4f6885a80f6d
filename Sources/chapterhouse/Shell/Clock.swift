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

/// The variables the process was started with.
enum Environment {
    /// The value of a variable that is set and not empty.
    static subscript(_ name: String) -> String? {
        guard let value = getenv(name) else { return nil }
        let text = String(cString: value)
        return text.isEmpty ? nil : text
    }
}
