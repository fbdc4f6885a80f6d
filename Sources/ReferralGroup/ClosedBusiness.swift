/// Business that came of the network, with thanks to whoever brought it.
package struct ClosedBusiness: Hashable, Sendable {
    package let id: SlipID
    /// Nil where the reader may not know, or nobody knows.
    package let earner: String?
    package let thanked: String
    package let amount: Money
    package let closedOn: LocalDate
    package let isRepeat: Bool
    package let tier: Int?
    package let isProvisional: Bool

    package init(
        id: SlipID,
        earner: String?,
        thanked: String,
        amount: Money,
        closedOn: LocalDate,
        isRepeat: Bool,
        tier: Int?,
        isProvisional: Bool
    ) {
        self.id = id
        self.earner = earner
        self.thanked = thanked
        self.amount = amount
        self.closedOn = closedOn
        self.isRepeat = isRepeat
        self.tier = tier
        self.isProvisional = isProvisional
    }
}

/// Thanks about to be recorded.
package struct ThanksDraft: Sendable {
    /// A member, an outsider, or an unnamed member.
    package let earner: Party
    package let thanked: Party
    package let amount: Money
    package let referral: SlipID?
    package let isRepeat: Bool
    package let tier: Int?
    /// A local date of the chapter; nil for its today.
    package let closedOn: LocalDate?

    package init(
        earner: Party,
        thanked: Party,
        amount: Money,
        referral: SlipID? = nil,
        isRepeat: Bool = false,
        tier: Int? = nil,
        closedOn: LocalDate?
    ) {
        self.earner = earner
        self.thanked = thanked
        self.amount = amount
        self.referral = referral
        self.isRepeat = isRepeat
        self.tier = tier
        self.closedOn = closedOn
    }
}
