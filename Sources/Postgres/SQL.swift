/// A statement and its parameters.
///
/// An interpolated value is never text: it becomes `$1`, `$2`, … and travels beside the statement. An interpolated
/// `SQL` is spliced, so a list of columns can be named once and used everywhere.
package struct SQL: Sendable, ExpressibleByStringInterpolation {
    private var parts: [Part] = []

    private enum Part: Sendable {
        case text(String)
        case parameter(any PostgresEncodable)
    }

    package init(stringLiteral text: String) {
        parts = [.text(text)]
    }

    package init(stringInterpolation statement: StringInterpolation) {
        self = statement.sql
    }

    /// The text sent to the server: it never varies with the values, so it is also the key of the statement cache.
    package var text: String {
        var text = ""
        var count = 0
        for part in parts {
            switch part {
            case .text(let literal): text += literal
            case .parameter:
                count += 1
                text += "$\(count)"
            }
        }
        return text
    }

    package var parameters: [any PostgresEncodable] {
        parts.compactMap { part in
            if case .parameter(let value) = part { value } else { nil }
        }
    }

    package struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var sql = SQL(stringLiteral: "")

        package init(literalCapacity: Int, interpolationCount: Int) {}

        package mutating func appendLiteral(_ literal: String) {
            sql.parts.append(.text(literal))
        }

        package mutating func appendInterpolation(_ value: some PostgresEncodable) {
            sql.parts.append(.parameter(value))
        }

        /// NULL where there is no value.
        package mutating func appendInterpolation<Value: PostgresEncodable>(_ value: Value?) {
            sql.parts.append(.parameter(value))
        }

        package mutating func appendInterpolation(_ fragment: SQL) {
            sql.parts += fragment.parts
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
