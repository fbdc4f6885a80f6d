/// What the chapter knows of a member beside the membership, as far as whoever asks may see it.
package struct MemberProfile: Sendable {
    package let sponsor: String?
    package let mentor: String?
    package let mentorID: Membership.ID?
    package let mentorPerson: Person.ID?
    package let endCode: EndCode?
    /// In words, beside or without a code.
    package let endReason: String?
    /// The membership in another chapter that this one continues.
    package let isTransferred: Bool
    /// What is the member's own to know; nil to everybody else.
    package let ownFigures: OwnFigures?

    package init(
        sponsor: String?,
        mentor: String?,
        mentorID: Membership.ID? = nil,
        mentorPerson: Person.ID? = nil,
        endCode: EndCode? = nil,
        endReason: String?,
        isTransferred: Bool,
        ownFigures: OwnFigures?
    ) {
        self.sponsor = sponsor
        self.mentor = mentor
        self.mentorID = mentorID
        self.mentorPerson = mentorPerson
        self.endCode = endCode
        self.endReason = endReason
        self.isTransferred = isTransferred
        self.ownFigures = ownFigures
    }

    /// What a member decided for themselves, as it holds today.
    package struct OwnFigures: Sendable {
        package let sharesFigures: Bool
        /// A part of the whole; nil for all of it.
        package let margin: Figure?
        /// Nil for the chapter's.
        package let valueOfHour: Money?

        package init(sharesFigures: Bool, margin: Figure?, valueOfHour: Money?) {
            self.sharesFigures = sharesFigures
            self.margin = margin
            self.valueOfHour = valueOfHour
        }
    }
}

/// Days on which a member keeps the seat and is not expected, both included.
package struct Leave: Sendable {
    package let from: LocalDate
    package let to: LocalDate?
    package let isMedical: Bool

    package init(from: LocalDate, to: LocalDate?, isMedical: Bool) {
        self.from = from
        self.to = to
        self.isMedical = isMedical
    }
}

/// Whose membership somebody looks for.
package enum RosterPart: String, Sendable, CaseIterable {
    /// Members today.
    case present
    /// Whoever is, was or will be one.
    case all
    case former
}
