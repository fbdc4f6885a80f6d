/// A moment, the same everywhere, written as RFC 3339 in UTC: `2026-11-01T08:00:00Z`.
package struct Instant: Hashable, Sendable, Comparable, LosslessStringConvertible {
    package let microsecondsSinceEpoch: Int64

    package init(microsecondsSinceEpoch: Int64) {
        self.microsecondsSinceEpoch = microsecondsSinceEpoch
    }

    /// Reads `2026-11-01T08:00:00Z`, with up to six decimals and `Z` or an offset like `+01:00`.
    package init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count >= 20, bytes[10] == UInt8(ascii: "T") || bytes[10] == UInt8(ascii: "t"),
            let date = LocalDate(String(decoding: bytes[0..<10], as: UTF8.self)),
            let time = LocalTime(String(decoding: bytes[11..<16], as: UTF8.self)),
            bytes[16] == UInt8(ascii: ":"), let second = Digits.value(bytes[17..<19]), second < 60
        else { return nil }
        var rest = bytes[19...]
        var microseconds = 0
        if rest.first == UInt8(ascii: ".") {
            let decimals = rest.dropFirst().prefix { (48...57).contains($0) }
            guard (1...6).contains(decimals.count), let value = Digits.value(decimals) else { return nil }
            microseconds = (decimals.count..<6).reduce(value) { tenfold, _ in tenfold * 10 }
            rest = rest.dropFirst(1 + decimals.count)
        }
        guard let offset = Self.offsetInMinutes(rest) else { return nil }
        let minutes = date.daysSinceEpoch * 1440 + time.minutesSinceMidnight - offset
        microsecondsSinceEpoch = Int64((minutes * 60 + second) * 1_000_000 + microseconds)
    }

    package var description: String {
        let (days, ofDay) = Self.split(microsecondsSinceEpoch, by: 86_400_000_000)
        let (seconds, fraction) = Self.split(ofDay, by: 1_000_000)
        let second = Int(seconds)
        let time =
            "\(Digits.padded(second / 3600, to: 2)):\(Digits.padded(second / 60 % 60, to: 2)):\(Digits.padded(second % 60, to: 2))"
        let decimals = fraction == 0 ? "" : ".\(Digits.padded(Int(fraction), to: 6))"
        return "\(LocalDate(daysSinceEpoch: Int(days)))T\(time)\(decimals)Z"
    }

    package static func < (one: Instant, other: Instant) -> Bool {
        one.microsecondsSinceEpoch < other.microsecondsSinceEpoch
    }

    private static func split(_ value: Int64, by size: Int64) -> (Int64, Int64) {
        let (quotient, remainder) = value.quotientAndRemainder(dividingBy: size)
        return remainder < 0 ? (quotient - 1, remainder + size) : (quotient, remainder)
    }

    private static func offsetInMinutes(_ bytes: ArraySlice<UInt8>) -> Int? {
        let bytes = Array(bytes)
        if bytes == Array("Z".utf8) || bytes == Array("z".utf8) { return 0 }
        guard bytes.count == 6, let time = LocalTime(String(decoding: bytes[1...], as: UTF8.self)) else {
            return nil
        }
        switch bytes[0] {
        case UInt8(ascii: "+"): return time.minutesSinceMidnight
        case UInt8(ascii: "-"): return -time.minutesSinceMidnight
        default: return nil
        }
    }
}
