import ArgumentParser
import ReferralGroup

// The words of the domain are read by the domain; here they only become arguments.
extension Chapter.Slug: @retroactive ExpressibleByArgument {}
extension Currency: @retroactive ExpressibleByArgument {}
extension EmailAddress: @retroactive ExpressibleByArgument {}
extension Instant: @retroactive ExpressibleByArgument {}
extension LocalDate: @retroactive ExpressibleByArgument {}
extension LocalTime: @retroactive ExpressibleByArgument {}
extension Month: @retroactive ExpressibleByArgument {}
extension PartyName: @retroactive ExpressibleByArgument {
    package init?(argument: String) {
        self.init(argument)
    }
}
extension SlipID: @retroactive ExpressibleByArgument {}
extension ActivityKind: @retroactive ExpressibleByArgument {}
extension Mark: @retroactive ExpressibleByArgument {
    package init?(argument: String) {
        self.init(argument)
    }
}
extension Meeting.Kind: @retroactive ExpressibleByArgument {}
extension OfficeRole: @retroactive ExpressibleByArgument {}
extension Referral.Step: @retroactive ExpressibleByArgument {}
extension VisitKind: @retroactive ExpressibleByArgument {}
extension VisitorStatus: @retroactive ExpressibleByArgument {}
extension Weekday: @retroactive ExpressibleByArgument {}

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
        let parts = argument.utf8.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, let key = String(parts[0]), let value = String(parts[1]), !key.isEmpty else { return nil }
        self.key = key
        self.value = value
    }
}
