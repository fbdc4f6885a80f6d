import ReferralGroup

/// The kinds of slips by the words that exports use for them.
enum SlipType: String, CustomStringConvertible {
    case referral = "Referral"
    case oneToOne = "One-to-One"
    case thanks = "TYFCB"
    case education = "CEU"
    case visitor = "Visitor"

    init?(heading: String) {
        switch heading {
        case "referral", "ref": self = .referral
        case "one-to-one", "one to one", "oto", "1to1", "1-to-1", "1 to 1", "1-2-1": self = .oneToOne
        case "tyfcb", "thank you for closed business", "closed business": self = .thanks
        case "ceu": self = .education
        case "visitor": self = .visitor
        default: return nil
        }
    }

    var description: String { rawValue }
}

/// How exports write the tier of a referral.
enum Tier {
    /// 1 for `Tier 1 (inside)` or `inside`, 2 for `Tier 2 (outside)` or `outside`, 3 to 9 for `Tier 3`, `Tier 3+`.
    static func number(_ heading: String) -> Int? {
        let parts = heading.split(separator: " ").map(String.init)
        switch parts.count {
        case 1: return parts[0] == "inside" ? 1 : parts[0] == "outside" ? 2 : nil
        case 2...3 where parts[0] == "tier":
            let digits = parts[1].utf8.last == UInt8(ascii: "+") ? parts[1].dropLast() : parts[1][...]
            guard digits.utf8.count == 1, let tier = Int(digits), tier > 0 else { return nil }
            guard parts.count == 3 else { return tier }
            return parts[2] == (tier == 1 ? "(inside)" : "(outside)") ? tier : nil
        default: return nil
        }
    }
}

/// Reads the numbers of a report as strictly as money deserves.
enum StrictNumber {
    /// The largest amount one record may hold, whatever the currency's decimals.
    static let largestAmount = Money.largest / 100
    /// More hours, or more of anything that is counted, are a slip of the keyboard.
    static let mostHours: Int64 = 1_000
    static let largestFigure: Int64 = 1_000_000

    struct Refusal: Error {
        let message: String
    }

    /// A number that is not negative, with a dot and at most two decimals behind it, and at most `largest`.
    static func read(
        _ written: String,
        called name: String,
        largest: Int64
    ) -> Result<ExactDecimal, Refusal> {
        let text = written.trimmedBytes
        let fraction = text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).dropFirst()
        guard !text.isEmpty else {
            return .failure(Refusal(message: "the \(name) is missing"))
        }
        guard text.first != UInt8(ascii: "-") else {
            return .failure(Refusal(message: "\(quoted(written)): the \(name) cannot be negative"))
        }
        guard !text.contains(UInt8(ascii: ",")) else {
            return .failure(
                Refusal(
                    message:
                        "\(quoted(written)): write the \(name) without commas and with a dot, as in 1234.50"
                )
            )
        }
        guard text.allSatisfy({ $0.isDigit || $0 == UInt8(ascii: ".") }), fraction.count <= 1 else {
            return .failure(Refusal(message: "\(quoted(written)) is no number"))
        }
        guard fraction.first.map({ (1...2).contains($0.count) }) ?? true else {
            return .failure(
                Refusal(message: "\(quoted(written)): the \(name) has one or two decimals behind its dot")
            )
        }
        guard text.first?.isDigit == true else {
            return .failure(Refusal(message: "\(quoted(written)) is no number"))
        }
        guard let number = ExactDecimal(written), let hundredths = number.minorUnits(digits: 2),
            hundredths / 100 < largest || hundredths == largest * 100
        else {
            return .failure(Refusal(message: "the \(name) is too large"))
        }
        return .success(number)
    }
}

/// What a cell holds, fit for a message: short, and on one line.
func quoted(_ written: String) -> String {
    let scalars = written.trimmed.unicodeScalars
    let shown = String(
        String.UnicodeScalarView(
            scalars.prefix(40).map { $0.properties.generalCategory == .control ? " " : $0 }
        )
    )
    return "“\(shown)\(scalars.count > 40 ? "…" : "")”"
}
