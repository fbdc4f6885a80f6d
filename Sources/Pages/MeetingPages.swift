import ReferralGroup

extension Meeting {
    var chip: HTML {
        let tone: HTML =
            switch status {
            case .open: " warn"
            case .sealed: " good"
            case .scheduled: .none
            case .cancelled, .holiday: " quiet"
            }
        return "<span class=\"chip\(tone)\">\(say: Phrase(of: status.rawValue))</span>"
    }
}

/// The meetings of a chapter: those to come, those that were, and for leaders how to schedule more.
package func meetingsPage(
    _ meetings: [Meeting],
    today: LocalDate,
    scheduling filled: Filled = .blank,
    for reader: Reader
) -> HTML {
    let toCome = meetings.filter { $0.date >= today }
    let before = meetings.filter { $0.date < today }.reversed()
    let schedule: HTML =
        reader.may(.markAttendance)
        ? """
        <section class="card"><h2>\(say: "Schedule meetings")</h2>
        <p class="hint">\(say: "On the chapter’s own weekday, at its own time; a day that has a meeting keeps it.")</p>
        \(form(
            to: "\(reader.folder)/meetings",
            [
                .day("from", "From", preset: today, isRequired: true),
                .day("to", "Until", preset: today.advanced(by: 91), isRequired: true),
            ],
            filled,
            button: "Schedule",
            formToken: reader.formToken
        ))</section>
        """ : .none
    return page(
        title: "\(say: "Meetings")",
        for: reader,
        in: .meetings,
        """
        <h1>\(say: "Meetings")</h1>
        <section><h2>\(say: "To come")</h2>
        \(toCome.isEmpty ? nothing("No meeting is in the calendar.") : "<ul class=\"plain\">\(toCome.map { line($0, reader) })</ul>")</section>
        <section><h2>\(say: "Behind us")</h2>
        \(before.isEmpty ? nothing("There was none in the last three months.") : "<ul class=\"plain\">\(before.map { line($0, reader) })</ul>")</section>
        \(schedule)
        \(calendars(reader))
        """
    )
}

/// The ways to the meetings in somebody's own calendar.
private func calendars(_ reader: Reader) -> HTML {
    let own: HTML =
        reader.isMember ? button("/account/calendar", "In your own calendar", style: "button quiet") : .none
    let ofChapter: HTML =
        reader.may(.manageMembers)
        ? button("\(reader.folder)/calendar", "Calendar of the chapter", style: "button quiet") : .none
    return own.isEmpty && ofChapter.isEmpty ? .none : "<p class=\"no-paper\">\(own)\(ofChapter)</p>"
}

private func line(_ meeting: Meeting, _ reader: Reader) -> HTML {
    """
    <li><a class="who" href="\(reader.folder)/meetings/\(meeting.date)"><b>\(meeting.date, .full)</b>\
    <span class="hint">\(say: Phrase(of: meeting.kind.rawValue))\(meeting.place.map { place -> HTML in " · \(place)" } ?? .none)</span></a> \(meeting.chip)</li>

    """
}

/// A meeting: for who marks its sheet, everything of the night; for members, what concerns them.
package func meetingPage(
    _ night: MeetingNight,
    myself: Membership.ID?,
    notes: [Phrase] = [],
    faults: Filled = .blank,
    for reader: Reader
) -> HTML {
    let meeting = night.meeting
    let isToCome = meeting.status == .scheduled || meeting.status == .open
    let place: HTML = meeting.place.map { " · \($0)" } ?? .none
    return page(
        title: "\(say: "Meeting of \("\(meeting.date, .long)" as HTML)")",
        for: reader,
        in: .meetings,
        """
        <p class="crumb"><a href="\(reader.folder)/meetings">\(say: "All meetings")</a></p>
        <h1>\(meeting.date, .full) \(meeting.chip)</h1>
        <p class="hint">\(night.startsAt?.description ?? "")\(place) · \(say: "\(count: meeting.minutes) minutes")</p>
        \(notes.map { note -> HTML in "<p class=\"note\" role=\"status\">\(say: note)</p>\n" })\
        \(faults.summary(naming: []))\
        \(reader.may(.markAttendance) ? sheet(night, reader) : .none)\
        \(isToCome && myself != nil ? myPart(night, myself, reader) : .none)\
        \(programme(night, reader))\
        \(guests(night, reader))\
        \(readOut(night))\
        \(reader.may(.markAttendance) ? closing(night, reader) : .none)
        """
    )
}

/// What a member has to do with a meeting: whether they come, and the part they have in it.
private func myPart(_ night: MeetingNight, _ myself: Membership.ID?, _ reader: Reader) -> HTML {
    let place: HTML = "\(reader.folder)/meetings/\(night.meeting.date)"
    guard let mine = night.announced.first(where: { $0.member == myself }) else {
        return """
            <section class="card"><h2>\(say: "Will you be there?")</h2>
            <details class="more"><summary>\(say: "I will be away")</summary>
            \(form(
                to: "\(place)/absence",
                [
                    .line("stand_in", "Who comes in your place, if anybody"),
                    .line("reason", "Why, if you like to say", hint: "Only those who keep the sheet read it."),
                ],
                .blank,
                button: "Announce it",
                formToken: reader.formToken
            ))</details></section>

            """
    }
    let standIn: HTML = mine.standIn.map { " \(say: "\($0) comes in your place.")" } ?? .none
    return """
        <section class="card"><h2>\(say: "You will be away")</h2>
        <p>\(say: "The chapter knows.")\(standIn)</p>
        \(action("\(place)/absence/withdraw", "I come after all", reader.formToken, style: .none))</section>

        """
}

private func programme(_ night: MeetingNight, _ reader: Reader) -> HTML {
    let parts = night.programme.map { part -> HTML in
        let topic: HTML = part.topic.map { "<span class=\"hint\">\($0)</span>" } ?? .none
        return """
            <li><span class="who"><b>\(part.name ?? "–")</b>\(topic)</span> <span class="chip quiet">\(say: part.part.name)</span></li>

            """
    }
    let list: HTML = parts.isEmpty ? .none : "<ul class=\"plain\">\(parts)</ul>"
    guard reader.may(.markAttendance) else {
        return parts.isEmpty ? .none : "<section><h2>\(say: "Programme")</h2>\(list)</section>\n"
    }
    let members = [Choice("", "–")] + night.sheet.map { Choice($0.member, "\($0.name)") }
    return """
        <section><h2>\(say: "Programme")</h2>\(list)
        <details class="more"><summary>\(say: "Change the programme")</summary>
        \(form(
            to: "\(reader.folder)/meetings/\(night.meeting.date)/programme",
            [
                .few("part", "Part", of: MeetingPart.Part.allCases.map { Choice($0.rawValue, "\(say: $0.name)") }, preset: "talk"),
                .choice("member", "Who", of: members),
                .line("topic", "Topic"),
            ],
            .blank,
            button: "Keep",
            formToken: reader.formToken
        ))</details></section>

        """
}

extension MeetingPart.Part {
    var name: Phrase {
        switch self {
        case .talk: "Feature talk"
        case .education: "Education slot"
        case .doorPrize: "Door prize"
        }
    }
}

/// Visitors, ticked in by who may; to the others it is their number that matters.
private func guests(_ night: MeetingNight, _ reader: Reader) -> HTML {
    guard reader.may(.seeVisitors) else { return .none }
    let isOver = night.meeting.status == .sealed
    let rows = night.guests.map { guest -> HTML in
        let from = [guest.company, guest.inviter].compactMap(\.self).joined(separator: " · ")
        return """
            <li><label class="tick"><input type="checkbox" name="came.\(guest.id)" value="true"\(guest.came ? " checked" : .none)\(isOver ? " disabled" : .none)>
            <span class="who"><b>\(guest.name)</b><span class="hint">\(from)</span></span></label></li>

            """
    }
    let list: HTML =
        rows.isEmpty
        ? nothing("No visitor is expected.")
        : """
        <form method="post" action="\(reader.folder)/meetings/\(night.meeting.date)/visitors">\(reader.formToken.field)
        <ul class="plain">\(rows)</ul>\(isOver ? .none : "<p class=\"send\"><button class=\"quiet\">\(say: "Keep who came")</button></p>")</form>
        """
    let add: HTML =
        reader.may(.recordOwnSlips)
        ? "<p><a class=\"button quiet\" href=\"\(reader.folder)/log/visitor?date=\(night.meeting.date)\">\(say: "Add a visitor")</a></p>"
        : .none
    return "<section><h2>\(say: "Visitors")</h2>\n\(list)\(add)</section>\n"
}

/// The slips since the meeting before, to be read out.
private func readOut(_ night: MeetingNight) -> HTML {
    let slips = night.readOut.map { slip -> HTML in
        let (from, to): (HTML, HTML) = ("<b>\(slip.giver ?? "–")</b>", "<b>\(slip.receiver ?? "–")</b>")
        let sentence: HTML =
            switch slip.slip {
            case .thanks: "\(say: "Thanks to \(to): \(amount(slip.amount, night.decimals))")"
            case .testimonial: "\(say: "\(from) recommends \(to)")"
            default: "\(say: "from \(from) to \(to)")"
            }
        let said: HTML = slip.said.map { $0.isEmpty ? .none : "<span class=\"hint\">\($0)</span>" } ?? .none
        let warmth: HTML = slip.warmth.map { warmthChip($0) } ?? .none
        return "<li><span class=\"who\">\(sentence)\(said)</span> \(warmth)</li>\n"
    }
    return """
        <section><h2>\(say: "Slips of the week")</h2>
        \(slips.isEmpty ? nothing("Nothing was passed on since the meeting before.") : "<ul class=\"plain\">\(slips)</ul>")</section>

        """
}

/// The end of a night: what is missing, the seal; and beforehand the sign at the door and the paper sheet.
private func closing(_ night: MeetingNight, _ reader: Reader) -> HTML {
    let meeting = night.meeting
    let place: HTML = "\(reader.folder)/meetings/\(meeting.date)"
    let paper: HTML = "<a class=\"button quiet\" href=\"\(place)/paper\">\(say: "Paper sheet")</a>"
    switch meeting.status {
    case .sealed:
        return """
            <section class="card"><h2>\(say: "The sheet is sealed")</h2>
            <details class="more"><summary>\(say: "Open it again")</summary>
            \(form(to: "\(place)/reopen", [.line("reason", "Why", isRequired: true)], .blank, button: "Open it again", formToken: reader.formToken))
            </details><p>\(paper)</p></section>
            """
    case .cancelled, .holiday: return .none
    case .scheduled, .open: break
    }
    let missing = night.missing
    let names = missing.prefix(12).map { line -> HTML in "<li>\(line.name)</li>" }
    let seal: HTML =
        missing.isEmpty
        ? """
        <p>\(say: "Everybody has a mark. Seal the sheet, and its slips are no longer provisional.")</p>
        \(action("\(place)/seal", "Seal the meeting", reader.formToken, style: " class=\"wide\""))
        """
        : """
        <p>\(say: "\(count: missing.count) members have no mark yet:")</p><ul class="names">\(names)</ul>
        <p class="hint">\(say: "A sheet can be sealed when everybody has a mark.")</p>
        """
    let cancel: HTML =
        meeting.status == .scheduled
        ? """
        <details class="more"><summary>\(say: "It does not take place")</summary>
        \(action("\(place)/cancel", "Cancel the meeting", reader.formToken, style: " class=\"danger\""))
        \(action("\(place)/cancel", "It is a holiday", reader.formToken, fields: "<input type=\"hidden\" name=\"holiday\" value=\"true\">"))</details>
        """ : .none
    return """
        <section class="card" id="seal"><h2>\(say: "Close the night")</h2>
        \(seal)<p><a class="button quiet" href="\(place)/door">\(say: "Sign at the door")</a> \(paper)</p>
        \(cancel)</section>
        """
}

extension MeetingNight {
    fileprivate var decimals: Int {
        currency.decimals
    }
}

/// An amount of so many minor units.
func amount(_ units: Int64?, _ decimals: Int) -> HTML {
    "\(Numbers.text(units.map { Figure(unscaled: Int128($0), scale: decimals) }))"
}

/// How warm a referral is, one to five, said and drawn.
func warmthChip(_ warmth: Int) -> HTML {
    """
    <span class="chip warmth" title="\(say: "Warmth \(warmth) of 5")"><span aria-hidden="true">\(String(repeating: "●", count: warmth))\(String(repeating: "○", count: max(0, 5 - warmth)))</span>\
    <span class="unseen">\(say: "Warmth \(warmth) of 5")</span></span>
    """
}
