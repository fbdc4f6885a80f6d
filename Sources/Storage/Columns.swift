import Postgres
import ReferralGroup

// How the values of the domain stand in columns.
extension Identifier: PostgresEncodable where Number: PostgresEncodable {
    package static var postgresType: PostgresType {
        Number.postgresType
    }

    package func encode(into bytes: inout [UInt8]) throws(PostgresError) -> Bool {
        try number.encode(into: &bytes)
    }
}

extension Identifier: PostgresDecodable where Number: PostgresDecodable {
    package init(_ bytes: UnsafeRawBufferPointer, type: UInt32) throws {
        self.init(try Number(bytes, type: type))
    }
}

extension SlipID: PostgresEncodable, PostgresDecodable, PostgresMappable {
    package init?(postgres value: UUID) {
        self.init(high: value.high, low: value.low)
    }

    package var postgres: UUID {
        UUID(high: high, low: low)
    }
}

extension LocalDate: PostgresEncodable, PostgresDecodable, PostgresMappable {
    package init?(postgres value: CalendarDay) {
        guard
            (LocalDate.earliest.daysSinceEpoch...LocalDate.latest.daysSinceEpoch).contains(
                value.daysSinceEpoch
            )
        else { return nil }
        self.init(daysSinceEpoch: value.daysSinceEpoch)
    }

    package var postgres: CalendarDay {
        CalendarDay(daysSinceEpoch: daysSinceEpoch)
    }
}

/// A month stands in the database as its first day.
extension Month: PostgresEncodable, PostgresDecodable, PostgresMappable {
    package init?(postgres value: CalendarDay) {
        guard let day = LocalDate(postgres: value) else { return nil }
        self = day.month
    }

    package var postgres: CalendarDay {
        firstDay.postgres
    }
}

extension Instant: PostgresEncodable, PostgresDecodable, PostgresMappable {
    package init?(postgres value: Timestamp) {
        self.init(microsecondsSinceEpoch: value.microsecondsSinceEpoch)
    }

    package var postgres: Timestamp {
        Timestamp(microsecondsSinceEpoch: microsecondsSinceEpoch)
    }
}

extension LocalTime: PostgresEncodable, PostgresDecodable, PostgresMappable {
    package init?(postgres value: TimeOfDay) {
        self.init(minutesSinceMidnight: Int(value.microsecondsSinceMidnight / 60_000_000))
    }

    package var postgres: TimeOfDay {
        TimeOfDay(microsecondsSinceMidnight: Int64(minutesSinceMidnight) * 60_000_000)
    }
}

extension Figure: PostgresEncodable, PostgresDecodable, PostgresMappable {
    package init?(postgres value: Numeric) {
        self.init(unscaled: value.unscaled, scale: value.scale)
    }

    package var postgres: Numeric {
        Numeric(unscaled: unscaled, scale: scale)
    }
}

extension Currency: PostgresEncodable, PostgresDecodable, PostgresMappable {
    package init?(postgres value: String) {
        self.init(value)
    }

    package var postgres: String {
        code
    }
}

extension Chapter.Slug: PostgresEncodable, PostgresDecodable, PostgresMappable {
    package init?(postgres value: String) {
        self.init(value)
    }

    package var postgres: String {
        description
    }
}

extension EmailAddress: PostgresEncodable, PostgresDecodable, PostgresMappable {
    package init?(postgres value: String) {
        self.init(value)
    }

    package var postgres: String {
        description
    }
}

extension FoldedName: PostgresEncodable, PostgresDecodable, PostgresMappable {
    package init?(postgres value: String) {
        self.init(value)
    }

    package var postgres: String {
        text
    }
}

extension Row {
    /// A column that holds the raw value of an enumeration.
    func word<Word: RawRepresentable<String>>(_ column: String, as type: Word.Type = Word.self) throws -> Word
    {
        let text: String = try self[column]
        guard let word = Word(rawValue: text) else { throw UnknownWord(column: column, word: text) }
        return word
    }
}

/// A word of the database that the program does not know: a bug.
struct UnknownWord: Error {
    let column: String
    let word: String
}
