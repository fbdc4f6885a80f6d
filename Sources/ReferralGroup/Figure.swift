/// An exact decimal of a report: it prints as many digits after the point as it was computed to.
///
/// Figures are computed and rounded by PostgreSQL; here they are only carried and written.
package struct Figure: Hashable, Sendable, CustomStringConvertible {
    package let unscaled: Int128
    /// Digits after the point, 0 to 38.
    package let scale: Int

    package init(unscaled: Int128, scale: Int) {
        self.unscaled = unscaled
        self.scale = min(max(scale, 0), 38)
    }

    package init(_ whole: some BinaryInteger) {
        self.init(unscaled: Int128(clamping: whole), scale: 0)
    }

    /// The same at once: reports have many counts.
    package init(_ whole: Int) {
        self.init(unscaled: Int128(whole), scale: 0)
    }

    package var isZero: Bool {
        unscaled == 0
    }

    package var isNegative: Bool {
        unscaled < 0
    }

    /// The nearest binary number, for the geometry of charts only.
    package var approximately: Double {
        var divisor = 1.0
        for _ in 0..<scale { divisor *= 10 }
        return Double(unscaled) / divisor
    }

    package var description: String {
        var bytes: [UInt8] = []
        write(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Appends what `description` says.
    package func write(to bytes: inout [UInt8]) {
        if unscaled < 0 { bytes.append(UInt8(ascii: "-")) }
        let magnitude = unscaled.magnitude
        // Reports have thousands of figures, and dividing 128 bits takes many times as long.
        if let short = UInt64(exactly: magnitude) {
            write(short, to: &bytes)
        } else {
            write(magnitude, to: &bytes)
        }
    }

    private func write(_ magnitude: some UnsignedInteger & FixedWidthInteger, to bytes: inout [UInt8]) {
        // 38 decimals, or 39 digits, the point and a zero before it; written from behind.
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 48) { digits in
            var (rest, written, first) = (magnitude, 0, digits.count)
            func put(_ byte: UInt8) {
                first -= 1
                digits.initializeElement(at: first, to: byte)
            }
            repeat {
                if written == scale, scale > 0 { put(UInt8(ascii: ".")) }
                let (tenth, digit) = rest.quotientAndRemainder(dividingBy: 10)
                put(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: digit))
                rest = tenth
                written += 1
            } while rest > 0 || written <= scale
            bytes.append(contentsOf: digits[first...])
        }
    }
}

extension Figure {
    /// Reads `12`, `0.5` or `-3.25`; nil for more than 18 digits or anything else.
    package init?(_ text: String) {
        let bytes = Array(text.utf8)
        let isNegative = bytes.first == UInt8(ascii: "-")
        let parts = bytes[(isNegative ? 1 : 0)...].split(
            separator: UInt8(ascii: "."),
            omittingEmptySubsequences: false
        )
        guard parts.count <= 2, let whole = parts.first, !whole.isEmpty else { return nil }
        let decimals = parts.count == 2 ? parts[1] : []
        guard parts.count == 1 || !decimals.isEmpty, whole.count + decimals.count <= 18,
            let value = Digits.value(ArraySlice(Array(whole) + Array(decimals)))
        else { return nil }
        self.init(unscaled: Int128(isNegative ? -value : value), scale: decimals.count)
    }

    /// A part of the whole as `40%` or `12.5%`.
    package var percent: String {
        var hundredth = Figure(unscaled: unscaled, scale: scale)
        while hundredth.scale < 2 {
            hundredth = Figure(unscaled: hundredth.unscaled &* 10, scale: hundredth.scale + 1)
        }
        hundredth = Figure(unscaled: hundredth.unscaled, scale: hundredth.scale - 2)
        while hundredth.scale > 0, hundredth.unscaled % 10 == 0 {
            hundredth = Figure(unscaled: hundredth.unscaled / 10, scale: hundredth.scale - 1)
        }
        return "\(hundredth)%"
    }

    /// Reads `40%` or `12.5%` as a part of the whole; nil outside 0% to 100%.
    package init?(percent text: String) {
        guard text.utf8.last == UInt8(ascii: "%"), let number = Figure(String(text.dropLast())) else {
            return nil
        }
        let scale = number.scale + 2
        var whole: Int128 = 1
        for _ in 0..<scale { whole *= 10 }
        guard scale <= 6, !number.isNegative, number.unscaled <= whole else { return nil }
        self.init(unscaled: number.unscaled, scale: scale)
    }
}
