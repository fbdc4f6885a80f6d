/// A person's time in a chapter, from the day they joined to the day they left, both included.
package struct Membership: Hashable, Sendable {
    package typealias ID = Identifier<Membership, Int64>

    package let id: ID
    package let person: Person.ID
    package let name: String
    package let email: EmailAddress?
    /// The profession whose seat the member holds, as the chapter writes it.
    package let seat: String?
    package let company: String?
    package let joinedOn: LocalDate
    package let renewsOn: LocalDate?
    package let endedOn: LocalDate?
    package let status: Status

    package init(
        id: ID,
        person: Person.ID,
        name: String,
        email: EmailAddress?,
        seat: String?,
        company: String?,
        joinedOn: LocalDate,
        renewsOn: LocalDate?,
        endedOn: LocalDate?,
        status: Status
    ) {
        self.id = id
        self.person = person
        self.name = name
        self.email = email
        self.seat = seat
        self.company = company
        self.joinedOn = joinedOn
        self.renewsOn = renewsOn
        self.endedOn = endedOn
        self.status = status
    }

    /// What a membership is on a given day, derived from its dates.
    package enum Status: String, Sendable, CaseIterable {
        case upcoming
        case active
        case onLeave = "on leave"
        case overdue
        case ended
    }
}
