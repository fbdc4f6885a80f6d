/// Somebody whom a member knows and would recommend, or be recommended by.
package struct Contact: Sendable {
    package let id: SlipID
    package let card: ContactCard
    package let back: BackOfCard
    /// When they were last in touch, in whatever way.
    package let lastOn: LocalDate
    /// Who it is, where that is a member of the chapter.
    package let member: String?

    package init(id: SlipID, card: ContactCard, back: BackOfCard, lastOn: LocalDate, member: String?) {
        self.id = id
        self.card = card
        self.back = back
        self.lastOn = lastOn
        self.member = member
    }

    /// When it is time to be in touch again; nil where nobody wants to be reminded.
    package var nextOn: LocalDate? {
        back.cadenceDays.map { lastOn.advanced(by: $0) }
    }
}

/// What is printed on a card: what others may see of a contact that is shared.
package struct ContactCard: Sendable, Hashable {
    package var name: String
    package var company: String?
    package var profession: String?
    package var phone: String?
    package var email: String?

    package init(
        name: String,
        company: String? = nil,
        profession: String? = nil,
        phone: String? = nil,
        email: String? = nil
    ) {
        self.name = name
        self.company = company
        self.profession = profession
        self.phone = phone
        self.email = email
    }
}

/// What its owner alone knows of a contact.
package struct BackOfCard: Sendable, Hashable {
    /// When and where they met; in a draft, nil for the chapter's today.
    package var metOn: LocalDate?
    package var metWhere: String?
    package var notes: String?
    /// Days after which it is time to be in touch again.
    package var cadenceDays: Int?
    package var isShared: Bool

    /// The days that somebody may choose.
    package static let cadences = 1...1100

    package init(
        metOn: LocalDate? = nil,
        metWhere: String? = nil,
        notes: String? = nil,
        cadenceDays: Int? = nil,
        isShared: Bool = false
    ) {
        self.metOn = metOn
        self.metWhere = metWhere
        self.notes = notes
        self.cadenceDays = cadenceDays
        self.isShared = isShared
    }
}

/// A contact about to be kept, or as it shall be from now on.
package struct ContactDraft: Sendable {
    package var card: ContactCard
    package var back: BackOfCard
    package var member: Membership.ID?
    package var visitor: SlipID?

    package init(
        card: ContactCard,
        back: BackOfCard = BackOfCard(),
        member: Membership.ID? = nil,
        visitor: SlipID? = nil
    ) {
        self.card = card
        self.back = back
        self.member = member
        self.visitor = visitor
    }
}

/// A card that a member lets the chapter see.
package struct SharedContact: Sendable {
    package let id: SlipID
    package let card: ContactCard
    /// Who knows them, and would make the introduction.
    package let owner: String

    package init(id: SlipID, card: ContactCard, owner: String) {
        self.id = id
        self.card = card
        self.owner = owner
    }
}
