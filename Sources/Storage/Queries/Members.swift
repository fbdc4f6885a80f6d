import Postgres
import ReferralGroup

extension Query<[Membership]> {
    /// The members of a day (nil: today), in order of name; with `former`, those who left too.
    package static func roster(of chapter: Chapter.ID, on day: LocalDate?, former: Bool = false) -> Self {
        Query(
            """
            SELECT \(Membership.columns(on: day))
              FROM membership
              LEFT JOIN seat ON seat.chapter_id = membership.chapter_id AND seat.id = membership.seat_id
             WHERE membership.chapter_id = \(chapter)
               AND (\(former) OR coalesce(\(day), today(\(chapter))) BETWEEN membership.joined_on AND coalesce(membership.ended_on, 'infinity'))
             ORDER BY membership.folded_name, membership.id
            """
        )
    }

    /// Whom a text may name: by id, e-mail, full name, or the words of the name in any order.
    static func members(named text: String, in chapter: Chapter.ID, on day: LocalDate?) -> Self {
        let name = FoldedName(text)
        return Query(
            """
            SELECT \(Membership.columns(on: day))
              FROM membership
              LEFT JOIN seat ON seat.chapter_id = membership.chapter_id AND seat.id = membership.seat_id
             WHERE membership.chapter_id = \(chapter)
               AND (membership.id = \(Int64(text)) OR membership.email = \(name) OR membership.folded_name = \(name)
                    OR membership.id = (SELECT membership_id FROM name_link WHERE chapter_id = \(chapter) AND name_link.folded_name = \(name))
                    OR string_to_array(membership.folded_name, ' ') @> \(name.words) AND string_to_array(membership.folded_name, ' ') <@ \(name.words))
             ORDER BY membership.folded_name, membership.joined_on
            """
        )
    }
}

extension Query<Membership> {
    static func membership(_ id: Membership.ID, in chapter: Chapter.ID) -> Self {
        Query(
            """
            SELECT \(Membership.columns(on: nil))
              FROM membership
              LEFT JOIN seat ON seat.chapter_id = membership.chapter_id AND seat.id = membership.seat_id
             WHERE membership.chapter_id = \(chapter) AND membership.id = \(id)
            """
        )
    }
}

extension Query<LocalDate> {
    /// Ends a membership on a day (nil: today), and the offices held through it; returns the day.
    package static func end(
        _ member: Membership.ID,
        on day: LocalDate?,
        reason: String?,
        in chapter: Chapter.ID
    ) -> Self {
        Query(
            value: """
                WITH ended AS (
                    UPDATE membership SET ended_on = coalesce(\(day), today(\(chapter))), end_reason = \(reason)
                     WHERE chapter_id = \(chapter) AND id = \(member)
                    RETURNING ended_on
                ), terms AS (
                    UPDATE office SET to_on = greatest(office.from_on, ended.ended_on)
                      FROM ended
                     WHERE office.chapter_id = \(chapter) AND office.membership_id = \(member)
                       AND coalesce(office.to_on, 'infinity') > ended.ended_on
                )
                SELECT ended_on FROM ended
                """
        )
    }
}

extension Query<Void> {
    package static func leave(
        of member: Membership.ID,
        from: LocalDate,
        to: LocalDate?,
        isMedical: Bool,
        in chapter: Chapter.ID
    ) -> Self {
        Query(
            """
            INSERT INTO membership_leave (chapter_id, membership_id, kind, first_day, last_day)
            VALUES (\(chapter), \(member), \(isMedical ? "medical" : "other"), \(from), \(to))
            """
        )
    }

    static func valuation(
        of member: Membership,
        margin: Figure?,
        valueOfHour: Int64?,
        from day: LocalDate?,
        in chapter: Chapter.ID
    ) -> Self {
        Query(
            """
            INSERT INTO membership_valuation (chapter_id, membership_id, valid_from, person_id, margin, value_of_hour)
            VALUES (\(chapter), \(member.id), coalesce(\(day), today(\(chapter))), \(member.person), \(margin), \(valueOfHour))
            ON CONFLICT (chapter_id, membership_id, valid_from) DO UPDATE
               SET margin        = coalesce(excluded.margin, membership_valuation.margin),
                   value_of_hour = coalesce(excluded.value_of_hour, membership_valuation.value_of_hour)
            """
        )
    }
}

extension Query<Int64> {
    /// The seat of a profession, which `list` put on the chapter's list.
    fileprivate static func seat(_ title: String, in chapter: Chapter.ID) -> Self {
        Query(
            value: "SELECT id FROM seat WHERE chapter_id = \(chapter) AND profession = \(FoldedName(title))"
        )
    }
}

extension Query<Void> {
    /// Puts a profession on the chapter's list when it is not there yet.
    fileprivate static func list(_ title: String, in chapter: Chapter.ID) -> Self {
        Query(
            """
            INSERT INTO seat (chapter_id, profession, title) VALUES (\(chapter), \(FoldedName(title)), \(title))
            ON CONFLICT (chapter_id, profession) DO NOTHING
            """
        )
    }
}

extension Query<Person.ID> {
    /// The person of an e-mail, or a new one; without an e-mail always a new one.
    static func person(named name: String, email: EmailAddress?) -> Self {
        Query(value: "SELECT person_of(\(name), \(FoldedName(name)), \(email))")
    }
}

extension Query<Membership.ID> {
    static func insert(
        _ draft: MemberDraft,
        person: Person.ID,
        seat: Int64?,
        from former: Membership?,
        in chapter: Chapter.ID
    ) -> Self {
        Query(
            value: """
                INSERT INTO membership (chapter_id, person_id, name, folded_name, email, seat_id, company, joined_on, renews_on)
                VALUES (\(chapter), \(person), \(draft.name), \(FoldedName(draft.name)), \(draft.email ?? former?.email), \(seat),
                        \(draft.company), coalesce(\(draft.joinedOn), today(\(chapter))), \(draft.renewsOn))
                RETURNING id
                """
        )
    }
}

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

/// A member about to be seated.
///
/// Doors read the texts of every draft with `PlainText.line`; the database refuses what they let through.
package struct MemberDraft: Sendable {
    package let name: String
    package let email: EmailAddress?
    package let seat: String?
    package let company: String?
    /// Nil for today.
    package let joinedOn: LocalDate?
    package let renewsOn: LocalDate?

    package init(
        name: String,
        email: EmailAddress? = nil,
        seat: String? = nil,
        company: String? = nil,
        joinedOn: LocalDate?,
        renewsOn: LocalDate? = nil
    ) {
        self.name = name
        self.email = email
        self.seat = seat
        self.company = company
        self.joinedOn = joinedOn
        self.renewsOn = renewsOn
    }
}

extension Membership: RowDecodable {
    static func columns(on day: LocalDate?) -> SQL {
        """
        membership.id, membership.person_id, membership.name, membership.email, seat.title AS seat, membership.company,
        membership.joined_on, membership.renews_on, membership.ended_on,
        (SELECT CASE WHEN asked.day < membership.joined_on THEN 'upcoming'
                     WHEN asked.day > membership.ended_on THEN 'ended'
                     WHEN EXISTS (SELECT FROM membership_leave AS leave
                                   WHERE leave.chapter_id = membership.chapter_id AND leave.membership_id = membership.id
                                     AND asked.day BETWEEN leave.first_day AND coalesce(leave.last_day, 'infinity')) THEN 'on leave'
                     WHEN asked.day >= membership.renews_on THEN 'overdue'
                     ELSE 'active' END
           FROM (SELECT coalesce(\(day), today(membership.chapter_id)) AS day) AS asked) AS status
        """
    }

    package init(row: Row) throws {
        try self.init(
            id: row["id"],
            person: row["person_id"],
            name: row["name"],
            email: row["email"],
            seat: row["seat"],
            company: row["company"],
            joinedOn: row["joined_on"],
            renewsOn: row["renews_on"],
            endedOn: row["ended_on"],
            status: row.word("status")
        )
    }
}
