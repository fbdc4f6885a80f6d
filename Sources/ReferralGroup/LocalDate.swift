/// A day of a chapter's calendar, without a time or a zone, written `2026-10-28`.
package struct LocalDate: Hashable, Sendable, Comparable, LosslessStringConvertible {
    /// Days since 1970-01-01, negative before it.
    package let daysSinceEpoch: Int

    /// The first and the last day that can be written with four digits of a year.
    package static let earliest = LocalDate(daysSinceEpoch: -719_162)
    package static let latest = LocalDate(daysSinceEpoch: 2_932_896)

    package init(daysSinceEpoch: Int) {
        self.daysSinceEpoch = daysSinceEpoch
    }

    package init?(year: Int, month: Int, day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month) else { return nil }
        guard (1...Month.length(year: year, month: month)).contains(day) else { return nil }
        let shifted = month <= 2 ? year - 1 : year
        let era = shifted / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        daysSinceEpoch = era * 146_097 + dayOfEra - 719_468
    }

    package init?(_ text: String) {
        var text = text
        let date = text.withUTF8 { LocalDate(utf8: $0.span) }
        guard let date else { return nil }
        self = date
    }

    /// The day that the bytes of a text write.
    package init?(utf8 bytes: Span<UInt8>) {
        guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-") else {
            return nil
        }
        guard let century = Digits.pair(bytes, at: 0), let year = Digits.pair(bytes, at: 2),
            let month = Digits.pair(bytes, at: 5), let day = Digits.pair(bytes, at: 8)
        else { return nil }
        self.init(year: century * 100 + year, month: month, day: day)
    }

    package var parts: (year: Int, month: Int, day: Int) {
        let shifted = daysSinceEpoch + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthIndex = (5 * dayOfYear + 2) / 153
        let month = monthIndex < 10 ? monthIndex + 3 : monthIndex - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * monthIndex + 2) / 5 + 1)
    }

    package var month: Month {
        let (year, month, _) = parts
        return Month(year: year, number: month)
    }

    package var weekday: Weekday {
        let number = (daysSinceEpoch + 3) % 7
        return Weekday.allCases[number < 0 ? number + 7 : number]
    }

    package var description: String {
        let (year, month, day) = parts
        return "\(Digits.padded(year, to: 4))-\(Digits.padded(month, to: 2))-\(Digits.padded(day, to: 2))"
    }

    /// The day `days` later, no farther than the calendar that can be written.
    package func advanced(by days: Int) -> LocalDate {
        let (sum, overflow) = daysSinceEpoch.addingReportingOverflow(days)
        if overflow { return days < 0 ? .earliest : .latest }
        return min(max(LocalDate(daysSinceEpoch: sum), .earliest), .latest)
    }

    package static func < (one: LocalDate, other: LocalDate) -> Bool {
        one.daysSinceEpoch < other.daysSinceEpoch
    }
}

/// A day of the week, Monday first, as ISO 8601 numbers them.
package enum Weekday: String, Sendable, CaseIterable {
    case monday, tuesday, wednesday, thursday, friday, saturday, sunday

    /// 1 for Monday to 7 for Sunday.
    package var number: Int {
        (Self.allCases.firstIndex(of: self) ?? 0) + 1
    }
}
