import ReferralGroup

/// What everybody would be billed, to be looked at before it is written.
package struct BillPreview: Sendable {
    package let draft: BillDraft
    package let lines: [BillLine]
    package let currency: Currency

    package init(draft: BillDraft, lines: [BillLine], currency: Currency) {
        self.draft = draft
        self.lines = lines
        self.currency = currency
    }

    /// What is not billed yet.
    fileprivate var open: [BillLine] {
        lines.filter { !$0.isBilled }
    }

    fileprivate var total: Money {
        // More than fits is refused where it is written.
        Money(
            minorUnits: open.reduce(0) { $0.addingReportingOverflow($1.amount.minorUnits).partialValue },
            currency: currency
        )
    }
}

/// Where it is said what everybody is billed and for which days; below it, what that comes to.
package func newBillPage(_ filled: Filled, preview: BillPreview?, for reader: Reader) -> HTML {
    let fields: [Field] = [
        .few(
            "for",
            "What is billed",
            of: Billing.allCases.map { Choice($0.rawValue, "\(say: $0.word)") },
            preset: Billing.term.rawValue
        ),
        .day("from", "From", isRequired: true), .day("to", "Until", isRequired: true),
    ]
    let due: Field = .line("due", "Due on", type: "date", hint: "At once, where nothing is said.")
    return chapterPage(
        "Bill everybody",
        in: .dues,
        for: reader,
        above: back(to: .dues, for: reader),
        """
        <p class="hint">\(say: "Each member gets one invoice. Whoever has one for any of these days gets none.")</p>
        \(filled.summary(naming: (fields + [due]).map { ($0.name, $0.label) }))<form class="entry" method="get" action="\(reader.folder)/dues/bill">
        \(fields.map { $0.html(in: filled) })<p class="send"><button class="quiet">\(say: "Show what it comes to")</button></p>
        </form>
        \(preview.map { shown($0, due, filled, for: reader) } ?? .none)
        """
    )
}

private func shown(_ preview: BillPreview, _ due: Field, _ filled: Filled, for reader: Reader) -> HTML {
    guard !preview.lines.isEmpty else { return nothing("For these days nobody is to be billed anything.") }
    let rows = preview.lines.map { line -> HTML in
        let meetings = line.meetings.map { count -> HTML in " · \(say: "\(count: count) meetings")" } ?? .none
        let standing: HTML = line.isBilled ? " \(chip("billed already", .quiet))" : .none
        return """
            <li>\(who("\(line.name)", "\(days(line.from, line.to))\(meetings)"))\
            <span><b>\(Numbers.text(line.amount))</b>\(standing)</span></li>

            """
    }
    let draft = preview.draft
    let hidden: [Field] = [
        .hidden("for", draft.what.rawValue), .hidden("from", draft.from.description),
        .hidden("to", draft.to.description),
    ]
    let write: HTML =
        preview.open.isEmpty
        ? "<p>\(say: "Everybody is billed for these days.")</p>\n"
        : """
        <form class="entry" method="post" action="\(reader.folder)/dues/bill">
        \(hidden.map { $0.html(in: .blank) })\(due.html(in: filled))\(reader.formToken.field)<p class="send"><button>\(say: "Write \(count: preview.open.count) invoices")</button></p>
        </form>

        """
    return """
        <section><h2>\(say: "What it comes to")</h2>
        <p><b>\(Numbers.text(preview.total))</b> · \(say: "\(count: preview.open.count) invoices")</p>
        \(write)<ul class="plain">
        \(rows)</ul></section>
        """
}

/// A member's account as a table: what came on, what went off, and what was owed then.
func account(_ entries: [StatementEntry]) -> HTML {
    guard !entries.isEmpty else { return nothing("Nothing was invoiced or paid so far.") }
    let rows = entries.map { entry -> HTML in
        let kind = entry.kind.map { kind -> HTML in " · \(say: kind.word)" } ?? .none
        let covers = entry.from.map { days($0, entry.to) }.map { days -> HTML in " · \(days)" } ?? .none
        let note = entry.note.map { note -> HTML in " · \(note)" } ?? .none
        return """
            <tr><th scope="row"><time datetime="\(entry.day)">\(entry.day, .short)</time></th>\
            <td class="text">\(say: entry.what.word)\(kind)\(covers)\(note)</td>\
            <td>\(Numbers.text(entry.amount))</td><td>\(Numbers.text(entry.balance))</td></tr>

            """
    }
    let title: Phrase = "Account"
    return """
        <section><h2>\(say: title)</h2>
        <div class="scroll" tabindex="0" role="region" aria-label="\(say: title)"><table>
        <thead><tr><th scope="col" class="text">\(say: "Day")</th><th scope="col" class="text">\(say: "Entry")</th>\
        <th scope="col">\(say: "Amount")</th><th scope="col">\(say: "Owed then")</th></tr></thead>
        <tbody>
        \(rows)</tbody></table></div></section>

        """
}

extension Billing {
    fileprivate var word: Phrase {
        switch self {
        case .term: "membership, for these days"
        case .renewals: "membership, of those who renew in these days"
        case .meetings: "the meetings of these days"
        }
    }
}

extension StatementEntry.What {
    fileprivate var word: Phrase {
        switch self {
        case .invoice: "Invoice"
        case .cancelled: "Invoice cancelled"
        case .payment: "Payment"
        case .voided: "Payment voided"
        }
    }
}
