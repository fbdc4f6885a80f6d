/// What a member is to pay, and by when.
package struct Invoice: Sendable {
    package let id: SlipID
    package let member: Membership.ID
    package let name: String
    package let kind: Kind
    /// The days that it covers.
    package let from: LocalDate?
    package let to: LocalDate?
    package let amount: Money
    package let issuedOn: LocalDate
    package let dueOn: LocalDate
    package let note: String?
    package let cancelledOn: LocalDate?
    package let cancelledBecause: String?

    package init(
        id: SlipID,
        member: Membership.ID,
        name: String,
        kind: Kind,
        from: LocalDate?,
        to: LocalDate?,
        amount: Money,
        issuedOn: LocalDate,
        dueOn: LocalDate,
        note: String?,
        cancelledOn: LocalDate?,
        cancelledBecause: String?
    ) {
        self.id = id
        self.member = member
        self.name = name
        self.kind = kind
        self.from = from
        self.to = to
        self.amount = amount
        self.issuedOn = issuedOn
        self.dueOn = dueOn
        self.note = note
        self.cancelledOn = cancelledOn
        self.cancelledBecause = cancelledBecause
    }

    package enum Kind: String, Sendable, CaseIterable {
        case membership, meetings, other
    }
}

/// An invoice about to be written.
package struct InvoiceDraft: Sendable {
    package let member: Membership.ID
    package let kind: Invoice.Kind
    package let amount: Money
    package let from: LocalDate?
    package let to: LocalDate?
    /// Local dates of the chapter; nil for its today, and for the day of issue.
    package let issuedOn: LocalDate?
    package let dueOn: LocalDate?
    package let note: String?

    package init(
        member: Membership.ID,
        kind: Invoice.Kind,
        amount: Money,
        from: LocalDate? = nil,
        to: LocalDate? = nil,
        issuedOn: LocalDate? = nil,
        dueOn: LocalDate? = nil,
        note: String? = nil
    ) {
        self.member = member
        self.kind = kind
        self.amount = amount
        self.from = from
        self.to = to
        self.issuedOn = issuedOn
        self.dueOn = dueOn
        self.note = note
    }
}

/// Money that came from a member; it settles the oldest invoice first.
package struct Payment: Sendable {
    package let id: SlipID
    package let member: Membership.ID
    package let name: String
    package let amount: Money
    package let paidOn: LocalDate
    package let note: String?
    package let voidedOn: LocalDate?
    package let voidedBecause: String?

    package init(
        id: SlipID,
        member: Membership.ID,
        name: String,
        amount: Money,
        paidOn: LocalDate,
        note: String?,
        voidedOn: LocalDate?,
        voidedBecause: String?
    ) {
        self.id = id
        self.member = member
        self.name = name
        self.amount = amount
        self.paidOn = paidOn
        self.note = note
        self.voidedOn = voidedOn
        self.voidedBecause = voidedBecause
    }
}

/// What a member was invoiced, paid, and owes.
package struct Balance: Sendable {
    package let member: Membership.ID
    package let name: String
    package let invoiced: Money
    package let paid: Money
    /// Of what is due; 0 where nothing is.
    package let arrears: Money
    /// The day on which the oldest invoice that is not settled was due.
    package let dueSince: LocalDate?

    package init(
        member: Membership.ID,
        name: String,
        invoiced: Money,
        paid: Money,
        arrears: Money,
        dueSince: LocalDate?
    ) {
        self.member = member
        self.name = name
        self.invoiced = invoiced
        self.paid = paid
        self.arrears = arrears
        self.dueSince = dueSince
    }

    /// What was invoiced and is not paid, due or not.
    package var open: Money {
        Money(minorUnits: max(0, invoiced.minorUnits - paid.minorUnits), currency: invoiced.currency)
    }
}
