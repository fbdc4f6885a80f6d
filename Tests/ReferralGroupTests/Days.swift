import ReferralGroup
import Testing

@Suite struct `A day of the calendar` {
    @Test func `follows the one before it, four hundred years long`() {
        var (year, month, day) = (1970, 1, 1)
        for days in 0..<146_097 {
            let date = LocalDate(daysSinceEpoch: days)
            guard date.parts == (year, month, day), LocalDate(year: year, month: month, day: day) == date
            else {
                Issue.record("\(date) is not \(year)-\(month)-\(day)")
                return
            }
            let isLeap = year % 4 == 0 && year % 100 != 0 || year % 400 == 0
            let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
            day += 1
            if day > lengths[month - 1] { (day, month) = (1, month + 1) }
            if month > 12 { (month, year) = (1, year + 1) }
        }
        #expect((year, month, day) == (2370, 1, 1))
    }

    @Test func `comes back from what it writes`() {
        let days = stride(
            from: LocalDate.earliest.daysSinceEpoch,
            through: LocalDate.latest.daysSinceEpoch,
            by: 97
        )
        for day in days {
            let date = LocalDate(daysSinceEpoch: day)
            guard LocalDate(date.description) == date else {
                Issue.record("\(date) does not come back")
                return
            }
        }
    }

    @Test func `lies between the ends of what four digits write`() {
        #expect(LocalDate.earliest.description == "0001-01-01")
        #expect(LocalDate.latest.description == "9999-12-31")
        #expect(LocalDate.earliest.advanced(by: -1) == .earliest)
        #expect(LocalDate.latest.advanced(by: 1) == .latest)
        #expect(LocalDate(daysSinceEpoch: 0).advanced(by: .max) == .latest)
        #expect(LocalDate(daysSinceEpoch: -1).advanced(by: .min) == .earliest)
        #expect(LocalDate("2026-02-28")?.advanced(by: 1) == LocalDate("2026-03-01"))
    }

    @Test(arguments: ["2024-02-29", "2000-02-29", "0004-02-29", "2026-12-31", "1900-02-28", "9999-12-31"])
    func `is read where there is such a day`(_ text: String) {
        #expect(LocalDate(text)?.description == text)
    }

    @Test(arguments: [
        "", "2026-02-29", "1900-02-29", "2026-00-01", "2026-13-01", "2026-01-00", "2026-01-32", "2026-04-31",
        "0000-01-01", "2026-1-1", "26-01-01", "2026-01-01 ", "2026/01/01", "2026-01-0１", "-026-01-01",
        "2026-+1-01",
        "20260101", "10000-01-01",
    ])
    func `is refused where there is none`(_ text: String) {
        #expect(LocalDate(text) == nil)
    }

    @Test(arguments: [
        ("1970-01-01", Weekday.thursday), ("1969-12-31", .wednesday), ("2026-10-28", .wednesday),
        ("2026-11-01", .sunday), ("2000-02-29", .tuesday), ("1900-01-01", .monday), ("0001-01-01", .monday),
        ("9999-12-31", .friday),
    ])
    func `has a weekday`(date: String, weekday: Weekday) {
        #expect(LocalDate(date)?.weekday == weekday)
    }

    @Test func `counts the week from Monday`() {
        #expect(Weekday.allCases.map(\.number) == Array(1...7))
        #expect(Weekday.allCases.first == .monday)
    }
}

@Suite struct `A month` {
    @Test(arguments: [
        ("2026-10", "2026-10-01", "2026-10-31"), ("2026-02", "2026-02-01", "2026-02-28"),
        ("2024-02", "2024-02-01", "2024-02-29"), ("2100-02", "2100-02-01", "2100-02-28"),
        ("2000-02", "2000-02-01", "2000-02-29"), ("2026-04", "2026-04-01", "2026-04-30"),
        ("0001-01", "0001-01-01", "0001-01-31"), ("9999-12", "9999-12-01", "9999-12-31"),
    ])
    func `has a first and a last day`(month: String, first: String, last: String) {
        #expect(Month(month)?.description == month)
        #expect(Month(month)?.firstDay.description == first)
        #expect(Month(month)?.lastDay.description == last)
        #expect(LocalDate(last)?.month == Month(month))
    }

    @Test(arguments: [
        "", "2026-13", "2026-00", "0000-01", "2026-1", "202610", "2026-10-01", "2026-１0", "2026- 1",
    ])
    func `is refused where there is none`(_ text: String) {
        #expect(Month(text) == nil)
    }

    @Test(arguments: [
        ("2026-10", 1, "2026-11"), ("2026-12", 1, "2027-01"), ("2026-01", -1, "2025-12"),
        ("2026-10", -11, "2025-11"),
        ("2026-10", 24, "2028-10"), ("9999-12", 1, "9999-12"), ("0001-01", -1, "0001-01"),
        ("2026-10", 200_000, "9999-12"), ("2026-10", -200_000, "0001-01"),
        ("0001-01", .max, "9999-12"), ("9999-12", .min, "0001-01"),
    ])
    func `is so many months from another`(month: String, months: Int, other: String) {
        #expect(Month(month)?.advanced(by: months) == Month(other))
    }

    @Test func `comes before the next, across years`() throws {
        let months = try ["2025-12", "2026-01", "2026-10", "2027-01"].map { try #require(Month($0)) }
        #expect(months.shuffled().sorted() == months)
    }
}

@Suite struct `A time of the clock` {
    @Test func `comes back from what it writes`() {
        for minutes in 0..<1440 {
            let time = LocalTime(minutesSinceMidnight: minutes)
            #expect(time.flatMap { LocalTime($0.description) } == time)
        }
        #expect(LocalTime("07:05")?.minutesSinceMidnight == 425)
        #expect(LocalTime(minutesSinceMidnight: 1440) == nil)
        #expect(LocalTime(minutesSinceMidnight: -1) == nil)
    }

    @Test(arguments: ["", "24:00", "07:60", "7:00", "07:00:00", "07.00", "07:0０", "-7:00", "7:000"])
    func `is refused where there is none`(_ text: String) {
        #expect(LocalTime(text) == nil)
    }
}

@Suite struct `A moment` {
    @Test(arguments: [
        "2026-11-01T08:00:00Z", "2026-11-01t08:00:00z", "2026-11-01T09:00:00+01:00",
        "2026-11-01T03:30:00-04:30",
        "2026-10-31T18:00:00-14:00", "2026-11-01T08:00:00.0Z", "2026-11-01T08:00:00.000000+00:00",
    ])
    func `is the same however it is written`(_ text: String) {
        #expect(Instant(text)?.microsecondsSinceEpoch == 1_793_520_000_000_000)
        #expect(Instant(text)?.description == "2026-11-01T08:00:00Z")
    }

    @Test(arguments: [
        ("1970-01-01T00:00:00Z", Int64(0)), ("1969-12-31T23:59:59.999999Z", -1),
        ("1969-12-31T23:59:59Z", -1_000_000),
        ("1970-01-01T00:00:00.000001Z", 1), ("1970-01-02T00:00:00.500000Z", 86_400_500_000),
        ("0001-01-01T00:00:00Z", -62_135_596_800_000_000),
        ("9999-12-31T23:59:59.999999Z", 253_402_300_799_999_999),
    ])
    func `is counted from 1970, before and after`(text: String, microseconds: Int64) {
        #expect(Instant(text)?.microsecondsSinceEpoch == microseconds)
        #expect(Instant(microsecondsSinceEpoch: microseconds).description == text)
    }

    @Test func `has decimals of a second`() {
        #expect(Instant("1970-01-01T00:00:00.5Z")?.microsecondsSinceEpoch == 500_000)
        #expect(Instant("1970-01-01T00:00:00.05Z")?.microsecondsSinceEpoch == 50_000)
        #expect(Instant("1970-01-01T00:00:00.123456Z")?.microsecondsSinceEpoch == 123_456)
    }

    @Test(arguments: [
        "", "now", "2026-11-01", "2026-11-01T08:00:00", "2026-11-01 08:00:00Z", "2026-11-01T24:00:00Z",
        "2026-11-01T08:60:00Z", "2026-11-01T08:00:60Z", "2026-02-29T08:00:00Z", "2026-11-01T08:00:00.Z",
        "2026-11-01T08:00:00.1234567Z", "2026-11-01T08:00:00+0100", "2026-11-01T08:00:00+24:00",
        "2026-11-01T08:00:00Z ", "2026-11-01T08:00:00ZZ", "2026-11-01T08:00Z", "2026-11-01T08:00:00*01:00",
        "2026-11-01T08-00-00Z", "2026-11-01T08:00:00\u{0}", "12026-11-01T08:00:00Z",
    ])
    func `is refused where it is none`(_ text: String) {
        #expect(Instant(text) == nil)
    }

    @Test func `is written however far away it lies`() {
        #expect(!Instant(microsecondsSinceEpoch: .min).description.isEmpty)
        #expect(!Instant(microsecondsSinceEpoch: .max).description.isEmpty)
        #expect(Instant(microsecondsSinceEpoch: -1) < Instant(microsecondsSinceEpoch: 0))
    }
}
