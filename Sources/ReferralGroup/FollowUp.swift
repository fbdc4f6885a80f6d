/// What a member has to do next about somebody.
package struct FollowUp: Sendable {
    /// Nil for a contact with whom it is time to be in touch again: nothing of that is written down before it is done.
    package let id: SlipID?
    package let cause: Cause?
    /// The referral, visitor, one-to-one or introduction that asks for it.
    package let slip: SlipID?
    package let contact: SlipID?
    /// Whom it is about.
    package let about: String?
    /// In the member's words, where they wrote it down.
    package let text: String?
    package let channel: Channel
    package let dueOn: LocalDate
    /// When they were last in touch, of a contact.
    package let lastOn: LocalDate?
    /// Whether it is for this week: due by Sunday, and within what the member chose to be asked for.
    package let isThisWeek: Bool

    package init(
        id: SlipID?,
        cause: Cause?,
        slip: SlipID?,
        contact: SlipID?,
        about: String?,
        text: String?,
        channel: Channel,
        dueOn: LocalDate,
        lastOn: LocalDate?,
        isThisWeek: Bool
    ) {
        self.id = id
        self.cause = cause
        self.slip = slip
        self.contact = contact
        self.about = about
        self.text = text
        self.channel = channel
        self.dueOn = dueOn
        self.lastOn = lastOn
        self.isThisWeek = isThisWeek
    }

    /// What it came of by itself.
    package enum Cause: String, Sendable, CaseIterable {
        case referral, visitor
        case oneToOne = "one-to-one"
        case introduction, contact
        /// So long a member: how is it going?
        case threeMonths = "three-months"
        case sevenMonths = "seven-months"
        /// Ninety days before a membership is to be renewed.
        case renewal
        /// Too long ago that one was in touch.
        case cadence
    }

    /// The way to somebody.
    package enum Channel: String, Sendable, CaseIterable {
        case call, email
        /// By hand, on paper.
        case note
        case coffee, lunch, video
    }

    /// How it came to its end.
    package enum Ending: String, Sendable, CaseIterable {
        case done
        /// It is not needed any more.
        case dropped
    }

    /// How many a week somebody may choose to be asked for.
    package static let paces = 1...50
}

/// A follow-up that came to its end.
package struct EndedFollowUp: Sendable {
    package let id: SlipID
    package let about: String?
    package let text: String?
    package let channel: FollowUp.Channel
    package let endedOn: LocalDate
    package let ending: FollowUp.Ending
    package let outcome: String?

    package init(
        id: SlipID,
        about: String?,
        text: String?,
        channel: FollowUp.Channel,
        endedOn: LocalDate,
        ending: FollowUp.Ending,
        outcome: String?
    ) {
        self.id = id
        self.about = about
        self.text = text
        self.channel = channel
        self.endedOn = endedOn
        self.ending = ending
        self.outcome = outcome
    }
}

/// A follow-up about to be written down.
package struct FollowUpDraft: Sendable {
    package let contact: SlipID?
    package let text: String?
    package let channel: FollowUp.Channel
    package let dueOn: LocalDate

    package init(contact: SlipID?, text: String?, channel: FollowUp.Channel, dueOn: LocalDate) {
        self.contact = contact
        self.text = text
        self.channel = channel
        self.dueOn = dueOn
    }
}

/// That somebody was in touch, or need not be.
package struct FollowUpEnd: Sendable {
    package let ending: FollowUp.Ending
    /// Nil for the way that was meant, and for the chapter's today.
    package let channel: FollowUp.Channel?
    package let on: LocalDate?
    package let outcome: String?

    package init(
        _ ending: FollowUp.Ending,
        channel: FollowUp.Channel? = nil,
        on day: LocalDate? = nil,
        outcome: String? = nil
    ) {
        self.ending = ending
        self.channel = channel
        self.on = day
        self.outcome = outcome
    }
}
