import ReferralGroup

/// What a leader may do with a month on its page.
package struct ClosingForm: Sendable {
    package let formToken: FormToken
    /// Whether the month is over, so that it can be closed.
    package let isOver: Bool

    package init(formToken: FormToken, isOver: Bool) {
        self.formToken = formToken
        self.isOver = isOver
    }
}

/// That these are the stored figures of a closed month, what would be other now, and what made it so.
func closingNote(_ report: MonthlyROI) -> HTML {
    guard let closing = report.closing else { return .none }
    let by = closing.closed.closedBy.map { " by \($0)" } ?? ""
    let closed: HTML = """
        <p class="note">Closed as number \(closing.closed.number) on <time datetime="\(closing.closed.closedAt)">\
        \(moment(closing.closed.closedAt))</time>\(by): these are the figures of then. \
        <a href="/chapters/\(report.chapter)/reports/roi?month=\(report.month)&amp;live=true">The figures of now</a></p>

        """
    guard let restated = closing.restated else { return closed }
    let sentences = restated.sentences.map { sentence -> HTML in "<p>\(sentence)</p>\n" }
    let changes = restated.changes.map { change -> HTML in "<li>\(change.sentence)</li>\n" }
    return """
        \(closed)<div class="note" id="restated">
        \(sentences)<details><summary>What made it other: \(restated.changes.count) \(restated.changes.count == 1 ? "entry" : "entries")</summary>
        <ul>
        \(changes)</ul></details></div>

        """
}

/// The button with which a leader closes a month, or opens it again.
func closingForm(_ report: MonthlyROI, _ form: ClosingForm?) -> HTML {
    guard let form else { return .none }
    let place = "/chapters/\(report.chapter)/months/\(report.month)"
    if report.closing != nil {
        return """
            <form method="post" action="\(place)/reopen" class="closing">\(form.formToken.field)
            <p><label for="reason">Why it is opened again</label> <input id="reason" name="reason" maxlength="200" required></p>
            <p><button class="quiet">Open the month again</button></p></form>

            """
    }
    guard form.isOver else { return .none }
    return """
        <form method="post" action="\(place)/close" class="closing">\(form.formToken.field)
        <p><button>Close the month</button> <span class="hint">The return is stored as it is now, under a number; what comes later is told beside it.</span></p></form>

        """
}
