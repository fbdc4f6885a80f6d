/// A program elsewhere that a chapter tells what happens in it.
package struct Webhook: Sendable {
    /// What there is to tell; the raw value is the word of the database and of what is sent.
    package enum Event: String, Sendable, CaseIterable {
        case referralPassed = "referral.passed"
        case referralMoved = "referral.moved"
        case thanksRecorded = "thanks.recorded"
        case meetingSealed = "meeting.sealed"
        case memberJoined = "member.joined"
        case memberLeft = "member.left"
    }

    /// Why it is told nothing any more.
    package enum Ending: String, Sendable, CaseIterable {
        case byHand = "by-hand"
        /// It answered 410, which says so.
        case gone
        /// For seven days nothing that it was told was answered as it should be.
        case failing
    }

    package let id: SlipID
    package let address: String
    package let events: [Event]
    package let madeAt: Instant
    /// Nil for the operator's shell, and for who was never a member here.
    package let madeBy: String?
    /// Until when the secret before this one signs as well.
    package let formerSecretUntil: Instant?
    package let failingSince: Instant?
    package let offAt: Instant?
    package let offBecause: Ending?

    package init(
        id: SlipID,
        address: String,
        events: [Event],
        madeAt: Instant,
        madeBy: String?,
        formerSecretUntil: Instant? = nil,
        failingSince: Instant? = nil,
        offAt: Instant? = nil,
        offBecause: Ending? = nil
    ) {
        self.id = id
        self.address = address
        self.events = events
        self.madeAt = madeAt
        self.madeBy = madeBy
        self.formerSecretUntil = formerSecretUntil
        self.failingSince = failingSince
        self.offAt = offAt
        self.offBecause = offBecause
    }

    package var isOn: Bool {
        offAt == nil
    }
}

/// What a webhook was told, or is to be told, and what became of it.
package struct WebhookDelivery: Sendable {
    package enum Standing: String, Sendable, CaseIterable {
        case waits, delivered
        case givenUp = "given-up"
    }

    package let id: Int64
    /// The same at every try; receivers know by it what they had before.
    package let event: SlipID
    /// The word of a `Webhook.Event`, or `ping`.
    package let kind: String
    package let createdAt: Instant
    package let tries: Int
    package let nextTryAt: Instant
    package let triedAt: Instant?
    /// The HTTP status of the last try; nil where none came.
    package let answered: Int?
    package let lastTrouble: String?
    package let deliveredAt: Instant?
    package let givenUpAt: Instant?

    package init(
        id: Int64,
        event: SlipID,
        kind: String,
        createdAt: Instant,
        tries: Int,
        nextTryAt: Instant,
        triedAt: Instant? = nil,
        answered: Int? = nil,
        lastTrouble: String? = nil,
        deliveredAt: Instant? = nil,
        givenUpAt: Instant? = nil
    ) {
        self.id = id
        self.event = event
        self.kind = kind
        self.createdAt = createdAt
        self.tries = tries
        self.nextTryAt = nextTryAt
        self.triedAt = triedAt
        self.answered = answered
        self.lastTrouble = lastTrouble
        self.deliveredAt = deliveredAt
        self.givenUpAt = givenUpAt
    }

    package var standing: Standing {
        if deliveredAt != nil { .delivered } else if givenUpAt != nil { .givenUp } else { .waits }
    }
}

/// Why no answer came of a webhook; officers read it.
package enum WebhookTrouble: String, Sendable, CaseIterable {
    case nameUnknown = "its name leads nowhere"
    case notPublic = "its address is not on the public internet"
    case noConnection = "nobody takes the connection"
    case late = "it did not answer within 10 seconds"
    case untrusted = "its certificate is not to be trusted"
    case broken = "the connection broke off"
    case ourOwn = "the service could not send"

    /// What the database says of a delivery itself.
    package static let ofTheDatabase = ["its node ended before it knew", "the webhook was switched off"]
}
