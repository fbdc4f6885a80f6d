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

/// What is billed to every member at once.
package enum Billing: String, Sendable, CaseIterable {
    /// The membership fee of their days of a period, as the return counts dues.
    case term
    /// The whole fee, of those who renew in a period.
    case renewals
    /// The fee of each sealed regular meeting of a period, as the policy has it due.
    case meetings
}

/// What one member is to be billed.
package struct BillLine: Sendable {
    package let member: Membership.ID
    package let name: String
    package let from: LocalDate
    package let to: LocalDate
    /// How many meetings it is for; nil for a membership fee.
    package let meetings: Int?
    package let amount: Money
    /// Whether an invoice of that kind covers some of these days already.
    package let isBilled: Bool

    package init(
        member: Membership.ID,
        name: String,
        from: LocalDate,
        to: LocalDate,
        meetings: Int?,
        amount: Money,
        isBilled: Bool
    ) {
        self.member = member
        self.name = name
        self.from = from
        self.to = to
        self.meetings = meetings
        self.amount = amount
        self.isBilled = isBilled
    }
}

/// Everybody's invoices for a period, about to be written.
package struct BillDraft: Sendable {
    package let what: Billing
    package let from: LocalDate
    package let to: LocalDate
    /// Nil for the chapter's today, and for the day of writing.
    package let writtenOn: LocalDate?
    package let dueOn: LocalDate?

    package init(
        what: Billing,
        from: LocalDate,
        to: LocalDate,
        writtenOn: LocalDate? = nil,
        dueOn: LocalDate? = nil
    ) {
        self.what = what
        self.from = from
        self.to = to
        self.writtenOn = writtenOn
        self.dueOn = dueOn
    }
}

/// A line of a member's account.
package struct StatementEntry: Sendable {
    package enum What: String, Sendable, CaseIterable {
        case invoice, cancelled, payment, voided
    }

    package let day: LocalDate
    package let what: What
    /// What an invoice is for, and the days that it covers.
    package let kind: Invoice.Kind?
    package let from: LocalDate?
    package let to: LocalDate?
    /// The note on it, or why it was taken back.
    package let note: String?
    /// What it adds to what is owed; below zero, what it takes off.
    package let amount: Money
    /// What was owed then; below zero, what the chapter owed.
    package let balance: Money

    package init(
        day: LocalDate,
        what: What,
        kind: Invoice.Kind?,
        from: LocalDate?,
        to: LocalDate?,
        note: String?,
        amount: Money,
        balance: Money
    ) {
        self.day = day
        self.what = what
        self.kind = kind
        self.from = from
        self.to = to
        self.note = note
        self.amount = amount
        self.balance = balance
    }
}
