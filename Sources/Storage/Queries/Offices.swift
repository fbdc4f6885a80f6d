import Postgres
import ReferralGroup

/// A term of office.
package struct Term: Sendable, RowDecodable {
    package let role: OfficeRole
    package let member: Membership.ID
    package let name: String
    package let from: LocalDate
    package let to: LocalDate?

    package init(row: Row) throws {
        role = try row.word("role")
        member = try row["membership_id"]
        name = try row["name"]
        from = try row["from_on"]
        to = try row["to_on"]
    }
}

extension Query<[Term]> {
    package static func offices(of chapter: Chapter.ID) -> Self {
        Query(
            """
            SELECT office.role, office.membership_id, membership.name, office.from_on, office.to_on
              FROM office
              JOIN membership ON membership.chapter_id = office.chapter_id AND membership.id = office.membership_id
             WHERE office.chapter_id = \(chapter)
             ORDER BY office.from_on, office.role, membership.folded_name
            """
        )
    }
}

extension Query<LocalDate> {
    /// Gives a member an office from a day on (nil: today); returns the day.
    package static func appoint(
        _ member: Membership,
        as role: OfficeRole,
        from: LocalDate?,
        to: LocalDate?,
        in chapter: Chapter.ID
    ) -> Self {
        Query(
            value: """
                INSERT INTO office (chapter_id, membership_id, person_id, role, from_on, to_on)
                VALUES (\(chapter), \(member.id), \(member.person), \(role.rawValue), coalesce(\(from), today(\(chapter))), \(to))
                RETURNING from_on
                """
        )
    }
}

extension Query<LocalDate?> {
    /// Ends the term in which a day lies (nil: today); nil where there is none.
    package static func endOffice(
        of member: Membership.ID,
        role: OfficeRole,
        on day: LocalDate?,
        in chapter: Chapter.ID
    ) -> Self {
        Query(
            valueIfAny: """
                UPDATE office SET to_on = coalesce(\(day), today(\(chapter)))
                 WHERE chapter_id = \(chapter) AND membership_id = \(member) AND role = \(role.rawValue)
                   AND coalesce(\(day), today(\(chapter))) BETWEEN from_on AND coalesce(to_on, 'infinity')
                RETURNING to_on
                """
        )
    }
}
