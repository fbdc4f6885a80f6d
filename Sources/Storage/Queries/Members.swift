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
        Query(.membership(id, in: chapter))
    }
}

extension Query<Membership?> {
    /// A member by the id of the membership, as they stand today; nil where the chapter has none of that id.
    package static func member(_ id: Membership.ID, in chapter: Chapter.ID) -> Self {
        Query(.membership(id, in: chapter))
    }
}

extension SQL {
    fileprivate static func membership(_ id: Membership.ID, in chapter: Chapter.ID) -> SQL {
        """
        SELECT \(Membership.columns(on: nil))
          FROM membership
          LEFT JOIN seat ON seat.chapter_id = membership.chapter_id AND seat.id = membership.seat_id
         WHERE membership.chapter_id = \(chapter) AND membership.id = \(id)
        """
    }
}

extension Query<LocalDate> {
    /// Ends a membership on a day (nil: today), and the offices held through it; returns the day.
    package static func end(
        _ member: Membership.ID,
        on day: LocalDate?,
        because code: EndCode? = nil,
        reason: String?,
        in chapter: Chapter.ID
    ) -> Self {
        Query(
            value: """
                WITH ended AS (
                    UPDATE membership SET ended_on = coalesce(\(day), today(\(chapter))), end_code = \(code?.rawValue), end_reason = \(reason)
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

extension Query<Bool> {
    /// Whether the person of a member has an e-mail to sign in with.
    package static func hasLogin(_ member: Membership.ID) -> Self {
        Query(value: "SELECT has_login(\(member))")
    }
}

extension Query<Void> {
    /// Keeps a member from changing under whoever asked first, until their transaction ends.
    package static func lock(_ member: Membership.ID, in chapter: Chapter.ID) -> Self {
        Query("SELECT FROM membership WHERE chapter_id = \(chapter) AND id = \(member) FOR NO KEY UPDATE")
    }

    package static func leave(_ leave: Leave, of member: Membership.ID, in chapter: Chapter.ID) -> Self {
        .leave(of: member, from: leave.from, to: leave.to, isMedical: leave.isMedical, in: chapter)
    }

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
    static func seat(_ title: String, in chapter: Chapter.ID) -> Self {
        Query(
            value: "SELECT id FROM seat WHERE chapter_id = \(chapter) AND profession = \(FoldedName(title))"
        )
    }
}

extension Query<Void> {
    /// Puts a profession on the chapter's list when it is not there yet.
    static func list(_ title: String, in chapter: Chapter.ID) -> Self {
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
        Query(value: "SELECT person_of(\(name), \(FoldedName(name)), \(watched: email))")
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
