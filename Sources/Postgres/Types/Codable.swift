// Reading and what it stands on is public, with bodies that are inlined: the compiler takes only public bodies into
// other modules, and without them every value of a row is read through tables of witnesses, which takes longer than
// the reading. Nobody outside of the package sees the module.

/// A value that can be a parameter.
public protocol PostgresEncodable: Sendable {
    /// The type it is sent as, by the number that PostgreSQL gives it.
    static var postgresType: PostgresType { get }
    /// Appends its binary form; false for NULL.
    func encode(into bytes: inout [UInt8]) throws(PostgresError) -> Bool
}

/// A value that a column can be read as; reading is total: any bytes give a value or a failure.
public protocol PostgresDecodable: Sendable {
    init(_ bytes: UnsafeRawBufferPointer, type: UInt32) throws
    init(null type: UInt32) throws
}

extension PostgresDecodable {
    @inlinable
    public init(null type: UInt32) throws {
        throw DecodingFailure(reason: "it is NULL, which \(Self.self) cannot be")
    }

    @usableFromInline
    static func failure(_ bytes: UnsafeRawBufferPointer, _ type: UInt32) -> DecodingFailure {
        DecodingFailure(reason: "\(bytes.count) bytes of type \(type) are no \(Self.self)")
    }
}

package typealias PostgresCodable = PostgresEncodable & PostgresDecodable

/// A type of the program that travels as one of PostgreSQL's.
public protocol PostgresMappable: PostgresEncodable, PostgresDecodable {
    associatedtype PostgresValue: PostgresEncodable & PostgresDecodable
    init?(postgres value: PostgresValue)
    var postgres: PostgresValue { get }
}

extension PostgresMappable {
    @inlinable public static var postgresType: PostgresType {
        PostgresValue.postgresType
    }

    @inlinable
    public func encode(into bytes: inout [UInt8]) throws(PostgresError) -> Bool {
        try postgres.encode(into: &bytes)
    }

    @inlinable
    public init(_ bytes: UnsafeRawBufferPointer, type: UInt32) throws {
        let value = try PostgresValue(bytes, type: type)
        guard let mapped = Self(postgres: value) else {
            throw DecodingFailure(reason: "the value is no \(Self.self)")
        }
        self = mapped
    }
}

/// A type by its object identifier, which PostgreSQL's own types keep for ever, and that of its arrays.
public struct PostgresType: Hashable, Sendable {
    let oid: UInt32
    let arrayOID: UInt32

    static let bool = PostgresType(oid: 16, arrayOID: 1000)
    static let bytea = PostgresType(oid: 17, arrayOID: 1001)
    static let int8 = PostgresType(oid: 20, arrayOID: 1016)
    static let int2 = PostgresType(oid: 21, arrayOID: 1005)
    static let int4 = PostgresType(oid: 23, arrayOID: 1007)
    static let text = PostgresType(oid: 25, arrayOID: 1009)
    static let float8 = PostgresType(oid: 701, arrayOID: 1022)
    static let date = PostgresType(oid: 1082, arrayOID: 1182)
    static let time = PostgresType(oid: 1083, arrayOID: 1183)
    static let timestamptz = PostgresType(oid: 1184, arrayOID: 1185)
    static let numeric = PostgresType(oid: 1700, arrayOID: 1231)
    static let uuid = PostgresType(oid: 2950, arrayOID: 2951)
    static let jsonb = PostgresType(oid: 3802, arrayOID: 3807)
}

extension Optional: PostgresEncodable where Wrapped: PostgresEncodable {
    @inlinable public static var postgresType: PostgresType {
        Wrapped.postgresType
    }

    @inlinable
    public func encode(into bytes: inout [UInt8]) throws(PostgresError) -> Bool {
        guard let self else { return false }
        return try self.encode(into: &bytes)
    }
}

extension Optional: PostgresDecodable where Wrapped: PostgresDecodable {
    @inlinable
    public init(_ bytes: UnsafeRawBufferPointer, type: UInt32) throws {
        self = try Wrapped(bytes, type: type)
    }

    @inlinable
    public init(null type: UInt32) throws {
        self = nil
    }
}
