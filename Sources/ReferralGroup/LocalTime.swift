/// A time of the clock on a chapter's wall, written `07:00`.
package struct LocalTime: Hashable, Sendable, LosslessStringConvertible {
    package let minutesSinceMidnight: Int

    package init?(minutesSinceMidnight: Int) {
        guard (0..<1440).contains(minutesSinceMidnight) else { return nil }
        self.minutesSinceMidnight = minutesSinceMidnight
    }

    package init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count == 5, bytes[2] == UInt8(ascii: ":") else { return nil }
        guard let hour = Digits.value(bytes[0..<2]), let minute = Digits.value(bytes[3..<5]) else {
            return nil
        }
        guard hour < 24, minute < 60 else { return nil }
        minutesSinceMidnight = hour * 60 + minute
    }

    package var description: String {
        "\(Digits.padded(minutesSinceMidnight / 60, to: 2)):\(Digits.padded(minutesSinceMidnight % 60, to: 2))"
    }
}
