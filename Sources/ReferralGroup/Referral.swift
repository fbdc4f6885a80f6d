/// Business one person passes to another, and what became of it.
package struct Referral: Hashable, Sendable {
    package let id: SlipID
    package let giver: String
    /// Nil where no member could take it; then `unplacedProfession` says what was missing.
    package let receiver: String?
    package let unplacedProfession: String?
    package let tier: Int
    package let need: String?
    package let warmth: Int?
    package let status: Step
    package let passedOn: LocalDate
    package let isProvisional: Bool

    package init(
        id: SlipID,
        giver: String,
        receiver: String?,
        unplacedProfession: String?,
        tier: Int,
        need: String?,
        warmth: Int?,
        status: Step,
        passedOn: LocalDate,
        isProvisional: Bool
    ) {
        self.id = id
        self.giver = giver
        self.receiver = receiver
        self.unplacedProfession = unplacedProfession
        self.tier = tier
        self.need = need
        self.warmth = warmth
        self.status = status
        self.passedOn = passedOn
        self.isProvisional = isProvisional
    }

    /// Where a referral stands; the last step is its status.
    package enum Step: String, Sendable, CaseIterable {
        case passed, contacted, meeting, proposal, won, lost, declined
    }
}

/// A step that a referral took.
package struct ReferralStep: Hashable, Sendable {
    package let step: Referral.Step
    package let at: Instant
    package let reason: String?
    /// Who moved it; nil where that is nobody of the chapter.
    package let by: String?

    package init(step: Referral.Step, at: Instant, reason: String?, by: String?) {
        self.step = step
        self.at = at
        self.reason = reason
        self.by = by
    }
}

/// A referral about to be passed.
package struct ReferralDraft: Sendable {
    package let giver: Party
    /// A member or an outsider; nil with `unplacedProfession` where nobody could take it.
    package let receiver: Party?
    package let unplacedProfession: String?
    package let tier: Int
    package let need: String
    package let warmth: Int
    package let openedBy: String?
    package let prospect: Prospect?
    /// A local date of the chapter; nil for its today.
    package let passedOn: LocalDate?

    package init(
        giver: Party,
        receiver: Party?,
        unplacedProfession: String? = nil,
        tier: Int,
        need: String,
        warmth: Int,
        openedBy: String? = nil,
        prospect: Prospect? = nil,
        passedOn: LocalDate?
    ) {
        self.giver = giver
        self.receiver = receiver
        self.unplacedProfession = unplacedProfession
        self.tier = tier
        self.need = need
        self.warmth = warmth
        self.openedBy = openedBy
        self.prospect = prospect
        self.passedOn = passedOn
    }
}

/// Who the referral is about: a third party's personal data, for giver and receiver only.
package struct Prospect: Hashable, Sendable {
    package let name: String
    package let company: String?
    package let phone: String?
    package let email: String?

    package init(name: String, company: String? = nil, phone: String? = nil, email: String? = nil) {
        self.name = name
        self.company = company
        self.phone = phone
        self.email = email
    }
}
