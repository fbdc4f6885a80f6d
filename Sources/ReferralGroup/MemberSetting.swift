/// What can be changed of a member; the raw value is its word at the shell.
package enum MemberSetting: String, Sendable, CaseIterable {
    case email, seat, company, renews, mentor
    case sharesFigures = "shares-figures"
    case margin
    case valueOfHour = "value-of-hour"

    /// Whether it is the member's own to decide, and nobody else's (domain page §5).
    package var isPrivate: Bool {
        switch self {
        case .sharesFigures, .margin, .valueOfHour: true
        case .email, .seat, .company, .renews, .mentor: false
        }
    }
}
