/// What waits for a member, what became of what they gave, and how they stand.
package struct MemberDesk: Sendable {
    package let today: LocalDate
    /// Received and neither won, lost nor declined; the oldest first.
    package let received: [DeskReferral]
    /// What there is to follow up this week.
    package let followUps: [FollowUp]
    /// Given in the last 90 days, or still open; the newest first.
    package let given: [DeskReferral]
    /// For what others thanked the member lately; by whom is told to nobody.
    package let thanked: [Thanked]
    /// The last twelve months, the first first.
    package let year: [YearMonth]
    package let returned: Returned?
    package let score: Score?
    package let nextPartner: NextPartner?
    package let absences: Absences?
    package let nextMeeting: LocalDate?
    /// The first steps of whoever reads, and of those whose mentor they are.
    package let firstSteps: [FirstSteps.UnderWay]
    /// One-to-ones to come, and those that nobody has logged; the next first.
    package let appointments: [Appointment]

    package init(
        today: LocalDate,
        received: [DeskReferral],
        followUps: [FollowUp],
        given: [DeskReferral],
        thanked: [Thanked],
        year: [YearMonth],
        returned: Returned?,
        score: Score?,
        nextPartner: NextPartner?,
        absences: Absences?,
        nextMeeting: LocalDate?,
        firstSteps: [FirstSteps.UnderWay] = [],
        appointments: [Appointment] = []
    ) {
        self.today = today
        self.received = received
        self.followUps = followUps
        self.given = given
        self.thanked = thanked
        self.year = year
        self.returned = returned
        self.score = score
        self.nextPartner = nextPartner
        self.absences = absences
        self.nextMeeting = nextMeeting
        self.firstSteps = firstSteps
        self.appointments = appointments
    }

    package struct Thanked: Sendable {
        package let day: LocalDate
        package let money: Money

        package init(day: LocalDate, money: Money) {
            self.day = day
            self.money = money
        }
    }

    package struct YearMonth: Sendable {
        package let month: Month
        package let given: Int
        package let received: Int

        package init(month: Month, given: Int, received: Int) {
            self.month = month
            self.given = given
            self.received = received
        }
    }

    /// The member's own return over the last twelve months.
    package struct Returned: Sendable {
        package let cost: Figure?
        package let received: Figure?
        package let net: Figure?
        package let roi: Figure?
        package let given: Figure?

        package init(cost: Figure?, received: Figure?, net: Figure?, roi: Figure?, given: Figure?) {
            self.cost = cost
            self.received = received
            self.net = net
            self.roi = roi
            self.given = given
        }
    }

    /// The member's scorecard, and what earns more for the least.
    package struct Score: Sendable {
        package let points: Int?
        package let colour: String
        package let nextPart: String?
        package let nextNeeds: Int?
        package let nextPoints: Int?

        package init(points: Int?, colour: String, nextPart: String?, nextNeeds: Int?, nextPoints: Int?) {
            self.points = points
            self.colour = colour
            self.nextPart = nextPart
            self.nextNeeds = nextNeeds
            self.nextPoints = nextPoints
        }
    }

    /// Whom to meet next in a one-to-one.
    package struct NextPartner: Sendable {
        package let name: String
        package let lastMet: LocalDate?

        package init(name: String, lastMet: LocalDate?) {
            self.name = name
            self.lastMet = lastMet
        }
    }

    package struct Absences: Sendable {
        package let used: Figure
        package let allowed: Int
        package let nextDrop: LocalDate?

        package init(used: Figure, allowed: Int, nextDrop: LocalDate?) {
            self.used = used
            self.allowed = allowed
            self.nextDrop = nextDrop
        }
    }
}

/// A referral as it lies on the desk of somebody who gave or received it.
package struct DeskReferral: Sendable {
    package let id: SlipID
    /// Who gave it, to whoever received it; who received it, to whoever gave it.
    package let other: String?
    package let need: String?
    package let warmth: Int?
    package let status: Referral.Step
    package let passedOn: LocalDate
    /// The third party, for giver and receiver alone.
    package let prospect: String?
    /// Whether the first contact is later than the chapter allows.
    package let isLate: Bool

    package init(
        id: SlipID,
        other: String?,
        need: String?,
        warmth: Int?,
        status: Referral.Step,
        passedOn: LocalDate,
        prospect: String?,
        isLate: Bool
    ) {
        self.id = id
        self.other = other
        self.need = need
        self.warmth = warmth
        self.status = status
        self.passedOn = passedOn
        self.prospect = prospect
        self.isLate = isLate
    }
}
