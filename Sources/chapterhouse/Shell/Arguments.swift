import ArgumentParser
import ReferralGroup

// The words of the domain are read by the domain; here they only become arguments.
extension Chapter.Slug: ExpressibleByArgument {}
extension Currency: ExpressibleByArgument {}
extension EmailAddress: ExpressibleByArgument {}
extension Instant: ExpressibleByArgument {}
extension LocalDate: ExpressibleByArgument {}
extension LocalTime: ExpressibleByArgument {}
extension Month: ExpressibleByArgument {}
extension PartyName: ExpressibleByArgument {
    package init?(argument: String) {
        self.init(argument)
    }
}
extension SlipID: ExpressibleByArgument {}
extension ActivityKind: ExpressibleByArgument {}
extension EndCode: ExpressibleByArgument {}
extension Mark: ExpressibleByArgument {
    package init?(argument: String) {
        self.init(argument)
    }
}
extension Meeting.Kind: ExpressibleByArgument {}
extension OfficeRole: ExpressibleByArgument {}
extension Referral.Step: ExpressibleByArgument {}
extension VisitKind: ExpressibleByArgument {}
extension VisitorStatus: ExpressibleByArgument {}
extension Weekday: ExpressibleByArgument {}

/// A line of text that people typed: composed, without control characters, not empty.
struct Line: ExpressibleByArgument {
    let text: String

    init?(argument: String) {
        guard let text = PlainText.line(argument), !text.isEmpty, text.utf8.count <= 2000 else { return nil }
        self.text = text
    }
}

/// `key=value`, as settings are given.
struct Setting: ExpressibleByArgument {
    let key: String
    let value: String

    init?(argument: String) {
        let parts = argument.utf8.split(
            separator: UInt8(ascii: "="),
            maxSplits: 1,
            omittingEmptySubsequences: false
        )
        guard parts.count == 2, let key = String(parts[0]), let value = String(parts[1]), !key.isEmpty else {
            return nil
        }
        self.key = key
        self.value = value
    }
}
