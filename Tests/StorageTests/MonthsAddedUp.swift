import Postgres
import ReferralGroup
import Storage
import TestSupport
import Testing

/// Months that are over are added up once; whatever is written, a report says what the records say.
@Suite(.freshDatabase)
struct `Months that are added up` {
    let history: AddedUpHistory

    init() async throws {
        history = try await AddedUpHistory()
    }

    @Test func `are those that are over, and are as the records say`() async throws {
        _ = try await history.report()
        #expect(try await history.addedUpThrough() == "2026-10-31")
        #expect(try await history.wrong() == [])
        for month in ["2026-03", "2026-04", "2026-07", "2026-10", "2026-11", "2027-02"] {
            for day in ["2026-03-31", "2026-04-30", "2026-07-15", "2026-10-31", "2026-11-01", "2027-03-01"] {
                let (reported, counted) = try await history.bothReports(month: month, asOf: day)
                #expect(reported == counted, "\(month) as of \(day)")
            }
        }
    }

    /// Each of them changes what was added up, so that a trigger that is missing leaves a report as it was.
    @Test func `are added up again after every kind of writing`() async throws {
        var before = try await history.report()
        for (index, statement) in Self.writings.enumerated() {
            try await history.write(statement)
            let (reported, counted) = try await history.bothReports(month: "2026-10", asOf: "2026-11-01")
            #expect(reported == counted, "\(statement)")
            #expect(reported != before, "says nothing: \(statement)")
            #expect(try await history.addedUpThrough() == "2026-10-31", "\(index): \(statement)")
            #expect(try await history.wrong() == [], "\(statement)")
            before = reported
        }
    }

    private static let writings = [
        "INSERT INTO referral (chapter_id, id, giver_id, receiver_id, tier, need, passed_on) SELECT 1, id(1), carl, dora, 1, 'Bread', '2026-05-05' FROM cast_of",
        "UPDATE referral SET passed_on = '2026-03-05' WHERE id = id(1)",
        "UPDATE referral SET passed_on = '2026-06-05', giver_id = (SELECT ben FROM cast_of) WHERE id = id(1)",
        "DELETE FROM referral WHERE id = id(1)",
        "INSERT INTO closed_business (chapter_id, id, thanked_id, amount, currency, closed_on) SELECT 1, id(2), anna, 5000, 'EUR', '2026-05-06' FROM cast_of",
        "INSERT INTO closed_business_earner SELECT 1, id(2), carl, person_id FROM cast_of, membership WHERE id = carl",
        "UPDATE closed_business SET amount = 7000 WHERE id = id(2)",
        "UPDATE closed_business SET closed_on = '2025-09-06' WHERE id = id(2)",
        "UPDATE closed_business SET closed_on = '2026-08-06' WHERE id = id(2)",
        "UPDATE closed_business SET currency = 'CHF' WHERE id = id(2)",
        "INSERT INTO exchange_rate VALUES ('CHF', 'EUR', '2026-08-01', 1.05)",
        "INSERT INTO exchange_rate VALUES ('CHF', 'EUR', '2026-08-06', 1.10)",
        "UPDATE exchange_rate SET rate = 1.2 WHERE valid_from = '2026-08-06'",
        "DELETE FROM exchange_rate WHERE valid_from = '2026-08-06'",
        "UPDATE closed_business_earner SET (membership_id, person_id) = (SELECT id, person_id FROM cast_of, membership WHERE id = dora) WHERE closed_business_id = id(2)",
        "DELETE FROM closed_business_earner WHERE closed_business_id = id(2)",
        "DELETE FROM closed_business WHERE id = id(2)",
        "INSERT INTO one_to_one (chapter_id, id, first_id, second_id, met_on, minutes, currency) SELECT 1, id(3), carl, dora, '2026-06-07', 60, 'EUR' FROM cast_of",
        "UPDATE one_to_one SET cost_of_second = 1234 WHERE id = id(3)",
        "DELETE FROM one_to_one WHERE id = id(3)",
        "INSERT INTO activity (chapter_id, id, membership_id, kind, done_on, minutes, money, currency) SELECT 1, id(4), carl, 'meal', '2026-06-08', 30, 100, 'EUR' FROM cast_of",
        "UPDATE activity SET minutes = 31 WHERE id = id(4)",
        "DELETE FROM activity WHERE id = id(4)",
        "INSERT INTO education_unit (chapter_id, id, membership_id, units, done_on) SELECT 1, id(5), carl, 0.25, '2026-06-09' FROM cast_of",
        "UPDATE education_unit SET units = 0.5 WHERE id = id(5)",
        "DELETE FROM education_unit WHERE id = id(5)",
        "UPDATE meeting SET minutes = 60 WHERE local_date = '2026-07-01'",
        "INSERT INTO mark SELECT 1, meeting.id, carl, 'late' FROM meeting, cast_of WHERE local_date = '2026-07-08'",
        "UPDATE mark SET mark = 'absent' FROM meeting, cast_of WHERE mark.meeting_id = meeting.id AND local_date = '2026-07-08' AND membership_id = carl",
        "DELETE FROM mark USING meeting, cast_of WHERE mark.meeting_id = meeting.id AND local_date = '2026-07-01' AND membership_id = carl",
        "INSERT INTO meeting (chapter_id, starts_at, local_date, minutes, status, opened_at) SELECT 1, '2026-08-11', '2026-08-11', 90, 'open', now()",
        "INSERT INTO membership_leave (chapter_id, membership_id, first_day, last_day) SELECT 1, carl, '2026-07-05', '2026-07-20' FROM cast_of",
        "UPDATE membership_leave SET first_day = '2026-07-01'",
        "DELETE FROM membership_leave",
        "INSERT INTO membership_valuation SELECT 1, carl, '2026-06-01', person_id, 0.25, 100 FROM cast_of, membership WHERE id = carl",
        "UPDATE membership_valuation SET value_of_hour = 5000 WHERE valid_from = '2026-06-01'",
        "DELETE FROM membership_valuation WHERE valid_from = '2026-06-01'",
        "INSERT INTO policy (chapter_id, valid_from, meeting_fee, value_of_hour) VALUES (1, '2026-06-15', 777, 3000)",
        "UPDATE policy SET membership_fee = 123456 WHERE valid_from = '2026-06-15'",
        "DELETE FROM policy WHERE valid_from = '2026-06-15'",
        "INSERT INTO policy (chapter_id, valid_from, membership_fee) VALUES (1, '1999-01-01', 5555)",
        "UPDATE membership SET joined_on = '2026-03-20' WHERE id = (SELECT carl FROM cast_of)",
        "UPDATE membership SET ended_on = '2026-09-14' WHERE id = (SELECT dora FROM cast_of)",
        "UPDATE membership SET ended_on = NULL WHERE id = (SELECT dora FROM cast_of)",
        "UPDATE chapter SET currency = 'CHF' WHERE id = 1",
        "UPDATE exchange_rate SET currency = 'EUR', into_currency = 'CHF', rate = 0.9 WHERE valid_from = '2026-08-01'",
        "UPDATE currency SET decimals = 3 WHERE code = 'EUR'",
        "INSERT INTO membership (chapter_id, person_id, name, folded_name, joined_on, ended_on) SELECT 1, person_id, 'Eve', 'eve', '2026-10-02', '2026-10-09' FROM new_person",
    ]

    /// What is no part of a return lets what was added up stand.
    @Test func `stand where a writing says nothing in a return`() async throws {
        _ = try await history.report()
        for statement in [
            "UPDATE referral SET status = 'won', need = 'Rolls'",
            "UPDATE closed_business SET tier = 2",
            "UPDATE meeting SET place = 'Elsewhere'",
            "UPDATE mark SET marked_at = now()",
            "UPDATE membership SET company = 'Other Ltd', renews_on = '2027-01-01'",
            "UPDATE policy SET absence_limit = 4",
            "INSERT INTO activity (chapter_id, membership_id, kind, done_on, minutes, money, currency) SELECT 1, carl, 'meal', '2026-11-01', 30, 100, 'EUR' FROM cast_of",
        ] {
            try await history.write(statement)
            #expect(try await history.addedUpThrough() == "2026-10-31", "\(statement)")
        }
    }

    @Test func `are forgotten with a table that is emptied`() async throws {
        _ = try await history.report()
        try await history.write("TRUNCATE activity, activity_contact")
        #expect(try await history.addedUpThrough() == "-infinity")
        let (reported, counted) = try await history.bothReports(month: "2026-10", asOf: "2026-11-01")
        #expect(reported == counted)
    }

    @Test func `follow whatever is written, in any order`() async throws {
        var dice = Dice()
        for turn in 0..<40 {
            let (day, who, other) = ("'2026-04-01'::date + \(dice.roll(213))", dice.member, dice.member)
            let statement =
                switch dice.roll(9) {
                case 0...2:
                    "INSERT INTO closed_business (chapter_id, id, thanked_id, amount, currency, closed_on) SELECT 1, id(\(1000 + turn)), \(who), \(dice.roll(90_000)), '\(dice.roll(3) == 0 ? "USD" : "EUR")', \(day) FROM cast_of; INSERT INTO closed_business_earner SELECT 1, thanks.id, membership.id, person_id FROM closed_business AS thanks, cast_of, membership WHERE thanks.id = id(\(1000 + turn)) AND membership.id = \(other) AND other_than(thanks.thanked_id, membership.id) AND thanks.closed_on BETWEEN joined_on AND coalesce(ended_on, 'infinity')"
                case 3:
                    "UPDATE closed_business SET closed_on = \(day) WHERE id = (SELECT id FROM closed_business ORDER BY md5(id::text || \(turn)) LIMIT 1) AND NOT EXISTS (SELECT FROM closed_business_earner WHERE closed_business_id = closed_business.id)"
                case 4:
                    "UPDATE mark SET mark = (ARRAY['present', 'absent', 'late'])[1 + \(dice.roll(3))], stand_in = NULL FROM meeting WHERE meeting.id = meeting_id AND local_date >= \(day) AND membership_id <> (SELECT dora FROM cast_of)"
                case 5:
                    "UPDATE membership SET ended_on = greatest(joined_on, \(day)) WHERE id = (SELECT dora FROM cast_of)"
                case 6:
                    "INSERT INTO policy (chapter_id, valid_from, membership_fee, meeting_fee) VALUES (1, \(day), \(dice.roll(100_000)), \(dice.roll(3000))) ON CONFLICT (chapter_id, valid_from) DO UPDATE SET value_of_hour = \(dice.roll(9000))"
                case 7:
                    "INSERT INTO exchange_rate VALUES ('USD', 'EUR', \(day), 0.\(1 + dice.roll(9))) ON CONFLICT DO NOTHING"
                default:
                    "DELETE FROM one_to_one WHERE met_on BETWEEN \(day) AND \(day) + 9"
                }
            try await history.write(statement)
            let month = "2026-\(["04", "06", "08", "10", "11"][dice.roll(5)])"
            let (reported, counted) = try await history.bothReports(month: month, asOf: "2026-11-01")
            #expect(reported == counted, "\(turn): \(statement)")
        }
        #expect(try await history.wrong() == [])
    }
}

/// The same numbers each time.
private struct Dice {
    private var state: UInt64 = 20_261_101

    mutating func roll(_ sides: UInt64) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int((state >> 33) % sides)
    }

    var member: String {
        mutating get { ["anna", "ben", "carl", "dora"][roll(4)] }
    }
}
