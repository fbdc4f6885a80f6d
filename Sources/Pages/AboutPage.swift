import ReferralGroup

/// The way to everything of a chapter that its reader may see, with what waits for them first.
package func aboutPage(_ chapter: Chapter, _ overview: ChapterOverview, for reader: Reader) -> HTML {
    let waiting = tasks(overview, for: reader)
    let list: HTML =
        waiting.isEmpty
        ? .none
        : """
        <section aria-labelledby="waiting"><h2 id="waiting">\(say: "What waits for you")</h2>
        <ul class="plain">
        \(waiting)</ul></section>

        """
    let cards = ChapterPart.allCases.filter { $0.isOpen(to: reader) }.map { part -> HTML in
        let count = part.count(in: overview, for: reader).map { " \(chip($0, .quiet))" as HTML } ?? .none
        return """
            <li class="card"><h2><a href="\(part.address(for: reader))">\(say: part.name)</a>\(count)</h2>
            <p class="hint">\(say: part.purpose(for: reader))</p></li>

            """
    }
    return chapterPage(
        named: "\(chapter.name)",
        in: nil,
        for: reader,
        """
        \(meets(chapter))
        \(list)<ul class="cards">
        \(cards)</ul>
        """
    )
}

private func meets(_ chapter: Chapter) -> HTML {
    guard let regular = chapter.regular else {
        return "<p>\(say: "When the chapter meets is not said yet.")</p>"
    }
    let when: Phrase =
        "\(regular.weekday.name), \(regular.time) (\(chapter.timeZone)), for \(count: regular.minutes) minutes"
    let place = regular.place.map { place -> HTML in "<br>\(place)" } ?? .none
    return "<p>\(say: when)\(place)</p>"
}

/// A line for each thing that somebody has to do; of what the reader may not do there is none.
private func tasks(_ overview: ChapterOverview, for reader: Reader) -> [HTML] {
    func task(
        _ count: Int,
        _ phrase: Phrase,
        _ permission: Permission,
        _ place: String,
        _ verb: Phrase
    ) -> HTML? {
        guard count > 0, reader.may(permission) else { return nil }
        return "<li><span>\(say: phrase)</span> <a href=\"\(reader.folder)/\(place)\">\(say: verb)</a></li>\n"
    }
    return [
        task(
            overview.openSheets,
            "\(count: overview.openSheets) meetings are not sealed.",
            .markAttendance,
            "meetings",
            "Seal them"
        ),
        task(
            overview.newVisitors,
            "\(count: overview.newVisitors) visitors wait to be contacted.",
            .seeVisitors,
            "visitors?status=new",
            "Contact them"
        ),
        task(
            overview.warmVisitors,
            "\(count: overview.warmVisitors) visitors came and have not applied.",
            .seeVisitors,
            "visitors?status=visited",
            "Ask them"
        ),
        task(
            overview.openApplications,
            "\(count: overview.openApplications) applications are not decided.",
            .seeApplications,
            "applications",
            "Look at them"
        ),
        task(
            overview.overdue,
            "\(count: overview.overdue) renewals are overdue.",
            .manageMembers,
            "members",
            "See who"
        ),
        task(
            overview.debtors,
            "\(count: overview.debtors) members owe what is due.",
            .seeDues,
            "dues",
            "See who"
        ),
        task(
            overview.isLastMonthOpen ? 1 : 0,
            "Last month is over and not closed.",
            .closeMonths,
            "months",
            "Close it"
        ),
    ].compactMap(\.self)
}

extension ChapterPart {
    fileprivate func count(in overview: ChapterOverview, for reader: Reader) -> Phrase? {
        switch self {
        case .members: "\(count: overview.members) members"
        case .seats: "\(count: overview.openSeats) open"
        case .postings: "\(count: overview.needs) needs"
        case .visitors: reader.may(.seeVisitors) ? "\(count: overview.newVisitors) new" : nil
        case .applications: "\(count: overview.openApplications) open"
        case .offices, .dues, .policy, .months, .imports, .audit: nil
        }
    }

    fileprivate func purpose(for reader: Reader) -> Phrase {
        switch self {
        case .members: "Who belongs to the chapter, and what each does."
        case .seats: "Which professions are missing, the most missed first."
        case .postings: "What members look for, and what they have to give."
        case .visitors:
            reader.may(.seeVisitors)
                ? "Who came, who is to be asked next." : "Whom you brought, and what became of them."
        case .applications: "Who wants a seat: references, votes, decision."
        case .offices: "Who serves in which office, and until when."
        case .dues:
            reader.may(.seeDues) ? "Who was invoiced, paid, and owes." : "What you were invoiced, and paid."
        case .policy: "What the chapter decided about fees, absences and privacy."
        case .months: "Figures that are fixed, and what changed since."
        case .imports: "Bring in the exports of other tools, and take them back."
        case .audit: "Who changed what, when, and by which door."
        }
    }
}

extension Weekday {
    var name: Phrase {
        switch self {
        case .monday: "Mondays"
        case .tuesday: "Tuesdays"
        case .wednesday: "Wednesdays"
        case .thursday: "Thursdays"
        case .friday: "Fridays"
        case .saturday: "Saturdays"
        case .sunday: "Sundays"
        }
    }
}
