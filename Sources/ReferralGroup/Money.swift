/// An ISO 4217 currency code, three capital letters.
package struct Currency: Hashable, Sendable, LosslessStringConvertible {
    package let code: String

    package init?(_ text: String) {
        guard text.utf8.count == 3, text.utf8.allSatisfy({ (65...90).contains($0) }) else { return nil }
        code = text
    }

    package var description: String {
        code
    }

    /// How many decimals the currency prints (ISO 4217), 2 unless listed here.
    ///
    /// The table `currency` in `Schema/Data` holds the same; a test compares the two.
    package var decimals: Int {
        switch code {
        case "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND", "VUV",
            "XAF", "XOF", "XPF":
            0
        case "BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND": 3
        case "CLF", "UYW": 4
        default: 2
        }
    }
}

/// An amount in the minor units of its currency: 120000 EUR is `1200.00`.
package struct Money: Hashable, Sendable {
    package let minorUnits: Int64
    package let currency: Currency

    /// The largest amount one record may hold, in minor units; the schema has the same bound.
    package static let largest: Int64 = 1_000_000_000_000_000

    package init(minorUnits: Int64, currency: Currency) {
        self.minorUnits = minorUnits
        self.currency = currency
    }

    /// Reads `1200`, `1200.5` or `1200.50`; nil for more decimals than the currency has, or an overflow.
    package init?(_ text: String, in currency: Currency) {
        let bytes = Array(text.utf8)
        let isNegative = bytes.first == UInt8(ascii: "-")
        let parts = bytes[(isNegative ? 1 : 0)...].split(
            separator: UInt8(ascii: "."),
            omittingEmptySubsequences: false
        )
        guard parts.count <= 2, let first = parts.first, var units = Digits.value(first) else { return nil }
        let decimals = parts.count == 2 ? parts[1] : []
        guard parts.count == 1 || !decimals.isEmpty, decimals.count <= currency.decimals else { return nil }
        let padded =
            Array(decimals) + Array(repeating: UInt8(ascii: "0"), count: currency.decimals - decimals.count)
        for digit in padded {
            guard let value = Digits.value([digit]) else { return nil }
            let (tenfold, tooLarge) = units.multipliedReportingOverflow(by: 10)
            let (sum, overflow) = tenfold.addingReportingOverflow(value)
            guard !tooLarge, !overflow else { return nil }
            units = sum
        }
        self.init(minorUnits: Int64(isNegative ? -units : units), currency: currency)
    }

    /// Reads an amount as people write it: `1 200,50`, `1.200,50`, `1,200.50`, `1'200.50`.
    ///
    /// The last point or comma divides the decimals; where three digits follow the only kind there is and the currency
    /// has fewer decimals, it divides thousands, as blanks and apostrophes do. Thousands are three digits each.
    package init?(written text: String, in currency: Currency) {
        var digits: [UInt8] = []
        var marks: [(sign: UInt8, place: Int)] = []
        for scalar in Self.withoutEdges(text) {
            guard !Self.apart.contains(scalar) else {
                marks.append((UInt8(ascii: " "), digits.count))
                continue
            }
            guard let byte = UInt8(exactly: scalar.value), byte < 0x80 else { return nil }
            if byte == UInt8(ascii: ".") || byte == UInt8(ascii: ",") {
                marks.append((byte, digits.count))
            } else {
                digits.append(byte)
            }
        }
        let points = marks.filter { $0.sign != UInt8(ascii: " ") }
        let decimals = points.last.map { digits.count - $0.place } ?? 0
        let dividesThousands =
            Set(points.map(\.sign)).count == 1 && (points.count > 1 || decimals == 3 && currency.decimals < 3)
        let point = dividesThousands ? nil : points.last
        let end = point?.place ?? digits.count
        let thousands = point.map { point in marks.filter { $0 != point } } ?? marks
        guard thousands.allSatisfy({ $0.sign == thousands[0].sign && $0.sign != point?.sign }),
            Self.divide(thousands.map(\.place), from: digits.first == UInt8(ascii: "-") ? 1 : 0, to: end)
        else { return nil }
        let whole = String(decoding: digits[..<end], as: UTF8.self)
        let part = String(decoding: digits[end...], as: UTF8.self)
        self.init(point == nil ? whole : "\(whole).\(part)", in: currency)
    }

    private static let apart: Set<Unicode.Scalar> = [" ", "\u{A0}", "\u{202F}", "\u{2009}", "'", "\u{2019}"]

    private static func withoutEdges(_ text: String) -> Substring.UnicodeScalarView {
        var scalars = text.unicodeScalars[...]
        while let first = scalars.first, apart.contains(first) { scalars.removeFirst() }
        while let last = scalars.last, apart.contains(last) { scalars.removeLast() }
        return scalars
    }

    /// Whether three digits follow each of these places, and one to three stand before the first.
    private static func divide(_ places: [Int], from start: Int, to end: Int) -> Bool {
        guard let first = places.first else { return true }
        return (1...3).contains(first - start)
            && places.enumerated().allSatisfy { end - $1 == 3 * (places.count - $0) }
    }

    /// The amount without its currency: `1200.00`.
    package var amount: String {
        Figure(unscaled: Int128(minorUnits), scale: currency.decimals).description
    }
}
