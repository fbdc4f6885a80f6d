import ReferralGroup

/// What of the roster somebody asked for.
package struct RosterQuestion: Sendable {
    package static let pageLength = 50
    package let part: RosterPart
    package let text: String
    /// From 1.
    package let page: Int

    package init(part: RosterPart = .present, text: String = "", page: Int = 1) {
        self.part = part
        self.text = text
        self.page = page
    }

    fileprivate func address(_ part: RosterPart? = nil, page: Int = 1) -> HTML {
        let further: HTML = page > 1 ? "&amp;page=\(page)" : .none
        return "?who=\((part ?? self.part).rawValue)&amp;q=\(queryText(text))\(further)"
    }
}

/// The members; one more than a page holds says that there is a further page.
package func membersPage(_ members: [Membership], _ asked: RosterQuestion, for reader: Reader) -> HTML {
    let folder: HTML = "\(reader.folder)/members"
    let shown = members.prefix(RosterQuestion.pageLength)
    let rows = shown.map { member -> HTML in
        let below: [HTML] = [member.seat, member.company].compactMap { $0.map { "\($0)" } }
        let words: HTML = below.count > 1 ? "\(below[0]) · \(below[1])" : below.first ?? .none
        return """
            <li><a href="\(folder)/\(member.id)">\(who("\(member.name)", words))</a> \(chip(member.status.word, member.status.tone))</li>

            """
    }
    let add: HTML = reader.may(.manageMembers) ? button("\(folder)/new", "Add a member") : .none
    let list: HTML =
        rows.isEmpty
        ? asked.text.isEmpty
            ? nothing("Nobody stands here yet.", add)
            : nothing(
                "Nobody here has “\(asked.text)” in the name, the seat or the company.",
                "<p><a href=\"\(folder)\">\(say: "Show everybody")</a></p>"
            )
        : "<ul class=\"plain\">\n\(rows)</ul>\n"
    return chapterPage(
        "Members",
        in: .members,
        for: reader,
        """
        \(search(folder, "Name, seat or company", for: asked.text, keeping: "<input type=\"hidden\" name=\"who\" value=\"\(asked.part.rawValue)\">\n"))
        \(choices("Which members", RosterPart.allCases.map { ("\(folder)\(asked.address($0))", $0.name, $0 == asked.part) }))
        \(list)
        \(pager(previous: asked.page > 1 ? "\(folder)\(asked.address(page: asked.page - 1))" : nil, next: members.count > shown.count ? "\(folder)\(asked.address(page: asked.page + 1))" : nil))
        \(rows.isEmpty ? .none : add)
        """
    )
}

/// What there is to see of a member.
package struct MemberView: Sendable {
    package let member: Membership
    package let profile: MemberProfile
    package let leaves: [Leave]
    package let terms: [Term]
    package let today: LocalDate
    /// Whether the reader is who it is about.
    package let isOneself: Bool
    /// Whether the reader is their mentor.
    package let isMentor: Bool

    package init(
        member: Membership,
        profile: MemberProfile,
        leaves: [Leave],
        terms: [Term],
        today: LocalDate,
        isOneself: Bool,
        isMentor: Bool = false
    ) {
        self.member = member
        self.profile = profile
        self.leaves = leaves
        self.terms = terms
        self.today = today
        self.isOneself = isOneself
        self.isMentor = isMentor
    }
}

/// A member: the seat, since when, who brought them; what is theirs to know to them and to whoever manages members.
package func memberPage(_ view: MemberView, for reader: Reader) -> HTML {
    let member = view.member
    let isKnown = view.isOneself || reader.may(.manageMembers)
    let ended = member.endedOn.map { "\($0, .long)" as HTML }
    let seen: [(Phrase, HTML?)] = [
        ("Seat", member.seat.map { "\($0)" }), ("Company", member.company.map { "\($0)" }),
        ("Member since", "\(member.joinedOn, .long)"), ("Brought by", view.profile.sponsor.map { "\($0)" }),
        ("Mentor", view.profile.mentor.map { "\($0)" }),
        ("Last day", member.status == .ended || isKnown ? ended : nil),
    ]
    let known: [(Phrase, HTML?)] = [
        ("E-mail", member.email.map { "<a href=\"mailto:\($0)\">\($0)</a>" }),
        ("Renews on", member.renewsOn.map { "\($0, .long)" }),
        ("Reason for leaving", reasonForLeaving(view.profile)),
    ]
    return chapterPage(
        named: "\(member.name)",
        in: .members,
        for: reader,
        above: back(to: .members, for: reader),
        """
        <p>\(chip(member.status.word, member.status.tone))</p>
        \(facts(seen + (isKnown ? known : [])))
        \(terms(of: view))\(isKnown ? leaves(of: view) : .none)\(view.isOneself ? own(view.profile) : .none)
        \(acts(on: view, for: reader))
        """
    )
}

/// By what it is counted, with what was said beside it.
private func reasonForLeaving(_ profile: MemberProfile) -> HTML? {
    guard let code = profile.endCode else { return profile.endReason.map { "\($0)" } }
    let words: HTML = profile.endReason.map { reason -> HTML in ": \(reason)" } ?? .none
    return "\(say: code.name)\(words)"
}

private func terms(of view: MemberView) -> HTML {
    guard !view.terms.isEmpty else { return .none }
    let rows = view.terms.map { term -> HTML in
        let isHeld = term.from <= view.today && view.today <= (term.to ?? .latest)
        return
            "<li><span>\(say: term.role.name)</span> <span class=\"hint\">\(days(term.from, term.to))\(isHeld ? " \(chip("in office", .good))" : .none)</span></li>\n"
    }
    return "<section><h2>\(say: "Offices")</h2><ul class=\"plain\">\n\(rows)</ul></section>\n"
}

private func leaves(of view: MemberView) -> HTML {
    guard !view.leaves.isEmpty else { return .none }
    let rows = view.leaves.map { leave -> HTML in
        "<li><span>\(days(leave.from, leave.to))</span> \(leave.isMedical ? chip("medical", .quiet) : .none)</li>\n"
    }
    return "<section><h2>\(say: "Leaves")</h2><ul class=\"plain\">\n\(rows)</ul></section>\n"
}

/// What a member decided for themselves.
private func own(_ profile: MemberProfile) -> HTML {
    guard let own = profile.ownFigures else { return .none }
    return """
        <section><h2>\(say: "What you alone decide")</h2>
        \(facts([
            ("Your margin", own.margin.map { "\(Numbers.share($0))" } ?? "\(say: "100 %: nothing is taken off")"),
            ("Value of your hour", own.valueOfHour.map { "\(Numbers.text($0))" } ?? "\(say: "as the chapter has it")"),
            ("Leaders see your figures", own.sharesFigures ? "\(say: "yes")" : "\(say: "no")"),
        ]))
        </section>

        """
}

private func acts(on view: MemberView, for reader: Reader) -> HTML {
    let member: HTML = "\(reader.folder)/members/\(view.member.id)"
    var links: [HTML] = []
    if view.isOneself || reader.may(.manageMembers) { links.append(button("\(member)/change", "Change")) }
    let isNew = view.member.joinedOn.advanced(by: 366) >= view.today
    if isNew, view.isOneself || view.isMentor || reader.may(.seeChapterReports) {
        links.append(button("\(member)/first-steps", "First steps", style: "button quiet"))
    }
    guard reader.may(.manageMembers) else { return row(of: links) }
    if view.member.status == .ended {
        links.append(button("\(member)/rejoin", "Take back in"))
    } else {
        links.append(button("\(member)/leave", "Note a leave", style: "button quiet"))
        links.append(
            button(
                "\(reader.folder)/offices/appoint?member=\(view.member.id)",
                "Give an office",
                style: "button quiet"
            )
        )
        links.append(button("\(member)/end", "End the membership", style: "button quiet"))
    }
    if reader.may(.seeDues) {
        links.append(
            button(
                "\(reader.folder)/dues/members/\(view.member.id)",
                "Statement of dues",
                style: "button quiet"
            )
        )
    }
    return row(of: links)
}

private func row(of links: [HTML]) -> HTML {
    links.isEmpty ? .none : "<p>\(links)</p>\n"
}

extension Membership.Status {
    var word: Phrase {
        Phrase(of: rawValue)
    }

    var tone: Tone {
        switch self {
        case .active: .good
        case .overdue: .bad
        case .upcoming, .onLeave: .warn
        case .ended: .quiet
        }
    }
}

extension RosterPart {
    fileprivate var name: Phrase {
        switch self {
        case .present: "Members of today"
        case .all: "Everybody"
        case .former: "Former members"
        }
    }
}

extension OfficeRole {
    var name: Phrase {
        switch self {
        case .president: "President"
        case .vicePresident: "Vice-president"
        case .secretaryTreasurer: "Secretary and treasurer"
        case .membershipCommittee: "Membership committee"
        case .visitorHost: "Visitor host"
        case .education: "Education"
        case .mentor: "Mentor"
        case .events: "Events"
        }
    }
}
