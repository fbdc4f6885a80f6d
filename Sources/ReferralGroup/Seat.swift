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

/// A profession of the chapter's list, whether anybody holds it or not.
package struct Seat: Sendable {
    package typealias ID = Identifier<Seat, Int64>

    package let id: ID
    package let title: String
    /// What it has in common with professions whose clients are the same people; nil where nobody said so.
    package let sphere: String?
    /// Who holds it today.
    package let holder: String?

    package init(id: ID, title: String, sphere: String?, holder: String?) {
        self.id = id
        self.title = title
        self.sphere = sphere
        self.holder = holder
    }
}
