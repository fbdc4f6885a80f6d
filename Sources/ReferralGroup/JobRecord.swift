/// Scheduled work: what was to be done for an occasion, and what became of it.
package struct JobRecord: Sendable {
    /// What is known of the work: waiting, or how it ended.
    package enum Standing: String, Sendable, CaseIterable {
        case waits, failed
        case givenUp = "given up"
        case done, skipped
    }

    /// What the database says of a job for which it was too late.
    package static let reasonsToSkip = [
        "its time was over when it was planned", "its time was over before it was done",
    ]

    package let id: Int64
    /// The word under which the database knows what to do.
    package let kind: String
    /// By whose clock; nil is the installation's.
    package let chapter: String?
    /// What it was to be done for: a day, a meeting, an office.
    package let occasion: String
    package let dueAt: Instant
    package let tries: Int
    package let nextTryAt: Instant
    package let lastTrouble: String?
    package let doneAt: Instant?
    /// Why there was nothing to do any more.
    package let skippedBecause: String?
    package let givenUpAt: Instant?

    package init(
        id: Int64,
        kind: String,
        chapter: String?,
        occasion: String,
        dueAt: Instant,
        tries: Int,
        nextTryAt: Instant,
        lastTrouble: String?,
        doneAt: Instant?,
        skippedBecause: String?,
        givenUpAt: Instant?
    ) {
        self.id = id
        self.kind = kind
        self.chapter = chapter
        self.occasion = occasion
        self.dueAt = dueAt
        self.tries = tries
        self.nextTryAt = nextTryAt
        self.lastTrouble = lastTrouble
        self.doneAt = doneAt
        self.skippedBecause = skippedBecause
        self.givenUpAt = givenUpAt
    }

    package var standing: Standing {
        if givenUpAt != nil { return .givenUp }
        if doneAt != nil { return skippedBecause == nil ? .done : .skipped }
        return tries > 0 ? .failed : .waits
    }
}

/// The work that the installation knows how to do by the clock; the raw value is the word of the database.
package enum KindOfWork: String, Sendable, CaseIterable {
    case planning, cleaning, sealing
    case addingUp = "adding-up"
    case weeklyReminder = "weekly-reminder"
    case monthlyReturn = "monthly-return"
    case absenceWarning = "absence-warning"
    case handoverAhead = "handover-ahead"
    case handoverToday = "handover-today"
    case memberCare = "member-care"
    case visitorReminder = "visitor-reminder"
    case dailyDigest = "daily-digest"
}
