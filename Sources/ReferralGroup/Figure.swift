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
        let digits = "\(unscaled.magnitude)"
        let padded = String(repeating: "0", count: max(0, scale + 1 - digits.utf8.count)) + digits
        let sign = unscaled < 0 ? "-" : ""
        guard scale > 0 else { return sign + padded }
        return "\(sign)\(padded.dropLast(scale)).\(padded.suffix(scale))"
    }
}
