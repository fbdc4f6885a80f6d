extension Array: PostgresEncodable where Element: PostgresEncodable {
    public static var postgresType: PostgresType {
        PostgresType(oid: Element.postgresType.arrayOID, arrayOID: 0)
    }

    public func encode(into bytes: inout [UInt8]) throws(PostgresError) -> Bool {
        guard let length = Int32(exactly: count) else {
            throw PostgresError(.refused, .numericOutOfRange, "the array is too long")
        }
        Int32(isEmpty ? 0 : 1).appendBigEndian(to: &bytes)
        Int32(1).appendBigEndian(to: &bytes)
        Element.postgresType.oid.appendBigEndian(to: &bytes)
        guard !isEmpty else { return true }
        length.appendBigEndian(to: &bytes)
        Int32(1).appendBigEndian(to: &bytes)
        for element in self {
            var value: [UInt8] = []
            if try element.encode(into: &value) {
                Int32(clamping: value.count).appendBigEndian(to: &bytes)
                bytes += value
            } else {
                Int32(-1).appendBigEndian(to: &bytes)
            }
        }
        return true
    }
}

extension Array: PostgresDecodable where Element: PostgresDecodable {
    /// An array of one dimension, or an empty one.
    public init(_ bytes: UnsafeRawBufferPointer, type: UInt32) throws {
        var rest = bytes[...]
        func next() throws -> Int32 {
            guard rest.count >= 4,
                let value = Int32(bigEndianBytes: UnsafeRawBufferPointer(rebasing: rest.prefix(4)))
            else {
                throw Self.failure(bytes, type)
            }
            rest = rest.dropFirst(4)
            return value
        }
        let dimensions = try next()
        _ = try next()
        let element = UInt32(bitPattern: try next())
        guard dimensions == 1 else {
            guard dimensions == 0, rest.isEmpty else { throw Self.failure(bytes, type) }
            self = []
            return
        }
        let count = try next()
        _ = try next()
        // Every element takes four bytes at least: a larger count lies.
        guard count >= 0, Int(count) <= rest.count / 4 else { throw Self.failure(bytes, type) }
        var elements: [Element] = []
        elements.reserveCapacity(Int(count))
        for _ in 0..<count {
            let length = try next()
            if length == -1 {
                elements.append(try Element(null: element))
            } else {
                guard length >= 0, Int(length) <= rest.count else { throw Self.failure(bytes, type) }
                let value = rest.prefix(Int(length))
                elements.append(try Element(UnsafeRawBufferPointer(rebasing: value), type: element))
                rest = rest.dropFirst(Int(length))
            }
        }
        guard rest.isEmpty else { throw Self.failure(bytes, type) }
        self = elements
    }
}
