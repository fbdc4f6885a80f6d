import ReferralGroup

/// Which contacts somebody asked for.
package struct ContactQuestion: Sendable {
    package static let pageLength = 50
    package let part: Part
    package let text: String
    package let isFirstPage: Bool

    package enum Part: String, Sendable, CaseIterable {
        case own, shared
    }

    package init(part: Part = .own, text: String = "", isFirstPage: Bool = true) {
        self.part = part
        self.text = text
        self.isFirstPage = isFirstPage
    }
}

/// A member's own network, in order of name; one more than a page holds says that there is a further page.
package func contactsPage(
    _ contacts: [Contact],
    _ asked: ContactQuestion,
    on today: LocalDate,
    for reader: Reader
) -> HTML {
    let rows = contacts.prefix(ContactQuestion.pageLength).map { contact -> HTML in
        let place: HTML = "\(reader.folder)/contacts/\(contact.id)"
        let next: HTML =
            contact.nextOn.map { next in
                next <= today
                    ? chip("be in touch", .warn) : chip("again on \("\(next, .long)" as HTML)", .quiet)
            } ?? .none
        let last: HTML = "\(say: "last in touch on \("\(contact.lastOn, .long)" as HTML)")"
        return
            "<li><a class=\"who\" href=\"\(place)\"><b>\(contact.card.name)</b><span class=\"hint\">\(joined([trade(of: contact.card), last].filter { !$0.isEmpty }, " · "))</span></a> \(next)</li>\n"
    }
    return list(
        rows,
        asked,
        last: contacts.count > rows.count ? contacts[rows.count - 1].id : nil,
        empty: nothing(
            asked.text.isEmpty
                ? "Your network is empty. Keep whom you met this week, with what stands on the back of the card."
                : "None of your contacts has “\(asked.text)” in it.",
            button("\(reader.folder)/contacts/new", "Keep a contact")
        ),
        for: reader
    )
}

/// The cards that members share, with who would make the introduction.
package func sharedContactsPage(
    _ cards: [SharedContact],
    _ asked: ContactQuestion,
    for reader: Reader
) -> HTML {
    let rows = cards.prefix(ContactQuestion.pageLength).map { shared -> HTML in
        let card = shared.card
        let below = [trade(of: card), "\(say: "known by \(shared.owner)")"].filter { !$0.isEmpty }
        return
            "<li>\(who("\(card.name)", joined(below, " · ")))<span>\(joined(ways(to: card) + ["<a href=\"\(reader.folder)/contacts/\(shared.id)/card.vcf\">\(say: "To my address book")</a>"], " · "))</span></li>\n"
    }
    return list(
        rows,
        asked,
        last: cards.count > rows.count ? cards[rows.count - 1].id : nil,
        empty: nothing(
            asked.text.isEmpty
                ? "Nobody shares a contact yet. Share one of yours: whoever gives first is asked first."
                : "No shared card has “\(asked.text)” in it."
        ),
        for: reader
    )
}

private func list(
    _ rows: [HTML],
    _ asked: ContactQuestion,
    last: SlipID?,
    empty: HTML,
    for reader: Reader
) -> HTML {
    let folder: HTML = "\(reader.folder)/contacts"
    let address: HTML = "\(folder)?part=\(asked.part.rawValue)&amp;q=\(queryText(asked.text))"
    let isOwn = asked.part == .own
    return ownPage(
        "\(say: "Contacts")",
        in: .contacts,
        for: reader,
        """
        \(choices("Whose contacts", [
            ("\(folder)?part=own", "Mine", isOwn), ("\(folder)?part=shared", "Shared in the chapter", !isOwn),
        ]))
        \(search(
            folder,
            isOwn ? "Name, company, profession or note" : "Name, company or profession",
            for: asked.text,
            keeping: "<input type=\"hidden\" name=\"part\" value=\"\(asked.part.rawValue)\">\n"
        ))
        \(rows.isEmpty ? empty : "<ul class=\"plain\">\n\(rows)</ul>\n")
        \(pager(previous: asked.isFirstPage ? nil : address, next: last.map { "\(address)&amp;after=\($0)" }))
        \(isOwn && !rows.isEmpty ? button("\(folder)/new", "Keep a contact") : .none)
        """
    )
}

/// Profession and company, as they stand on the card.
private func trade(of card: ContactCard) -> HTML {
    joined([card.profession, card.company].compactMap { $0.map { "\($0)" } }, ", ")
}

/// How to reach somebody.
private func ways(to card: ContactCard) -> [HTML] {
    [
        card.phone.map { "<a href=\"tel:\(dialled($0))\">\($0)</a>" },
        card.email.map { "<a href=\"mailto:\($0)\">\($0)</a>" },
    ].compactMap { $0 }
}

/// Where a contact is written down.
package func newContactPage(visitor: Bool = false, _ filled: Filled = .blank, for reader: Reader) -> HTML {
    ownPage(
        "\(say: "A new contact")",
        in: .contacts,
        for: reader,
        above: back(to: .contacts, for: reader),
        form(
            to: "\(reader.folder)/contacts/new",
            (visitor ? [.hidden("visitor", "")] : []) + fields(cadence: nil),
            filled,
            button: "Keep",
            more: more,
            formToken: reader.formToken
        )
    )
}

private func fields(cadence: Int?) -> [Field] {
    [
        .line("name", "Name", isRequired: true, extra: " maxlength=\"200\""),
        .line("profession", "Profession", extra: " maxlength=\"200\""),
        .line("phone", "Phone", type: "tel", extra: " maxlength=\"200\""),
        .line("email", "E-mail", type: "email", extra: " maxlength=\"200\""),
        .text(
            "notes",
            "On the back of the card",
            hint: "What you talked about, whom they look for. Nobody else sees it."
        ),
        .choice("cadence", "Be in touch again", of: cadences(and: cadence)),
    ]
}

private var more: [Field] {
    [
        .line("company", "Company", extra: " maxlength=\"200\""),
        .day("met", "Met on"),
        .line("met_where", "Met where", extra: " maxlength=\"200\""),
        .tick(
            "shared",
            "The chapter may see the card",
            hint: "Ask them first. What stands on its back is never shown."
        ),
    ]
}

private func cadences(and chosen: Int?) -> [Choice] {
    let usual: [(Int, Phrase)] = [
        (14, "every two weeks"), (30, "every month"), (90, "every three months"), (182, "twice a year"),
        (365, "once a year"),
    ]
    var choices = [Choice("", "\(say: "Do not remind me")")]
    choices += usual.map { Choice($0.0, "\(say: $0.1)") }
    if let chosen, !usual.contains(where: { $0.0 == chosen }) {
        choices.append(Choice(chosen, "\(say: "after \(count: chosen) days")"))
    }
    return choices
}

/// A contact: how to reach them, what became of it, and the back of the card.
package func contactPage(
    _ contact: Contact,
    _ history: [EndedFollowUp],
    _ filled: Filled = .blank,
    for reader: Reader
) -> HTML {
    let place: HTML = "\(reader.folder)/contacts/\(contact.id)"
    let (card, back) = (contact.card, contact.back)
    let notes: HTML =
        back.notes.map { notes in
            let lines = notes.split(separator: "\n", omittingEmptySubsequences: false).map { line -> HTML in
                "\(String(line))<br>\n"
            }
            return "<section><h2>\(say: "On the back of the card")</h2>\n<p>\(lines)</p></section>\n"
        } ?? .none
    return ownPage(
        "\(card.name)",
        in: .contacts,
        for: reader,
        above: Pages.back(to: .contacts, for: reader),
        """
        <p>\(back.isShared ? chip("shared with the chapter", .good) : chip("only you see this", .quiet))</p>
        \(facts([
            ("Phone", card.phone.map { "<a href=\"tel:\(dialled($0))\">\($0)</a>" }),
            ("E-mail", card.email.map { "<a href=\"mailto:\($0)\">\($0)</a>" }),
            ("Profession", card.profession.map { "\($0)" }), ("Company", card.company.map { "\($0)" }),
            ("Member of this chapter", contact.member.map { "\($0)" }),
            ("Met", back.metOn.map { day in "\(day, .long)\(back.metWhere.map { ", \($0)" as HTML } ?? .none)" }),
            ("Last in touch", "\(contact.lastOn, .long)"), ("Again on", contact.nextOn.map { "\($0, .long)" }),
        ]))
        \(notes)<section><h2>\(say: "I was in touch")</h2>
        \(form(to: "\(place)/touches", touchFields, filled, button: "Keep", formToken: reader.formToken))
        <p><a href="\(reader.folder)/follow-ups/new?contact=\(contact.id)">\(say: "Plan it for a day instead")</a></p></section>
        \(past(history))<p>\(button("\(place)/change", "Change", style: "button quiet")) \
        <a href="\(place)/card.vcf">\(say: "To my address book")</a></p>
        """
    )
}

/// Where a contact is written anew, or forgotten.
package func changeContactPage(_ contact: Contact, _ filled: Filled? = nil, for reader: Reader) -> HTML {
    let place: HTML = "\(reader.folder)/contacts/\(contact.id)"
    return ownPage(
        "\(contact.card.name)",
        in: .contacts,
        for: reader,
        above: "<a href=\"\(place)\">\(say: "Contact")</a>",
        """
        \(form(
            to: "\(place)/change",
            fields(cadence: contact.back.cadenceDays) + more,
            filled ?? Filled(contact),
            button: "Keep",
            formToken: reader.formToken
        ))
        <section><h2>\(say: "Forget this contact")</h2>
        <p>\(say: "Name, notes and the way to reach them go for good.")</p>
        \(action("\(place)/forget", "Forget this contact", reader.formToken, style: " class=\"danger\""))</section>
        """
    )
}

private var touchFields: [Field] {
    [
        channelField(.call),
        .line("outcome", "What came of it", extra: " maxlength=\"200\""),
        .line("date", "On", type: "date", hint: "Today, where nothing is said."),
    ]
}

private func past(_ history: [EndedFollowUp]) -> HTML {
    guard !history.isEmpty else { return .none }
    let rows = history.map { ended -> HTML in
        "<li>\(who("\(say: ended.channel.word)", ended.outcome.map { "\($0)" } ?? .none))<span>\(ended.endedOn, .long)</span></li>\n"
    }
    return "<section><h2>\(say: "What there was")</h2>\n<ul class=\"plain\">\n\(rows)</ul></section>\n"
}

extension Filled {
    /// The fields of a contact as they are.
    fileprivate init(_ contact: Contact) {
        let (card, back) = (contact.card, contact.back)
        var values: [String: String] = ["name": card.name, "shared": back.isShared ? "true" : ""]
        values["company"] = card.company
        values["profession"] = card.profession
        values["phone"] = card.phone
        values["email"] = card.email
        values["met"] = back.metOn?.description
        values["met_where"] = back.metWhere
        values["notes"] = back.notes
        values["cadence"] = back.cadenceDays.map { "\($0)" }
        self.init(values)
    }
}
