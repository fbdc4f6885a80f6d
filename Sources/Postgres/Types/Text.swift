extension String: PostgresEncodable, PostgresDecodable {
    public static var postgresType: PostgresType { .text }

    /// Refuses U+0000, which PostgreSQL cannot keep.
    public func encode(into bytes: inout [UInt8]) throws(PostgresError) -> Bool {
        let start = bytes.count
        bytes.append(contentsOf: utf8)
        guard !bytes[start...].holdsNUL else {
            throw PostgresError(.refused, .invalidText, "text with the character U+0000 cannot be kept")
        }
        return true
    }

    /// Text of any of the server's types that are sent as it: text, varchar, name, bpchar, json and so on.
    public init(_ bytes: UnsafeRawBufferPointer, type: UInt32) throws {
        switch type {
        case 16, 17, 20, 21, 23, 700, 701, 1082, 1083, 1114, 1184, 1700, 2950, 3802:
            throw Self.failure(bytes, type)
        default:
            // Most text is ASCII, which needs no long look.
            if bytes.allSatisfy({ $0 < 0x80 }) {
                self.init(decoding: bytes, as: UTF8.self)
                return
            }
            guard let text = String(validating: bytes, as: UTF8.self) else { throw Self.failure(bytes, type) }
            self = text
        }
    }
}

/// JSON as text, to and from `jsonb`.
package struct JSONText: PostgresEncodable, PostgresDecodable, Hashable {
    package let text: String

    package init(_ text: String) {
        self.text = text
    }

    package static var postgresType: PostgresType { .jsonb }

    package func encode(into bytes: inout [UInt8]) throws(PostgresError) -> Bool {
        bytes.append(1)
        return try text.encode(into: &bytes)
    }

    package init(_ bytes: UnsafeRawBufferPointer, type: UInt32) throws {
        var text = bytes[...]
        if type == PostgresType.jsonb.oid {
            guard text.popFirst() == 1 else { throw Self.failure(bytes, type) }
        } else {
            guard type == 114 else { throw Self.failure(bytes, type) }
        }
        guard let valid = String(validating: text, as: UTF8.self) else { throw Self.failure(bytes, type) }
        self.text = valid
    }
}

/// Bytes, to and from `bytea`.
package struct Bytes: PostgresEncodable, PostgresDecodable, Hashable {
    package let bytes: [UInt8]

    package init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    package static var postgresType: PostgresType { .bytea }

    package func encode(into target: inout [UInt8]) -> Bool {
        target += bytes
        return true
    }

    package init(_ bytes: UnsafeRawBufferPointer, type: UInt32) throws {
        guard type == PostgresType.bytea.oid else { throw Self.failure(bytes, type) }
        self.bytes = Array(bytes)
    }
}
