/// A `numeric`, exactly: `unscaled / 10^scale`, with at most 38 digits.
///
/// NaN and the infinities are not read.
package struct Numeric: PostgresEncodable, PostgresDecodable, Hashable {
    package let unscaled: Int128
    /// Digits after the point, as the server prints them.
    package let scale: Int

    package init(unscaled: Int128, scale: Int) {
        self.unscaled = unscaled
        self.scale = scale
    }

    package static var postgresType: PostgresType { .numeric }

    /// Groups of four decimal digits around the point, the highest first.
    package func encode(into bytes: inout [UInt8]) throws(PostgresError) -> Bool {
        guard (0...38).contains(scale) else {
            throw PostgresError(.refused, .numericOutOfRange, "a number has 0 to 38 decimals")
        }
        let padding = (4 - scale % 4) % 4
        var rest = unscaled.magnitude
        var groups: [Int16] = []
        // The lowest group is filled up with zeros behind the last decimal.
        var divisor: UInt128 = 1
        for _ in 0..<(4 - padding) % 4 { divisor *= 10 }
        if padding > 0 {
            var lowest = rest % divisor
            for _ in 0..<padding { lowest *= 10 }
            groups.append(Int16(lowest))
            rest /= divisor
        }
        while rest > 0 {
            groups.append(Int16(rest % 10_000))
            rest /= 10_000
        }
        let groupsBehindPoint = (scale + 3) / 4
        Int16(groups.count).appendBigEndian(to: &bytes)
        Int16(groups.count - groupsBehindPoint - 1).appendBigEndian(to: &bytes)
        UInt16(unscaled < 0 ? 0x4000 : 0).appendBigEndian(to: &bytes)
        Int16(scale).appendBigEndian(to: &bytes)
        for group in groups.reversed() { group.appendBigEndian(to: &bytes) }
        return true
    }

    package init(_ bytes: UnsafeRawBufferPointer, type: UInt32) throws {
        guard type == PostgresType.numeric.oid, bytes.count >= 8, bytes.count % 2 == 0 else {
            throw Self.failure(bytes, type)
        }
        func word(_ index: Int) -> UInt16 {
            UInt16(bigEndian: bytes.loadUnaligned(fromByteOffset: index * 2, as: UInt16.self))
        }
        let count = Int(word(0))
        let weight = Int(Int16(bitPattern: word(1)))
        let sign = word(2)
        let scale = Int(word(3))
        guard bytes.count == 8 + count * 2, sign == 0 || sign == 0x4000, scale <= 38, weight < 10 else {
            throw Self.failure(bytes, type)
        }
        let isNegative = sign != 0
        if count <= 4 {
            // Most numbers have up to sixteen digits: these take 64 bits.
            var short: UInt64 = 0
            for index in 0..<count {
                let group = word(4 + index)
                guard group < 10_000 else { throw Self.failure(bytes, type) }
                short = short &* 10_000 &+ UInt64(group)
            }
            if let brought = Self.short(short, by: (weight + 1 - count) * 4 + scale) {
                self.init(unscaled: isNegative ? -Int128(brought) : Int128(brought), scale: scale)
                return
            }
        }
        // The value is Σ group(i) · 10000^(weight − i); here it is brought to `scale` decimals.
        var unscaled: Int128 = 0
        for index in 0..<count {
            let group = word(4 + index)
            guard group < 10_000 else { throw Self.failure(bytes, type) }
            var exponent = (weight - index) * 4 + scale
            var value = Int128(group)
            while exponent < 0 {
                value /= 10
                exponent += 1
            }
            guard value != 0 else { continue }
            for _ in 0..<exponent {
                let (tenfold, overflow) = value.multipliedReportingOverflow(by: 10)
                guard !overflow else { throw Self.failure(bytes, type) }
                value = tenfold
            }
            let (sum, overflow) = unscaled.addingReportingOverflow(value)
            guard !overflow else { throw Self.failure(bytes, type) }
            unscaled = sum
        }
        self.init(unscaled: isNegative ? -unscaled : unscaled, scale: scale)
    }
    /// Some digits with zeros behind them, or without their last ones; nil where that takes more than 64 bits.
    private static func short(_ digits: UInt64, by exponent: Int) -> UInt64? {
        var value = digits
        guard value != 0 else { return 0 }
        if exponent < 0 {
            for _ in 0..<(-exponent) where value != 0 { value /= 10 }
            return value
        }
        for _ in 0..<exponent {
            let (tenfold, overflow) = value.multipliedReportingOverflow(by: 10)
            guard !overflow else { return nil }
            value = tenfold
        }
        return value
    }
}
