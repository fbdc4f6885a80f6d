import Postgres
import ReferralGroup

extension Query<[Term]> {
    package static func offices(of chapter: Chapter.ID) -> Self {
        Query(
            """
            \(terms(of: chapter))
             ORDER BY office.from_on, office.role, membership.folded_name
            """
        )
    }
}

extension Query<Term?> {
    package static func office(_ id: Term.ID, in chapter: Chapter.ID) -> Self {
        Query("\(terms(of: chapter)) AND office.id = \(id)")
    }

    /// Ends a term on a day (nil: today); one that ends before stays as it is.
    ///
    /// Nil where there is none.
    package static func end(_ id: Term.ID, on day: LocalDate?, in chapter: Chapter.ID) -> Self {
        Query(
            """
            WITH ended AS (
                UPDATE office SET to_on = least(to_on, coalesce(\(day), today(\(chapter))))
                 WHERE chapter_id = \(chapter) AND id = \(id)
                RETURNING *
            )
            SELECT ended.id, ended.role, ended.membership_id, membership.name, ended.from_on, ended.to_on
              FROM ended
              JOIN membership ON membership.chapter_id = \(chapter) AND membership.id = ended.membership_id
            """
        )
    }
}

private func terms(of chapter: Chapter.ID) -> SQL {
    """
    SELECT office.id, office.role, office.membership_id, membership.name, office.from_on, office.to_on
      FROM office
      JOIN membership ON membership.chapter_id = office.chapter_id AND membership.id = office.membership_id
     WHERE office.chapter_id = \(chapter)
    """
}

extension Query<Term> {
    /// Gives a member an office from a day on (nil: today).
    package static func appoint(
        _ member: Membership,
        as role: OfficeRole,
        from: LocalDate?,
        to: LocalDate?,
        in chapter: Chapter.ID
    ) -> Self {
        Query(
            """
            INSERT INTO office (chapter_id, membership_id, person_id, role, from_on, to_on)
            VALUES (\(chapter), \(member.id), \(member.person), \(role.rawValue), coalesce(\(from), today(\(chapter))), \(to))
            RETURNING id, role, membership_id, \(member.name) AS name, from_on, to_on
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

extension Term: RowDecodable {
    package init(row: Row) throws {
        try self.init(
            id: row["id"],
            role: row.word("role"),
            member: row["membership_id"],
            name: row["name"],
            from: row["from_on"],
            to: row["to_on"]
        )
    }
}
