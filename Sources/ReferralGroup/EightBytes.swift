/// Eight bytes that are looked at together.
///
/// What it finds is marked by the highest bit of a byte, the first byte lowest. No sum carries from one byte into the
/// next, so that every mark is right and not only the first. It is public because the compiler takes only public bodies
/// into other modules, and a call for every eight bytes would cost more than they save.
@frozen
public struct EightBytes {
    @usableFromInline let bits: UInt64

    /// The bytes from `offset` on, which must be there.
    @inlinable
    public init(_ bytes: RawSpan, at offset: Int) {
        bits = UInt64(littleEndian: bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self))
    }

    /// Eight times the same byte.
    @inlinable
    public init(repeating byte: UInt8) {
        bits = UInt64(byte) &* 0x0101_0101_0101_0101
    }

    /// Marks the bytes that equal those of `other`.
    @inlinable
    public func marks(of other: EightBytes) -> UInt64 {
        let difference = bits ^ other.bits
        return ~((difference & 0x7F7F_7F7F_7F7F_7F7F) &+ 0x7F7F_7F7F_7F7F_7F7F | difference)
            & 0x8080_8080_8080_8080
    }

    /// Marks the bytes that are not printable ASCII.
    @inlinable
    public var unprintable: UInt64 {
        let ascii = bits & 0x7F7F_7F7F_7F7F_7F7F
        let isControl = ~(ascii &+ 0x6060_6060_6060_6060)
        let isDelete = ascii &+ 0x0101_0101_0101_0101
        return (isControl | isDelete | bits) & 0x8080_8080_8080_8080
    }

    /// The number that the first `count` bytes, 1 to 8, write; nil where one of them is no digit.
    @inlinable @inline(__always)
    public func number(ofFirst count: Int) -> Int64? {
        // The others become leading zeros.
        let missing = 64 - 8 * count
        let digits = (bits ^ 0x3030_3030_3030_3030) << missing
        guard (digits &+ 0x7676_7676_7676_7676 | digits) & 0x8080_8080_8080_8080 == 0 else { return nil }
        let pairs = (digits &* 10 &+ digits >> 8) & 0x00FF_00FF_00FF_00FF
        let fours = (pairs &* 100 &+ pairs >> 16) & 0x0000_FFFF_0000_FFFF
        return Int64((fours &* 10_000 &+ fours >> 32) & 0xFFFF_FFFF)
    }
}
