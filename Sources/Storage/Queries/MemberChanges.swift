import Postgres
import ReferralGroup

extension ActingDatabase {
    /// The one member whom a text names; of several memberships of one person, that of the day (nil: today), else the latest.
    package func member(_ text: String, on day: LocalDate? = nil) async throws -> Membership {
        guard let chapter else { throw Unknown.member(text, candidates: []) }
        guard let line = PlainText.line(text), !line.isEmpty else {
            throw Unknown.member(text, candidates: [])
        }
        let (found, roster, today) = try await run(
            .members(named: line, in: chapter, on: day),
            .roster(of: chapter, on: day),
            .today(in: chapter)
        )
        // An id or an e-mail is meant exactly; it never competes with a name.
        let exact = found.filter { "\($0.id)" == line || $0.email?.description == FoldedName(line).text }
        let matches = exact.isEmpty ? found : exact
        guard Set(matches.map(\.person)).count <= 1 else {
            throw Unknown.ambiguousMember(line, candidates: matches.map { "\($0.name) (id \($0.id))" })
        }
        let wanted = day ?? today
        let current = matches.first { $0.joinedOn <= wanted && wanted <= ($0.endedOn ?? .latest) }
        guard let member = current ?? matches.last else {
            let words = Set(FoldedName(line).words)
            let near = roster.filter { !words.isDisjoint(with: FoldedName($0.name).words) }
            throw Unknown.member(line, candidates: near.prefix(5).map { "\($0.name) (id \($0.id))" })
        }
        return member
    }

    /// Seats a new member; the e-mail finds the person who has it already.
    package func add(_ draft: MemberDraft) async throws -> Membership {
        try await transaction { try await $0.add(draft) }
    }

    /// A new membership of somebody who was a member before.
    package func rejoin(_ former: Membership, seat: String?, joinedOn: LocalDate?) async throws -> Membership
    {
        try await transaction { transaction in
            let draft = MemberDraft(
                name: former.name,
                email: nil,
                seat: seat ?? former.seat,
                company: former.company,
                joinedOn: joinedOn
            )
            return try await transaction.add(draft, as: former.person, after: former)
        }
    }

    /// Sets what is known of a member, in the words of the shell.
    package func set(
        _ settings: [(key: String, value: String)],
        of member: Membership,
        in chapter: Chapter,
        from day: LocalDate?
    ) async throws {
        let known = ["email", "seat", "company", "renews", "shares-figures", "margin", "value-of-hour"]
        try await transaction { transaction in
            for (key, value) in settings {
                switch key {
                case "email":
                    guard let email = EmailAddress(value) else {
                        throw Unknown.value(value, of: key, wanted: "an e-mail address")
                    }
                    try await transaction.run(Query<Void>("SELECT set_email(\(member.id), \(email))"))
                case "seat":
                    guard let title = PlainText.line(value), !title.isEmpty else {
                        throw Unknown.value(value, of: key, wanted: "a profession")
                    }
                    let seat = try await transaction.seat(title, in: chapter.id)
                    try await transaction.run(Self.change(member, "seat_id = \(seat)", in: chapter.id))
                case "company":
                    try await transaction.run(
                        Self.change(member, "company = \(PlainText.line(value))", in: chapter.id)
                    )
                case "renews":
                    guard let date = LocalDate(value) else {
                        throw Unknown.value(value, of: key, wanted: "a date such as 2027-10-01")
                    }
                    try await transaction.run(Self.change(member, "renews_on = \(date)", in: chapter.id))
                case "shares-figures":
                    guard ["yes", "no"].contains(value) else {
                        throw Unknown.value(value, of: key, wanted: "yes or no")
                    }
                    try await transaction.run(
                        Self.change(member, "shares_figures = \(value == "yes")", in: chapter.id)
                    )
                case "margin":
                    guard let margin = Figure(percent: value) else {
                        throw Unknown.value(
                            value,
                            of: key,
                            wanted: "a percentage between 0% and 100%, such as 40%"
                        )
                    }
                    try await transaction.run(
                        .valuation(of: member, margin: margin, valueOfHour: nil, from: day, in: chapter.id)
                    )
                case "value-of-hour":
                    guard let money = Money(value, in: chapter.currency) else {
                        throw Unknown.value(
                            value,
                            of: key,
                            wanted:
                                "an amount such as \(Money(minorUnits: 4000, currency: chapter.currency).amount)"
                        )
                    }
                    try await transaction.run(
                        .valuation(
                            of: member,
                            margin: nil,
                            valueOfHour: money.minorUnits,
                            from: day,
                            in: chapter.id
                        )
                    )
                default: throw Unknown.setting(key, known: known)
                }
            }
        }
    }

    /// Ends the membership here and begins one in the other chapter on the day after.
    package func transfer(
        _ member: Membership,
        to other: Chapter,
        on day: LocalDate?,
        seat: String?
    ) async throws -> Membership {
        guard let here = chapter else { throw Unknown.member(member.name, candidates: []) }
        return try await transaction { transaction in
            let last = try await transaction.run(
                .end(member.id, on: day, reason: "transferred to \(other.slug)", in: here)
            )
            try await transaction.enter(other.id)
            let draft = MemberDraft(
                name: member.name,
                email: nil,
                seat: seat ?? member.seat,
                company: member.company,
                joinedOn: last.advanced(by: 1)
            )
            let joined = try await transaction.add(draft, as: member.person, after: member, in: other.id)
            try await transaction.run(
                Query<Void>(
                    """
                    UPDATE membership SET transferred_from_chapter = \(here), transferred_from = \(member.id)
                     WHERE chapter_id = \(other.id) AND id = \(joined.id)
                    """
                )
            )
            return joined
        }
    }

    private static func change(_ member: Membership, _ assignment: SQL, in chapter: Chapter.ID) -> Query<Void>
    {
        Query("UPDATE membership SET \(assignment) WHERE chapter_id = \(chapter) AND id = \(member.id)")
    }
}

extension ActingTransaction {
    /// Two statements: the second sees a seat that somebody else listed while the first waited for them.
    fileprivate func seat(_ title: String, in chapter: Chapter.ID) async throws -> Int64 {
        try await run(.list(title, in: chapter), .seat(title, in: chapter)).1
    }

    package func add(_ draft: MemberDraft) async throws -> Membership {
        let person = try await run(.person(named: draft.name, email: draft.email))
        return try await add(draft, as: person, after: nil)
    }

    func add(
        _ draft: MemberDraft,
        as person: Person.ID,
        after former: Membership?,
        in other: Chapter.ID? = nil
    ) async throws -> Membership {
        guard let chapter = other ?? chapter else { throw Unknown.chapter("") }
        var seat: Int64?
        if let title = draft.seat { seat = try await self.seat(title, in: chapter) }
        let id = try await run(.insert(draft, person: person, seat: seat, from: former, in: chapter))
        return try await run(.membership(id, in: chapter))
    }
}
