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

/// Which part of a list is asked for: days, and how many from which entry on.
package struct LedgerSlice: Sendable {
    package let from: LocalDate
    package let to: LocalDate
    /// The entry before the first one; nil for the newest.
    package let after: SlipID?
    package let limit: Int
    /// The one entry that is asked for, whenever it was; nil for a part of the list.
    private var entry: SlipID?

    package init(from: LocalDate, to: LocalDate, after: SlipID? = nil, limit: Int = 100_000) {
        self.from = from
        self.to = to
        self.after = after
        self.limit = limit
    }

    /// One entry alone, or none.
    package static func one(_ entry: SlipID) -> LedgerSlice {
        var slice = LedgerSlice(from: .earliest, to: .latest, limit: 1)
        slice.entry = entry
        return slice
    }

    /// Every day there is.
    package static let whole = LedgerSlice(from: .earliest, to: .latest)

    /// Whether it is a single entry, and no list.
    var isOne: Bool {
        entry != nil
    }

    /// The rows of a table that belong to it, newest first.
    func rows(
        of table: SQL,
        by day: SQL,
        in chapter: Chapter.ID,
        where condition: SQL = "true"
    ) -> SQL {
        if let entry {
            return "WHERE \(table).chapter_id = \(chapter) AND \(table).id = \(entry) AND (\(condition))"
        }
        return """
            WHERE \(table).chapter_id = \(chapter) AND \(table).\(day) BETWEEN \(from) AND \(to) AND (\(condition))
              AND (\(after)::uuid IS NULL
                   OR (\(table).\(day), \(table).recorded_at, \(table).id)
                      < (SELECT last.\(day), last.recorded_at, last.id FROM \(table) AS last
                          WHERE last.chapter_id = \(chapter) AND last.id = \(after)))
            ORDER BY \(table).\(day) DESC, \(table).recorded_at DESC, \(table).id DESC
            LIMIT \(limit)
            """
    }
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

/// Those that a member gave or received, or all.
private func referralRows(
    _ slice: LedgerSlice,
    in chapter: Chapter.ID,
    concerning member: Membership.ID?
) -> SQL {
    """
    SELECT id, \(name(member: "giver_id", outsider: "giver_outsider_id", in: chapter)) AS giver,
           \(name(member: "receiver_id", outsider: "receiver_outsider_id", in: chapter)) AS receiver,
           unplaced_profession, tier, need, warmth, status, passed_on,
           \(isProvisional("passed_on", in: chapter)) AS is_provisional
      FROM referral
    \(slice.rows(of: "referral", by: "passed_on", in: chapter, where: concerns(member)))
    """
}

/// Whether a member stands in one of these columns; true of every row where there is no member.
private func concerns(_ member: Membership.ID?, in columns: [SQL] = ["giver_id", "receiver_id"]) -> SQL {
    columns.reduce("\(member)::bigint IS NULL") { "\($0) OR \($1) = \(member)" }
}

extension Query<[Referral]> {
    /// Those of the chapter, or those alone that a member gave or received.
    package static func referrals(
        of chapter: Chapter.ID,
        _ slice: LedgerSlice,
        concerning member: Membership.ID? = nil
    ) -> Self {
        Query(referralRows(slice, in: chapter, concerning: member))
    }
}

extension Query<Referral?> {
    package static func referral(
        _ id: SlipID,
        in chapter: Chapter.ID,
        concerning member: Membership.ID? = nil
    ) -> Self {
        Query(referralRows(.one(id), in: chapter, concerning: member))
    }
}

extension Query<[ReferralStep]> {
    /// The steps of a referral, the first first.
    package static func steps(of referral: SlipID, in chapter: Chapter.ID) -> Self {
        Query(
            """
            SELECT step, at, reason,
                   (SELECT membership.name FROM membership
                     WHERE membership.chapter_id = \(chapter) AND membership.person_id = referral_step.person_id
                     ORDER BY membership.joined_on DESC LIMIT 1) AS mover
              FROM referral_step
             WHERE chapter_id = \(chapter) AND referral_id = \(referral)
             ORDER BY number
            """
        )
    }
}

extension ReferralStep: RowDecodable {
    package init(row: Row) throws {
        try self.init(step: row.word("step"), at: row["at"], reason: row["reason"], by: row["mover"])
    }
}

/// Who received a referral: a member, or nobody of this chapter.
package struct Receiver: Sendable, RowDecodable {
    package let member: Membership.ID?

    package init(row: Row) throws {
        member = try row["receiver_id"]
    }
}

extension Query<Receiver?> {
    package static func receiver(
        of referral: SlipID,
        in chapter: Chapter.ID,
        concerning member: Membership.ID? = nil
    ) -> Self {
        Query(
            "SELECT receiver_id FROM referral WHERE chapter_id = \(chapter) AND id = \(referral) AND (\(concerns(member)))"
        )
    }
}

extension Query<[ClosedBusiness]> {
    /// Those of the chapter, or those alone that a member earned or is thanked for.
    ///
    /// Who earned is named only where the reader may know: the database leaves the others out.
    package static func thanks(
        of chapter: Chapter.ID,
        _ slice: LedgerSlice,
        concerning member: Membership.ID? = nil
    ) -> Self {
        Query(
            """
            SELECT closed_business.id,
                   \(name(member: "earner.membership_id", outsider: "closed_business.earner_outsider_id", in: chapter)) AS earner,
                   coalesce(\(name(member: "closed_business.thanked_id", outsider: "closed_business.thanked_outsider_id", in: chapter)),
                            'visitor:' || closed_business.thanked_visitor, 'chapter') AS thanked,
                   closed_business.amount, closed_business.currency, closed_business.closed_on, closed_business.is_repeat,
                   closed_business.tier, \(isProvisional("closed_business.closed_on", in: chapter)) AS is_provisional
              FROM closed_business
              LEFT JOIN closed_business_earner AS earner ON earner.chapter_id = \(chapter) AND earner.closed_business_id = closed_business.id
            \(slice.rows(
                of: "closed_business",
                by: "closed_on",
                in: chapter,
                where: "\(member)::bigint IS NULL OR closed_business.thanked_id = \(member) OR earner.membership_id = \(member)"
            ))
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

/// A list of anything.
package typealias ListQuery<Entry: Sendable> = Query<[Entry]>

/// Whether something was there to be changed.
package typealias ChangeQuery = Query<Bool>

/// A list of the ledger.
package typealias LedgerQuery = Query<[LedgerLine]>

/// Those of the chapter, or those alone in which a member has a part.
extension Query<[LedgerLine]> {
    package static func oneToOnes(
        of chapter: Chapter.ID,
        _ slice: LedgerSlice,
        concerning member: Membership.ID? = nil
    ) -> Self {
        Query(
            """
            SELECT id, met_on AS day, \(name(member: "first_id", outsider: "NULL::bigint", in: chapter)) AS who,
                   \(name(member: "second_id", outsider: "second_outsider_id", in: chapter)) AS other,
                   minutes::text AS measure, place AS note
              FROM one_to_one
            \(slice.rows(of: "one_to_one", by: "met_on", in: chapter, where: concerns(member, in: ["first_id", "second_id"])))
            """
        )
    }

    package static func education(
        of chapter: Chapter.ID,
        _ slice: LedgerSlice,
        concerning member: Membership.ID? = nil
    ) -> Self {
        Query(
            """
            SELECT id, done_on AS day, \(name(member: "membership_id", outsider: "NULL::bigint", in: chapter)) AS who, NULL::text AS other,
                   units::text AS measure, title AS note
              FROM education_unit
            \(slice.rows(of: "education_unit", by: "done_on", in: chapter, where: concerns(member, in: ["membership_id"])))
            """
        )
    }

    package static func testimonials(
        of chapter: Chapter.ID,
        _ slice: LedgerSlice,
        concerning member: Membership.ID? = nil
    ) -> Self {
        Query(
            """
            SELECT id, given_on AS day, \(name(member: "giver_id", outsider: "giver_outsider_id", in: chapter)) AS who,
                   \(name(member: "receiver_id", outsider: "receiver_outsider_id", in: chapter)) AS other,
                   NULL::text AS measure, text AS note
              FROM testimonial
            \(slice.rows(of: "testimonial", by: "given_on", in: chapter, where: concerns(member)))
            """
        )
    }

    package static func introductions(
        of chapter: Chapter.ID,
        _ slice: LedgerSlice,
        concerning member: Membership.ID? = nil
    ) -> Self {
        Query(
            """
            SELECT id, made_on AS day, \(name(member: "connector_id", outsider: "connector_outsider_id", in: chapter)) AS who,
                   coalesce(\(name(member: "first_id", outsider: "first_outsider_id", in: chapter)), 'visitor:' || first_name) AS other,
                   coalesce(\(name(member: "second_id", outsider: "second_outsider_id", in: chapter)), 'visitor:' || second_name) AS measure,
                   why AS note
              FROM introduction
            \(slice.rows(of: "introduction", by: "made_on", in: chapter, where: concerns(member, in: ["connector_id", "first_id", "second_id"])))
            """
        )
    }

    package static func visitors(
        of chapter: Chapter.ID,
        _ slice: LedgerSlice,
        concerning member: Membership.ID? = nil
    ) -> Self {
        Query(
            """
            SELECT id, visit_on AS day, visitor.name AS who,
                   coalesce(\(name(member: "inviter_id", outsider: "inviter_outsider_id", in: chapter)), 'chapter') AS other,
                   kind AS measure, status AS note
              FROM visitor
            \(slice.rows(of: "visitor", by: "visit_on", in: chapter, where: concerns(member, in: ["inviter_id"])))
            """
        )
    }

    package static func activities(
        of chapter: Chapter.ID,
        _ slice: LedgerSlice,
        concerning member: Membership.ID? = nil
    ) -> Self {
        Query(
            """
            SELECT id, done_on AS day, \(name(member: "membership_id", outsider: "NULL::bigint", in: chapter)) AS who, kind AS other,
                   minutes::text AS measure, purpose AS note
              FROM activity
            \(slice.rows(of: "activity", by: "done_on", in: chapter, where: concerns(member, in: ["membership_id"])))
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
