import ReferralGroup

/// Which visitors somebody asked for.
package struct VisitorQuestion: Sendable {
    package static let pageLength = 50
    package let status: VisitorStatus?
    package let text: String
    package let isFirstPage: Bool

    package init(status: VisitorStatus? = nil, text: String = "", isFirstPage: Bool = true) {
        self.status = status
        self.text = text
        self.isFirstPage = isFirstPage
    }

    fileprivate func address(_ status: VisitorStatus?) -> HTML {
        let status = status.map { status -> HTML in "status=\(status.rawValue)&amp;" } ?? .none
        return "?\(status)q=\(queryText(text))"
    }
}

/// The visitors that the reader may see, newest first; one more than a page holds says that there is a further page.
package func visitorsPage(_ visitors: [Visitor], _ asked: VisitorQuestion, for reader: Reader) -> HTML {
    let folder: HTML = "\(reader.folder)/visitors"
    let shown = visitors.prefix(VisitorQuestion.pageLength)
    let rows = shown.map { visitor -> HTML in
        let inviter: HTML =
            visitor.inviter.map { "\(say: "brought by \($0)")" } ?? "\(say: "invited by the chapter")"
        return """
            <li><a href="\(folder)/\(visitor.id)">\(who("\(visitor.name)", "\(visitor.visitOn, .long) · \(inviter)"))</a> \
            <span>\(chips(of: visitor))</span></li>

            """
    }
    let statuses: [(address: HTML, name: Phrase, isCurrent: Bool)] =
        [("\(folder)\(asked.address(nil))", "All", asked.status == nil)]
        + VisitorStatus.allCases.map { ("\(folder)\(asked.address($0))", $0.word, $0 == asked.status) }
    let register: HTML =
        reader.may(.recordOwnSlips)
        ? "\(button("\(folder)/invite", "Invite a visitor"))\(button("\(reader.folder)/log/visitor", "Bring a visitor", style: "button quiet"))"
        : .none
    let kept: HTML =
        asked.status.map { "<input type=\"hidden\" name=\"status\" value=\"\($0.rawValue)\">\n" } ?? .none
    let isFiltered = asked.status != nil || !asked.text.isEmpty
    return chapterPage(
        "Visitors",
        in: .visitors,
        for: reader,
        """
        \(reader.may(.seeVisitors) ? .none : "<p class=\"hint\">\(say: "Those whom you brought.")</p>")
        \(rows.isEmpty ? .none : register)
        \(search(folder, "Name, company or profession", for: asked.text, keeping: kept))
        \(choices("Which visitors", statuses))
        \(rows.isEmpty
            ? nothing(isFiltered ? "No visitor here is like that." : "No visitor yet. Whom would you like to sit beside you next week?", register)
            : "<ul class=\"plain\">\n\(rows)</ul>\n")
        \(pager(
            previous: asked.isFirstPage ? nil : "\(folder)\(asked.address(asked.status))",
            next: visitors.count > shown.count ? shown.last.map { "\(folder)\(asked.address(asked.status))&amp;after=\($0.id)" } : nil
        ))
        """
    )
}

/// A visitor: how to reach them, and how far they came.
package func visitorPage(_ visitor: Visitor, _ filled: Filled = .blank, for reader: Reader) -> HTML {
    let place: HTML = "\(reader.folder)/visitors/\(visitor.id)"
    let application: HTML =
        reader.may(.decideApplications) && [.visited, .applied].contains(visitor.status)
        ? button("\(reader.folder)/applications/new?visitor=\(visitor.id)", "Open an application") : .none
    let keepsContacts = reader.isMember && reader.may(.recordOwnSlips)
    return chapterPage(
        named: "\(visitor.name)",
        in: .visitors,
        for: reader,
        above: back(to: .visitors, for: reader),
        """
        <p>\(chips(of: visitor))</p>
        \(said(by: visitor).map { said -> HTML in "<p>\(said)</p>" } ?? .none)
        \(visitor.isSeatHeld ? heldSeat(of: visitor.profession) : .none)
        \(facts([
            ("Visit", "\(visitor.visitOn, .full)"), ("Kind of visit", "\(say: visitor.kind.word)"),
            ("Brought by", visitor.inviter.map { "\($0)" } ?? "\(say: "the chapter")"),
            ("Phone", visitor.phone.map { "<a href=\"tel:\(dialled($0))\">\($0)</a>" }),
            ("E-mail", visitor.email.map { "<a href=\"mailto:\($0)\">\($0)</a>" }),
            ("Company", visitor.company.map { "\($0)" }), ("Profession", visitor.profession.map { "\($0)" }),
            ("Visits so far", "\(say: "\(visitor.visits) of \(visitor.visitsAllowed)")"),
            ("Lost because", visitor.lostBecause.map { "\($0)" }),
        ]))
        \(reader.may(.seeVisitors) ? moving(visitor, filled, to: place, reader) : .none)
        \(application)\(keepsContacts ? button("\(reader.folder)/visitors/invite?visitor=\(visitor.id)", visitor.came ? "Invite them again" : "Make a new link", style: "button quiet") : .none)\(keepsContacts ? button("\(reader.folder)/contacts/new?visitor=\(visitor.id)", "Keep as a contact", style: "button quiet") : .none)
        """
    )
}

private func chips(of visitor: Visitor) -> HTML {
    let answer: HTML =
        switch visitor.answer {
        case .cannotCome? where !visitor.came: chip("cannot come", .bad)
        case .comes? where !visitor.came: chip("comes", .good)
        default: .none
        }
    let seat: HTML = visitor.isSeatHeld ? chip("seat held", .warn) : .none
    let apply: HTML = visitor.mayApply ? chip("may apply now", .good) : .none
    return joined(
        [answer, seat, apply, chip(visitor.status.word, visitor.status.tone)].filter { !$0.isEmpty },
        " "
    )
}

private func said(by visitor: Visitor) -> HTML? {
    switch visitor.answer {
    case .comes(let instant)?: "\(say: "They come, and agreed on \(moment(instant)) that this is kept.")"
    case .cannotCome(let reason?)?: "\(say: "They cannot come: \(reason)")"
    case .cannotCome(nil)?: "\(say: "They cannot come.")"
    case nil: nil
    }
}

private func moving(_ visitor: Visitor, _ filled: Filled, to place: HTML, _ reader: Reader) -> HTML {
    """
    <section><h2>\(say: "How far they came")</h2>
    \(form(
        to: place,
        [
            .choice(
                "status",
                "Status",
                of: VisitorStatus.allCases.map { Choice($0.rawValue, "\(say: $0.word)") },
                preset: visitor.status.next.rawValue
            ),
            .line("reason", "Why they are lost", hint: "Only where they are lost.", extra: " maxlength=\"200\""),
        ],
        filled,
        button: "Move on",
        formToken: reader.formToken
    ))</section>

    """
}

/// What a telephone dials of what people write.
func dialled(_ number: String) -> String {
    String(decoding: number.utf8.filter { (48...57).contains($0) || $0 == 43 }, as: UTF8.self)
}

extension VisitorStatus {
    var word: Phrase {
        Phrase(of: rawValue)
    }

    var tone: Tone {
        switch self {
        case .new: .warn
        case .contacted, .visited, .applied: .plain
        case .joined: .good
        case .lost: .quiet
        }
    }

    /// What usually comes next.
    fileprivate var next: VisitorStatus {
        switch self {
        case .new: .contacted
        case .contacted: .visited
        case .visited: .applied
        case .applied: .joined
        case .joined, .lost: self
        }
    }
}

extension VisitKind {
    var word: Phrase {
        switch self {
        case .first: "first visit"
        case .second: "second visit"
        case .guest: "guest"
        case .substitute: "substitute"
        }
    }
}
