import ReferralGroup

/// Figures as people read them: thousands apart, a true minus, a dash for none.
enum Numbers {
    /// A thin space divides thousands, so that 1 200.00 is read alike everywhere.
    private static let divider = "\u{202F}"

    static func text(_ figure: Figure?) -> Numeral {
        guard let figure else { return Numeral("–") }
        let digits = figure.description.utf8.drop { $0 == UInt8(ascii: "-") }
        let parts = digits.split(separator: UInt8(ascii: "."), maxSplits: 1)
        var whole = ""
        let integer = Array(parts.first ?? digits)
        for (index, digit) in integer.enumerated() {
            if index > 0, (integer.count - index) % 3 == 0 { whole += divider }
            whole.unicodeScalars.append(UnicodeScalar(digit))
        }
        let decimals = parts.count > 1 ? "." + String(decoding: Array(parts[1]), as: UTF8.self) : ""
        return Numeral((figure.isNegative ? "\u{2212}" : "") + whole + decimals)
    }

    /// A figure with no more decimals than it needs: 2.50 is 2.5.
    static func short(_ figure: Figure) -> Numeral {
        var figure = figure
        while figure.scale > 0, figure.unscaled % 10 == 0 {
            figure = Figure(unscaled: figure.unscaled / 10, scale: figure.scale - 1)
        }
        return text(figure)
    }

    /// A figure with fewer decimals than it has, rounded half away from zero.
    static func rounded(_ figure: Figure?, to decimals: Int) -> Numeral {
        guard let figure, figure.scale > decimals else { return text(figure) }
        var divisor: Int128 = 1
        for _ in 0..<(figure.scale - decimals) { divisor *= 10 }
        let (quotient, remainder) = figure.unscaled.quotientAndRemainder(dividingBy: divisor)
        let isHalf = remainder.magnitude >= divisor.magnitude / 2
        let unscaled = isHalf ? quotient + figure.unscaled.signum() : quotient
        return text(Figure(unscaled: unscaled, scale: decimals))
    }

    /// A part of a whole as a percentage of one decimal: 0.956 is 95.6 %.
    static func share(_ ratio: Figure?) -> Numeral {
        guard let ratio, ratio.scale >= 2 else { return text(ratio) }
        return rounded(Figure(unscaled: ratio.unscaled, scale: ratio.scale - 2), to: 1).percent
    }

    /// A part of a whole as a percentage with all its decimals: 1.3943 is 139.43 %.
    static func exactShare(_ ratio: Figure?) -> Numeral {
        guard let ratio, ratio.scale >= 2 else { return text(ratio) }
        return text(Figure(unscaled: ratio.unscaled, scale: ratio.scale - 2)).percent
    }

    /// A ratio as a percentage of one decimal: 1.3943 is +139.4 %, and what rounds to zero has no sign.
    static func percent(_ ratio: Figure?) -> Numeral {
        guard let ratio, ratio.scale >= 2 else { return text(ratio) }
        let percentage = rounded(Figure(unscaled: ratio.unscaled, scale: ratio.scale - 2), to: 1)
        let isZero = !percentage.description.utf8.contains {
            (UInt8(ascii: "1")...UInt8(ascii: "9")).contains($0)
        }
        let sign = ratio.unscaled > 0 && !isZero ? "+" : ""
        return Numeral(sign + percentage.percent.description)
    }
}

extension Numeral {
    fileprivate var percent: Numeral {
        Numeral(description + "\u{202F}%")
    }
}

extension Numbers {
    /// An amount with its currency: `1 200.00 EUR`.
    static func text(_ money: Money) -> HTML {
        "\(text(Figure(unscaled: Int128(money.minorUnits), scale: money.currency.decimals)))\u{A0}\(money.currency)"
    }
}
