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
    let number = closing.closed.number
    let at: HTML = "<time datetime=\"\(closing.closed.closedAt)\">\(moment(closing.closed.closedAt))</time>"
    let sentence: Phrase =
        closing.closed.closedBy.map {
            "Closed as number \(number) on \(at) by \($0): these are the figures of then."
        }
        ?? "Closed as number \(number) on \(at): these are the figures of then."
    let closed: HTML = """
        <p class="note">\(say: sentence) \
        <a href="/chapters/\(report.chapter)/reports/roi?month=\(report.month)&amp;live=true">\(say: "The figures of now")</a></p>

        """
    guard let restated = closing.restated else { return closed }
    let sentences = restated.sentences.map { sentence -> HTML in "<p>\(Phrase(reading: sentence))</p>\n" }
    let changes = restated.changes.map { change -> HTML in "<li>\(say: said(of: change))</li>\n" }
    return """
        \(closed)<div class="note" id="restated">
        \(sentences)<details><summary>\(say: "What made it other: \(count: restated.changes.count) entries")</summary>
        <ul>
        \(changes)</ul></details></div>

        """
}

private func said(of change: MonthlyROI.Change) -> Phrase {
    let (entity, at) = (kind(ofRecord: change.entity), moment(change.at))
    return switch change.change {
    case "made": "\(entity) of \(day(change.day)), made \(at)"
    case "taken-back": "\(entity) of \(day(change.day)), taken back \(at)"
    default: "\(entity) of \(day(change.day)), changed \(at)"
    }
}

private func day(_ day: LocalDate) -> HTML {
    "\(day, .long)"
}

/// The button with which a leader closes a month, or opens it again.
func closingForm(_ report: MonthlyROI, _ form: ClosingForm?) -> HTML {
    guard let form else { return .none }
    let place = "/chapters/\(report.chapter)/months/\(report.month)"
    if report.closing != nil {
        return """
            <form method="post" action="\(place)/reopen" class="closing">\(form.formToken.field)
            <p><label for="reason">\(say: "Why it is opened again")</label> <input id="reason" name="reason" maxlength="200" required></p>
            <p><button class="quiet">\(say: "Open the month again")</button></p></form>

            """
    }
    guard form.isOver else { return .none }
    return """
        <form method="post" action="\(place)/close" class="closing">\(form.formToken.field)
        <p><button>\(say: "Close the month")</button> <span class="hint">\(say: "The return is stored as it is now, under a number; what comes later is told beside it.")</span></p></form>

        """
}
