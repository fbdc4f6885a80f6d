import Glibc

/// A number of 128 bits that nobody else has, written `01890a5d-ac96-774b-bcce-b302099a8057`.
package struct UUID: Hashable, Sendable, Comparable, LosslessStringConvertible {
    package let high: UInt64
    package let low: UInt64

    package init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// Random, of version 4.
    package static func random() -> UUID {
        var generator = SystemRandomNumberGenerator()
        return random(using: &generator)
    }

    package static func random(using generator: inout some RandomNumberGenerator) -> UUID {
        UUID(
            high: generator.next() & 0xffff_ffff_ffff_0fff | 0x4000,
            low: generator.next() & 0x3fff_ffff_ffff_ffff | 0x8000_0000_0000_0000
        )
    }

    /// Ordered by the time it was made, of version 7.
    package static func timeOrdered() -> UUID {
        var now = timespec()
        clock_gettime(CLOCK_REALTIME, &now)
        let milliseconds = UInt64(clamping: now.tv_sec) &* 1_000 &+ UInt64(clamping: now.tv_nsec / 1_000_000)
        var generator = SystemRandomNumberGenerator()
        return timeOrdered(milliseconds: milliseconds, using: &generator)
    }

    package static func timeOrdered(
        milliseconds: UInt64,
        using generator: inout some RandomNumberGenerator
    ) -> UUID {
        UUID(
            high: milliseconds << 16 | generator.next() & 0x0fff | 0x7000,
            low: generator.next() & 0x3fff_ffff_ffff_ffff | 0x8000_0000_0000_0000
        )
    }

    package init?(_ text: String) {
        var digits: [UInt64] = []
        for (index, byte) in text.utf8.enumerated() {
            guard index < 36 else { return nil }
            switch (index, byte) {
            case (8, 0x2d), (13, 0x2d), (18, 0x2d), (23, 0x2d): continue
            case (8, _), (13, _), (18, _), (23, _): return nil
            case (_, 0x30...0x39): digits.append(UInt64(byte - 0x30))
            case (_, 0x41...0x46): digits.append(UInt64(byte - 0x37))
            case (_, 0x61...0x66): digits.append(UInt64(byte - 0x57))
            default: return nil
            }
        }
        guard digits.count == 32 else { return nil }
        high = digits[..<16].reduce(0) { $0 << 4 | $1 }
        low = digits[16...].reduce(0) { $0 << 4 | $1 }
    }

    package var description: String {
        let hexadecimal = Array("0123456789abcdef".utf8)
        var bytes: [UInt8] = []
        for digit in 0..<32 {
            if [8, 12, 16, 20].contains(digit) { bytes.append(0x2d) }
            let half = digit < 16 ? high : low
            bytes.append(hexadecimal[Int(half >> UInt64(60 - digit % 16 * 4) & 15)])
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    package static func < (one: UUID, other: UUID) -> Bool {
        (one.high, one.low) < (other.high, other.low)
    }
}

extension UUID: PostgresEncodable, PostgresDecodable {
    package static var postgresType: PostgresType { .uuid }

    package func encode(into bytes: inout [UInt8]) -> Bool {
        high.appendBigEndian(to: &bytes)
        low.appendBigEndian(to: &bytes)
        return true
    }

    package init(_ bytes: UnsafeRawBufferPointer, type: UInt32) throws {
        guard type == PostgresType.uuid.oid, bytes.count == 16,
            let high = UInt64(bigEndianBytes: UnsafeRawBufferPointer(rebasing: bytes[..<8])),
            let low = UInt64(bigEndianBytes: UnsafeRawBufferPointer(rebasing: bytes[8...]))
        else { throw Self.failure(bytes, type) }
        self.init(high: high, low: low)
    }
}
