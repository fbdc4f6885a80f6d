import Postgres
import ReferralGroup

extension Query<[Visitor]> {
    /// Visitors with their contact data, newest first: all, or those of one status, with a text in the name, the company or
    /// the profession, or whom one member invited.
    package static func visitors(
        of chapter: Chapter.ID,
        _ slice: LedgerSlice,
        status: VisitorStatus? = nil,
        matching text: String = "",
        invitedBy member: Membership.ID? = nil
    ) -> Self {
        let needle = FoldedName(text).text
        let condition: SQL = """
            (\(status?.rawValue)::text IS NULL OR visitor.status = \(status?.rawValue))
            AND (\(member)::bigint IS NULL OR visitor.inviter_id = \(member))
            AND (strpos(visitor.folded_name, \(needle)) > 0 OR strpos(lower(visitor.company), \(needle)) > 0
                 OR strpos(lower(visitor.profession), \(needle)) > 0)
            """
        let rows: SQL = """
            SELECT visitor.*, coalesce((SELECT membership.name FROM membership
                                         WHERE membership.chapter_id = \(chapter) AND membership.id = visitor.inviter_id),
                                       (SELECT outsider.name FROM outsider
                                         WHERE outsider.chapter_id = \(chapter) AND outsider.id = visitor.inviter_outsider_id)) AS inviter,
                   visits_made(\(chapter), visitor.folded_name, visitor.email, visitor.phone, visitor.visit_on, visitor.id)
                   + (visitor.came AND visitor.kind IN ('first', 'second'))::integer AS visits,
                   visits_allowed(\(chapter), visitor.visit_on) AS visits_allowed,
                   seat_is_held(\(chapter), visitor.folded_profession, greatest(visitor.visit_on, today(\(chapter)))) AS is_seat_held
              FROM visitor
            \(slice.rows(of: "visitor", by: "visit_on", in: chapter, where: condition))
            """
        // Of a list nobody is told how its visitors are reached.
        return Query(slice.isOne ? rows.noting(.visitor) : rows)
    }
}

extension Visitor: RowDecodable {
    package init(row: Row) throws {
        try self.init(
            id: row["id"],
            name: row["name"],
            inviter: row["inviter"],
            inviterID: row["inviter_id"],
            kind: row.word("kind"),
            visitOn: row["visit_on"],
            came: row["came"],
            status: row.word("status"),
            lostBecause: row["lost_because"],
            email: row["email"],
            phone: row["phone"],
            company: row["company"],
            profession: row["profession"],
            answer: Answer(row: row, hasDeclined: (row["declined_at"] as Instant?) != nil),
            visits: row["visits"],
            visitsAllowed: row["visits_allowed"],
            isSeatHeld: row["is_seat_held"]
        )
    }
}

extension Visitor.Answer {
    /// What a row keeps of it; who cannot come may have agreed before.
    init?(row: Row, hasDeclined: Bool) throws {
        if hasDeclined {
            self = .cannotCome(because: try row["declined_because"])
        } else if let instant: Instant = try row["consented_at"] {
            self = .comes(consentedAt: instant)
        } else {
            return nil
        }
    }
}
