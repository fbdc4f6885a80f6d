import ReferralGroup

/// The sheet of a night: everybody present, then the exceptions by one tap each.
func sheet(_ night: MeetingNight, _ reader: Reader) -> HTML {
    let meeting = night.meeting
    let place: HTML = "\(reader.folder)/meetings/\(meeting.date)"
    guard meeting.status == .scheduled || meeting.status == .open else {
        let lines = night.sheet.map { line -> HTML in
            "<li><span class=\"who\"><b>\(line.name)</b>\(standIn(line))</span> \(chip(of: line))</li>\n"
        }
        return "<section id=\"sheet\"><h2>\(say: "Sheet")</h2>\n<ul class=\"plain\">\(lines)</ul></section>\n"
    }
    guard meeting.date <= night.today else { return announced(night) }
    let expected = night.sheet.filter { !$0.isOnLeave }
    let marked = expected.count { $0.mark != nil }
    let everybody: HTML =
        marked < expected.count
        ? """
        <form method="post" action="\(place)/everybody" class="everybody">\(reader.formToken.field)
        <button class="wide">\(say: marked == 0 ? "Everybody is here" : "All others are here")</button></form>
        <p class="hint">\(say: "Then tap the exceptions.")</p>
        """ : .none
    let rows = night.sheet.map { line in
        row(line, night.announced.first { $0.member == line.member })
    }
    return """
        <section id="sheet" data-sheet="\(place)"><h2>\(say: "Sheet")</h2>
        <p class="progress"><progress max="\(max(expected.count, 1))" value="\(marked)" aria-label="\(say: "Marked")"></progress>
        <span data-count="\(say: "\("{n}") of \("{m}") marked")">\(say: "\(marked) of \(expected.count) marked")</span>
        <span class="chip quiet" role="status" data-saved="\(say: "All is saved")" data-waiting="\(say: "Waiting for the line: \("{n}")")" data-other="\(say: "Somebody else has marked this meanwhile: look again.")"></span></p>
        \(everybody)
        <form method="post" action="\(place)/marks">
        \(reader.formToken.field)
        <ul class="sheet">
        \(rows)</ul>
        <p class="send"><button data-without-script>\(say: "Keep the marks")</button></p>
        </form></section>

        """
}

/// Before the day there is nothing to mark: who said that they will be away.
private func announced(_ night: MeetingNight) -> HTML {
    let rows = night.announced.compactMap { absence -> HTML? in
        guard let line = night.sheet.first(where: { $0.member == absence.member }) else { return nil }
        let standIn: HTML =
            absence.standIn.map { "<span class=\"hint\">\(say: "\($0) comes in their place")</span>" }
            ?? .none
        return
            "<li><span class=\"who\"><b>\(line.name)</b>\(standIn)</span> <span class=\"hint\">\(absence.reason ?? "")</span></li>\n"
    }
    return """
        <section id="sheet"><h2>\(say: "Who will be away")</h2>
        \(rows.isEmpty ? nothing("Nobody has said so yet. The sheet opens on the day.") : "<ul class=\"plain\">\(rows)</ul>")</section>

        """
}

private func row(_ line: SheetLine, _ announced: AnnouncedAbsence?) -> HTML {
    let marks = Mark.allCases.map { mark -> HTML in
        """
        <label class="mark \(mark.letter)"><input type="radio" name="mark.\(line.member)" value="\(mark.letter)"\(line.mark == mark ? " checked" : .none)><span aria-hidden="true">\(say: Phrase(of: mark.letter))</span><span class="unseen">\(say: mark.name)</span></label>
        """
    }
    let said: HTML =
        announced.map { absence in
            let reason: HTML = absence.reason.map { ": \($0)" } ?? .none
            return "<span class=\"hint\">\(say: "Will be away")\(reason)</span>"
        } ?? (line.isOnLeave ? "<span class=\"hint\">\(say: "On leave")</span>" : .none)
    let standIn = line.standIn ?? (line.mark == nil ? announced?.standIn : nil) ?? ""
    return """
        <li data-member="\(line.member)"><fieldset><legend><b>\(line.name)</b>\(said)</legend>
        <div class="marks">\(marks)</div>
        <input type="hidden" name="seen.\(line.member)" value="\(line.mark?.letter ?? "")">
        <label class="stand-in"><span>\(say: "Who stands in")</span> <input name="stand_in.\(line.member)" value="\(standIn)" maxlength="200" autocomplete="off"></label>
        </fieldset></li>

        """
}

extension Mark {
    var name: Phrase {
        switch self {
        case .present: "present"
        case .absent: "absent"
        case .late: "late"
        case .medical: "medical"
        case .substitute: "substitute"
        }
    }
}

private func standIn(_ line: SheetLine) -> HTML {
    line.standIn.map { "<span class=\"hint\">\(say: "\($0) stood in")</span>" } ?? .none
}

private func chip(of line: SheetLine) -> HTML {
    guard let mark = line.mark else {
        return "<span class=\"chip quiet\">\(say: line.isOnLeave ? "on leave" : "no mark")</span>"
    }
    return "<span class=\"chip mark \(mark.letter)\">\(say: mark.name)</span>"
}

/// The sheet on paper, for when there is no phone: a line for everybody, and room for visitors and slips.
package func paperSheetPage(_ night: MeetingNight, for reader: Reader) -> HTML {
    let meeting = night.meeting
    let rows = night.sheet.enumerated().map { number, line -> HTML in
        let boxes = Mark.allCases.map { mark -> HTML in "<td>\(line.mark == mark ? "✕" : "☐")</td>" }
        return
            "<tr><td>\(number + 1)</td><th scope=\"row\">\(line.name)</th>\(boxes)<td class=\"room\">\(line.standIn ?? "")</td></tr>\n"
    }
    let guests = night.guests.map { guest -> HTML in
        "<tr><td>☐</td><th scope=\"row\">\(guest.name)</th><td class=\"room text\">\(guest.company ?? "")</td></tr>\n"
    }
    let empty = (0..<4).map { _ -> HTML in
        "<tr><td>☐</td><td></td><td class=\"room\"></td></tr>\n"
    }
    let heads = Mark.allCases.map { mark -> HTML in
        "<th scope=\"col\"><abbr title=\"\(say: mark.name)\">\(say: Phrase(of: mark.letter))</abbr></th>"
    }
    return page(
        title: "\(say: "Paper sheet")",
        for: reader,
        in: .meetings,
        """
        <p class="crumb"><a href="\(reader.folder)/meetings/\(meeting.date)">\(say: "Back to the meeting")</a></p>
        <h1>\(meeting.date, .full)</h1>
        <p class="hint">\(say: "P present, A absent, L late, M medical, S substitute. Print it; what is on it is typed in later.")</p>
        <div class="scroll" tabindex="0" role="region" aria-label="\(say: "Sheet")"><table class="paper"><caption>\(say: "Sheet")</caption><thead><tr><td></td><th scope="col">\(say: "Member")</th>\(heads)<th scope="col">\(say: "Who stands in")</th></tr></thead>
        <tbody>
        \(rows)</tbody></table></div>
        <div class="scroll" tabindex="0" role="region" aria-label="\(say: "Visitors")"><table class="paper"><caption>\(say: "Visitors")</caption><thead><tr><td></td><th scope="col">\(say: "Name")</th><th scope="col">\(say: "Company, phone")</th></tr></thead>
        <tbody>
        \(guests)\(empty)</tbody></table></div>
        """
    )
}

/// The sign at the door: what to read with a phone, and what for.
package func doorPage(_ night: MeetingNight, sign: CheckInSign?, for reader: Reader) -> HTML {
    let place: HTML = "\(reader.folder)/meetings/\(night.meeting.date)"
    let grace = form(
        to: "\(place)/door",
        [.number("grace", "Minutes after the beginning that still count as in time", 0...120, preset: 0)],
        .blank,
        button: sign == nil ? "Put up the sign" : "Put up a new sign",
        formToken: reader.formToken
    )
    let shown: HTML =
        sign.map { sign in
            """
            <section class="card sign"><h2>\(say: "Check in")</h2>
            \(sign.drawing)
            <p>\(say: "Read this with your phone. In time until \(sign.onTimeUntil).")</p>
            <p class="hint"><code>\(sign.address)</code></p></section>
            <p class="no-paper">\(action("\(place)/door/close", "Take the sign down", reader.formToken))</p>
            """
        } ?? "<p>\(say: "Nobody can check in by themselves yet.")</p>"
    return page(
        title: "\(say: "Sign at the door")",
        for: reader,
        in: .meetings,
        """
        <p class="crumb"><a href="\(place)">\(say: "Back to the meeting")</a></p>
        <h1>\(say: "Sign at the door")</h1>
        \(shown)
        <section class="card no-paper">\(grace)</section>
        """
    )
}

/// What hangs at the door.
package struct CheckInSign: Sendable {
    /// Where it leads, for those who type it.
    package let address: String
    /// The clock of the chapter's wall.
    package let onTimeUntil: LocalTime
    fileprivate let drawing: HTML

    /// `modules` are the rows of the code, true where it is dark.
    package init(address: String, onTimeUntil: LocalTime, modules: [[Bool]]) {
        self.address = address
        self.onTimeUntil = onTimeUntil
        drawing = code(modules, label: "Code to check in with")
    }
}

/// What somebody reads who came in by the sign.
package func checkInPage(
    day: LocalDate,
    secret: String,
    mark: Mark?,
    isAsked: Bool,
    for reader: Reader
) -> HTML {
    let place: HTML = "\(reader.folder)/meetings/\(day)"
    let said: HTML =
        if isAsked {
            "<p>\(say: "You are at the meeting of \("\(day, .long)" as HTML).")</p>\(form(to: "\(place)/check-in", [.hidden("secret", secret)], .blank, button: "I am here", formToken: reader.formToken))"
        } else if let mark {
            "<p class=\"note\" role=\"status\">\(say: "Your mark is: \(mark.name).")</p><p><a class=\"button\" href=\"\(place)\">\(say: "To the meeting")</a></p>"
        } else {
            "<p class=\"alert\" role=\"alert\">\(say: "This sign is of another meeting, or it is too late. Tell who keeps the sheet.")</p>"
        }
    return page(
        title: "\(say: "Check in")",
        for: reader,
        in: .meetings,
        "<section class=\"card narrow\"><h1>\(say: "Check in")</h1>\n\(said)</section>"
    )
}
