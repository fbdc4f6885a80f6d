/// A kind of entry of the ledger, by the word with which it is named everywhere.
package enum EntryKind: String, CaseIterable, Sendable {
    case referral, thanks
    case oneToOne = "one-to-one"
    case testimonial, introduction, education, visitor, activity
}

extension EntryKind: LosslessStringConvertible {
    package init?(_ text: String) {
        self.init(rawValue: text)
    }

    package var description: String {
        rawValue
    }
}

/// An entry of the ledger that was wrong: it was taken out, is kept, and another may have taken its place.
package struct Correction: Sendable {
    package let id: SlipID
    package let kind: EntryKind
    package let slip: SlipID
    package let replacement: SlipID?
    /// The day on which the entry counted.
    package let day: LocalDate
    /// What it said, without who earned.
    package let was: String
    package let at: Instant
    /// Nil is the operator's shell.
    package let by: String?
    package let reason: String

    package init(
        id: SlipID,
        kind: EntryKind,
        slip: SlipID,
        replacement: SlipID?,
        day: LocalDate,
        was: String,
        at: Instant,
        by: String?,
        reason: String
    ) {
        self.id = id
        self.kind = kind
        self.slip = slip
        self.replacement = replacement
        self.day = day
        self.was = was
        self.at = at
        self.by = by
        self.reason = reason
    }
}

extension TableShape {
    /// Beside the entries of every report: those that were taken out of it, with who did and why.
    package static let corrections = TableShape(
        "corrections",
        "Corrections",
        columns: [
            Column("slip", "Kind", .text, ""),
            Column("day", "Day", .day, "on which the entry counted"),
            Column("was", "Was", .text, "what the entry said that was taken out"),
            Column(
                "is_replaced",
                "Replaced",
                .truth,
                "whether another took its place; it stands among the entries"
            ),
            Column("reason", "Reason", .text, ""),
            Column("by", "By", .text, "nobody is the operator’s shell"),
            Column("at", "When", .text, ""),
            Column("slip_id", "Entry", .text, ""),
            Column("replacement_id", "Replaced by", .text, ""),
        ]
    )
}
