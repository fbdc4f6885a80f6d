import Postgres
import ReferralGroup

extension Query<[Invoice]> {
    /// Invoices, newest first, of one member or of all that the reader may see.
    package static func invoices(
        of chapter: Chapter.ID,
        to member: Membership.ID? = nil,
        _ slice: LedgerSlice = .whole
    ) -> Self {
        Query(
            """
            SELECT invoice.*, membership.name
              FROM invoice
              JOIN membership ON membership.chapter_id = invoice.chapter_id AND membership.id = invoice.membership_id
            \(slice.rows(of: "invoice", by: "issued_on", in: chapter, where: "\(member) IS NULL OR invoice.membership_id = \(member)"))
            """
        )
    }
}

extension Query<[Payment]> {
    package static func payments(
        of chapter: Chapter.ID,
        by member: Membership.ID? = nil,
        _ slice: LedgerSlice = .whole
    ) -> Self {
        Query(
            """
            SELECT payment.*, membership.name
              FROM payment
              JOIN membership ON membership.chapter_id = payment.chapter_id AND membership.id = payment.membership_id
            \(slice.rows(of: "payment", by: "paid_on", in: chapter, where: "\(member) IS NULL OR payment.membership_id = \(member)"))
            """
        )
    }
}

extension Query<[Balance]> {
    /// What each member owes at the end of a day (nil: today), in order of name, as far as the reader may see.
    package static func balances(of chapter: Chapter, on day: LocalDate? = nil) -> Self {
        let currency = chapter.currency
        return Query<[BalanceRow]>(
            """
            SELECT balance.*, membership.name
              FROM balances(\(chapter.id), coalesce(\(day), today(\(chapter.id)))) AS balance
              JOIN membership ON membership.chapter_id = \(chapter.id) AND membership.id = balance.membership_id
             ORDER BY membership.folded_name, membership.id
            """
        ).map { $0.map { Balance($0, in: currency) } }
    }
}

extension Query<[BillLine]> {
    /// What each member is to be billed for the days of a period, in order of name.
    package static func toBeBilled(
        _ what: Billing,
        from: LocalDate,
        to: LocalDate,
        in chapter: Chapter
    ) -> Self {
        let currency = chapter.currency
        return Query<[BillRow]>(
            """
            SELECT * FROM to_be_billed(\(chapter.id), \(what.rawValue), \(from), \(to)) AS line
             ORDER BY line.folded_name, line.membership_id
            """
        ).map { $0.map { BillLine($0, in: currency) } }
    }
}

extension Query<(invoices: Int, total: Money)?> {
    /// Writes an invoice for each line that is not billed yet.
    package static func bill(_ draft: BillDraft, in chapter: Chapter) -> Self {
        let currency = chapter.currency
        return Query<BilledRow?>(
            """
            SELECT * FROM bill(\(chapter.id), \(draft.what.rawValue), \(draft.from), \(draft.to), \(draft.writtenOn), \(draft.dueOn))
            """
        ).map { row in
            row.map { (Int($0.invoices), Money(minorUnits: $0.total, currency: currency)) }
        }
    }
}

extension Query<[StatementEntry]> {
    /// A membership's account, entry by entry, as far as the reader may see.
    package static func statement(of member: Membership.ID, in chapter: Chapter) -> Self {
        let currency = chapter.currency
        return Query<[StatementRow]>(
            """
            SELECT entry.*, row_number() OVER () AS place FROM statement(\(chapter.id), \(member)) AS entry ORDER BY place
            """
        ).map { $0.map { StatementEntry($0, in: currency) } }
    }
}

extension Query<SlipID> {
    package static func write(_ draft: InvoiceDraft, to member: Membership, in chapter: Chapter.ID) -> Self {
        Query(
            value: """
                INSERT INTO invoice (chapter_id, membership_id, person_id, kind, from_on, to_on, amount, currency, issued_on, due_on, note)
                VALUES (\(chapter), \(member.id), \(member.person), \(draft.kind.rawValue), \(draft.from), \(draft.to),
                        \(draft.amount.minorUnits), \(draft.amount.currency), coalesce(\(draft.issuedOn), today(\(chapter))),
                        coalesce(\(draft.dueOn), \(draft.issuedOn), today(\(chapter))), \(draft.note))
                RETURNING id
                """
        )
    }

    /// Records what a member paid on a day (nil: today).
    package static func pay(
        _ amount: Money,
        by member: Membership,
        on day: LocalDate?,
        note: String?,
        in chapter: Chapter.ID
    ) -> Self {
        Query(
            value: """
                INSERT INTO payment (chapter_id, membership_id, person_id, amount, currency, paid_on, note)
                VALUES (\(chapter), \(member.id), \(member.person), \(amount.minorUnits), \(amount.currency),
                        coalesce(\(day), today(\(chapter))), \(note))
                RETURNING id
                """
        )
    }
}

extension Query<Bool> {
    /// Cancels an invoice today; false where there is none that stands.
    package static func cancel(_ invoice: SlipID, because reason: String, in chapter: Chapter.ID) -> Self {
        Query(
            """
            UPDATE invoice SET cancelled_on = today(\(chapter)), cancelled_because = \(reason)
             WHERE chapter_id = \(chapter) AND id = \(invoice) AND cancelled_on IS NULL
            """
        ) { $0.affected > 0 }
    }

    /// Voids a payment that was recorded in error; false where there is none that stands.
    package static func void(_ payment: SlipID, because reason: String, in chapter: Chapter.ID) -> Self {
        Query(
            """
            UPDATE payment SET voided_on = today(\(chapter)), voided_because = \(reason)
             WHERE chapter_id = \(chapter) AND id = \(payment) AND voided_on IS NULL
            """
        ) { $0.affected > 0 }
    }
}

extension Invoice: RowDecodable {
    package init(row: Row) throws {
        try self.init(
            id: row["id"],
            member: row["membership_id"],
            name: row["name"],
            kind: row.word("kind"),
            from: row["from_on"],
            to: row["to_on"],
            amount: Money(minorUnits: row["amount"], currency: row["currency"]),
            issuedOn: row["issued_on"],
            dueOn: row["due_on"],
            note: row["note"],
            cancelledOn: row["cancelled_on"],
            cancelledBecause: row["cancelled_because"]
        )
    }
}

extension Payment: RowDecodable {
    package init(row: Row) throws {
        try self.init(
            id: row["id"],
            member: row["membership_id"],
            name: row["name"],
            amount: Money(minorUnits: row["amount"], currency: row["currency"]),
            paidOn: row["paid_on"],
            note: row["note"],
            voidedOn: row["voided_on"],
            voidedBecause: row["voided_because"]
        )
    }
}

/// Minor units of the chapter's currency, which no row names.
private struct BalanceRow: Sendable, RowDecodable {
    let member: Membership.ID
    let name: String
    let invoiced: Int64
    let paid: Int64
    let arrears: Int64
    let dueSince: LocalDate?

    init(row: Row) throws {
        member = try row["membership_id"]
        name = try row["name"]
        invoiced = try row["invoiced"]
        paid = try row["paid"]
        arrears = try row["arrears"]
        dueSince = try row["due_since"]
    }
}

extension Balance {
    fileprivate init(_ row: BalanceRow, in currency: Currency) {
        self.init(
            member: row.member,
            name: row.name,
            invoiced: Money(minorUnits: row.invoiced, currency: currency),
            paid: Money(minorUnits: row.paid, currency: currency),
            arrears: Money(minorUnits: row.arrears, currency: currency),
            dueSince: row.dueSince
        )
    }
}

private struct BillRow: Sendable, RowDecodable {
    let member: Membership.ID
    let name: String
    let from: LocalDate
    let to: LocalDate
    let meetings: Int64?
    let amount: Int64
    let isBilled: Bool

    init(row: Row) throws {
        member = try row["membership_id"]
        name = try row["name"]
        from = try row["from_on"]
        to = try row["to_on"]
        meetings = try row["meetings"]
        amount = try row["amount"]
        isBilled = try row["is_billed"]
    }
}

private struct BilledRow: Sendable, RowDecodable {
    let invoices: Int64
    let total: Int64

    init(row: Row) throws {
        invoices = try row["invoices"]
        total = try row["total"]
    }
}

private struct StatementRow: Sendable, RowDecodable {
    let day: LocalDate
    let what: StatementEntry.What
    let kind: Invoice.Kind?
    let from: LocalDate?
    let to: LocalDate?
    let note: String?
    let amount: Int64
    let balance: Int64

    init(row: Row) throws {
        day = try row["day"]
        what = try row.word("entry")
        let word: String? = try row["kind"]
        kind = word.flatMap(Invoice.Kind.init(rawValue:))
        from = try row["from_on"]
        to = try row["to_on"]
        note = try row["note"]
        amount = try row["amount"]
        balance = try row["balance"]
    }
}

extension BillLine {
    fileprivate init(_ row: BillRow, in currency: Currency) {
        self.init(
            member: row.member,
            name: row.name,
            from: row.from,
            to: row.to,
            meetings: row.meetings.map { Int($0) },
            amount: Money(minorUnits: row.amount, currency: currency),
            isBilled: row.isBilled
        )
    }
}

extension StatementEntry {
    fileprivate init(_ row: StatementRow, in currency: Currency) {
        self.init(
            day: row.day,
            what: row.what,
            kind: row.kind,
            from: row.from,
            to: row.to,
            note: row.note,
            amount: Money(minorUnits: row.amount, currency: currency),
            balance: Money(minorUnits: row.balance, currency: currency)
        )
    }
}
