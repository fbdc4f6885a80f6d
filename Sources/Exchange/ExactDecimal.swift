import ReferralGroup

/// A decimal number exactly as a file writes it: digits, and at most one dot.
///
/// No binary fraction is ever involved. Separators of thousands, exponents and other signs than a leading `-`
/// are not read.
package struct ExactDecimal: Hashable, Sendable, LosslessStringConvertible {
    /// The value without its dot; `scale` says how many of the digits stand behind it.
    private let unscaled: Int64
    private let scale: Int

    /// The number that `text` writes, edge blanks aside; at most 18 digits.
    package init?(_ text: String) {
        var value: Int64 = 0
        var digits = 0
        var fraction: Int?
        var isNegative = false
        for (index, byte) in text.trimmedBytes.enumerated() {
            switch byte {
            case UInt8(ascii: "-") where index == 0:
                isNegative = true
            case UInt8(ascii: ".") where fraction == nil && digits > 0:
                fraction = 0
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                digits += 1
                guard digits <= Self.mostDigits else { return nil }
                value = value * 10 + Int64(byte - UInt8(ascii: "0"))
                fraction = fraction.map { $0 + 1 }
            default:
                return nil
            }
        }
        guard digits > 0, fraction != 0 else { return nil }
        self.init(unscaled: isNegative ? -value : value, scale: fraction ?? 0)
    }

    package init(_ whole: Int64) {
        self.init(unscaled: whole, scale: 0)
    }

    /// Trailing zeros behind the dot are dropped, so that equal numbers are equal.
    private init(unscaled: Int64, scale: Int) {
        var (unscaled, scale) = (unscaled, scale)
        while scale > 0, unscaled % 10 == 0 {
            unscaled /= 10
            scale -= 1
        }
        self.unscaled = unscaled
        self.scale = scale
    }

    private static let mostDigits = 18
    package static let zero = ExactDecimal(0)

    package var isNegative: Bool { unscaled < 0 }
    package var isZero: Bool { unscaled == 0 }

    /// How many digits behind the dot are needed to write it.
    package var fractionDigits: Int { scale }

    /// The number, if it has no fraction.
    package var whole: Int64? {
        scale == 0 ? unscaled : nil
    }

    /// The amount in units of a currency with that many decimals; nil if it has more, or is too large.
    package func minorUnits(digits: Int) -> Int64? {
        guard digits >= scale else { return nil }
        return unscaled.timesTen(toThe: digits - scale)
    }

    /// Whether text is nothing but digits, with an optional `-` before and one dot between them, however long.
    static func isNumber(_ text: String) -> Bool {
        let unsigned = text.utf8.first == UInt8(ascii: "-") ? text.utf8.dropFirst() : text.utf8[...]
        let parts = unsigned.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return (1...2).contains(parts.count) && parts.allSatisfy { !$0.isEmpty && $0.allSatisfy(\.isDigit) }
    }

    /// The shortest text that writes the number.
    package var description: String {
        guard scale > 0 else { return String(unscaled) }
        let digits = String(unscaled.magnitude)
        let padded = String(repeating: "0", count: max(0, scale + 1 - digits.utf8.count)) + digits
        let dot = padded.utf8.index(padded.endIndex, offsetBy: -scale)
        return (isNegative ? "-" : "") + padded[..<dot] + "." + padded[dot...]
    }

    /// The same number for a report.
    package var figure: Figure {
        Figure(unscaled: Int128(unscaled), scale: scale)
    }

    /// The sum; nil if it is too large.
    package func adding(_ other: ExactDecimal) -> ExactDecimal? {
        combined(with: other) { $0.addingReportingOverflow($1) }
    }

    /// The difference; nil if it is too large.
    package func subtracting(_ other: ExactDecimal) -> ExactDecimal? {
        combined(with: other) { $0.subtractingReportingOverflow($1) }
    }

    private func combined(
        with other: ExactDecimal,
        _ operation: (Int64, Int64) -> (partialValue: Int64, overflow: Bool)
    ) -> ExactDecimal? {
        let common = max(scale, other.scale)
        guard let one = minorUnits(digits: common), let two = other.minorUnits(digits: common) else {
            return nil
        }
        let (result, overflow) = operation(one, two)
        return overflow ? nil : ExactDecimal(unscaled: result, scale: common)
    }
}

extension Int64 {
    fileprivate func timesTen(toThe power: Int) -> Int64? {
        var value = self
        for _ in 0..<power {
            let (product, overflow) = value.multipliedReportingOverflow(by: 10)
            if overflow { return nil }
            value = product
        }
        return value
    }
}
