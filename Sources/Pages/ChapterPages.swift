import ReferralGroup

/// The parts of the section `Chapter`, each with its list.
enum ChapterPart: String, CaseIterable {
    case members, seats, postings, visitors, applications, offices, dues, policy, months, imports, audit

    var name: Phrase {
        switch self {
        case .members: "Members"
        case .seats: "Seats"
        case .postings: "Needs and offers"
        case .visitors: "Visitors"
        case .applications: "Applications"
        case .offices: "Offices"
        case .dues: "Dues"
        case .policy: "Policy"
        case .months: "Closed months"
        case .imports: "Imports"
        case .audit: "Audit trail"
        }
    }

    private var permission: Permission {
        switch self {
        case .members, .seats, .postings, .visitors, .offices, .dues, .policy, .months: .seeRoster
        case .applications: .seeApplications
        case .imports: .importFiles
        case .audit: .seeAuditTrail
        }
    }

    func isOpen(to reader: Reader) -> Bool {
        reader.may(permission)
    }

    func address(for reader: Reader) -> HTML {
        "\(reader.folder)/\(rawValue)"
    }
}

extension Reader {
    /// The chapter in addresses: `/chapters/alder`.
    var folder: HTML {
        chapter.map { "/chapters/\($0.slug)" } ?? .none
    }

    /// The chapter's name, with its part of a page's title.
    fileprivate func title(_ title: HTML) -> HTML {
        chapter.map { "\(title) · \($0.name)" } ?? title
    }
}

/// A page of the section `Chapter`, with the way to its other parts; `title` is also its heading.
func chapterPage(
    _ title: Phrase,
    in part: ChapterPart?,
    for reader: Reader,
    above eyebrow: HTML = .none,
    _ content: HTML
) -> HTML {
    chapterPage(named: "\(say: title)", in: part, for: reader, above: eyebrow, content)
}

/// The same of somebody or something that has a name.
func chapterPage(
    named title: HTML,
    in part: ChapterPart?,
    for reader: Reader,
    above eyebrow: HTML = .none,
    _ content: HTML
) -> HTML {
    let links = ChapterPart.allCases.filter { $0.isOpen(to: reader) }.map { each -> HTML in
        let mark: HTML = each == part ? " aria-current=\"page\"" : .none
        return "<a href=\"\(each.address(for: reader))\"\(mark)>\(say: each.name)</a>\n"
    }
    let above: HTML = eyebrow.isEmpty ? .none : "<p class=\"eyebrow\">\(eyebrow)</p>\n"
    return page(
        title: reader.title(title),
        for: reader,
        in: .chapter,
        """
        <nav class="tabs" aria-label="\(say: "In this chapter")">
        \(links)</nav>
        \(above)<h1>\(title)</h1>
        \(content)
        """
    )
}

/// The way back above a page that is of one thing.
func back(to part: ChapterPart, for reader: Reader) -> HTML {
    "<a href=\"\(part.address(for: reader))\">\(say: part.name)</a>"
}

/// A link to a page with a form.
func button(_ address: HTML, _ name: Phrase, style: HTML = "button") -> HTML {
    "<a class=\"\(style)\" href=\"\(address)\">\(say: name)</a>\n"
}

/// What somebody looks for in a list; `kept` are further fields of its address.
func search(_ address: HTML, _ label: Phrase, for text: String, keeping kept: HTML = .none) -> HTML {
    """
    <form class="search" method="get" action="\(address)" role="search">
    \(kept)<label for="q">\(say: label)</label>
    <input id="q" name="q" type="search" value="\(text)" maxlength="200">
    <button>\(say: "Search")</button>
    </form>

    """
}

/// The links to what comes before and after, where there is any.
func pager(previous: HTML?, next: HTML?) -> HTML {
    guard previous != nil || next != nil else { return .none }
    let before = previous.map { address -> HTML in "<a rel=\"prev\" href=\"\(address)\">\(say: "Back")</a>\n"
    }
    let after = next.map { address -> HTML in "<a rel=\"next\" href=\"\(address)\">\(say: "Further")</a>\n" }
    return """
        <nav class="pages" aria-label="\(say: "Pages of the list")">
        \(before ?? .none)\(after ?? .none)</nav>

        """
}

/// Links of which one leads to where one is.
func choices(_ label: Phrase, _ links: [(address: HTML, name: Phrase, isCurrent: Bool)]) -> HTML {
    let items = links.map { link -> HTML in
        let mark: HTML = link.isCurrent ? " aria-current=\"page\"" : .none
        return "<a href=\"\(link.address)\"\(mark)>\(say: link.name)</a>\n"
    }
    return "<nav class=\"tabs\" aria-label=\"\(say: label)\">\n\(items)</nav>\n"
}

/// How a status looks.
enum Tone: String {
    case plain = "chip"
    case good = "chip good"
    case warn = "chip warn"
    case bad = "chip bad"
    case quiet = "chip quiet"
}

func chip(_ word: Phrase, _ tone: Tone = .plain) -> HTML {
    "<span class=\"\(tone.rawValue)\">\(say: word)</span>"
}

/// A person, with what stands below the name.
func who(_ name: HTML, _ below: HTML = .none) -> HTML {
    let hint: HTML = below.isEmpty ? .none : "<span class=\"hint\">\(below)</span>"
    return "<span class=\"who\"><b>\(name)</b>\(hint)</span>"
}

/// Text of an address after its question mark.
func queryText(_ text: String) -> HTML {
    let plain = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~".utf8)
    let digits = Array("0123456789ABCDEF".utf8)
    let bytes = text.utf8.flatMap { byte -> [UInt8] in
        plain.contains(byte)
            ? [byte] : [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    }
    return "\(String(decoding: bytes, as: UTF8.self))"
}

/// From a day to a day, or for good; both may be to come.
func days(_ from: LocalDate, _ to: LocalDate?) -> HTML {
    guard let to else { return "\(say: "from \("\(from, .long)" as HTML) on")" }
    return "\(say: "\("\(from, .long)" as HTML) to \("\(to, .long)" as HTML)")"
}

/// A form before something that is not easily taken back: what it does, and the way out of it.
func delicateForm(
    to address: HTML,
    _ warning: HTML,
    _ fields: [Field],
    _ filled: Filled,
    button: Phrase,
    back: HTML,
    formToken: FormToken
) -> HTML {
    """
    <form class="entry" method="post" action="\(address)">
    \(formToken.field)
    \(filled.summary(naming: fields.map { ($0.name, $0.label) }))\(warning)\(fields.map { $0.html(in: filled) })\
    <p class="send"><button class="danger">\(say: button)</button> <a href="\(back)">\(say: "Leave it as it is")</a></p>
    </form>

    """
}

/// Words and what they mean, of which those without a value are left out.
func facts(_ facts: [(Phrase, HTML?)]) -> HTML {
    let shown = facts.compactMap { fact -> HTML? in
        guard let value = fact.1, !value.isEmpty else { return nil }
        return "<div class=\"tile\"><dt>\(say: fact.0)</dt><dd>\(value)</dd></div>\n"
    }
    return shown.isEmpty ? .none : "<dl class=\"tiles\">\n\(shown)</dl>\n"
}

/// The members of today, to choose one of.
func choices(of members: [Membership], none: Phrase? = nil) -> [Choice] {
    (none.map { [Choice("", "\(say: $0)")] } ?? [])
        + members.map { member in
            Choice(member.id, member.seat.map { "\(member.name), \($0)" } ?? "\(member.name)")
        }
}
