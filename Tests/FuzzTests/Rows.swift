import ReferralGroup
import Storage

@testable import Postgres

extension Fuzzed {
    static let rows = [
        // The first byte says as what the rest is read, the second as what type the server calls it.
        Fuzzed("rows") { bytes in
            guard let first = bytes.first else { return }
            let readers = readers
            let reader = readers[Int(first) % readers.count]
            try reader(Array(bytes.dropFirst(2)), bytes.count > 1 ? Int(bytes[1]) : 0)
        }
    ]

    private static var readers: [([UInt8], Int) throws -> Void] {
        [
            reads(Int16.self), reads(Int32.self), reads(Int64.self), reads(Int.self), reads(Bool.self),
            reads(Double.self), reads(String.self), reads(JSONText.self), reads(Bytes.self),
            reads(CalendarDay.self), reads(Timestamp.self), reads(TimeOfDay.self), reads(UUID.self),
            reads(Numeric.self), reads([Int32].self), reads([String?].self), reads([Numeric].self),
            reads([Bool].self), reads(LocalDate.self), reads(Instant.self), reads(LocalTime.self),
            reads(Month.self), reads(Figure.self), reads(SlipID.self), reads(EmailAddress.self),
            reads([LocalDate?].self),
        ]
    }

    /// What is read is written, and read again as the same.
    private static func reads<Value: PostgresCodable & Equatable>(
        _ type: Value.Type
    ) -> ([UInt8], Int) throws -> Void {
        { bytes, number in
            let types: [UInt32] = [
                Value.postgresType.oid, Value.postgresType.oid, Value.postgresType.oid, 21, 23, 20, 25, 114,
                3802,
                1700,
            ]
            guard let value = read(bytes, as: types[number % types.count]) as Value? else { return }
            _ = "\(value)"
            var written: [UInt8] = []
            guard whatComes(of: { try value.encode(into: &written) }) == true else { return }
            let again = read(written, as: Value.postgresType.oid) as Value?
            // No number is itself that is none.
            try hold(again == value || value != value, "\(value) is another when it is read again")
        }
    }

    private static func read<Value: PostgresDecodable>(_ bytes: [UInt8], as type: UInt32) -> Value? {
        bytes.withUnsafeBytes { bytes in whatComes { try Value(bytes, type: type) } }
    }
}
