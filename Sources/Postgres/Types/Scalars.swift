extension FixedWidthInteger {
    func appendBigEndian(to bytes: inout [UInt8]) {
        withUnsafeBytes(of: bigEndian) { bytes.append(contentsOf: $0) }
    }

    /// Overwrites bytes that are there.
    func storeBigEndian(in bytes: inout [UInt8], at offset: Int) {
        bytes.withUnsafeMutableBytes { $0.storeBytes(of: bigEndian, toByteOffset: offset, as: Self.self) }
    }

    /// The number in exactly as many bytes as it takes.
    init?(bigEndianBytes bytes: UnsafeRawBufferPointer) {
        guard bytes.count == Self.bitWidth / 8 else { return nil }
        self.init(bigEndian: bytes.loadUnaligned(as: Self.self))
    }

    /// Any of the server's integers, where it fits.
    init(integer bytes: UnsafeRawBufferPointer, type: UInt32) throws {
        let wide: Int64? =
            switch type {
            case PostgresType.int2.oid: Int16(bigEndianBytes: bytes).map { Int64($0) }
            case PostgresType.int4.oid: Int32(bigEndianBytes: bytes).map { Int64($0) }
            case PostgresType.int8.oid: Int64(bigEndianBytes: bytes)
            default: nil
            }
        guard let wide, let value = Self(exactly: wide) else {
            throw DecodingFailure(reason: "\(bytes.count) bytes of type \(type) are no \(Self.self)")
        }
        self = value
    }
}

extension Int16: PostgresEncodable, PostgresDecodable {
    public static var postgresType: PostgresType { .int2 }

    public func encode(into bytes: inout [UInt8]) -> Bool {
        appendBigEndian(to: &bytes)
        return true
    }

    public init(_ bytes: UnsafeRawBufferPointer, type: UInt32) throws {
        try self.init(integer: bytes, type: type)
    }
}

extension Int32: PostgresEncodable, PostgresDecodable {
    public static var postgresType: PostgresType { .int4 }

    public func encode(into bytes: inout [UInt8]) -> Bool {
        appendBigEndian(to: &bytes)
        return true
    }

    public init(_ bytes: UnsafeRawBufferPointer, type: UInt32) throws {
        try self.init(integer: bytes, type: type)
    }
}

extension Int64: PostgresEncodable, PostgresDecodable {
    public static var postgresType: PostgresType { .int8 }

    public func encode(into bytes: inout [UInt8]) -> Bool {
        appendBigEndian(to: &bytes)
        return true
    }

    public init(_ bytes: UnsafeRawBufferPointer, type: UInt32) throws {
        try self.init(integer: bytes, type: type)
    }
}

extension Int: PostgresEncodable, PostgresDecodable {
    public static var postgresType: PostgresType { .int8 }

    public func encode(into bytes: inout [UInt8]) -> Bool {
        Int64(self).appendBigEndian(to: &bytes)
        return true
    }

    public init(_ bytes: UnsafeRawBufferPointer, type: UInt32) throws {
        try self.init(integer: bytes, type: type)
    }
}

extension Bool: PostgresEncodable, PostgresDecodable {
    public static var postgresType: PostgresType { .bool }

    public func encode(into bytes: inout [UInt8]) -> Bool {
        bytes.append(self ? 1 : 0)
        return true
    }

    public init(_ bytes: UnsafeRawBufferPointer, type: UInt32) throws {
        guard type == PostgresType.bool.oid, bytes.count == 1, bytes[0] <= 1 else {
            throw Self.failure(bytes, type)
        }
        self = bytes[0] == 1
    }
}

extension Double: PostgresEncodable, PostgresDecodable {
    public static var postgresType: PostgresType { .float8 }

    public func encode(into bytes: inout [UInt8]) -> Bool {
        bitPattern.appendBigEndian(to: &bytes)
        return true
    }

    public init(_ bytes: UnsafeRawBufferPointer, type: UInt32) throws {
        guard type == PostgresType.float8.oid, let pattern = UInt64(bigEndianBytes: bytes) else {
            throw Self.failure(bytes, type)
        }
        self.init(bitPattern: pattern)
    }
}
