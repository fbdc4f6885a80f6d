import ReferralGroup

/// What of the needs or offers somebody asked for.
package struct PostingQuestion: Sendable {
    package static let pageLength = 50
    package let kind: Posting.Kind
    package let text: String
    package let isFirstPage: Bool

    package init(kind: Posting.Kind, text: String = "", isFirstPage: Bool = true) {
        self.kind = kind
        self.text = text
        self.isFirstPage = isFirstPage
    }
}

/// Needs or offers, newest first; one more than a page holds says that there is a further page.
package func postingsPage(
    _ postings: [Posting],
    _ asked: PostingQuestion,
    of own: Membership.ID?,
    on today: LocalDate,
    for reader: Reader
) -> HTML {
    let folder: HTML = "\(reader.folder)/postings"
    let shown = postings.prefix(PostingQuestion.pageLength)
    let mayAnswerAll = reader.may(.recordSlipsForMembers)
    let rows = shown.map { posting -> HTML in
        let isOpen = posting.kind == .need && posting.answeredOn == nil
        let act: HTML =
            isOpen && (mayAnswerAll || posting.member == own)
            ? "<a href=\"\(folder)/\(posting.id)/answer\">\(say: "It is answered")</a>" : .none
        let name: HTML =
            posting.kind == .need
            ? "<a class=\"who\" href=\"\(folder)/\(posting.id)\"><b>\(posting.text)</b><span class=\"hint\">\(below(posting))</span></a>"
            : who("\(posting.text)", below(posting))
        return "<li>\(name)<span>\(standing(of: posting, on: today)) \(act)</span></li>\n"
    }
    let post: HTML =
        reader.may(.recordOwnSlips)
        ? button(
            "\(folder)/new?kind=\(asked.kind.rawValue)",
            asked.kind == .need ? "Say what you need" : "Say what you offer"
        )
        : .none
    let empty: Phrase =
        asked.kind == .need
        ? "Nobody asked for anything. Who says what they need gets better referrals."
        : "Nobody offered anything. An offer is a first deposit."
    let address: HTML = "\(folder)?kind=\(asked.kind.rawValue)&amp;q=\(queryText(asked.text))"
    return chapterPage(
        "Needs and offers",
        in: .postings,
        for: reader,
        """
        \(choices("Needs or offers", [
            ("\(folder)?kind=need", "Needs", asked.kind == .need), ("\(folder)?kind=offer", "Offers", asked.kind == .offer),
        ]))
        \(search(folder, "Text, profession or name", for: asked.text, keeping: "<input type=\"hidden\" name=\"kind\" value=\"\(asked.kind.rawValue)\">\n"))
        \(rows.isEmpty ? nothing(asked.text.isEmpty ? empty : "Nothing here has “\(asked.text)” in it.", post) : "<ul class=\"plain\">\n\(rows)</ul>\n")
        \(pager(previous: asked.isFirstPage ? nil : address, next: postings.count > shown.count ? shown.last.map { "\(address)&amp;after=\($0.id)" } : nil))
        \(rows.isEmpty ? .none : post)
        """
    )
}

private func below(_ posting: Posting) -> HTML {
    let profession = posting.profession.map { profession -> HTML in " · \(profession)" } ?? .none
    return "\(posting.name)\(profession) · \(posting.postedOn, .long)"
}

private func standing(of posting: Posting, on today: LocalDate) -> HTML {
    if posting.answeredOn != nil {
        return posting.answeredBy.map { chip("answered by \($0)", .good) } ?? chip("answered", .good)
    }
    guard let until = posting.until else { return .none }
    return until < today ? chip("over", .quiet) : chip("until \("\(until, .long)" as HTML)", .quiet)
}

/// A need, with who could answer it, the closest first.
package func needPage(_ need: Posting, _ matches: [NeedMatch], mayAnswer: Bool, for reader: Reader) -> HTML {
    let rows = matches.map { match -> HTML in
        "<li>\(who("\(match.name)", "\(match.about)"))\(chip(match.by.word, match.by == .seat ? .good : .plain))</li>\n"
    }
    let place: HTML = "\(reader.folder)/postings/\(need.id)/answer"
    return chapterPage(
        named: "\(need.text)",
        in: .postings,
        for: reader,
        above: back(to: .postings, for: reader),
        """
        <p class="hint">\(below(need))</p>
        <section><h2>\(say: "Who could help")</h2>
        \(rows.isEmpty
            ? nothing("Nobody here does anything that reads like it. Whom do you know outside?")
            : "<ul class=\"plain\">\n\(rows)</ul>\n")</section>
        \(mayAnswer && need.answeredOn == nil ? button(place, "It is answered") : .none)
        """
    )
}

extension NeedMatch.By {
    fileprivate var word: Phrase {
        switch self {
        case .seat: "by profession"
        case .offer: "offers it"
        case .profile: "knows of it"
        case .contact: "knows somebody"
        }
    }
}

/// Where a need or an offer is posted; who may write for others chooses whose it is.
package func newPostingPage(
    _ kind: Posting.Kind,
    members: [Membership],
    _ filled: Filled = .blank,
    for reader: Reader
) -> HTML {
    var fields: [Field] = [
        .line(
            "text",
            kind == .need ? "What you need" : "What you offer",
            isRequired: true,
            extra: " maxlength=\"200\""
        ),
        .line(
            "profession",
            kind == .need ? "Whose profession that is" : "The profession it belongs to",
            extra: " maxlength=\"200\""
        ),
        .day("until", "Until"),
    ]
    if reader.may(.recordSlipsForMembers) {
        fields.append(
            .choice(
                "member",
                "Whose it is",
                of: choices(of: members, none: reader.isMember ? "Mine" : "Choose a member")
            )
        )
    }
    return chapterPage(
        kind == .need ? "A need" : "An offer",
        in: .postings,
        for: reader,
        above: back(to: .postings, for: reader),
        form(
            to: "\(reader.folder)/postings/new?kind=\(kind.rawValue)",
            fields,
            filled,
            button: "Post it",
            formToken: reader.formToken
        )
    )
}

/// Where whoever posted a need says who answered it.
package func answerPage(
    _ need: Posting,
    members: [Membership],
    _ filled: Filled = .blank,
    for reader: Reader
) -> HTML {
    chapterPage(
        "Who answered it?",
        in: .postings,
        for: reader,
        above: back(to: .postings, for: reader),
        """
        <p><b>\(need.text)</b></p>
        \(form(
            to: "\(reader.folder)/postings/\(need.id)/answer",
            [
                .choice(
                    "answered_by",
                    "Answered by",
                    of: choices(of: members.filter { $0.id != need.member }, none: "Somebody outside the chapter"),
                    hint: "A member who answers a need makes a deposit."
                ),
                .line("date", "On", type: "date", hint: "Today, where nothing is said."),
            ],
            filled,
            button: "Keep",
            formToken: reader.formToken
        ))
        """
    )
}
