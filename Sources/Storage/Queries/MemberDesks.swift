import Postgres
import ReferralGroup

extension ActingDatabase {
    /// The desk of a member, in one round trip; asked with a member's rights, nobody else's figures are read.
    package func desk(
        of member: Membership.ID,
        _ person: Person.ID,
        in chapter: Chapter,
        now: Instant
    ) async throws -> MemberDesk {
        let here = chapter.id
        let (
            today, received, agenda, given, thanked, year, returned, score, partner, absences, meeting, steps,
            appointments
        ) =
            try await run(
                .today(in: here),
                .received(by: member, in: here),
                .agenda(of: person, in: here),
                .given(by: member, in: here),
                .thanked(member, in: chapter),
                .year(of: member, in: here),
                .returned(to: member, in: here, asOf: now),
                .score(of: member, in: here, asOf: now),
                .nextPartner(of: member, in: here, asOf: now),
                .absences(of: member, in: here, asOf: now),
                .dayOfNextMeeting(in: here),
                .firstStepsUnderWay(in: here),
                .ownAppointments(in: here)
            )
        return MemberDesk(
            today: today,
            received: received,
            followUps: agenda.filter(\.isThisWeek),
            given: given,
            thanked: thanked,
            year: year,
            returned: returned,
            score: score,
            nextPartner: partner,
            absences: absences,
            nextMeeting: meeting,
            firstSteps: steps,
            appointments: appointments
        )
    }
}

private func deskReferral(other: SQL, outsider: SQL, in chapter: Chapter.ID) -> SQL {
    """
    SELECT referral.id, referral.need, referral.warmth, referral.status, referral.passed_on, referral.unplaced_profession,
           coalesce((SELECT membership.name FROM membership WHERE membership.chapter_id = \(chapter) AND membership.id = referral.\(other)),
                    (SELECT outsider.name FROM outsider WHERE outsider.chapter_id = \(chapter) AND outsider.id = referral.\(outsider)),
                    referral.unplaced_profession) AS other,
           prospect.name AS prospect_name,
           referral.status = 'passed'
               AND (SELECT step.at FROM referral_step AS step
                     WHERE step.chapter_id = \(chapter) AND step.referral_id = referral.id AND step.number = 1)
                   < now() - make_interval(hours => (SELECT policy.contact_within_hours FROM policy
                                                      WHERE policy.chapter_id = \(chapter) AND policy.valid_from <= today(\(chapter))
                                                      ORDER BY policy.valid_from DESC LIMIT 1)) AS is_late
      FROM referral
      LEFT JOIN prospect ON prospect.chapter_id = \(chapter) AND prospect.referral_id = referral.id
     WHERE referral.chapter_id = \(chapter)
    """
}

extension Query<[DeskReferral]> {
    /// What a member still has to work on, the oldest first.
    static func received(by member: Membership.ID, in chapter: Chapter.ID) -> Self {
        Query(
            """
            \(deskReferral(other: "giver_id", outsider: "giver_outsider_id", in: chapter))
               AND referral.receiver_id = \(member) AND referral.status NOT IN ('won', 'lost', 'declined')
             ORDER BY referral.passed_on, referral.recorded_at, referral.id LIMIT 50
            """
        )
    }

    /// What a member gave lately, the newest first.
    static func given(by member: Membership.ID, in chapter: Chapter.ID) -> Self {
        Query(
            """
            \(deskReferral(other: "receiver_id", outsider: "receiver_outsider_id", in: chapter))
               AND referral.giver_id = \(member) AND referral.passed_on >= today(\(chapter)) - 90
             ORDER BY referral.passed_on DESC, referral.recorded_at DESC, referral.id LIMIT 12
            """
        )
    }
}

extension Query<[MemberDesk.Thanked]> {
    static func thanked(_ member: Membership.ID, in chapter: Chapter) -> Self {
        Query(
            """
            SELECT closed_on, amount, currency FROM closed_business
             WHERE chapter_id = \(chapter.id) AND thanked_id = \(member) AND closed_on >= today(\(chapter.id)) - 30
             ORDER BY closed_on DESC, recorded_at DESC LIMIT 5
            """
        )
    }
}

extension Query<[MemberDesk.YearMonth]> {
    /// Referrals given and received in the last twelve months.
    static func year(of member: Membership.ID, in chapter: Chapter.ID) -> Self {
        Query(
            """
            SELECT month::date AS month,
                   (SELECT count(*) FROM referral
                     WHERE chapter_id = \(chapter) AND giver_id = \(member) AND unplaced_profession IS NULL
                       AND passed_on >= month AND passed_on < month + interval '1 month') AS given,
                   (SELECT count(*) FROM referral
                     WHERE chapter_id = \(chapter) AND receiver_id = \(member)
                       AND passed_on >= month AND passed_on < month + interval '1 month') AS received
              FROM generate_series(date_trunc('month', today(\(chapter))::timestamp) - interval '11 months',
                                   date_trunc('month', today(\(chapter))::timestamp), interval '1 month') AS month
             ORDER BY month
            """
        )
    }
}

extension Query<MemberDesk.Returned?> {
    static func returned(to member: Membership.ID, in chapter: Chapter.ID, asOf: Instant) -> Self {
        Query(
            """
            SELECT cost, received, net, roi, given
              FROM monthly_roi(\(chapter), date_trunc('month', today(\(chapter))::timestamp)::date, \(asOf))
             WHERE block = 'trailing' AND membership_id = \(member)
            """
        )
    }
}

extension Query<MemberDesk.Score?> {
    static func score(of member: Membership.ID, in chapter: Chapter.ID, asOf: Instant) -> Self {
        Query(
            """
            SELECT score, colour, next_part, next_needs, next_points
              FROM scorecard_members(\(chapter), (date_trunc('month', today(\(chapter))::timestamp) - interval '5 months')::date,
                                     today(\(chapter)), \(asOf), \("lights-2025"))
             WHERE member_id = \(member)
            """
        )
    }
}

extension Query<MemberDesk.NextPartner?> {
    static func nextPartner(of member: Membership.ID, in chapter: Chapter.ID, asOf: Instant) -> Self {
        Query(
            """
            SELECT next_partner_name, last_met
              FROM matrix_members(\(chapter), (today(\(chapter)) - interval '1 year')::date, today(\(chapter)), \(asOf))
             WHERE member_id = \(member) AND next_partner_name IS NOT NULL
            """
        )
    }
}

extension Query<MemberDesk.Absences?> {
    static func absences(of member: Membership.ID, in chapter: Chapter.ID, asOf: Instant) -> Self {
        Query(
            """
            SELECT used, allowed, next_drop FROM absences_members(\(chapter), today(\(chapter)), today(\(chapter)), \(asOf))
             WHERE member_id = \(member)
            """
        )
    }
}

extension DeskReferral: RowDecodable {
    package init(row: Row) throws {
        let warmth: Int16? = try row["warmth"]
        let isLate: Bool? = try row["is_late"]
        try self.init(
            id: row["id"],
            other: row["other"],
            need: row["need"],
            warmth: warmth.map { Int($0) },
            status: row.word("status"),
            passedOn: row["passed_on"],
            prospect: row["prospect_name"],
            isLate: isLate ?? false
        )
    }
}

extension MemberDesk.Thanked: RowDecodable {
    package init(row: Row) throws {
        let currency: Currency = try row["currency"]
        try self.init(day: row["closed_on"], money: Money(minorUnits: row["amount"], currency: currency))
    }
}

extension MemberDesk.YearMonth: RowDecodable {
    package init(row: Row) throws {
        let (given, received): (Int64, Int64) = (try row["given"], try row["received"])
        try self.init(month: row["month"], given: Int(given), received: Int(received))
    }
}

extension MemberDesk.Returned: RowDecodable {
    package init(row: Row) throws {
        try self.init(
            cost: row["cost"],
            received: row["received"],
            net: row["net"],
            roi: row["roi"],
            given: row["given"]
        )
    }
}

extension MemberDesk.Score: RowDecodable {
    package init(row: Row) throws {
        let (points, needs, earns): (Int64?, Int64?, Int64?) = (
            try row["score"], try row["next_needs"], try row["next_points"]
        )
        try self.init(
            points: points.map { Int($0) },
            colour: row["colour"],
            nextPart: row["next_part"],
            nextNeeds: needs.map { Int($0) },
            nextPoints: earns.map { Int($0) }
        )
    }
}

extension MemberDesk.NextPartner: RowDecodable {
    package init(row: Row) throws {
        try self.init(name: row["next_partner_name"], lastMet: row["last_met"])
    }
}

extension MemberDesk.Absences: RowDecodable {
    package init(row: Row) throws {
        let (used, allowed): (Figure?, Int64?) = (try row["used"], try row["allowed"])
        try self.init(
            used: used ?? Figure(0),
            allowed: Int(allowed ?? 0),
            nextDrop: row["next_drop"]
        )
    }
}

/// A referral of which thanks may tell.
package struct ThankableReferral: Sendable, RowDecodable {
    package let id: SlipID
    package let name: String

    package init(row: Row) throws {
        id = try row["id"]
        name = try row["name"]
    }
}

extension Query<[ThankableReferral]> {
    /// What a member received and may have earned by, the newest first.
    package static func thankable(by member: Membership.ID?, in chapter: Chapter.ID) -> Self {
        Query(
            """
            SELECT referral.id,
                   coalesce(prospect.name || ': ', '') || coalesce(referral.need, '') || ' ('
                   || coalesce((SELECT membership.name FROM membership WHERE membership.chapter_id = \(chapter) AND membership.id = referral.giver_id),
                               (SELECT outsider.name FROM outsider WHERE outsider.chapter_id = \(chapter) AND outsider.id = referral.giver_outsider_id), '–')
                   || ')' AS name
              FROM referral
              LEFT JOIN prospect ON prospect.chapter_id = \(chapter) AND prospect.referral_id = referral.id
             WHERE referral.chapter_id = \(chapter) AND referral.receiver_id = \(member)
               AND referral.status NOT IN ('lost', 'declined') AND referral.passed_on >= today(\(chapter)) - 366
             ORDER BY referral.passed_on DESC, referral.id LIMIT 30
            """
        )
    }
}

extension Query<Prospect?> {
    /// The third party of a referral; its row is there for giver and receiver alone.
    package static func prospect(of referral: SlipID, in chapter: Chapter.ID) -> Self {
        let row: SQL = """
            SELECT referral_id AS id, name, company, phone, email FROM prospect
             WHERE chapter_id = \(chapter) AND referral_id = \(referral) AND name IS NOT NULL
            """
        return Query<[FoundProspect]>(row.noting(.prospect)).map { $0.first?.prospect }
    }
}

private struct FoundProspect: RowDecodable {
    let prospect: Prospect

    init(row: Row) throws {
        try prospect = Prospect(
            name: row["name"],
            company: row["company"],
            phone: row["phone"],
            email: row["email"]
        )
    }
}
