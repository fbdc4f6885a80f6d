import ReferralGroup

/// Who serves in which office today, who will, and who did.
package func officesPage(_ terms: [Term], on today: LocalDate, for reader: Reader) -> HTML {
    let isNow = { (term: Term) in term.from <= today && today <= (term.to ?? .latest) }
    let current = terms.filter(isNow).sorted { $0.role.place < $1.role.place }
    let vacant = OfficeRole.allCases.filter { role in !current.contains { $0.role == role } }
    let open = vacant.map { role -> HTML in
        let fill: HTML =
            reader.may(.manageMembers)
            ? "<a href=\"\(reader.folder)/offices/appoint?role=\(role.rawValue)\">\(say: "Appoint somebody")</a>"
            : .none
        return "<li>\(who("\(say: role.name)", "\(say: "nobody")"))<span>\(fill)</span></li>\n"
    }
    let handover: HTML =
        reader.may(.seeChapterReports)
        ? "<p><a href=\"\(reader.folder)/reports/handover\">\(say: "The handover: what the next team needs to know")</a></p>"
        : .none
    return chapterPage(
        "Offices",
        in: .offices,
        for: reader,
        """
        <p class="hint">\(say: "Rights begin and end with these days, at midnight, with nobody's help.")</p>
        <section><h2>\(say: "In office today")</h2><ul class="plain">
        \(current.map { line($0, canEnd: true, reader) })\(open)</ul></section>
        \(list("To come", terms.filter { $0.from > today }, canEnd: true, reader))
        \(list("Before", terms.filter { ($0.to ?? .latest) < today }.reversed(), canEnd: false, reader))
        \(handover)\(reader.may(.manageMembers) ? button("\(reader.folder)/offices/appoint", "Appoint somebody") : .none)
        """
    )
}

private func list(_ title: Phrase, _ terms: [Term], canEnd: Bool, _ reader: Reader) -> HTML {
    guard !terms.isEmpty else { return .none }
    return """
        <section><h2>\(say: title)</h2><ul class="plain">
        \(terms.map { line($0, canEnd: canEnd, reader) })</ul></section>

        """
}

private func line(_ term: Term, canEnd: Bool, _ reader: Reader) -> HTML {
    let end: HTML =
        canEnd && reader.may(.manageMembers)
        ? " <a href=\"\(reader.folder)/offices/\(term.id)/end\">\(say: "End")</a>" : .none
    let holder: HTML = "<a href=\"\(reader.folder)/members/\(term.member)\">\(term.name)</a>"
    return
        "<li>\(who("\(say: term.role.name)", holder))<span class=\"hint\">\(days(term.from, term.to))\(end)</span></li>\n"
}

package func appointPage(
    members: [Membership],
    role: OfficeRole? = nil,
    member: Membership.ID? = nil,
    _ filled: Filled = .blank,
    for reader: Reader
) -> HTML {
    chapterPage(
        "Appoint somebody",
        in: .offices,
        for: reader,
        above: back(to: .offices, for: reader),
        form(
            to: "\(reader.folder)/offices",
            [
                .choice(
                    "role",
                    "Office",
                    of: OfficeRole.allCases.map { Choice($0.rawValue, "\(say: $0.name)") },
                    preset: role?.rawValue ?? "",
                    isRequired: true
                ),
                .choice(
                    "member",
                    "Member",
                    of: choices(of: members, none: "Choose a member"),
                    preset: member.map { "\($0)" } ?? "",
                    isRequired: true
                ),
                .line(
                    "from",
                    "First day",
                    type: "date",
                    hint: "Today, where nothing is said. It may be a day to come."
                ),
                .day("to", "Last day"),
            ],
            filled,
            button: "Appoint",
            formToken: reader.formToken
        )
    )
}

package func endTermPage(_ term: Term, _ filled: Filled = .blank, for reader: Reader) -> HTML {
    chapterPage(
        "End a term of office",
        in: .offices,
        for: reader,
        above: back(to: .offices, for: reader),
        delicateForm(
            to: "\(reader.folder)/offices/\(term.id)/end",
            """
            <p><b>\(say: term.role.name)</b>, \(term.name), \(days(term.from, term.to))</p>
            <p>\(say: "Who loses an office is signed out everywhere; what was done in it stays.")</p>

            """,
            [.line("on", "Last day", type: "date", hint: "Today, where nothing is said.")],
            filled,
            button: "End the term",
            back: "\(reader.folder)/offices",
            formToken: reader.formToken
        )
    )
}

extension OfficeRole {
    fileprivate var place: Int {
        Self.allCases.firstIndex(of: self) ?? 0
    }
}
