import Postgres
import ReferralGroup

extension Query<[Membership]> {
    /// Members whose name, seat or company has a text in it, in order of name, so many from the `skipped`th on.
    package static func members(
        _ part: RosterPart,
        matching text: String,
        of chapter: Chapter.ID,
        skipping skipped: Int,
        limit: Int
    ) -> Self {
        let needle = FoldedName(text).text
        return Query(
            """
            SELECT \(Membership.columns(on: nil))
              FROM membership
              LEFT JOIN seat ON seat.chapter_id = membership.chapter_id AND seat.id = membership.seat_id
             WHERE membership.chapter_id = \(chapter)
               AND CASE \(part.rawValue)
                   WHEN 'present' THEN today(\(chapter)) BETWEEN membership.joined_on AND coalesce(membership.ended_on, 'infinity')
                   WHEN 'former' THEN membership.ended_on < today(\(chapter))
                   ELSE true END
               AND (strpos(membership.folded_name, \(needle)) > 0 OR strpos(seat.profession, \(needle)) > 0
                    OR strpos(lower(membership.company), \(needle)) > 0)
             ORDER BY membership.folded_name, membership.joined_on, membership.id
             LIMIT \(limit) OFFSET \(skipped)
            """
        )
    }
}

extension Query<MemberProfile?> {
    /// What there is to see of a member beside the membership; their own margin and value of an hour they alone see.
    package static func profile(of member: Membership.ID, in chapter: Chapter) -> Self {
        Query(
            """
            SELECT sponsor.name AS sponsor, mentor.name AS mentor, membership.mentor_id, mentor.person_id AS mentor_person, membership.end_code, membership.end_reason,
                   membership.transferred_from IS NOT NULL AS is_transferred, membership.shares_figures,
                   membership.person_id = acting_person() AS is_own, \(chapter.currency) AS currency,
                   (SELECT value.margin FROM membership_valuation AS value
                     WHERE value.chapter_id = \(chapter.id) AND value.membership_id = membership.id AND value.margin IS NOT NULL
                       AND value.valid_from <= today(\(chapter.id))
                     ORDER BY value.valid_from DESC LIMIT 1) AS margin,
                   (SELECT value.value_of_hour FROM membership_valuation AS value
                     WHERE value.chapter_id = \(chapter.id) AND value.membership_id = membership.id AND value.value_of_hour IS NOT NULL
                       AND value.valid_from <= today(\(chapter.id))
                     ORDER BY value.valid_from DESC LIMIT 1) AS value_of_hour
              FROM membership
              LEFT JOIN membership AS sponsor ON sponsor.chapter_id = membership.chapter_id AND sponsor.id = membership.sponsor_id
              LEFT JOIN membership AS mentor ON mentor.chapter_id = membership.chapter_id AND mentor.id = membership.mentor_id
             WHERE membership.chapter_id = \(chapter.id) AND membership.id = \(member)
            """
        )
    }
}

extension Query<[Leave]> {
    /// The leaves of a member, the newest first.
    package static func leaves(of member: Membership.ID, in chapter: Chapter.ID) -> Self {
        Query(
            """
            SELECT kind, first_day, last_day FROM membership_leave
             WHERE chapter_id = \(chapter) AND membership_id = \(member)
             ORDER BY first_day DESC
            """
        )
    }
}

extension Query<[Term]> {
    /// The terms of one member, the newest first.
    package static func offices(of member: Membership.ID, in chapter: Chapter.ID) -> Self {
        Query(
            """
            SELECT office.id, office.role, office.membership_id, membership.name, office.from_on, office.to_on
              FROM office
              JOIN membership ON membership.chapter_id = office.chapter_id AND membership.id = office.membership_id
             WHERE office.chapter_id = \(chapter) AND office.membership_id = \(member)
             ORDER BY office.from_on DESC, office.role
            """
        )
    }
}

extension MemberProfile: RowDecodable {
    package init(row: Row) throws {
        let isOwn: Bool? = try row["is_own"]
        let (units, currency): (Int64?, Currency) = (try row["value_of_hour"], try row["currency"])
        try self.init(
            sponsor: row["sponsor"],
            mentor: row["mentor"],
            mentorID: row["mentor_id"],
            mentorPerson: row["mentor_person"],
            endCode: (row["end_code"] as String?).flatMap { EndCode(rawValue: $0) },
            endReason: row["end_reason"],
            isTransferred: row["is_transferred"],
            ownFigures: isOwn == true
                ? OwnFigures(
                    sharesFigures: row["shares_figures"],
                    margin: row["margin"],
                    valueOfHour: units.map { Money(minorUnits: $0, currency: currency) }
                ) : nil
        )
    }
}

extension Leave: RowDecodable {
    package init(row: Row) throws {
        let kind: String = try row["kind"]
        try self.init(from: row["first_day"], to: row["last_day"], isMedical: kind == "medical")
    }
}
