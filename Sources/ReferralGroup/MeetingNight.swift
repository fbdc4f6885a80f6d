/// Somebody who said beforehand that they will be away.
package struct AnnouncedAbsence: Sendable {
    package let member: Membership.ID
    /// Who comes in their place.
    package let standIn: String?
    package let reason: String?

    package init(member: Membership.ID, standIn: String?, reason: String?) {
        self.member = member
        self.standIn = standIn
        self.reason = reason
    }
}

/// What a meeting has beside its sheet.
package struct MeetingPart: Sendable {
    package let part: Part
    package let member: Membership.ID?
    package let name: String?
    package let topic: String?

    package init(part: Part, member: Membership.ID?, name: String?, topic: String?) {
        self.part = part
        self.member = member
        self.name = name
        self.topic = topic
    }

    package enum Part: String, Sendable, CaseIterable {
        case talk, education
        case doorPrize = "door-prize"
    }
}

/// The sign at the door: who has read it may mark themselves.
package struct CheckIn: Sendable {
    package let secret: String
    /// Who comes later is late.
    package let onTimeUntil: Instant
    package let closesAt: Instant

    package init(secret: String, onTimeUntil: Instant, closesAt: Instant) {
        self.secret = secret
        self.onTimeUntil = onTimeUntil
        self.closesAt = closesAt
    }
}

/// A visitor who is expected at a meeting, or came.
package struct Guest: Sendable {
    package let id: SlipID
    package let name: String
    package let company: String?
    package let inviter: String?
    package let came: Bool

    package init(id: SlipID, name: String, company: String?, inviter: String?, came: Bool) {
        self.id = id
        self.name = name
        self.company = company
        self.inviter = inviter
        self.came = came
    }
}

/// A slip as it is read out at a meeting; who earned is told to nobody.
package struct ReadOut: Sendable {
    package let slip: EntryKind
    package let giver: String?
    package let receiver: String?
    package let said: String?
    /// In the chapter's minor units.
    package let amount: Int64?
    package let warmth: Int?

    package init(
        slip: EntryKind,
        giver: String?,
        receiver: String?,
        said: String?,
        amount: Int64?,
        warmth: Int?
    ) {
        self.slip = slip
        self.giver = giver
        self.receiver = receiver
        self.said = said
        self.amount = amount
        self.warmth = warmth
    }
}

/// The page of one meeting, as somebody may see it.
package struct MeetingNight: Sendable {
    package let meeting: Meeting
    package let today: LocalDate
    /// The clock of the chapter's wall when it begins.
    package let startsAt: LocalTime?
    package var sheet: [SheetLine]
    package let announced: [AnnouncedAbsence]
    package let guests: [Guest]
    package let readOut: [ReadOut]
    package let programme: [MeetingPart]
    package let checkIn: CheckIn?
    /// That of the amounts read out.
    package let currency: Currency

    package init(
        meeting: Meeting,
        today: LocalDate,
        startsAt: LocalTime?,
        sheet: [SheetLine],
        announced: [AnnouncedAbsence],
        guests: [Guest],
        readOut: [ReadOut],
        programme: [MeetingPart],
        checkIn: CheckIn?,
        currency: Currency
    ) {
        self.meeting = meeting
        self.today = today
        self.startsAt = startsAt
        self.sheet = sheet
        self.announced = announced
        self.guests = guests
        self.readOut = readOut
        self.programme = programme
        self.checkIn = checkIn
        self.currency = currency
    }

    /// Those who are expected and have no mark.
    package var missing: [SheetLine] {
        sheet.filter { $0.mark == nil && !$0.isOnLeave }
    }
}
