import ReferralGroup

/// Who wants a seat; those that nobody decided yet, or all.
package func applicationsPage(
    _ applications: [MembershipApplication],
    pending: Bool,
    page: Int,
    for reader: Reader
) -> HTML {
    let folder: HTML = "\(reader.folder)/applications"
    let length = 50
    let shown = applications.dropFirst((page - 1) * length).prefix(length)
    let rows = shown.map { application -> HTML in
        let sponsor = application.sponsor.map { name -> HTML in " · \(say: "brought by \(name)")" } ?? .none
        return """
            <li><a href="\(folder)/\(application.id)">\(who("\(application.name)", "\(application.seat) · \(application.appliedOn, .long)\(sponsor)"))</a> \
            <span>\(application.isSeatHeld && application.decision == nil ? chip("seat held", .warn) : .none)\(decision(of: application))</span></li>

            """
    }
    let open: HTML = reader.may(.decideApplications) ? button("\(folder)/new", "Open an application") : .none
    let kept: HTML = "\(folder)?pending=\(pending ? "true" : "false")&amp;page="
    return chapterPage(
        "Applications",
        in: .applications,
        for: reader,
        """
        \(choices("Which applications", [("\(folder)?pending=true", "Not decided", pending), ("\(folder)?pending=false", "All", !pending)]))
        \(rows.isEmpty ? nothing("Nobody applies at the moment. Visitors who came twice are the ones to ask.", open) : "<ul class=\"plain\">\n\(rows)</ul>\n")
        \(pager(previous: page > 1 ? "\(kept)\(page - 1)" : nil, next: applications.count > page * length ? "\(kept)\(page + 1)" : nil))
        \(rows.isEmpty ? .none : open)
        """
    )
}

private func decision(of application: MembershipApplication) -> HTML {
    guard let decision = application.decision else {
        return chip("\(application.yes) yes, \(application.no) no", .warn)
    }
    return chip(Phrase(of: decision.rawValue), decision == .accepted ? .good : .quiet)
}

/// Where an application is opened; of a visitor what is known stands in it already.
package func newApplicationPage(
    _ visitor: Visitor? = nil,
    members: [Membership],
    seats: [OpenSeat],
    _ filled: Filled = .blank,
    for reader: Reader
) -> HTML {
    let titles = seats.map { seat -> HTML in "<option value=\"\(seat.title)\"></option>\n" }
    let seat = Field.line(
        "seat",
        "Seat",
        preset: visitor?.profession ?? "",
        hint: "The profession that is wanted.",
        isRequired: true,
        extra: " list=\"open-seats\" maxlength=\"200\" autocomplete=\"off\""
    )
    return chapterPage(
        "Open an application",
        in: .applications,
        for: reader,
        above: back(to: .applications, for: reader),
        """
        \(visitor?.isSeatHeld == true ? heldSeat(of: visitor?.profession) : .none)
        \(form(
            to: "\(reader.folder)/applications\(visitor.map { "/new?visitor=\($0.id)" } ?? "/new")",
            [
                .line("name", "Name", preset: visitor?.name ?? "", isRequired: true, extra: " maxlength=\"200\""), seat,
                .choice(
                    "sponsor",
                    "Brought by",
                    of: choices(of: members, none: "Nobody"),
                    preset: visitor?.inviterID.map { "\($0)" } ?? ""
                ),
                .line("notes", "Notes", hint: "Confidential: for the committee and those who may see applications.", extra: " maxlength=\"200\""),
            ],
            filled,
            button: "Open it",
            more: [
                .line("company", "Company", preset: visitor?.company ?? "", extra: " maxlength=\"200\""),
                .line("email", "E-mail", type: "email", preset: visitor?.email ?? ""),
                .line("phone", "Phone", type: "tel", preset: visitor?.phone ?? ""),
                .line("date", "Came on", type: "date", hint: "Today, where nothing is said."),
            ],
            formToken: reader.formToken
        ))
        <datalist id="open-seats">
        \(titles)</datalist>
        """
    )
}

/// An application with what is confidential about it.
package struct ApplicationView: Sendable {
    package let application: MembershipApplication
    package let references: [MembershipApplication.Reference]
    package let votes: [MembershipApplication.CastVote]
    /// The membership of whoever reads.
    package let own: Membership.ID?

    package init(
        _ application: MembershipApplication,
        references: [MembershipApplication.Reference],
        votes: [MembershipApplication.CastVote],
        own: Membership.ID?
    ) {
        self.application = application
        self.references = references
        self.votes = votes
        self.own = own
    }
}

package func applicationPage(_ view: ApplicationView, problem: Filled = .blank, for reader: Reader) -> HTML {
    let application = view.application
    return chapterPage(
        named: "\(application.name)",
        in: .applications,
        for: reader,
        above: back(to: .applications, for: reader),
        """
        <p>\(decision(of: application))</p>
        \(application.isSeatHeld ? "<p class=\"note\">\(say: "A member holds the seat \(application.seat) at the moment. Both together take a recorded decision of the committee.")</p>" : .none)
        \(problem.summary(naming: []))\(facts([
            ("Seat", "\(application.seat)"), ("Came on", "\(application.appliedOn, .long)"),
            ("Brought by", application.sponsor.map { "\($0)" }), ("Company", application.company.map { "\($0)" }),
            ("Phone", application.phone.map { "\($0)" }), ("E-mail", application.email.map { "<a href=\"mailto:\($0)\">\($0)</a>" }),
            ("Notes", application.notes.map { "\($0)" }),
            ("Decided on", application.decidedOn.map { "\($0, .long)" }), ("Reason", application.reason.map { "\($0)" }),
        ]))
        \(references(of: view, for: reader))
        \(votes(on: view, for: reader))
        \(next(of: view, for: reader))
        """
    )
}

private func references(of view: ApplicationView, for reader: Reader) -> HTML {
    let rows = view.references.map { reference -> HTML in
        let contact = reference.contact.map { contact -> HTML in " · \(contact)" } ?? .none
        let day = reference.checkedOn.map { day -> HTML in "\(day, .long)" } ?? .none
        return
            "<li>\(who("\(reference.name)", "\(day)\(contact)"))<span>\(reference.outcome ?? "")</span></li>\n"
    }
    let add: HTML =
        reader.may(.decideApplications) && view.application.decision == nil
        ? button(
            "\(reader.folder)/applications/\(view.application.id)/references",
            "Note a reference",
            style: "button quiet"
        )
        : .none
    return """
        <section><h2>\(say: "References")</h2>
        \(rows.isEmpty ? nothing("Nobody was asked yet. Two references say more than an interview.", add) : "<ul class=\"plain\">\n\(rows)</ul>\n\(add)")</section>

        """
}

private func votes(on view: ApplicationView, for reader: Reader) -> HTML {
    let rows = view.votes.map { vote -> HTML in
        "<li><span>\(vote.name)</span> \(chip(vote.vote.word, vote.vote.tone))</li>\n"
    }
    let mayVote = reader.may(.decideApplications) && view.own != nil && view.application.decision == nil
    let place: HTML = "\(reader.folder)/applications/\(view.application.id)/vote"
    let current = view.votes.first { $0.member == view.own }?.vote
    let buttons = MembershipApplication.Vote.allCases.map { vote -> HTML in
        action(
            place,
            vote.word,
            reader.formToken,
            style: vote == current ? " class=\"quiet\" aria-pressed=\"true\"" : " class=\"quiet\"",
            fields: "<input type=\"hidden\" name=\"vote\" value=\"\(vote.rawValue)\">"
        )
    }
    return """
        <section><h2>\(say: "Votes")</h2>
        \(rows.isEmpty ? "<p class=\"hint\">\(say: "Nobody voted yet.")</p>" : "<ul class=\"plain\">\n\(rows)</ul>")
        \(mayVote ? "<h3>\(say: "Your vote")</h3><p class=\"hint\">\(say: "Who has an interest of their own says so; it counts for neither side.")</p>\n<div class=\"row\">\(buttons)</div>" : .none)</section>

        """
}

private func next(of view: ApplicationView, for reader: Reader) -> HTML {
    let place: HTML = "\(reader.folder)/applications/\(view.application.id)"
    if let member = view.application.membership {
        return
            "<p><a class=\"button\" href=\"\(reader.folder)/members/\(member)\">\(say: "The membership it became")</a></p>"
    }
    guard reader.may(.decideApplications) else { return .none }
    switch view.application.decision {
    case nil: return "<p>\(button("\(place)/decision", "Decide"))</p>"
    case .accepted: return "<p>\(button("\(place)/induction", "Induct"))</p>"
    case .declined, .withdrawn: return .none
    }
}

package func referencePage(
    _ application: MembershipApplication,
    _ filled: Filled = .blank,
    for reader: Reader
) -> HTML {
    of(
        application,
        "A reference for \(application.name)",
        for: reader,
        form(
            to: "\(reader.folder)/applications/\(application.id)/references",
            [
                .line("name", "Who was asked", isRequired: true, extra: " maxlength=\"200\""),
                .line("outcome", "What they said", extra: " maxlength=\"200\""),
                .line("contact", "How they are reached", extra: " maxlength=\"200\""),
                .line("date", "On", type: "date", hint: "Today, where nothing is said."),
            ],
            filled,
            button: "Note it",
            formToken: reader.formToken
        )
    )
}

package func decisionPage(
    _ application: MembershipApplication,
    _ filled: Filled = .blank,
    for reader: Reader
) -> HTML {
    of(
        application,
        "Decide on \(application.name)",
        for: reader,
        """
        <p>\(say: "\(count: application.references) references, \(application.yes) yes, \(application.no) no. A decision is not changed later.")</p>
        \(form(
            to: "\(reader.folder)/applications/\(application.id)/decision",
            [
                .few(
                    "decision",
                    "Decision",
                    of: MembershipApplication.Decision.allCases.map { Choice($0.rawValue, "\(say: Phrase(of: $0.rawValue))") }
                ),
                .line("reason", "Reason", hint: "Declining takes one.", extra: " maxlength=\"200\""),
                .line("date", "On", type: "date", hint: "Today, where nothing is said."),
            ],
            filled,
            button: "Decide",
            formToken: reader.formToken
        ))
        """
    )
}

/// Where the induction names the membership; who may manage members makes it first.
package func inductionPage(
    _ application: MembershipApplication,
    members: [Membership],
    _ filled: Filled = .blank,
    for reader: Reader
) -> HTML {
    of(
        application,
        "Induct \(application.name)",
        for: reader,
        """
        <p>\(say: "A leader adds the member; here the committee says which membership the application became.")</p>
        \(reader.may(.manageMembers) ? button("\(reader.folder)/members/new", "Add the member", style: "button quiet") : .none)
        \(form(
            to: "\(reader.folder)/applications/\(application.id)/induction",
            [
                .choice(
                    "member",
                    "Membership",
                    of: choices(of: members, none: "Choose a member"),
                    preset: members.first { FoldedName($0.name) == FoldedName(application.name) }.map { "\($0.id)" } ?? "",
                    isRequired: true
                ),
                .choice(
                    "mentor",
                    "Mentor",
                    of: choices(of: members, none: "Nobody"),
                    hint: "Who looks after them in their first year."
                ),
            ],
            filled,
            button: "Induct",
            formToken: reader.formToken
        ))
        """
    )
}

private func of(
    _ application: MembershipApplication,
    _ title: Phrase,
    for reader: Reader,
    _ content: HTML
) -> HTML {
    chapterPage(
        title,
        in: .applications,
        for: reader,
        above: "<a href=\"\(reader.folder)/applications/\(application.id)\">\(application.name)</a>",
        content
    )
}

extension MembershipApplication.Vote {
    fileprivate var word: Phrase {
        switch self {
        case .yes: "yes"
        case .no: "no"
        case .abstain: "abstains"
        case .conflict: "conflict of interest"
        }
    }

    fileprivate var tone: Tone {
        switch self {
        case .yes: .good
        case .no: .bad
        case .abstain, .conflict: .quiet
        }
    }
}
