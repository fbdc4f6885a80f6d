import ReferralGroup

/// The months that were closed, and those that are over and open.
package func monthsPage(closed: [ClosedMonth], open: [Month], for reader: Reader) -> HTML {
    let folder: HTML = "\(reader.folder)/months"
    let mayClose = reader.may(.closeMonths)
    let waiting = open.map { month -> HTML in
        let close: HTML = mayClose ? action("\(folder)/\(month)/close", "Close it", reader.formToken) : .none
        return "<li>\(link(month, reader)) \(close)</li>\n"
    }
    let rows = closed.map { line($0, mayClose: mayClose, reader) }
    return chapterPage(
        "Closed months",
        in: .months,
        for: reader,
        """
        <p class="hint">\(say: "The return of a closed month is stored as it was, under a number; what comes later is told beside it.")</p>
        \(waiting.isEmpty ? .none : "<section><h2>\(say: "Over, and not closed")</h2><ul class=\"plain\">\n\(waiting)</ul></section>\n")
        <section><h2>\(say: "Closed")</h2>
        \(rows.isEmpty ? nothing("No month is closed yet. Close one once every meeting of it is sealed.") : "<ul class=\"plain\">\n\(rows)</ul>\n")</section>
        """
    )
}

private func link(_ month: Month, _ reader: Reader) -> HTML {
    "<a href=\"\(reader.folder)/reports/roi?month=\(month)\"><b>\(month, .long)</b></a>"
}

private func line(_ closed: ClosedMonth, mayClose: Bool, _ reader: Reader) -> HTML {
    let by: HTML = closed.closedBy.map { " · \($0)" } ?? .none
    let below: HTML = "\(say: "number \(closed.number), \(moment(closed.closedAt))")\(by)"
    if let reopening = closed.reopening {
        let by: HTML = reopening.by.map { " · \($0)" } ?? .none
        return """
            <li><span class="who">\(link(closed.month, reader))<span class="hint">\(below)</span>\
            <span class="hint">\(say: "opened again on \(moment(reopening.at))")\(by): \(reopening.reason)</span></span> \
            \(chip("opened again", .quiet))</li>

            """
    }
    let changes: HTML =
        closed.changes == 0
        ? chip("as it was", .good) : chip("\(count: closed.changes) entries changed since", .warn)
    let reopen: HTML =
        mayClose
        ? " <a href=\"\(reader.folder)/months/\(closed.month)/reopen\">\(say: "Open again")</a>" : .none
    return
        "<li><span class=\"who\">\(link(closed.month, reader))<span class=\"hint\">\(below)</span></span><span>\(changes)\(reopen)</span></li>\n"
}

package func reopenPage(_ month: Month, _ filled: Filled = .blank, for reader: Reader) -> HTML {
    chapterPage(
        "Open \("\(month, .long)" as HTML) again",
        in: .months,
        for: reader,
        above: back(to: .months, for: reader),
        delicateForm(
            to: "\(reader.folder)/months/\(month)/reopen",
            "<p>\(say: "What was stored stays, with its number and your reason; the figures of now are shown again.")</p>\n",
            [.line("reason", "Why it is opened again", isRequired: true, extra: " maxlength=\"200\"")],
            filled,
            button: "Open the month again",
            back: "\(reader.folder)/months",
            formToken: reader.formToken
        )
    )
}
