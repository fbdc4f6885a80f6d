import ReferralGroup

/// A member's home: what waits for them, what became of what they gave, what to log, how they stand.
package func deskPage(
    _ desk: MemberDesk,
    currency: Currency,
    kept: EntryKind? = nil,
    for reader: Reader
) -> HTML {
    let place = reader.folder
    let note: HTML =
        kept.map { "<p class=\"note\" role=\"status\">\(say: "Kept: \($0.name).")</p>\n" } ?? .none
    return page(
        title: "\(say: "Home")",
        for: reader,
        in: .home,
        """
        <h1>\(say: "Good to see you, \(reader.name)")</h1>
        \(note)\(firstSteps(desk.firstSteps, for: reader))<ul class="quick">
        <li class="first"><a href="\(place)/log/referral">\(say: "Pass a referral")<span class="hint">\(say: "in twenty seconds")</span></a></li>
        <li><a href="\(place)/log/thanks">\(say: "Say thanks")<span class="hint">\(say: "for business closed")</span></a></li>
        <li><a href="\(place)/log/one-to-one">\(say: "One-to-one")<span class="hint">\(partner(desk.nextPartner))</span></a></li>
        <li><a href="\(place)/log">\(say: "Something else")<span class="hint">\(say: "visitor, education …")</span></a></li>
        </ul>
        <div class="beside"><div>
        \(waiting(desk, reader))\(agreed(desk.appointments, for: reader))\(following(desk, reader))\(given(desk, reader))
        </div><div>
        \(standing(desk, currency, reader))\(year(desk))
        </div></div>
        """
    )
}

private func partner(_ next: MemberDesk.NextPartner?) -> HTML {
    guard let next else { return "\(say: "two who meet")" }
    return next.lastMet.map { "\(say: "next: \(next.name), last met \("\($0, .long)" as HTML)")" }
        ?? "\(say: "next: \(next.name), never met yet")"
}

private func waiting(_ desk: MemberDesk, _ reader: Reader) -> HTML {
    let rows = desk.received.map { referral -> HTML in
        let chip: HTML =
            referral.isLate
            ? "<span class=\"chip bad\">\(say: "contact is overdue")</span>"
            : "<span class=\"chip\">\(say: Phrase(of: referral.status.rawValue))</span>"
        return """
            <li><a class="who" href="\(reader.folder)/referrals/\(referral.id)"><b>\(referral.prospect ?? referral.need ?? "–")</b>\
            <span class="hint">\(say: "from \(referral.other ?? "–"), \("\(referral.passedOn, .long)" as HTML)")</span></a> \
            \(chip)</li>

            """
    }
    let others = rows.dropFirst(6)
    let more: HTML =
        others.isEmpty
        ? .none
        : """
        <details class="more"><summary>\(say: "\(count: others.count) more")</summary><ul class="plain">\(Array(others))</ul></details>
        """
    let list: HTML =
        rows.isEmpty
        ? nothing("No referral waits for you. Giving comes first: whom can you help this week?")
        : "<ul class=\"plain\">\(Array(rows.prefix(6)))</ul>\(more)"
    return "<section id=\"waiting\"><h2>\(say: "Waiting for you")</h2>\n\(list)</section>\n\n"
}

/// What there is to follow up this week; first contacts of referrals stand among the referrals already.
private func following(_ desk: MemberDesk, _ reader: Reader) -> HTML {
    let rows = desk.followUps.filter { $0.cause != .referral }
    let list: HTML =
        rows.isEmpty
        ? nothing(
            "Nobody is to be followed up this week. Whom did you meet that you would like to know better?",
            button("\(reader.folder)/contacts/new", "Keep a contact")
        )
        : followUpRows(rows, on: desk.today, for: reader)
    return """
        <section><h2>\(say: "Follow up this week")</h2>
        \(list)<p><a href="\(reader.folder)/follow-ups">\(say: "All follow-ups")</a> · <a href="\(reader.folder)/contacts">\(say: "Contacts")</a> · \
        <a href="\(reader.folder)/planner">\(say: "Whom to meet next")</a></p></section>

        """
}

private func given(_ desk: MemberDesk, _ reader: Reader) -> HTML {
    let rows = desk.given.map { referral -> HTML in
        let tone: HTML =
            switch referral.status {
            case .won: " good"
            case .lost, .declined: " quiet"
            default: .none
            }
        return """
            <li><a class="who" href="\(reader.folder)/referrals/\(referral.id)"><b>\(referral.need ?? referral.prospect ?? "–")</b>\
            <span class="hint">\(say: "to \(referral.other ?? "–"), \("\(referral.passedOn, .long)" as HTML)")</span></a> \
            <span class="chip\(tone)">\(say: Phrase(of: referral.status.rawValue))</span></li>

            """
    }
    let thanked = desk.thanked.map { thanks -> HTML in
        """
        <li><span class="who"><b>\(say: "A member thanked you")</b><span class="hint">\(thanks.day, .long)</span></span> \
        <b>\(amount(thanks.money.minorUnits, thanks.money.currency.decimals)) \(thanks.money.currency)</b></li>

        """
    }
    let list: HTML =
        rows.isEmpty && thanked.isEmpty
        ? nothing("You have passed no referral in the last three months.")
        : "<ul class=\"plain\">\(thanked)\(rows)</ul>"
    return "<section><h2>\(say: "What became of what you gave")</h2>\n\(list)</section>\n\n"
}

private func standing(_ desk: MemberDesk, _ currency: Currency, _ reader: Reader) -> HTML {
    let place = reader.folder
    let meeting: HTML =
        desk.nextMeeting.map { day in
            "<p><a class=\"button quiet\" href=\"\(place)/meetings/\(day)\">\(say: "Meeting of \("\(day, .long)" as HTML)")</a></p>"
        } ?? .none
    let returned: HTML =
        desk.returned.map { figures in
            """
            <dl class="tiles">
            <div class="tile hero"><dt>\(say: "Your return, twelve months")</dt><dd>\(Numbers.percent(figures.roi))</dd>
            <dd class="hint">\(say: "received \(Numbers.text(figures.received)), cost \(Numbers.text(figures.cost)) \(currency)")</dd></div>
            <div class="tile"><dt>\(say: "Net")</dt><dd>\(Numbers.text(figures.net))</dd></div>
            <div class="tile"><dt>\(say: "You gave")</dt><dd>\(Numbers.text(figures.given))</dd></div>
            </dl>
            <p><a href="\(place)/reports/roi">\(say: "How it is computed")</a></p>

            """
        } ?? .none
    let score: HTML = desk.score.map { scored($0, place) } ?? .none
    let absences: HTML =
        desk.absences.map { absences in
            let drop: HTML =
                absences.nextDrop.map { " \(say: "The next one drops out on \("\($0, .long)" as HTML).")" }
                ?? .none
            return
                "<p>\(say: "Absences: \(Numbers.short(absences.used)) of \(absences.allowed) used.")\(drop)</p>\n"
        } ?? .none
    return "<section><h2>\(say: "How you stand")</h2>\n\(meeting)\(returned)\(score)\(absences)</section>\n\n"
}

private func scored(_ score: MemberDesk.Score, _ place: HTML) -> HTML {
    let tone: HTML =
        switch score.colour {
        case "green": " good"
        case "yellow": " warn"
        case "red": " bad"
        default: " quiet"
        }
    let points: HTML = score.points.map { "\(say: "\(count: $0) points")" } ?? "–"
    let next: HTML =
        if let part = score.nextPart, let needs = score.nextNeeds, let earns = score.nextPoints {
            "<p>\(say: "Cheapest next step: \(Phrase(of: part)), \(needs) more, for \(earns) points.")</p>\n"
        } else { .none }
    return """
        <p><a href="\(place)/reports/scorecard">\(say: "Scorecard")</a>: <b>\(points)</b> <span class="chip\(tone)">\(say: Phrase(of: score.colour))</span></p>
        \(next)
        """
}

/// Twelve months, given upwards and received downwards.
private func year(_ desk: MemberDesk) -> HTML {
    let most = desk.year.map { max($0.given, $0.received) }.max() ?? 0
    guard most > 0 else { return .none }
    let bars = desk.year.enumerated().map { place, month -> HTML in
        let (up, down) = (month.given * 44 / most, month.received * 44 / most)
        let x = place * 25 + 3
        let letter: HTML =
            "<text x=\"\(x + 9)\" y=\"110\" text-anchor=\"middle\">\(month.month.number)</text>"
        return """
            <rect x="\(x)" y="\(48 - up)" width="19" height="\(up)" rx="2"/><rect class="back" x="\(x)" y="50" width="19" height="\(down)" rx="2"/>\(letter)
            """
    }
    let given = desk.year.reduce(0) { $0 + $1.given }
    let received = desk.year.reduce(0) { $0 + $1.received }
    let sum: Phrase = "\(given) given, \(received) received in twelve months"
    let rows = desk.year.map { month -> HTML in
        "<tr><th scope=\"row\">\(month.month, .long)</th><td>\(month.given)</td><td>\(month.received)</td></tr>\n"
    }
    return """
        <section><h2>\(say: "Your year")</h2>
        <figure class="chart"><svg class="year" viewBox="0 0 300 112" role="img" aria-label="\(say: sum)"><line x1="0" x2="300" y1="49" y2="49"/>\(bars)</svg>
        <figcaption><span class="key profit"></span> \(say: "given") <span class="key cost"></span> \(say: "received"). \(say: sum).</figcaption></figure>
        <details class="more"><summary>\(say: "As a table")</summary><div class="scroll"><table><caption>\(say: "Referrals by month")</caption>
        <thead><tr><th scope="col">\(say: "Month")</th><th scope="col">\(say: "Given")</th><th scope="col">\(say: "Received")</th></tr></thead>
        <tbody>\(rows)</tbody></table></div></details></section>

        """
}

extension EntryKind {
    package var name: Phrase {
        switch self {
        case .referral: "a referral"
        case .thanks: "thanks"
        case .oneToOne: "a one-to-one"
        case .testimonial: "a testimonial"
        case .introduction: "an introduction"
        case .education: "education"
        case .visitor: "a visitor"
        case .activity: "an activity"
        }
    }
}
