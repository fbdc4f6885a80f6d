/// A gathering of a chapter on one day of its calendar.
package struct Meeting: Hashable, Sendable {
    package typealias ID = Identifier<Meeting, Int64>

    package let id: ID
    package let date: LocalDate
    package let startsAt: Instant
    package let minutes: Int
    package let kind: Kind
    package let status: Status
    package let place: String?

    package init(
        id: ID,
        date: LocalDate,
        startsAt: Instant,
        minutes: Int,
        kind: Kind,
        status: Status,
        place: String?
    ) {
        self.id = id
        self.date = date
        self.startsAt = startsAt
        self.minutes = minutes
        self.kind = kind
        self.status = status
        self.place = place
    }

    package enum Kind: String, Sendable, CaseIterable {
        case regular, training, social, leadership
    }

    package enum Status: String, Sendable, CaseIterable {
        case scheduled, open, sealed, cancelled, holiday
    }
}

/// How a member attended a meeting; the raw value is the word the database keeps.
package enum Mark: String, Sendable, CaseIterable, LosslessStringConvertible {
    case present, absent, late, medical, substitute

    /// The letter of the sheet: P A L M S.
    package var letter: String {
        switch self {
        case .present: "P"
        case .absent: "A"
        case .late: "L"
        case .medical: "M"
        case .substitute: "S"
        }
    }

    /// Reads the letter, in either case, or the whole word.
    package init?(_ text: String) {
        let folded = text.lowercased()
        guard
            let mark = Self.allCases.first(where: {
                $0.rawValue == folded || $0.letter.lowercased() == folded
            })
        else {
            return nil
        }
        self = mark
    }

    package var description: String {
        letter
    }
}

/// One line of a meeting sheet: who, how, and who stood in.
package struct SheetLine: Hashable, Sendable {
    package let member: Membership.ID
    package let name: String
    package let mark: Mark?
    package let standIn: String?
    package let isOnLeave: Bool

    package init(member: Membership.ID, name: String, mark: Mark?, standIn: String?, isOnLeave: Bool) {
        self.member = member
        self.name = name
        self.mark = mark
        self.standIn = standIn
        self.isOnLeave = isOnLeave
    }
}
