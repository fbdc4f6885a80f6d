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
        profession: String?
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
    }
}
