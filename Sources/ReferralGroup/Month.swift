/// A calendar month, written `2026-10`.
package struct Month: Hashable, Sendable, Comparable, LosslessStringConvertible {
    package let year: Int
    package let number: Int

    init(year: Int, number: Int) {
        self.year = year
        self.number = number
    }

    package init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count == 7, bytes[4] == UInt8(ascii: "-") else { return nil }
        guard let year = Digits.value(bytes[0..<4]), let number = Digits.value(bytes[5..<7]) else {
            return nil
        }
        guard year > 0, (1...12).contains(number) else { return nil }
        self.init(year: year, number: number)
    }

    package var firstDay: LocalDate {
        LocalDate(year: year, month: number, day: 1) ?? .latest
    }

    package var lastDay: LocalDate {
        LocalDate(year: year, month: number, day: Self.length(year: year, month: number)) ?? .latest
    }

    /// The month `months` later, no farther than the calendar that can be written.
    package func advanced(by months: Int) -> Month {
        let (first, last) = (12, 9999 * 12 + 11)
        let months = min(max(months, first - last), last - first)
        let index = min(max(year * 12 + number - 1 + months, first), last)
        return Month(year: index / 12, number: index % 12 + 1)
    }

    package var description: String {
        "\(Digits.padded(year, to: 4))-\(Digits.padded(number, to: 2))"
    }

    package static func < (one: Month, other: Month) -> Bool {
        (one.year, one.number) < (other.year, other.number)
    }

    static func length(year: Int, month: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}
