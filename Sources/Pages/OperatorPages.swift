import ReferralGroup

/// The parts of what an operator looks after.
enum OperatorPart: String, CaseIterable {
    case chapters, people, mail, jobs, versions

    var name: Phrase {
        switch self {
        case .chapters: "Chapters"
        case .people: "People"
        case .mail: "Mail"
        case .jobs: "Scheduled work"
        case .versions: "Versions"
        }
    }
}

func operatorPage(_ title: Phrase, in part: OperatorPart, for reader: Reader, _ content: HTML) -> HTML {
    let links = OperatorPart.allCases.map { each in
        (address: "/operator/\(each.rawValue)" as HTML, name: each.name, isCurrent: each == part)
    }
    return page(
        title: "\(say: title)",
        for: reader,
        """
        <p class="eyebrow">\(say: "Operator")</p>
        \(choices("What an operator looks after", links))
        <h1>\(say: title)</h1>
        \(content)
        """
    )
}

/// Every chapter of the installation that has a text in its name, fifty a page.
package func chaptersPage(_ chapters: [Chapter], matching text: String, page: Int, for reader: Reader) -> HTML
{
    let needle = FoldedName(text).text
    let found = chapters.filter {
        needle.isEmpty || FoldedName($0.name).text.contains(needle) || $0.slug.description.contains(needle)
    }
    let shown = found.dropFirst((page - 1) * 50).prefix(50)
    let rows = shown.map { chapter -> HTML in
        let regular =
            chapter.regular.map { regular -> HTML in " · \(say: regular.weekday.name), \(regular.time)" }
            ?? .none
        return
            "<li>\(who("\(chapter.name)", "\(chapter.slug) · \(chapter.timeZone) · \(chapter.currency)\(regular)"))</li>\n"
    }
    let create = button("/operator/chapters/new", "Create a chapter")
    let address: HTML = "/operator/chapters?q=\(queryText(text))&amp;page="
    return operatorPage(
        "Chapters",
        in: .chapters,
        for: reader,
        """
        <p class="hint">\(say: "What happens in a chapter is its own: an operator sees that it is there, and no more.")</p>
        \(search("/operator/chapters", "Name", for: text))
        \(rows.isEmpty ? nothing(text.isEmpty ? "There is no chapter yet." : "No chapter is called that.") : "<ul class=\"plain\">\n\(rows)</ul>\n")
        \(pager(previous: page > 1 ? "\(address)\(page - 1)" : nil, next: found.count > page * 50 ? "\(address)\(page + 1)" : nil))
        \(create)
        """
    )
}

/// Where a chapter is made, with its first leader.
package func newChapterPage(regions: [RegionLink], _ filled: Filled = .blank, for reader: Reader) -> HTML {
    let weekdays = Weekday.allCases.map { Choice($0.rawValue, "\(say: $0.name)") }
    return operatorPage(
        "Create a chapter",
        in: .chapters,
        for: reader,
        form(
            to: "/operator/chapters",
            [
                .line("name", "Name", isRequired: true, extra: " maxlength=\"200\""),
                .line(
                    "slug",
                    "Short name",
                    hint: "As in addresses: small letters, digits and hyphens.",
                    isRequired: true,
                    extra: " pattern=\"[a-z0-9\\-]+\" maxlength=\"63\""
                ),
                .line(
                    "time_zone",
                    "Time zone",
                    preset: "Europe/Berlin",
                    hint: "An IANA name.",
                    isRequired: true
                ),
                .line(
                    "currency",
                    "Currency",
                    preset: "EUR",
                    hint: "Three capital letters.",
                    isRequired: true,
                    extra: " maxlength=\"3\""
                ),
                .choice("weekday", "Meets on", of: [Choice("", "\(say: "not said yet")")] + weekdays),
                .line("time", "At", type: "time"), .number("minutes", "Minutes", 1...1440, preset: 90),
                .line("place", "Where", extra: " maxlength=\"200\""),
                .line(
                    "leader",
                    "Name of its first president",
                    hint: "Who gets a mail, and seats the others.",
                    extra: " maxlength=\"200\""
                ),
                .line("email", "Their e-mail", type: "email"),
            ],
            filled,
            button: "Create it",
            more: [
                .choice(
                    "region",
                    "Region",
                    of: [Choice("", "\(say: "none")")] + regions.map { Choice($0.slug, "\($0.name)") }
                )
            ],
            formToken: reader.formToken
        )
    )
}

/// People by name or e-mail; one more than a page holds says that there is a further page.
package func peoplePage(
    _ people: [KnownPerson],
    matching text: String,
    page: Int,
    notice: Phrase? = nil,
    for reader: Reader
) -> HTML {
    let shown = people.prefix(50)
    let rows = shown.map { person -> HTML in
        let marks: HTML =
            "\(person.isOperator ? chip("operator", .warn) : .none)\(person.isDisabled ? chip("kept out", .bad) : .none)"
        let invite: HTML =
            person.isDisabled
            ? .none
            : person.email.map { email -> HTML in
                "<a href=\"/operator/people/invite?email=\(queryText(email.description))\">\(say: "Invite")</a>"
            } ?? .none
        return
            "<li>\(who("\(person.name)", person.email.map { "\($0)" } ?? "\(say: "no e-mail")"))<span>\(marks) \(invite)</span></li>\n"
    }
    let address: HTML = "/operator/people?q=\(queryText(text))&amp;page="
    return operatorPage(
        "People",
        in: .people,
        for: reader,
        """
        \(notice.map { "<p class=\"note\" role=\"status\">\(say: $0)</p>\n" } ?? .none)\(search("/operator/people", "Name or e-mail", for: text))
        \(rows.isEmpty ? nothing("Nobody here is called that.") : "<ul class=\"plain\">\n\(rows)</ul>\n")
        \(pager(previous: page > 1 ? "\(address)\(page - 1)" : nil, next: people.count > shown.count ? "\(address)\(page + 1)" : nil))
        \(button("/operator/people/invite", "Invite somebody"))
        """
    )
}

package func invitePage(email: String = "", _ filled: Filled = .blank, for reader: Reader) -> HTML {
    operatorPage(
        "Invite somebody",
        in: .people,
        for: reader,
        """
        <p class="hint">\(say: "They get a mail with a link, good once and for a week, to choose a password.")</p>
        \(form(
            to: "/operator/people/invite",
            [
                .line("email", "E-mail", type: "email", preset: email, isRequired: true),
                .line("name", "Name", hint: "Where nobody has the address yet.", extra: " maxlength=\"200\""),
            ],
            filled,
            button: "Invite",
            formToken: reader.formToken
        ))
        """
    )
}

/// The mails that wait, and those that were given up.
package func mailPage(_ mails: [MailRecord], for reader: Reader) -> HTML {
    let rows = mails.map { mail -> HTML in
        let standing: HTML =
            mail.givenUpAt.map { _ in chip("given up", .bad) }
            ?? (mail.tries == 0 ? chip("waits", .plain) : chip("tried \(count: mail.tries) times", .warn))
        return """
            <tr><th scope="row"><time datetime="\(mail.createdAt)">\(moment(mail.createdAt))</time></th><td class="text">\(mail.to)</td>\
            <td class="text">\(mail.subject)</td><td class="text">\(standing)</td>\
            <td>\(mail.givenUpAt == nil ? moment(mail.nextTryAt) : "–")</td><td class="text">\(mail.lastTrouble ?? "")</td></tr>

            """
    }
    let title: Phrase = "Mail"
    return operatorPage(
        title,
        in: .mail,
        for: reader,
        rows.isEmpty
            ? nothing("No mail waits, and none was given up.")
            : """
            <div class="scroll" tabindex="0" role="region" aria-label="\(say: title)"><table>
            <caption>\(say: "\(count: mails.count) mails that wait or were given up, the newest first")</caption>
            <thead><tr><th scope="col">\(say: "Posted")</th><th scope="col" class="text">\(say: "To")</th><th scope="col" class="text">\(say: "Subject")</th>\
            <th scope="col" class="text">\(say: "Standing")</th><th scope="col">\(say: "Next try")</th><th scope="col" class="text">\(say: "Trouble")</th></tr></thead>
            <tbody>
            \(rows)</tbody></table></div>
            """
    )
}

/// What runs here, of which version.
package func versionsPage(program: String, _ versions: Versions, for reader: Reader) -> HTML {
    operatorPage(
        "Versions",
        in: .versions,
        for: reader,
        facts([
            ("Chapterhouse", "\(program)"), ("PostgreSQL", "\(versions.database)"),
            ("Newest migration", "\(versions.migration)"), ("Applied at", "\(moment(versions.appliedAt))"),
        ])
    )
}
