/// A profession that nobody holds today.
package struct OpenSeat: Sendable {
    package let title: String
    /// Nil where nobody ever held it.
    package let since: LocalDate?
    /// Referrals of the last 12 months that nobody could take.
    package let unplaced: Int
    /// What those would have brought, in the chapter's currency, as others did on average.
    package let value: Figure?

    package init(title: String, since: LocalDate?, unplaced: Int, value: Figure?) {
        self.title = title
        self.since = since
        self.unplaced = unplaced
        self.value = value
    }
}

/// A profession of the chapter's list that somebody holds today.
package struct HeldSeat: Sendable {
    package let title: String
    package let member: Membership.ID
    package let name: String
    package let since: LocalDate

    package init(title: String, member: Membership.ID, name: String, since: LocalDate) {
        self.title = title
        self.member = member
        self.name = name
        self.since = since
    }
}
