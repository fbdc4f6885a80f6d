/// Why somebody left, as it is counted; in words it is said beside.
package enum EndCode: String, Sendable, CaseIterable {
    case movedAway = "moved-away"
    case changedProfession = "changed-profession"
    case cost, time
    case noReturn = "no-return"
    case conflict, transfer, other

    /// As the retention report says it.
    package var words: String {
        String(rawValue.map { $0 == "-" ? " " : $0 })
    }
}
