import ReferralGroup

/// Whom to meet next in a one-to-one: this week's turn, then who was not met for the longest time.
package func plannerPage(
    _ partners: [Partner],
    _ appointments: [Appointment],
    turn: Partner?,
    for reader: Reader
) -> HTML {
    let rows = partners.filter { !$0.isOnLeave }.prefix(12).map { partner -> HTML in
        let met: HTML =
            partner.lastMet.map { "\(say: "last met on \("\($0, .long)" as HTML)")" }
            ?? "\(say: "never met yet")"
        let waiting: HTML =
            partner.waiting > 0 ? chip("\(count: partner.waiting) open referrals", .warn) : .none
        let sphere = partner.sphere.map { sphere -> HTML in "\(say: "both: \(sphere)")" }
        let below = [partner.seat.map { "\($0)" as HTML }, sphere, met].compactMap { $0 }
        return
            "<li><a class=\"who\" href=\"\(reader.folder)/planner/\(partner.id)\"><b>\(partner.name)</b><span class=\"hint\">\(joined(below, " · "))</span></a> \(waiting)</li>\n"
    }
    let turnNow: HTML =
        turn.map { partner in
            """
            <section><h2>\(say: "Your turn this week")</h2>
            <p>\(say: "By the dance card of the chapter you meet \(partner.name) this week.")\(partner.isOnLeave ? " \(chip("on leave", .quiet))" : .none)</p>
            <p>\(button("\(reader.folder)/planner/\(partner.id)", "Prepare it"))<a href="\(reader.folder)/dance-card">\(say: "The whole dance card")</a></p></section>

            """
        } ?? .none
    return ownPage(
        "\(say: "Whom to meet next")",
        in: .planner,
        for: reader,
        """
        \(agreed(appointments, for: reader))\(turnNow)<section><h2>\(say: "Longest not met")</h2>
        \(rows.isEmpty ? nothing("There is nobody else in the chapter yet.") : "<ul class=\"plain\">\n\(rows)</ul>\n")</section>
        <p>\(button("\(reader.folder)/profile", "What others read of you", style: "button quiet"))</p>
        """
    )
}

/// Both profiles side by side, what passed between the two, and where the talk is kept.
package func preparationPage(
    _ other: Membership,
    theirs: Profile?,
    own: Profile?,
    _ passages: [Passage],
    _ appointments: [Appointment],
    today: LocalDate,
    _ filled: Filled = .blank,
    for reader: Reader
) -> HTML {
    let rows = passages.map { passage -> HTML in
        let way: HTML =
            passage.isOwn.map { $0 ? "\(say: "from you")" : "\(say: "from \(other.name)")" } ?? .none
        let below = [way, "\(passage.day, .long)"].filter { !$0.isEmpty }
        let status = passage.status.map { chip(Phrase(of: $0.rawValue)) } ?? .none
        return
            "<li>\(who("\(say: passage.kind.noun)", joined(below + (passage.text.map { ["\($0)"] } ?? []), " · ")))\(status)</li>\n"
    }
    return ownPage(
        "\(say: "One-to-one with \(other.name)")",
        in: .planner,
        for: reader,
        above: back(to: .planner, for: reader),
        """
        \(appointments.isEmpty ? invitation(to: other, today: today, filled, for: reader) : agreed(appointments, for: reader))<div class="beside"><div>
        <section><h2>\(other.name)</h2>
        \(told(theirs, or: "They have not told anything of themselves yet. Ask them."))</section>
        </div><div>
        <section><h2>\(say: "You")</h2>
        \(told(own, or: "You have not told anything of yourself yet."))<p><a href="\(reader.folder)/profile">\(say: "Change it")</a></p></section>
        </div></div>
        <section><h2>\(say: "What passed between you")</h2>
        \(rows.isEmpty ? nothing("Nothing yet. That is what the talk is for.") : "<ul class=\"plain\">\n\(rows)</ul>\n")</section>
        <section><h2>\(say: "Talk about")</h2>
        <ol>
        <li>\(say: "What are you proud of since we last met?")</li>
        <li>\(say: "Whom would you like to meet, and what would I say of you?")</li>
        <li>\(say: "What can I do for you this month?")</li>
        </ol></section>
        \(button("\(reader.folder)/log/one-to-one?second=\(queryText(other.name))", "We have met"))
        """
    )
}

/// What somebody tells of themselves.
func told(_ profile: Profile?, or nothingYet: Phrase) -> HTML {
    guard let profile, !profile.isEmpty else { return "<p class=\"hint\">\(say: nothingYet)</p>\n" }
    let purposes: HTML =
        profile.purposes.isEmpty
        ? .none
        : "<p>\(joined(profile.purposes.map { chip($0.word) }, " "))</p>\n"
    let texts = profile.texts.compactMap { told -> HTML? in
        guard let text = told.text else { return nil }
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line -> HTML in
            "\(String(line))<br>\n"
        }
        return "<dt>\(say: Profile.label(of: told.field))</dt><dd>\(lines)</dd>\n"
    }
    return "\(purposes)<dl class=\"told\">\n\(texts)</dl>\n"
}

/// Where a member writes what others read of them.
package func profilePage(_ filled: Filled, for reader: Reader) -> HTML {
    let texts = Profile().texts.map { Field.text($0.field, Profile.label(of: $0.field)) }
    let ticks = Profile.Purpose.allCases.map { Field.tick("purpose.\($0.rawValue)", $0.word) }
    return ownPage(
        "\(say: "What others read of you")",
        in: .planner,
        for: reader,
        above: back(to: .planner, for: reader),
        """
        <p>\(say: "Members of your chapter read it before they meet you.")</p>
        \(form(to: "\(reader.folder)/profile", texts + ticks, filled, button: "Keep", formToken: reader.formToken))
        """
    )
}

extension Filled {
    /// The fields of a profile as they are.
    package init(_ profile: Profile) {
        var values: [String: String] = [:]
        for (field, text) in profile.texts { values[field] = text }
        for purpose in profile.purposes { values["purpose.\(purpose.rawValue)"] = "true" }
        self.init(values)
    }
}

extension Profile {
    fileprivate static func label(of field: String) -> Phrase {
        switch field {
        case "goals": "Goals"
        case "accomplishments": "Proud of"
        case "interests": "Interests"
        case "networks": "Networks"
        case "skills": "Skills"
        default: "The ideal referral"
        }
    }
}

extension Profile.Purpose {
    var word: Phrase {
        switch self {
        case .leads: "New business"
        case .introductions: "Introductions to people who refer"
        case .trustedContacts: "People I can recommend"
        case .marketIntelligence: "Knowing the market"
        case .camaraderie: "Good company"
        case .collaboration: "Working with competitors"
        }
    }
}

extension EntryKind {
    fileprivate var noun: Phrase {
        switch self {
        case .referral: "Referral"
        case .oneToOne: "One-to-one"
        case .testimonial: "Testimonial"
        default: "Introduction"
        }
    }
}

/// Who meets whom this week, and whom the reader meets in the weeks to come.
package func danceCardPage(
    _ card: DanceCard,
    names: [Membership.ID: String],
    of own: Membership.ID?,
    on today: LocalDate,
    for reader: Reader
) -> HTML {
    let pairs = card.pairs(inWeekOf: today).map { one, other -> HTML in
        let isOwn = one == own || other == own
        return
            "<tr\(isOwn ? " class=\"own\"" : .none)><td>\(names[one] ?? "–")</td><td>\(names[other] ?? "–")</td></tr>\n"
    }
    let weeks = own.map { own in
        (0..<min(8, card.rounds)).map { week -> HTML in
            let day = today.advanced(by: week * 7)
            let monday = day.advanced(by: -((day.daysSinceEpoch + 3) % 7))
            let partner = card.partner(of: own, inWeekOf: day).flatMap { names[$0] }
            return
                "<tr><th scope=\"row\">\(monday, .long)</th><td>\(partner.map { "\($0)" } ?? "\(say: "nobody")")</td></tr>\n"
        }
    }
    let ownWeeks: HTML =
        weeks.map { rows in
            """
            <section><h2>\(say: "Your next weeks")</h2>
            <div class="scroll"><table><thead><tr><th scope="col">\(say: "Week of")</th><th scope="col">\(say: "You meet")</th></tr></thead>
            <tbody>
            \(rows)</tbody></table></div></section>

            """
        } ?? .none
    return ownPage(
        "\(say: "Dance card")",
        in: .planner,
        for: reader,
        above: back(to: .planner, for: reader),
        """
        <p>\(say: "A one-to-one a week, and after \(count: card.rounds) weeks everybody has met everybody.")</p>
        \(ownWeeks)<section><h2>\(say: "This week")</h2>
        \(pairs.isEmpty ? nothing("It takes two to dance.") : """
            <div class="scroll"><table><thead><tr><th scope="col">\(say: "Member")</th><th scope="col">\(say: "meets")</th></tr></thead>
            <tbody>
            \(pairs)</tbody></table></div>
            """)</section>
        """
    )
}
