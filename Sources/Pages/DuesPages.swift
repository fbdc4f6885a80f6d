import ReferralGroup

/// What somebody owes and paid: one's own, or everybody's for whoever may see them.
package struct DuesView: Sendable {
    package static let pageLength = 50
    package let balances: [Balance]
    package let invoices: [Invoice]
    package let payments: [Payment]
    /// The membership whose statement it is; nil for all that the reader may see.
    package let member: Membership?

    package init(balances: [Balance], invoices: [Invoice], payments: [Payment], member: Membership? = nil) {
        self.balances = balances
        self.invoices = invoices
        self.payments = payments
        self.member = member
    }
}

/// The dues of the reader, or of the chapter.
package func duesPage(_ view: DuesView, own: Membership.ID?, today: LocalDate, for reader: Reader) -> HTML {
    let folder: HTML = "\(reader.folder)/dues"
    let write: HTML =
        reader.may(.keepDues)
        ? "\(button("\(folder)/payments/new", "Record a payment"))\(button("\(folder)/bill", "Bill everybody"))\(button("\(folder)/invoices/new", "Write an invoice"))"
        : .none
    let mine = view.balances.first { $0.member == own }
    let statement: HTML =
        mine == nil
        ? .none
        : "<p><a href=\"\(folder)/members/\(mine?.member.number ?? 0)\">\(say: "Your account, entry by entry")</a></p>\n"
    let all: HTML = reader.may(.seeDues) ? everybody(view.balances, for: reader) : .none
    return chapterPage(
        "Dues",
        in: .dues,
        for: reader,
        """
        \(own == nil ? .none : account(mine))\(statement)
        \(write)\(all)
        <section><h2>\(say: "Newest invoices")</h2>
        \(invoices(view.invoices.prefix(DuesView.pageLength), today: today, for: reader))\(more("\(folder)/invoices", view.invoices.count))</section>
        <section><h2>\(say: "Newest payments")</h2>
        \(payments(view.payments.prefix(DuesView.pageLength), for: reader))\(more("\(folder)/payments", view.payments.count))</section>
        """
    )
}

private func more(_ address: HTML, _ count: Int) -> HTML {
    count > DuesView.pageLength ? "<p><a href=\"\(address)\">\(say: "All of them")</a></p>\n" : .none
}

private func account(_ balance: Balance?) -> HTML {
    guard let balance else { return "<p>\(say: "You were invoiced nothing so far.")</p>" }
    let since = balance.dueSince.map { day -> HTML in
        "<dd class=\"hint\">\(say: "\(Numbers.text(balance.arrears)) of it is due since \("\(day, .long)" as HTML)")</dd>"
    }
    return """
        <dl class="tiles">
        <div class="tile hero"><dt>\(say: "You owe")</dt><dd>\(Numbers.text(balance.open))</dd>\(since ?? .none)</div>
        <div class="tile"><dt>\(say: "Invoiced")</dt><dd>\(Numbers.text(balance.invoiced))</dd></div>
        <div class="tile"><dt>\(say: "Paid")</dt><dd>\(Numbers.text(balance.paid))</dd></div>
        </dl>
        """
}

private func everybody(_ balances: [Balance], for reader: Reader) -> HTML {
    guard !balances.isEmpty else {
        return nothing("Nobody was invoiced anything yet.")
    }
    let rows = balances.map { balance -> HTML in
        let due = balance.dueSince.map { day -> HTML in "\(day, .long)" } ?? .none
        return """
            <tr><th scope="row"><a href="\(reader.folder)/dues/members/\(balance.member)">\(balance.name)</a></th>\
            <td>\(Numbers.text(balance.invoiced))</td><td>\(Numbers.text(balance.paid))</td>\
            <td>\(Numbers.text(balance.open))</td><td>\(Numbers.text(balance.arrears))</td><td>\(due)</td></tr>

            """
    }
    let title: Phrase = "What members owe"
    return """
        <section><h2>\(say: title)</h2>
        <div class="scroll" tabindex="0" role="region" aria-label="\(say: title)"><table>
        <caption>\(say: "\(count: balances.count) members with invoices or payments")</caption>
        <thead><tr><th scope="col" class="text">\(say: "Member")</th><th scope="col">\(say: "Invoiced")</th><th scope="col">\(say: "Paid")</th>\
        <th scope="col">\(say: "Owes")</th><th scope="col">\(say: "Of it due")</th><th scope="col">\(say: "Due since")</th></tr></thead>
        <tbody>
        \(rows)</tbody></table></div></section>

        """
}

/// A list of invoices or of payments; one more than a page holds says that there is a further page.
package func invoicesPage(_ list: [Invoice], isFirst: Bool, today: LocalDate, for reader: Reader) -> HTML {
    let folder: HTML = "\(reader.folder)/dues/invoices"
    let shown = list.prefix(DuesView.pageLength)
    return chapterPage(
        "Invoices",
        in: .dues,
        for: reader,
        above: back(to: .dues, for: reader),
        """
        \(invoices(shown, today: today, for: reader))
        \(pager(previous: isFirst ? nil : folder, next: list.count > shown.count ? shown.last.map { "\(folder)?after=\($0.id)" } : nil))
        """
    )
}

package func paymentsPage(_ list: [Payment], isFirst: Bool, for reader: Reader) -> HTML {
    let folder: HTML = "\(reader.folder)/dues/payments"
    let shown = list.prefix(DuesView.pageLength)
    return chapterPage(
        "Payments",
        in: .dues,
        for: reader,
        above: back(to: .dues, for: reader),
        """
        \(payments(shown, for: reader))
        \(pager(previous: isFirst ? nil : folder, next: list.count > shown.count ? shown.last.map { "\(folder)?after=\($0.id)" } : nil))
        """
    )
}

/// A member's statement.
package func statementPage(
    _ view: DuesView,
    _ entries: [StatementEntry],
    of member: Membership,
    today: LocalDate,
    for reader: Reader
) -> HTML {
    let balance = view.balances.first { $0.member == member.id }
    return chapterPage(
        "Statement of \(member.name)",
        in: .dues,
        for: reader,
        above: back(to: .dues, for: reader),
        """
        \(facts([
            ("Owes", balance.map { Numbers.text($0.open) }), ("Of it due", balance.map { Numbers.text($0.arrears) }), ("Invoiced", balance.map { Numbers.text($0.invoiced) }),
            ("Paid", balance.map { Numbers.text($0.paid) }), ("Due since", balance?.dueSince.map { "\($0, .long)" }),
        ]))
        \(account(entries))\(reader.may(.keepDues) ? papers(view, today: today, for: reader) : .none)
        """
    )
}

/// What may be taken back.
private func papers(_ view: DuesView, today: LocalDate, for reader: Reader) -> HTML {
    """
    <section><h2>\(say: "Invoices")</h2>\(invoices(view.invoices[...], today: today, for: reader))</section>
    <section><h2>\(say: "Payments")</h2>\(payments(view.payments[...], for: reader))</section>
    """
}

private func invoices(_ invoices: ArraySlice<Invoice>, today: LocalDate, for reader: Reader) -> HTML {
    let rows = invoices.map { invoice -> HTML in
        let covers = invoice.from.map { days($0, invoice.to) }.map { days -> HTML in " · \(days)" } ?? .none
        let note = invoice.note.map { note -> HTML in " · \(note)" } ?? .none
        let standing: HTML =
            invoice.cancelledOn != nil
            ? "\(chip("no longer owed", .quiet)) <span class=\"hint\">\(invoice.cancelledBecause ?? "")</span>"
            : "<span class=\"hint\">\(say: "due on \("\(invoice.dueOn, .long)" as HTML)")</span>"
        let cancel: HTML =
            reader.may(.keepDues) && invoice.cancelledOn == nil
            ? " <a href=\"\(reader.folder)/dues/invoices/\(invoice.id)/cancel\">\(say: "Cancel")</a>" : .none
        return """
            <li>\(who("\(invoice.name)", "\(say: invoice.kind.word) · \(invoice.issuedOn, .long)\(covers)\(note)"))\
            <span><b>\(Numbers.text(invoice.amount))</b> \(standing)\(cancel)</span></li>

            """
    }
    return rows.isEmpty ? nothing("There is no invoice.") : "<ul class=\"plain\">\n\(rows)</ul>\n"
}

private func payments(_ payments: ArraySlice<Payment>, for reader: Reader) -> HTML {
    let rows = payments.map { payment -> HTML in
        let note = payment.note.map { note -> HTML in " · \(note)" } ?? .none
        let standing: HTML =
            payment.voidedOn == nil
            ? .none : "\(chip("voided", .quiet)) <span class=\"hint\">\(payment.voidedBecause ?? "")</span>"
        let void: HTML =
            reader.may(.keepDues) && payment.voidedOn == nil
            ? " <a href=\"\(reader.folder)/dues/payments/\(payment.id)/void\">\(say: "Void")</a>" : .none
        return """
            <li>\(who("\(payment.name)", "\(payment.paidOn, .long)\(note)"))\
            <span><b>\(Numbers.text(payment.amount))</b> \(standing)\(void)</span></li>

            """
    }
    return rows.isEmpty ? nothing("There is no payment.") : "<ul class=\"plain\">\n\(rows)</ul>\n"
}

package func newInvoicePage(
    _ members: [Membership],
    _ filled: Filled,
    in currency: Currency,
    for reader: Reader
) -> HTML {
    chapterPage(
        "Write an invoice",
        in: .dues,
        for: reader,
        above: back(to: .dues, for: reader),
        form(
            to: "\(reader.folder)/dues/invoices",
            [
                .choice(
                    "member",
                    "Member",
                    of: choices(of: members, none: "Choose a member"),
                    isRequired: true
                ),
                .few(
                    "kind",
                    "For",
                    of: Invoice.Kind.allCases.map { Choice($0.rawValue, "\(say: $0.word)") },
                    preset: Invoice.Kind.membership.rawValue
                ),
                .amount("amount", "Amount", in: currency, isRequired: true),
                .line("due", "Due on", type: "date", hint: "At once, where nothing is said."),
            ],
            filled,
            button: "Write it",
            more: [
                .line("date", "Written on", type: "date", hint: "Today, where nothing is said."),
                .day("from", "Covers from"), .day("to", "Covers to"),
                .line("note", "Remark", extra: " maxlength=\"200\""),
            ],
            formToken: reader.formToken
        )
    )
}

package func newPaymentPage(
    _ members: [Membership],
    _ filled: Filled,
    in currency: Currency,
    for reader: Reader
) -> HTML {
    chapterPage(
        "Record a payment",
        in: .dues,
        for: reader,
        above: back(to: .dues, for: reader),
        """
        <p class="hint">\(say: "It settles the oldest invoice first.")</p>
        \(form(
            to: "\(reader.folder)/dues/payments",
            [
                .choice("member", "Member", of: choices(of: members, none: "Choose a member"), isRequired: true),
                .amount("amount", "Amount", in: currency, isRequired: true),
                .line("date", "Paid on", type: "date", hint: "Today, where nothing is said."),
                .line("note", "Remark", extra: " maxlength=\"200\""),
            ],
            filled,
            button: "Record it",
            formToken: reader.formToken
        ))
        """
    )
}

package func cancelInvoicePage(_ invoice: Invoice, _ filled: Filled = .blank, for reader: Reader) -> HTML {
    takeBackPage(
        "Cancel an invoice",
        "\(invoice.name), \(invoice.issuedOn, .long): <b>\(Numbers.text(invoice.amount))</b>",
        to: "\(reader.folder)/dues/invoices/\(invoice.id)/cancel",
        "Cancel the invoice",
        filled,
        for: reader
    )
}

package func voidPaymentPage(_ payment: Payment, _ filled: Filled = .blank, for reader: Reader) -> HTML {
    takeBackPage(
        "Void a payment",
        "\(payment.name), \(payment.paidOn, .long): <b>\(Numbers.text(payment.amount))</b>",
        to: "\(reader.folder)/dues/payments/\(payment.id)/void",
        "Void the payment",
        filled,
        for: reader
    )
}

private func takeBackPage(
    _ title: Phrase,
    _ what: HTML,
    to address: HTML,
    _ button: Phrase,
    _ filled: Filled,
    for reader: Reader
) -> HTML {
    chapterPage(
        title,
        in: .dues,
        for: reader,
        above: back(to: .dues, for: reader),
        delicateForm(
            to: address,
            """
            <p>\(what)</p>
            <p>\(say: "It stays in the list, with the reason, and counts no more.")</p>

            """,
            [.line("because", "Reason", isRequired: true, extra: " maxlength=\"200\"")],
            filled,
            button: button,
            back: "\(reader.folder)/dues",
            formToken: reader.formToken
        )
    )
}

extension Invoice.Kind {
    var word: Phrase {
        switch self {
        case .membership: "membership"
        case .meetings: "meetings"
        case .other: "something else"
        }
    }
}
