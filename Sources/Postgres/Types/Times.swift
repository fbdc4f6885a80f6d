/// A `date`, in days since 1970-01-01; the server's infinities are not read.
package struct CalendarDay: PostgresEncodable, PostgresDecodable, Hashable {
    package let daysSinceEpoch: Int
    /// PostgreSQL counts from 2000-01-01.
    private static let offset = 10_957

    package init(daysSinceEpoch: Int) {
        self.daysSinceEpoch = daysSinceEpoch
    }

    package static var postgresType: PostgresType { .date }

    package func encode(into bytes: inout [UInt8]) throws(PostgresError) -> Bool {
        let (days, overflow) = daysSinceEpoch.subtractingReportingOverflow(Self.offset)
        guard !overflow, let wire = Int32(exactly: days), wire != .max, wire != .min else {
            throw PostgresError(.refused, .numericOutOfRange, "the date is beyond the calendar")
        }
        wire.appendBigEndian(to: &bytes)
        return true
    }

    package init(_ bytes: UnsafeRawBufferPointer, type: UInt32) throws {
        guard type == PostgresType.date.oid, let days = Int32(bigEndianBytes: bytes), days != .max,
            days != .min
        else {
            throw Self.failure(bytes, type)
        }
        daysSinceEpoch = Int(days) + Self.offset
    }
}

/// A `timestamptz`, in microseconds since 1970-01-01T00:00:00Z; the server's infinities are not read.
package struct Timestamp: PostgresEncodable, PostgresDecodable, Hashable {
    package let microsecondsSinceEpoch: Int64
    private static let offset: Int64 = 946_684_800_000_000

    package init(microsecondsSinceEpoch: Int64) {
        self.microsecondsSinceEpoch = microsecondsSinceEpoch
    }

    package static var postgresType: PostgresType { .timestamptz }

    package func encode(into bytes: inout [UInt8]) throws(PostgresError) -> Bool {
        let (wire, overflow) = microsecondsSinceEpoch.subtractingReportingOverflow(Self.offset)
        guard !overflow, wire != .max, wire != .min else {
            throw PostgresError(.refused, .numericOutOfRange, "the instant is beyond the calendar")
        }
        wire.appendBigEndian(to: &bytes)
        return true
    }

    package init(_ bytes: UnsafeRawBufferPointer, type: UInt32) throws {
        guard type == PostgresType.timestamptz.oid, let wire = Int64(bigEndianBytes: bytes), wire != .max,
            wire != .min
        else { throw Self.failure(bytes, type) }
        let (value, overflow) = wire.addingReportingOverflow(Self.offset)
        guard !overflow else { throw Self.failure(bytes, type) }
        microsecondsSinceEpoch = value
    }
}

/// A `time`, in microseconds since midnight.
package struct TimeOfDay: PostgresEncodable, PostgresDecodable, Hashable {
    package let microsecondsSinceMidnight: Int64

    package init(microsecondsSinceMidnight: Int64) {
        self.microsecondsSinceMidnight = microsecondsSinceMidnight
    }

    package static var postgresType: PostgresType { .time }

    package func encode(into bytes: inout [UInt8]) -> Bool {
        microsecondsSinceMidnight.appendBigEndian(to: &bytes)
        return true
    }

    package init(_ bytes: UnsafeRawBufferPointer, type: UInt32) throws {
        guard type == PostgresType.time.oid, let wire = Int64(bigEndianBytes: bytes),
            (0...86_400_000_000).contains(wire)
        else { throw Self.failure(bytes, type) }
        microsecondsSinceMidnight = wire
    }
}
