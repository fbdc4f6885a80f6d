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
    /// has fewer decimals, it divides thousands.
    package init?(written text: String, in currency: Currency) {
        let apart: Set<Unicode.Scalar> = [" ", "\u{A0}", "\u{202F}", "\u{2009}", "'", "\u{2019}"]
        var digits: [UInt8] = []
        var marks: [(sign: UInt8, place: Int)] = []
        for scalar in text.unicodeScalars where !apart.contains(scalar) {
            guard let byte = UInt8(exactly: scalar.value), byte < 0x80 else { return nil }
            if byte == UInt8(ascii: ".") || byte == UInt8(ascii: ",") {
                marks.append((byte, digits.count))
            } else {
                digits.append(byte)
            }
        }
        let kinds = Set(marks.map(\.sign))
        let decimals = marks.last.map { digits.count - $0.place } ?? 0
        let dividesThousands = kinds.count == 1 && (marks.count > 1 || decimals == 3 && currency.decimals < 3)
        guard kinds.count < 2 || marks.count(where: { $0.sign == marks.last?.sign }) == 1 else { return nil }
        let thousands = dividesThousands ? marks : marks.dropLast()
        let end = dividesThousands ? digits.count : marks.last?.place ?? digits.count
        // Thousands are three digits each, and something stands before the first.
        guard thousands.allSatisfy({ $0.place > 0 && (end - $0.place) % 3 == 0 && $0.place < end }) else {
            return nil
        }
        let whole = String(decoding: digits[..<end], as: UTF8.self)
        let part = String(decoding: digits[end...], as: UTF8.self)
        self.init(marks.isEmpty || dividesThousands ? whole : "\(whole).\(part)", in: currency)
    }

    /// The amount without its currency: `1200.00`.
    package var amount: String {
        Figure(unscaled: Int128(minorUnits), scale: currency.decimals).description
    }
}
