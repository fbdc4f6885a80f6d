/// What a member wants to buy, or has to offer.
package struct Posting: Sendable {
    package let id: SlipID
    package let kind: Kind
    package let member: Membership.ID
    package let name: String
    package let text: String
    package let profession: String?
    package let postedOn: LocalDate
    package let until: LocalDate?
    /// The name of the member who answered.
    package let answeredBy: String?
    package let answeredOn: LocalDate?

    package init(
        id: SlipID,
        kind: Kind,
        member: Membership.ID,
        name: String,
        text: String,
        profession: String?,
        postedOn: LocalDate,
        until: LocalDate?,
        answeredBy: String?,
        answeredOn: LocalDate?
    ) {
        self.id = id
        self.kind = kind
        self.member = member
        self.name = name
        self.text = text
        self.profession = profession
        self.postedOn = postedOn
        self.until = until
        self.answeredBy = answeredBy
        self.answeredOn = answeredOn
    }

    package enum Kind: String, Sendable, CaseIterable {
        case need, offer
    }
}

/// A need or an offer about to be posted.
package struct PostingDraft: Sendable {
    package let kind: Posting.Kind
    package let member: Membership.ID
    package let text: String
    /// The profession that is wanted, or offered.
    package let profession: String?
    /// Local dates of the chapter; nil for its today, and for no end.
    package let postedOn: LocalDate?
    package let until: LocalDate?

    package init(
        kind: Posting.Kind,
        member: Membership.ID,
        text: String,
        profession: String? = nil,
        postedOn: LocalDate? = nil,
        until: LocalDate? = nil
    ) {
        self.kind = kind
        self.member = member
        self.text = text
        self.profession = profession
        self.postedOn = postedOn
        self.until = until
    }
}

/// Somebody who could answer a need.
package struct NeedMatch: Sendable {
    package let by: By
    /// Nil for a member of another chapter, whose name has the chapter with it.
    package let member: Membership.ID?
    package let name: String
    /// The seat, the offer, what they tell of themselves, or the card that they share.
    package let about: String

    package init(by: By, member: Membership.ID?, name: String, about: String) {
        self.by = by
        self.member = member
        self.name = name
        self.about = about
    }

    /// What of theirs is like the need.
    package enum By: String, Sendable, CaseIterable {
        case seat, offer, profile, contact
    }
}
