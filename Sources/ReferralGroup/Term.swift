/// A term of office, from its first day to its last, both included.
package struct Term: Sendable {
    package typealias ID = Identifier<Term, Int64>

    package let id: ID
    package let role: OfficeRole
    package let member: Membership.ID
    package let name: String
    package let from: LocalDate
    package let to: LocalDate?

    package init(
        id: ID,
        role: OfficeRole,
        member: Membership.ID,
        name: String,
        from: LocalDate,
        to: LocalDate?
    ) {
        self.id = id
        self.role = role
        self.member = member
        self.name = name
        self.from = from
        self.to = to
    }
}
