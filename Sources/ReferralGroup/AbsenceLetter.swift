/// A letter that warns a member of absences, as it was drafted, and as it was given where it was.
package struct AbsenceLetter: Sendable {
    package let id: SlipID
    package let member: Membership.ID
    package let name: String
    /// The end of the day at which absences were counted.
    package let countedOn: LocalDate
    package let used: Figure
    package let allowed: Int
    package let language: String
    package let subject: String
    package let text: String
    package let draftedOn: LocalDate
    /// Nil: the operator's shell.
    package let draftedBy: String?
    package let givenOn: LocalDate?
    package let way: Way?

    package init(
        id: SlipID,
        member: Membership.ID,
        name: String,
        countedOn: LocalDate,
        used: Figure,
        allowed: Int,
        language: String,
        subject: String,
        text: String,
        draftedOn: LocalDate,
        draftedBy: String?,
        givenOn: LocalDate?,
        way: Way?
    ) {
        self.id = id
        self.member = member
        self.name = name
        self.countedOn = countedOn
        self.used = used
        self.allowed = allowed
        self.language = language
        self.subject = subject
        self.text = text
        self.draftedOn = draftedOn
        self.draftedBy = draftedBy
        self.givenOn = givenOn
        self.way = way
    }

    /// How a letter is given: handed over, or sent to the member's address.
    package enum Way: String, Sendable, CaseIterable {
        case hand, mail
    }
}
