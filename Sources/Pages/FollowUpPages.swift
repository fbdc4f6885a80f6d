import ReferralGroup

/// What a member has to follow up: this week, later, and what they did lately.
package func followUpsPage(
    _ agenda: [FollowUp],
    _ ended: [EndedFollowUp],
    aWeek pace: Int,
    on today: LocalDate,
    _ filled: Filled = .blank,
    for reader: Reader
) -> HTML {
    let now = agenda.filter(\.isThisWeek)
    let later = agenda.filter { !$0.isThisWeek }
    let write = button("\(reader.folder)/follow-ups/new", "Write one down")
    let past = ended.map { ended -> HTML in
        let what = [ended.text, ended.outcome].compactMap { $0 }.map { "\($0)" as HTML }
        let how: HTML = ended.ending == .done ? chip(ended.channel.word, .good) : chip("not needed", .quiet)
        return
            "<li>\(who("\(ended.about ?? ended.text ?? "–")", joined(["\(ended.endedOn, .long)"] + what, " · ")))\(how)</li>\n"
    }
    return ownPage(
        "\(say: "Follow-ups")",
        in: .followUps,
        for: reader,
        """
        <section><h2>\(say: "This week")</h2>
        \(now.isEmpty
            ? nothing("Nothing waits for you this week. Whom did you meet that you have not written to?", write)
            : followUpRows(now, on: today, for: reader))</section>
        \(later.isEmpty ? .none : """
            <section><h2>\(say: "Later")</h2>
            \(followUpRows(later, on: today, for: reader))</section>
            """)
        \(now.isEmpty ? .none : write)\(past.isEmpty ? .none : """
            <section><h2>\(say: "Lately")</h2>
            <ul class="plain">
            \(past)</ul></section>
            """)
        <section><h2>\(say: "How much in a week")</h2>
        <p>\(say: "You are never asked for more; what does not fit goes to the next week.")</p>
        \(form(
            to: "\(reader.folder)/follow-ups/pace",
            [.number("a_week", "Follow-ups a week", FollowUp.paces, preset: pace)],
            filled,
            button: "Keep",
            formToken: reader.formToken
        ))</section>
        """
    )
}

/// Rows with what can be done at a tap: done, or in a week.
func followUpRows(_ rows: [FollowUp], on today: LocalDate, for reader: Reader) -> HTML {
    let rows = rows.map { followUp -> HTML in
        let tone: Tone =
            !followUp.isThisWeek || followUp.dueOn > today ? .quiet : followUp.dueOn == today ? .warn : .bad
        return """
            <li><a class="who" href="\(place(of: followUp, reader))"><b>\(followUp.about ?? followUp.text ?? "–")</b>\
            <span class="hint">\(below(followUp))</span></a>
            \(chip("\("\(followUp.dueOn, .long)" as HTML)", tone))<span class="acts">\(acts(followUp, on: today, reader))</span></li>

            """
    }
    return "<ul class=\"plain follow-ups\">\n\(rows)</ul>\n"
}

private func place(of followUp: FollowUp, _ reader: Reader) -> HTML {
    if let id = followUp.id { return "\(reader.folder)/follow-ups/\(id)" }
    return followUp.contact.map { "\(reader.folder)/contacts/\($0)" } ?? .none
}

private func below(_ followUp: FollowUp) -> HTML {
    let why: HTML? =
        switch followUp.cause {
        case nil: followUp.about == nil ? nil : followUp.text.map { "\($0)" }
        case .cadence:
            followUp.lastOn.map { "\(say: "last in touch on \("\($0, .long)" as HTML)")" }
        case .referral: "\(say: "first contact of a referral")"
        case .visitor: "\(say: "how they liked their visit")"
        case .oneToOne: "\(say: "after your one-to-one")"
        case .introduction: "\(say: "after an introduction")"
        case .contact: "\(say: "good to have met you")"
        case .threeMonths: "\(say: "three months a member: how is it going?")"
        case .sevenMonths: "\(say: "seven months a member: what came of it?")"
        case .renewal: "\(say: "the renewal is in ninety days: does it pay?")"
        }
    return joined(["\(say: followUp.channel.word)", why].compactMap { $0 }, " · ")
}

private func acts(_ followUp: FollowUp, on today: LocalDate, _ reader: Reader) -> HTML {
    let later = today.advanced(by: 7)
    if let id = followUp.id {
        let place: HTML = "\(reader.folder)/follow-ups/\(id)"
        return """
            \(action("\(place)/end", "Done", reader.formToken))\
            \(action("\(place)/due", "In a week", reader.formToken, style: " class=\"quiet\"", fields: hidden("due", "\(later)")))
            """
    }
    guard let contact = followUp.contact else { return .none }
    return """
        \(action("\(reader.folder)/contacts/\(contact)/touches", "Done", reader.formToken))\
        \(action(
            "\(reader.folder)/follow-ups/new",
            "In a week",
            reader.formToken,
            style: " class=\"quiet\"",
            fields: "\(hidden("contact", "\(contact)"))\(hidden("due", "\(later)"))"
        ))
        """
}

private func hidden(_ name: HTML, _ value: HTML) -> HTML {
    "<input type=\"hidden\" name=\"\(name)\" value=\"\(value)\">"
}

/// One follow-up: say what came of it, or put it off.
package func followUpPage(_ followUp: FollowUp, _ filled: Filled = .blank, for reader: Reader) -> HTML {
    guard let id = followUp.id else { return .none }
    let place: HTML = "\(reader.folder)/follow-ups/\(id)"
    let slip: HTML =
        switch (followUp.cause, followUp.slip) {
        case (.referral, let slip?):
            "<p><a href=\"\(reader.folder)/referrals/\(slip)\">\(say: "The referral")</a></p>\n"
        case (.visitor, let slip?):
            "<p><a href=\"\(reader.folder)/visitors/\(slip)\">\(say: "The visitor")</a></p>\n"
        default:
            followUp.contact.map {
                "<p><a href=\"\(reader.folder)/contacts/\($0)\">\(say: "The contact")</a></p>\n"
            } ?? .none
        }
    return ownPage(
        "\(followUp.about ?? followUp.text ?? "–")",
        in: .followUps,
        for: reader,
        above: back(to: .followUps, for: reader),
        """
        <p>\(below(followUp)) · \(say: "due on \("\(followUp.dueOn, .long)" as HTML)")</p>
        \(slip)\(form(
            to: "\(place)/end",
            [
                channelField(followUp.channel),
                .line("outcome", "What came of it", extra: " maxlength=\"200\""),
                .line("date", "On", type: "date", hint: "Today, where nothing is said."),
                .few(
                    "ending",
                    "How it ended",
                    of: [Choice("done", "\(say: "I was in touch")"), Choice("dropped", "\(say: "It is not needed any more")")],
                    preset: "done"
                ),
            ],
            filled,
            button: "Keep",
            formToken: reader.formToken
        ))
        """
    )
}

/// Where somebody writes down what they mean to do.
package func newFollowUpPage(
    contact: Contact?,
    due: LocalDate,
    _ filled: Filled = .blank,
    for reader: Reader
) -> HTML {
    let about: HTML = contact.map { "<p><b>\($0.card.name)</b></p>\n" } ?? .none
    var fields: [Field] = [
        .line("text", "What to do", isRequired: contact == nil, extra: " maxlength=\"200\""),
        channelField(.call), .day("due", "On which day", preset: due, isRequired: true),
    ]
    if let contact { fields.append(.hidden("contact", contact.id.description)) }
    return ownPage(
        "\(say: "Follow up")",
        in: .followUps,
        for: reader,
        above: back(to: .followUps, for: reader),
        "\(about)\(form(to: "\(reader.folder)/follow-ups/new", fields, filled, button: "Keep", formToken: reader.formToken))"
    )
}

/// By which way somebody is in touch.
func channelField(_ preset: FollowUp.Channel) -> Field {
    .choice(
        "channel",
        "By which way",
        of: FollowUp.Channel.allCases.map { Choice($0.rawValue, "\(say: $0.word)") },
        preset: preset.rawValue
    )
}

extension FollowUp.Channel {
    var word: Phrase {
        switch self {
        case .call: "call"
        case .email: "e-mail"
        case .note: "handwritten note"
        case .coffee: "coffee"
        case .lunch: "lunch"
        case .video: "video call"
        }
    }
}
