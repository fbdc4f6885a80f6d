import Glibc

/// A statement and its parameters.
///
/// An interpolated value is never text: it becomes `$1`, `$2`, … and travels beside the statement, in the server's
/// binary form. An interpolated `SQL` is spliced, so a list of columns can be named once and used everywhere.
package struct SQL: Sendable, ExpressibleByStringInterpolation {
    /// What is sent: it never varies with the values, so it is also the key of the statement cache.
    package private(set) var text: String
    private(set) var parameters: [Parameter] = []
    /// The values, behind each other.
    private(set) var values: [UInt8] = []
    /// Values that whoever runs it looks at before: `\(watched: …)`.
    package private(set) var watched: [String] = []
    /// Why it cannot be sent, if it cannot.
    private var refusals: [PostgresError] = []

    struct Parameter: Sendable {
        /// By the number that the server gives it.
        let type: UInt32
        /// In bytes; -1 for NULL.
        let length: Int32
        /// Where in the text its number stands, in bytes from the start.
        let place: Int
    }

    /// The protocol counts parameters with 16 bits.
    private static let mostParameters = 65_535

    package init(stringLiteral text: String) {
        self.text = text
    }

    package init(stringInterpolation statement: StringInterpolation) {
        self = statement.sql
    }

    package struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var sql: SQL

        package init(literalCapacity: Int, interpolationCount: Int) {
            sql = SQL(stringLiteral: "")
            sql.text.reserveCapacity(literalCapacity + 3 * interpolationCount)
            sql.parameters.reserveCapacity(interpolationCount)
            sql.values.reserveCapacity(16 * interpolationCount)
        }

        package mutating func appendLiteral(_ literal: String) {
            sql.text += literal
        }

        package mutating func appendInterpolation(_ value: some PostgresEncodable) {
            sql.append(value)
        }

        /// NULL where there is no value.
        package mutating func appendInterpolation<Value: PostgresEncodable>(_ value: Value?) {
            sql.append(value)
        }

        /// A value that whoever runs the statement looks at before.
        package mutating func appendInterpolation<Value: PostgresEncodable & CustomStringConvertible>(
            watched value: Value?
        ) {
            sql.append(value)
            if let value { sql.watched.append(value.description) }
        }

        package mutating func appendInterpolation(_ fragment: SQL) {
            sql.append(fragment)
        }
    }

    private mutating func append<Value: PostgresEncodable>(_ value: Value) {
        let start = values.count
        var isThere = false
        do {
            isThere = try value.encode(into: &values)
        } catch {
            refusals.append(error)
        }
        let length = Int32(exactly: values.count - start)
        if length == nil {
            refusals.append(PostgresError(.refused, .numericOutOfRange, "a parameter is larger than 2 GB"))
        }
        addNumber(Value.postgresType.oid, isThere ? length ?? -1 : -1)
    }

    private mutating func addNumber(_ type: UInt32, _ length: Int32) {
        text += "$"
        parameters.append(Parameter(type: type, length: length, place: text.utf8.count))
        text += String(parameters.count)
    }

    /// Adds a fragment, whose parameters are numbered on from ours.
    private mutating func append(_ fragment: SQL) {
        let source = fragment.text.utf8
        var copied = source.startIndex
        for (number, parameter) in fragment.parameters.enumerated() {
            let place = source.index(source.startIndex, offsetBy: parameter.place)
            // The number is written anew, behind the dollar sign.
            text += fragment.text[copied..<source.index(before: place)]
            copied = source.index(place, offsetBy: String(number + 1).utf8.count)
            addNumber(parameter.type, parameter.length)
        }
        text += fragment.text[copied...]
        values += fragment.values
        watched += fragment.watched
        refusals += fragment.refusals
    }

    /// Throws where the statement cannot be sent.
    func check() throws(PostgresError) {
        if var refusal = refusals.first {
            refusal.statement = text
            throw refusal
        }
        guard !text.utf8.holdsNUL else {
            throw PostgresError(.refused, .invalidText, "a statement cannot hold the character U+0000")
        }
        guard parameters.count <= Self.mostParameters else {
            throw PostgresError(.refused, .numericOutOfRange, "a statement has at most 65535 parameters")
        }
    }
}

extension SQL {
    /// A name in double quotes, as SQL writes names that need not be words.
    package static func quoted(_ name: String) -> String {
        var bytes: [UInt8] = [UInt8(ascii: "\"")]
        for byte in name.utf8 {
            if byte == UInt8(ascii: "\"") { bytes.append(byte) }
            bytes.append(byte)
        }
        bytes.append(UInt8(ascii: "\""))
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension Sequence<UInt8> {
    /// Whether U+0000 is among the bytes of a text; PostgreSQL cannot keep it, and C ends texts with it.
    var holdsNUL: Bool {
        withContiguousStorageIfAvailable { bytes in
            bytes.baseAddress.map { memchr($0, 0, bytes.count) != nil } ?? false
        } ?? contains(0)
    }
}
