import Postgres
import ReferralGroup

// Lists of the ledger, newest first. A slip is provisional until the meeting to which it belongs is sealed.
private func isProvisional(_ day: SQL, in chapter: Chapter.ID) -> SQL {
    """
    coalesce((SELECT meeting.status <> 'sealed' FROM meeting
               WHERE meeting.chapter_id = \(chapter) AND meeting.kind = 'regular' AND meeting.status NOT IN ('cancelled', 'holiday')
                 AND meeting.local_date >= \(day)
               ORDER BY meeting.local_date LIMIT 1), true)
    """
}

/// A person of another chapter, as a list names them.
private let outsiderName: SQL =
    "coalesce(outsider.name, 'somebody') || CASE WHEN outsider.home = '' THEN '' ELSE ' @ ' || outsider.home END"

private func name(member: SQL, outsider: SQL, in chapter: Chapter.ID) -> SQL {
    """
    coalesce((SELECT membership.name FROM membership WHERE membership.chapter_id = \(chapter) AND membership.id = \(member)),
             (SELECT \(outsiderName) FROM outsider WHERE outsider.chapter_id = \(chapter) AND outsider.id = \(outsider)))
    """
}

extension Query<[Referral]> {
    package static func referrals(
        of chapter: Chapter.ID,
        from: LocalDate,
        to: LocalDate,
        limit: Int = 1000
    ) -> Self {
        Query(
            """
            SELECT id, \(name(member: "giver_id", outsider: "giver_outsider_id", in: chapter)) AS giver,
                   \(name(member: "receiver_id", outsider: "receiver_outsider_id", in: chapter)) AS receiver,
                   unplaced_profession, tier, need, warmth, status, passed_on,
                   \(isProvisional("passed_on", in: chapter)) AS is_provisional
              FROM referral
             WHERE chapter_id = \(chapter) AND passed_on BETWEEN \(from) AND \(to)
             ORDER BY passed_on DESC, recorded_at DESC, id
             LIMIT \(limit)
            """
        )
    }
}

extension Query<Referral?> {
    package static func referral(_ id: SlipID, in chapter: Chapter.ID) -> Self {
        Query(
            """
            SELECT id, \(name(member: "giver_id", outsider: "giver_outsider_id", in: chapter)) AS giver,
                   \(name(member: "receiver_id", outsider: "receiver_outsider_id", in: chapter)) AS receiver,
                   unplaced_profession, tier, need, warmth, status, passed_on,
                   \(isProvisional("passed_on", in: chapter)) AS is_provisional
              FROM referral
             WHERE chapter_id = \(chapter) AND id = \(id)
            """
        )
    }
}

extension Query<[ClosedBusiness]> {
    /// Who earned is named only where the reader may know: the database leaves the others out.
    package static func thanks(
        of chapter: Chapter.ID,
        from: LocalDate,
        to: LocalDate,
        limit: Int = 1000
    ) -> Self {
        Query(
            """
            SELECT thanks.id,
                   \(name(member: "earner.membership_id", outsider: "thanks.earner_outsider_id", in: chapter)) AS earner,
                   coalesce(\(name(member: "thanks.thanked_id", outsider: "thanks.thanked_outsider_id", in: chapter)),
                            'visitor:' || thanks.thanked_visitor, 'chapter') AS thanked,
                   thanks.amount, thanks.currency, thanks.closed_on, thanks.is_repeat, thanks.tier,
                   \(isProvisional("thanks.closed_on", in: chapter)) AS is_provisional
              FROM closed_business AS thanks
              LEFT JOIN closed_business_earner AS earner ON earner.chapter_id = \(chapter) AND earner.closed_business_id = thanks.id
             WHERE thanks.chapter_id = \(chapter) AND thanks.closed_on BETWEEN \(from) AND \(to)
             ORDER BY thanks.closed_on DESC, thanks.recorded_at DESC, thanks.id
             LIMIT \(limit)
            """
        )
    }
}

/// A line of a list that needs no type of its own: who, with whom, when, how much.
package struct LedgerLine: Sendable, RowDecodable {
    package let id: SlipID
    package let day: LocalDate
    package let who: String
    package let other: String?
    package let measure: String?
    package let note: String?

    package init(row: Row) throws {
        id = try row["id"]
        day = try row["day"]
        who = try row["who"]
        other = try row["other"]
        measure = try row["measure"]
        note = try row["note"]
    }
}

/// A list of the ledger.
package typealias LedgerQuery = Query<[LedgerLine]>

extension Query<[LedgerLine]> {
    package static func oneToOnes(of chapter: Chapter.ID, from: LocalDate, to: LocalDate) -> Self {
        Query(
            """
            SELECT id, met_on AS day, \(name(member: "first_id", outsider: "NULL::bigint", in: chapter)) AS who,
                   \(name(member: "second_id", outsider: "second_outsider_id", in: chapter)) AS other,
                   minutes::text AS measure, place AS note
              FROM one_to_one
             WHERE chapter_id = \(chapter) AND met_on BETWEEN \(from) AND \(to)
             ORDER BY met_on DESC, recorded_at DESC, id
            """
        )
    }

    package static func education(of chapter: Chapter.ID, from: LocalDate, to: LocalDate) -> Self {
        Query(
            """
            SELECT id, done_on AS day, \(name(member: "membership_id", outsider: "NULL::bigint", in: chapter)) AS who, NULL::text AS other,
                   units::text AS measure, title AS note
              FROM education_unit
             WHERE chapter_id = \(chapter) AND done_on BETWEEN \(from) AND \(to)
             ORDER BY done_on DESC, recorded_at DESC, id
            """
        )
    }

    package static func testimonials(of chapter: Chapter.ID, from: LocalDate, to: LocalDate) -> Self {
        Query(
            """
            SELECT id, given_on AS day, \(name(member: "giver_id", outsider: "giver_outsider_id", in: chapter)) AS who,
                   \(name(member: "receiver_id", outsider: "receiver_outsider_id", in: chapter)) AS other,
                   NULL::text AS measure, text AS note
              FROM testimonial
             WHERE chapter_id = \(chapter) AND given_on BETWEEN \(from) AND \(to)
             ORDER BY given_on DESC, recorded_at DESC, id
            """
        )
    }

    package static func visitors(of chapter: Chapter.ID, from: LocalDate, to: LocalDate) -> Self {
        Query(
            """
            SELECT id, visit_on AS day, visitor.name AS who,
                   coalesce(\(name(member: "inviter_id", outsider: "inviter_outsider_id", in: chapter)), 'chapter') AS other,
                   kind AS measure, status AS note
              FROM visitor
             WHERE chapter_id = \(chapter) AND visit_on BETWEEN \(from) AND \(to)
             ORDER BY visit_on DESC, recorded_at DESC, id
            """
        )
    }

    package static func activities(of chapter: Chapter.ID, from: LocalDate, to: LocalDate) -> Self {
        Query(
            """
            SELECT id, done_on AS day, \(name(member: "membership_id", outsider: "NULL::bigint", in: chapter)) AS who, kind AS other,
                   minutes::text AS measure, purpose AS note
              FROM activity
             WHERE chapter_id = \(chapter) AND done_on BETWEEN \(from) AND \(to)
             ORDER BY done_on DESC, recorded_at DESC, id
            """
        )
    }
}

extension Referral: RowDecodable {
    package init(row: Row) throws {
        try self.init(
            id: row["id"],
            giver: row["giver"],
            receiver: row["receiver"],
            unplacedProfession: row["unplaced_profession"],
            tier: row["tier"],
            need: row["need"],
            warmth: row["warmth"],
            status: row.word("status"),
            passedOn: row["passed_on"],
            isProvisional: row["is_provisional"]
        )
    }
}

extension ClosedBusiness: RowDecodable {
    package init(row: Row) throws {
        try self.init(
            id: row["id"],
            earner: row["earner"],
            thanked: row["thanked"],
            amount: Money(minorUnits: row["amount"], currency: row["currency"]),
            closedOn: row["closed_on"],
            isRepeat: row["is_repeat"],
            tier: row["tier"],
            isProvisional: row["is_provisional"]
        )
    }
}
