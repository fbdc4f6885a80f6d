import ReferralGroup

/// What of the audit trail somebody asked for.
package struct AuditQuestion: Sendable {
    package static let pageLength = 50
    package let filter: AuditFilter
    package let isFirstPage: Bool

    package init(_ filter: AuditFilter, isFirstPage: Bool) {
        self.filter = filter
        self.isFirstPage = isFirstPage
    }
}

/// Who changed what; one more line than a page holds says that there is a further page.
package func auditPage(
    _ events: [AuditEvent],
    _ asked: AuditQuestion,
    members: [Membership],
    for reader: Reader
) -> HTML {
    let folder: HTML = "\(reader.folder)/audit"
    let shown = events.prefix(AuditQuestion.pageLength)
    let filter = asked.filter
    let address: HTML =
        "\(folder)?entity=\(filter.entity ?? "")&amp;door=\(filter.door?.rawValue ?? "")&amp;by=\(filter.by.map { "\($0)" } ?? "")"
    let fields: [Field] = [
        .choice(
            "entity",
            "Kind of record",
            of: [Choice("", "\(say: "any")")]
                + AuditFilter.entities.map { Choice($0, "\(say: kind(ofRecord: $0))") },
            preset: filter.entity ?? ""
        ),
        .choice(
            "by",
            "Changed by",
            of: choices(of: members, none: "anybody"),
            preset: filter.by.map { "\($0)" } ?? ""
        ),
        .choice(
            "door",
            "By which door",
            of: [Choice("", "\(say: "any")")] + Door.all.map { Choice($0.rawValue, "\(say: $0.word)") },
            preset: filter.door?.rawValue ?? ""
        ),
    ]
    let isFiltered = filter.entity != nil || filter.door != nil || filter.by != nil
    let title: Phrase = "Audit trail"
    let table: HTML = """
        <div class="scroll" tabindex="0" role="region" aria-label="\(say: title)"><table>
        <caption>\(say: "The newest first; of personal data only which field changed.")</caption>
        <thead><tr><th scope="col">\(say: "When")</th><th scope="col" class="text">\(say: "Who")</th><th scope="col" class="text">\(say: "What")</th>\
        <th scope="col" class="text">\(say: "Record")</th><th scope="col" class="text">\(say: "Fields")</th><th scope="col" class="text">\(say: "Door")</th></tr></thead>
        <tbody>
        \(shown.map(line))</tbody></table></div>

        """
    return chapterPage(
        title,
        in: .audit,
        for: reader,
        """
        <details class="more"\(isFiltered ? " open" : .none)><summary>\(say: "Filter")</summary>
        <form class="entry" method="get" action="\(folder)">
        \(fields.map { $0.html(in: .blank) })<p class="send"><button>\(say: "Filter")</button></p>
        </form></details>
        \(shown.isEmpty ? nothing("Nothing was changed that way.") : table)
        \(pager(previous: asked.isFirstPage ? nil : address, next: events.count > shown.count ? shown.last.map { "\(address)&amp;before=\($0.id)" } : nil))
        """
    )
}

private func line(_ event: AuditEvent) -> HTML {
    let who: HTML =
        event.name.map { "\($0)" }
        ?? event.person.map { "\(say: "person \("\($0)")")" } ?? "\(say: "the system")"
    let fields = listed(event.changed.map(words))
    return """
        <tr><th scope="row"><time datetime="\(event.at)">\(moment(event.at))</time></th><td class="text">\(who)</td>\
        <td class="text">\(say: Phrase(of: event.action))</td><td class="text">\(say: kind(ofRecord: event.entity)) \(event.entityID)</td>\
        <td class="text">\(fields)</td><td class="text">\(say: Door(rawValue: event.door)?.word ?? Phrase(of: event.door))</td></tr>

        """
}

/// The kind of a record; what a referral came to is called a meeting, too.
func kind(ofRecord entity: String) -> Phrase {
    entity == "meeting" ? "chapter meeting" : words(entity)
}

/// A name of the database in words.
private func words(_ name: String) -> Phrase {
    let bytes = name.utf8.map { $0 == UInt8(ascii: "_") ? UInt8(ascii: " ") : $0 }
    return Phrase(of: String(decoding: bytes, as: UTF8.self))
}

extension Door {
    fileprivate static let all: [Door] = [.web, .api, .cli, .import]

    var word: Phrase {
        switch self {
        case .web: "a page"
        case .api: "a program"
        case .cli: "the shell"
        case .import: "an import"
        }
    }
}
