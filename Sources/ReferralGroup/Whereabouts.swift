/// Where somebody is reached, in the one form of all in which it is written.
package struct Whereabouts: Hashable, Sendable {
    package enum Kind: String, Sendable {
        case email, phone
    }

    package let kind: Kind
    /// An address in small letters, or the digits that a number has of its own.
    package let normal: String

    /// Nil for what is neither an address nor a number of five digits or more.
    package init?(_ text: String) {
        if text.contains("@") {
            kind = .email
            normal = FoldedName(text).text
        } else {
            kind = .phone
            normal = Self.ownDigits(of: text)
            guard normal.utf8.count >= 5 else { return nil }
        }
    }

    /// The digits without the way abroad, the country and the zero before the area, as `app.own_digits` has them.
    private static func ownDigits(of text: String) -> String {
        let dialled = text.replacing("(0)", with: "").unicodeScalars.filter {
            ("0"..."9").contains($0) || $0 == "+"
        }
        let digits = String(String.UnicodeScalarView(dialled.filter { $0 != "+" }))
        guard dialled.first == "+" || digits.hasPrefix("00") else { return String(digits.drop { $0 == "0" }) }
        let abroad = digits.drop { $0 == "0" }
        return String(abroad.dropFirst(countryDigits(abroad)).drop { $0 == "0" })
    }

    /// How many digits the country of a number has.
    private static func countryDigits(_ digits: Substring) -> Int {
        let (first, second) = (digits.first ?? "0", digits.dropFirst().first ?? "0")
        return switch first {
        case "1", "7": 1
        case "2": "07".contains(second) ? 2 : 3
        case "3": "0123469".contains(second) ? 2 : 3
        case "4": "013456789".contains(second) ? 2 : 3
        case "5": "12345678".contains(second) ? 2 : 3
        case "6": "0123456".contains(second) ? 2 : 3
        case "8": "1246".contains(second) ? 2 : 3
        case "9": "0123458".contains(second) ? 2 : 3
        default: 3
        }
    }
}
