/// What a chapter decided about itself, as it holds from a day on (domain page §3).
package struct Policy: Hashable, Sendable {
    package let validFrom: LocalDate
    package let membershipFee: Money
    package let monthsCovered: Int
    package let meetingFee: Money
    /// `every` or `attended`.
    package let meetingFeeDueFor: String
    package let valueOfHour: Money
    package let absenceLimit: Int
    package let absenceWindow: String
    /// The part of an absence that a late mark counts for.
    package let lateWeight: Figure
    /// Nil for any number.
    package let substitutesAllowed: Int?
    package let contactWithinHours: Int
    package let visitsBeforeApplying: Int
    /// `member`, `leaders` or `chapter`.
    package let earnedIsSeenBy: String
    /// `chapter` or `region`: those chapters of it that say the same.
    package let needsAreSeenIn: String
    /// Days of the year, such as `04-01`.
    package let termStarts: [String]
    /// What each deposit and withdrawal of social capital counts for.
    package let weights: [CapitalWeight: Figure]

    package init(
        validFrom: LocalDate,
        membershipFee: Money,
        monthsCovered: Int,
        meetingFee: Money,
        meetingFeeDueFor: String,
        valueOfHour: Money,
        absenceLimit: Int,
        absenceWindow: String,
        lateWeight: Figure,
        substitutesAllowed: Int?,
        contactWithinHours: Int,
        visitsBeforeApplying: Int,
        earnedIsSeenBy: String,
        needsAreSeenIn: String,
        termStarts: [String],
        weights: [CapitalWeight: Figure]
    ) {
        self.validFrom = validFrom
        self.membershipFee = membershipFee
        self.monthsCovered = monthsCovered
        self.meetingFee = meetingFee
        self.meetingFeeDueFor = meetingFeeDueFor
        self.valueOfHour = valueOfHour
        self.absenceLimit = absenceLimit
        self.absenceWindow = absenceWindow
        self.lateWeight = lateWeight
        self.substitutesAllowed = substitutesAllowed
        self.contactWithinHours = contactWithinHours
        self.visitsBeforeApplying = visitsBeforeApplying
        self.earnedIsSeenBy = earnedIsSeenBy
        self.needsAreSeenIn = needsAreSeenIn
        self.termStarts = termStarts
        self.weights = weights
    }

    /// The starts of terms in order, written `04-01,10-01`; nil where one is no day of every year, or stands twice.
    package static func termStarts(_ text: String) -> [String]? {
        let starts = text.utf8.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false).map {
            String(Substring($0))
        }
        // 2001 has no leap day.
        guard (1...12).contains(starts.count), Set(starts).count == starts.count,
            starts.allSatisfy({ LocalDate("2001-\($0)") != nil })
        else { return nil }
        return starts.sorted()
    }
}

/// A deposit or withdrawal of social capital that a chapter may weigh (domain page §6, Giving).
package enum CapitalWeight: String, Sendable, CaseIterable {
    /// Times a third for each step of warmth.
    case referralGiven = "referral-given-weight"
    case introductionMade = "introduction-made-weight"
    case visitor = "visitor-weight"
    case testimonial = "testimonial-weight"
    case oneToOne = "one-to-one-weight"
    case officeMonth = "office-month-weight"
    case needAnswered = "need-answered-weight"
    case referralReceived = "referral-received-weight"
    case introductionReceived = "introduction-received-weight"
    case needPosted = "need-posted-weight"
}
