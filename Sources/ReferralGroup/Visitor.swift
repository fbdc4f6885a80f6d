/// Somebody who was invited to a meeting, and what became of them.
package struct Visitor: Sendable {
    package let id: SlipID
    package let name: String
    /// Nil where the chapter itself invited.
    package let inviter: String?
    package let inviterID: Membership.ID?
    package let kind: VisitKind
    package let visitOn: LocalDate
    package let came: Bool
    package let status: VisitorStatus
    package let lostBecause: String?
    package let email: String?
    package let phone: String?
    package let company: String?
    package let profession: String?
    /// What they said of their coming at the link that was sent to them.
    package let answer: Answer?
    /// How often they were here as a visitor, up to this visit and with it.
    package let visits: Int
    /// How many visits the policy allows before they apply.
    package let visitsAllowed: Int
    /// Whether a member holds the seat of their profession.
    package let isSeatHeld: Bool

    /// Whether they were here so often that the next step is to apply.
    package var mayApply: Bool {
        visits >= visitsAllowed && [.new, .contacted, .visited].contains(status)
    }

    /// What a visitor said at their link.
    package enum Answer: Sendable, Equatable {
        /// They come, and agreed at that instant that what they said of themselves is kept.
        case comes(consentedAt: Instant)
        case cannotCome(because: String?)
    }

    package init(
        id: SlipID,
        name: String,
        inviter: String?,
        inviterID: Membership.ID?,
        kind: VisitKind,
        visitOn: LocalDate,
        came: Bool,
        status: VisitorStatus,
        lostBecause: String?,
        email: String?,
        phone: String?,
        company: String?,
        profession: String?,
        answer: Answer? = nil,
        visits: Int = 0,
        visitsAllowed: Int = 2,
        isSeatHeld: Bool = false
    ) {
        self.id = id
        self.name = name
        self.inviter = inviter
        self.inviterID = inviterID
        self.kind = kind
        self.visitOn = visitOn
        self.came = came
        self.status = status
        self.lostBecause = lostBecause
        self.email = email
        self.phone = phone
        self.company = company
        self.profession = profession
        self.answer = answer
        self.visits = visits
        self.visitsAllowed = visitsAllowed
        self.isSeatHeld = isSeatHeld
    }
}
