import Postgres
import ReferralGroup

/// Many marks and slips of one chapter at once, in columns: a statement a kind, however many rows.
package struct LedgerLoad: Sendable {
    package struct MarkRow: Sendable {
        package let meeting: Meeting.ID
        package let member: Membership.ID
        package let mark: Mark
        package let standIn: String?

        package init(meeting: Meeting.ID, member: Membership.ID, mark: Mark, standIn: String?) {
            self.meeting = meeting
            self.member = member
            self.mark = mark
            self.standIn = standIn
        }
    }

    /// One side or the other is a line among the outsiders.
    package struct Sides: Sendable {
        package let from: Membership.ID?
        package let fromOutsider: Int64?
        package let to: Membership.ID?
        package let toOutsider: Int64?

        package init(
            from: Membership.ID? = nil,
            fromOutsider: Int64? = nil,
            to: Membership.ID? = nil,
            toOutsider: Int64? = nil
        ) {
            self.from = from
            self.fromOutsider = fromOutsider
            self.to = to
            self.toOutsider = toOutsider
        }
    }

    package struct ReferralRow: Sendable {
        package let id: SlipID
        package let sides: Sides
        package let tier: Int
        package let need: String
        package let warmth: Int
        package let passedOn: LocalDate
        package let contactedOn: LocalDate?
        package let closedOn: LocalDate?
        package let status: Referral.Step

        package init(
            id: SlipID,
            sides: Sides,
            tier: Int,
            need: String,
            warmth: Int,
            passedOn: LocalDate,
            contactedOn: LocalDate?,
            closedOn: LocalDate?,
            status: Referral.Step
        ) {
            self.id = id
            self.sides = sides
            self.tier = tier
            self.need = need
            self.warmth = warmth
            self.passedOn = passedOn
            self.contactedOn = contactedOn
            self.closedOn = closedOn
            self.status = status
        }
    }

    package struct ThanksRow: Sendable {
        package let id: SlipID
        package let sides: Sides
        package let visitor: String?
        package let amount: Int64
        package let closedOn: LocalDate

        package init(id: SlipID, sides: Sides, visitor: String?, amount: Int64, closedOn: LocalDate) {
            self.id = id
            self.sides = sides
            self.visitor = visitor
            self.amount = amount
            self.closedOn = closedOn
        }
    }

    package struct TalkRow: Sendable {
        package let id: SlipID
        package let first: Membership.ID
        package let second: Membership.ID?
        package let outsider: Int64?
        package let metOn: LocalDate
        package let minutes: Int
        package let costs: (Int64, Int64)

        package init(
            id: SlipID,
            first: Membership.ID,
            second: Membership.ID?,
            outsider: Int64?,
            metOn: LocalDate,
            minutes: Int,
            costs: (Int64, Int64)
        ) {
            self.id = id
            self.first = first
            self.second = second
            self.outsider = outsider
            self.metOn = metOn
            self.minutes = minutes
            self.costs = costs
        }
    }

    /// An education unit, a testimonial's giver and receiver, a visitor's inviter, or an activity.
    package struct OwnRow: Sendable {
        package let member: Membership.ID
        package let other: Membership.ID?
        package let day: LocalDate
        package let minutes: Int
        package let money: Int64
        package let text: String

        package init(
            member: Membership.ID,
            other: Membership.ID? = nil,
            day: LocalDate,
            minutes: Int = 0,
            money: Int64 = 0,
            text: String = ""
        ) {
            self.member = member
            self.other = other
            self.day = day
            self.minutes = minutes
            self.money = money
            self.text = text
        }
    }

    package var marks: [MarkRow] = []
    package var referrals: [ReferralRow] = []
    package var thanks: [ThanksRow] = []
    package var talks: [TalkRow] = []
    /// `minutes` of learning.
    package var education: [OwnRow] = []
    package var testimonials: [OwnRow] = []
    /// `text` is the visitor's name.
    package var visitors: [OwnRow] = []
    /// `text` is the kind.
    package var activities: [OwnRow] = []

    package init() {}
}

extension ActingTransaction {
    package func load(_ load: LedgerLoad, in chapter: Chapter) async throws {
        let here = chapter.id
        try await run(
            Query<Void>(
                """
                INSERT INTO mark (chapter_id, meeting_id, membership_id, mark, stand_in)
                SELECT \(here), * FROM unnest(\(load.marks.map(\.meeting)), \(load.marks.map(\.member)), \(load.marks.map(\.mark.rawValue)), \(load.marks.map(\.standIn)))
                """
            )
        )
        let referrals = load.referrals
        try await run(
            Query<Void>(
                """
                INSERT INTO referral (chapter_id, id, giver_id, giver_outsider_id, receiver_id, receiver_outsider_id, tier, need, warmth, passed_on, status)
                SELECT \(here), * FROM unnest(\(referrals.map(\.id)), \(referrals.map(\.sides.from)), \(referrals.map(\.sides.fromOutsider)),
                       \(referrals.map(\.sides.to)), \(referrals.map(\.sides.toOutsider)), \(referrals.map { Int16(clamping: $0.tier) }),
                       \(referrals.map(\.need)), \(referrals.map { Int16(clamping: $0.warmth) }), \(referrals.map(\.passedOn)), \(referrals.map(\.status.rawValue)))
                """
            ),
            Query<Void>(
                """
                INSERT INTO referral_step (chapter_id, referral_id, number, step, at, reason)
                SELECT \(here), slip.id, row_number() OVER (PARTITION BY slip.id ORDER BY step.place), step.step,
                       (step.day + time '10:00') AT TIME ZONE \(chapter.timeZone), CASE WHEN step.step = 'declined' THEN 'no need after all' END
                  FROM unnest(\(referrals.map(\.id)), \(referrals.map(\.passedOn)), \(referrals.map(\.contactedOn)), \(referrals.map(\.closedOn)),
                              \(referrals.map(\.status.rawValue))) AS slip (id, passed_on, contacted_on, closed_on, status)
                 CROSS JOIN LATERAL (VALUES (1, 'passed', slip.passed_on), (2, 'contacted', slip.contacted_on), (3, slip.status, slip.closed_on)) AS step (place, step, day)
                 WHERE step.day IS NOT NULL
                """
            )
        )
        let thanks = load.thanks
        try await run(
            Query<Void>(
                """
                INSERT INTO closed_business (chapter_id, id, earner_outsider_id, thanked_id, thanked_outsider_id, thanked_visitor, amount, currency, closed_on)
                SELECT \(here), slip.id, slip.earner, slip.thanked, slip.outsider, slip.visitor, slip.amount, \(chapter.currency), slip.day
                  FROM unnest(\(thanks.map(\.id)), \(thanks.map(\.sides.fromOutsider)), \(thanks.map(\.sides.to)), \(thanks.map(\.sides.toOutsider)),
                              \(thanks.map(\.visitor)), \(thanks.map(\.amount)), \(thanks.map(\.closedOn))) AS slip (id, earner, thanked, outsider, visitor, amount, day)
                """
            ),
            Query<Void>(
                """
                INSERT INTO closed_business_earner (chapter_id, closed_business_id, membership_id, person_id)
                SELECT \(here), slip.id, membership.id, membership.person_id
                  FROM unnest(\(thanks.map(\.id)), \(thanks.map(\.sides.from))) AS slip (id, earner)
                  JOIN membership ON membership.chapter_id = \(here) AND membership.id = slip.earner
                """
            )
        )
        let talks = load.talks
        try await run(
            Query<Void>(
                """
                INSERT INTO one_to_one (chapter_id, id, first_id, second_id, second_outsider_id, met_on, minutes, cost_of_first, cost_of_second, currency)
                SELECT \(here), slip.*, \(chapter.currency)
                  FROM unnest(\(talks.map(\.id)), \(talks.map(\.first)), \(talks.map(\.second)), \(talks.map(\.outsider)), \(talks.map(\.metOn)),
                              \(talks.map { Int16(clamping: $0.minutes) }), \(talks.map(\.costs.0)), \(talks.map(\.costs.1))) AS slip
                """
            ),
            Query<Void>(
                """
                INSERT INTO education_unit (chapter_id, membership_id, units, done_on)
                SELECT \(here), slip.member, slip.minutes / 60.0, slip.day
                  FROM unnest(\(load.education.map(\.member)), \(load.education.map(\.minutes)), \(load.education.map(\.day))) AS slip (member, minutes, day)
                """
            ),
            Query<Void>(
                """
                INSERT INTO testimonial (chapter_id, giver_id, receiver_id, given_on)
                SELECT \(here), * FROM unnest(\(load.testimonials.map(\.member)), \(load.testimonials.map(\.other)), \(load.testimonials.map(\.day)))
                """
            ),
            Query<Void>(
                """
                INSERT INTO visitor (chapter_id, name, folded_name, inviter_id, visit_on, came, status)
                SELECT \(here), slip.name, slip.folded, slip.member, slip.day, true, 'visited'
                  FROM unnest(\(load.visitors.map(\.text)), \(load.visitors.map { FoldedName($0.text) }), \(load.visitors.map(\.member)), \(load.visitors.map(\.day)))
                    AS slip (name, folded, member, day)
                """
            ),
            Query<Void>(
                """
                INSERT INTO activity (chapter_id, membership_id, kind, done_on, minutes, money, currency)
                SELECT \(here), slip.*, \(chapter.currency)
                  FROM unnest(\(load.activities.map(\.member)), \(load.activities.map(\.text)), \(load.activities.map(\.day)),
                              \(load.activities.map { Int16(clamping: $0.minutes) }), \(load.activities.map(\.money))) AS slip
                """
            )
        )
    }

    /// Opens every scheduled meeting before a day, at the hour it began; the demo's past.
    package func openMeetings(before day: LocalDate, in chapter: Chapter.ID) async throws {
        try await run(
            Query<Void>(
                """
                UPDATE meeting SET status = 'open', opened_at = starts_at
                 WHERE chapter_id = \(chapter) AND local_date < \(day) AND status = 'scheduled'
                """
            )
        )
    }

    /// Seals every open meeting before a day, at its end.
    package func sealMeetings(before day: LocalDate, in chapter: Chapter.ID) async throws {
        try await run(
            Query<Void>(
                """
                UPDATE meeting SET status = 'sealed', sealed_at = starts_at + make_interval(mins => minutes)
                 WHERE chapter_id = \(chapter) AND local_date < \(day) AND status = 'open'
                """
            )
        )
    }

    /// A person of another chapter of the installation, as this chapter's ledger names them.
    package func outsider(named name: String, of other: Chapter, in chapter: Chapter.ID) async throws -> Int64
    {
        try await run(
            .outsider(named: name, home: other.name, homeChapter: other.id, batch: nil, in: chapter)
        )
    }
}
