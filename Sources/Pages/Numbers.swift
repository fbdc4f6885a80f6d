import ReferralGroup

/// Figures as people read them: thousands apart, a true minus, a dash for none.
enum Numbers {
    /// A thin space divides thousands, so that 1 200.00 is read alike everywhere.
    private static let divider = "\u{202F}"

    static func text(_ figure: Figure?) -> String {
        guard let figure else { return "–" }
        let digits = figure.description.utf8.drop { $0 == UInt8(ascii: "-") }
        let parts = digits.split(separator: UInt8(ascii: "."), maxSplits: 1)
        var whole = ""
        let integer = Array(parts.first ?? digits)
        for (index, digit) in integer.enumerated() {
            if index > 0, (integer.count - index) % 3 == 0 { whole += divider }
            whole.unicodeScalars.append(UnicodeScalar(digit))
        }
        let decimals = parts.count > 1 ? "." + String(decoding: Array(parts[1]), as: UTF8.self) : ""
        return (figure.isNegative ? "\u{2212}" : "") + whole + decimals
    }

    /// A ratio as a percentage of one decimal, rounded half away from zero: 1.3943 is +139.4 %.
    static func percent(_ ratio: Figure?) -> String {
        guard let ratio, ratio.scale >= 3 else { return text(ratio) }
        var divisor: Int128 = 1
        for _ in 0..<(ratio.scale - 3) { divisor *= 10 }
        let half = divisor / 2
        let rounded = (ratio.unscaled < 0 ? ratio.unscaled - half : ratio.unscaled + half) / divisor
        let sign = rounded > 0 ? "+" : ""
        return sign + text(Figure(unscaled: rounded, scale: 1)) + "\u{202F}%"
    }
}
