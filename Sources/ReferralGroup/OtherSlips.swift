/// A one-to-one about to be recorded: one record that counts for both.
package struct OneToOneDraft: Sendable {
    /// A member of the chapter.
    package let first: Party
    /// A member or an outsider.
    package let second: Party
    /// A local date of the chapter; nil for its today.
    package let metOn: LocalDate?
    /// Nil where nobody noted it; then it counts as a meeting, but not as time.
    package let minutes: Int?
    package let place: String?
    /// What they talked about; the two read it again before they meet next.
    package let topics: String?
    /// What each of them paid.
    package let costOfFirst: Money
    package let costOfSecond: Money

    package init(
        first: Party,
        second: Party,
        metOn: LocalDate?,
        minutes: Int?,
        place: String? = nil,
        topics: String? = nil,
        costOfFirst: Money,
        costOfSecond: Money
    ) {
        self.first = first
        self.second = second
        self.metOn = metOn
        self.minutes = minutes
        self.place = place
        self.topics = topics
        self.costOfFirst = costOfFirst
        self.costOfSecond = costOfSecond
    }
}

/// Education a member took part in, in units of an hour.
package struct EducationDraft: Sendable {
    package let member: Membership.ID
    package let units: Figure
    package let title: String?
    package let doneOn: LocalDate?

    package init(member: Membership.ID, units: Figure, title: String? = nil, doneOn: LocalDate?) {
        self.member = member
        self.units = units
        self.title = title
        self.doneOn = doneOn
    }
}

/// A good word for somebody, before the chapter.
package struct TestimonialDraft: Sendable {
    package let giver: Party
    package let receiver: Party
    package let text: String?
    package let givenOn: LocalDate?

    package init(giver: Party, receiver: Party, text: String? = nil, givenOn: LocalDate?) {
        self.giver = giver
        self.receiver = receiver
        self.text = text
        self.givenOn = givenOn
    }
}

/// Two people brought together by a third.
package struct IntroductionDraft: Sendable {
    /// A member or an outsider.
    package let connector: Party
    /// A member, an outsider, or somebody of no chapter.
    package let first: Party
    package let second: Party
    package let why: String?
    package let madeOn: LocalDate?

    package init(connector: Party, first: Party, second: Party, why: String? = nil, madeOn: LocalDate?) {
        self.connector = connector
        self.first = first
        self.second = second
        self.why = why
        self.madeOn = madeOn
    }
}

/// A visitor invited to a meeting.
package struct VisitorDraft: Sendable {
    package let name: String
    /// A member, an outsider, or the chapter itself.
    package let inviter: Party
    package let kind: VisitKind
    package let visitOn: LocalDate?
    /// Whether the visit took place.
    package let came: Bool
    package let email: String?
    package let phone: String?
    package let company: String?
    package let profession: String?
    /// Whether the visitor agreed that the chapter keeps these data.
    package let hasConsented: Bool
    /// Why they may come once more than the policy allows; for those who look after visitors to say.
    package let furtherVisitBecause: String?

    package init(
        name: String,
        inviter: Party,
        kind: VisitKind,
        visitOn: LocalDate?,
        came: Bool,
        email: String? = nil,
        phone: String? = nil,
        company: String? = nil,
        profession: String? = nil,
        hasConsented: Bool = false,
        furtherVisitBecause: String? = nil
    ) {
        self.name = name
        self.inviter = inviter
        self.kind = kind
        self.visitOn = visitOn
        self.came = came
        self.email = email
        self.phone = phone
        self.company = company
        self.profession = profession
        self.hasConsented = hasConsented
        self.furtherVisitBecause = furtherVisitBecause
    }
}

package enum VisitKind: String, Sendable, CaseIterable {
    case first, second, guest, substitute
}

package enum VisitorStatus: String, Sendable, CaseIterable {
    case new, contacted, visited, applied, joined, lost
}

/// What a member did for the network outside the meetings.
package struct ActivityDraft: Sendable {
    package let member: Membership.ID
    /// event, meal, call, note, education, leadership or other.
    package let kind: ActivityKind
    package let doneOn: LocalDate?
    package let minutes: Int
    package let money: Money
    package let isDowntime: Bool
    package let purpose: String?
    package let met: String?
    package let lesson: String?

    package init(
        member: Membership.ID,
        kind: ActivityKind,
        doneOn: LocalDate?,
        minutes: Int,
        money: Money,
        isDowntime: Bool = false,
        purpose: String? = nil,
        met: String? = nil,
        lesson: String? = nil
    ) {
        self.member = member
        self.kind = kind
        self.doneOn = doneOn
        self.minutes = minutes
        self.money = money
        self.isDowntime = isDowntime
        self.purpose = purpose
        self.met = met
        self.lesson = lesson
    }
}

package enum ActivityKind: String, Sendable, CaseIterable {
    case event, meal, call, note, education, leadership, other
}
