/// What a visitor's own link shows: where and when, who invites them, and what they said of themselves.
package struct Invitation: Sendable {
    package let chapterName: String
    /// Nil where the chapter itself invites.
    package let inviter: String?
    /// What whoever invites wrote to them.
    package let greeting: String?
    package let day: LocalDate
    /// Nil where nobody knows of a meeting that day any more.
    package let begins: LocalTime?
    package let minutes: Int?
    package let place: String?
    package let isCalledOff: Bool
    package let registration: VisitorRegistration
    package let answer: Visitor.Answer?
    package let came: Bool
    /// Whether a member holds the seat of the profession they gave.
    package let isSeatHeld: Bool

    package init(
        chapterName: String,
        inviter: String?,
        greeting: String?,
        day: LocalDate,
        begins: LocalTime?,
        minutes: Int?,
        place: String?,
        isCalledOff: Bool,
        registration: VisitorRegistration,
        answer: Visitor.Answer?,
        came: Bool,
        isSeatHeld: Bool
    ) {
        self.chapterName = chapterName
        self.inviter = inviter
        self.greeting = greeting
        self.day = day
        self.begins = begins
        self.minutes = minutes
        self.place = place
        self.isCalledOff = isCalledOff
        self.registration = registration
        self.answer = answer
        self.came = came
        self.isSeatHeld = isSeatHeld
    }
}

/// What a visitor says of themselves.
package struct VisitorRegistration: Sendable {
    package let name: String
    package let company: String?
    package let profession: String?
    package let email: String?
    package let phone: String?

    package init(name: String, company: String?, profession: String?, email: String?, phone: String?) {
        self.name = name
        self.company = company
        self.profession = profession
        self.email = email
        self.phone = phone
    }
}

/// Somebody who is about to be invited to a meeting that is still to come.
package struct InvitationDraft: Sendable {
    package let visitor: VisitorDraft
    package let greeting: String?
    /// Whether a mail is sent to the visitor's address, beside the link that is shown.
    package let byMail: Bool

    package init(visitor: VisitorDraft, greeting: String?, byMail: Bool) {
        self.visitor = visitor
        self.greeting = greeting
        self.byMail = byMail
    }
}

/// A mail to somebody who visits: written out when it is sent, in the chapter's language.
package struct VisitorLetter: Sendable {
    package let isReminder: Bool
    package let visitor: String
    package let chapterName: String
    /// Nil where the chapter itself invites.
    package let inviter: String?
    package let greeting: String?
    package let day: LocalDate
    package let begins: LocalTime
    package let place: String?
    /// BCP 47, as the chapter has it.
    package let language: String
    /// The secret of the visitor's link, as it stands in an address.
    package let secret: String

    package init(
        isReminder: Bool,
        visitor: String,
        chapterName: String,
        inviter: String?,
        greeting: String?,
        day: LocalDate,
        begins: LocalTime,
        place: String?,
        language: String,
        secret: String
    ) {
        self.isReminder = isReminder
        self.visitor = visitor
        self.chapterName = chapterName
        self.inviter = inviter
        self.greeting = greeting
        self.day = day
        self.begins = begins
        self.place = place
        self.language = language
        self.secret = secret
    }
}
