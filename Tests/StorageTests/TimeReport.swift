import Postgres
import ReferralGroup
import Storage
import TestSupport
import Testing

/// Of October 2026, by hand.
///
///     Bob    a meeting, late                 90        Alice  a meeting                  90
///            a one-to-one with Alice         45               the one-to-one             45
///            an event, downtime, for leads  120               a meal, downtime,
///            a call for leads, a note    20, 10               for camaraderie            60
///            half an education unit          30                                         195   3.25 hours
///                                           315   5.25 hours
///     He was absent from another meeting, she sent a substitute: no minutes.
///     He earned 400.00, of which 40 % are profit: 160 / 5.25 = 30.4762 an hour; all: 160 / 8.5 = 18.8235.
///     For leads 140 minutes at the 30.4762 of each of his hours; what has no purpose are 175 minutes of his and
///     135 of hers: 160 × 175/315 = 88.8889 in 310 minutes, 17.2043 an hour.
@Suite(.sampleDatabase)
struct `The time report` {
    let sample: SampleChapter

    init() async throws {
        sample = try await SampleChapter()
        let (alice, bob, alder) = (sample.alice.id, sample.bob.id, sample.alder.id)
        try await sample.shell.set(
            [("margin", "40%")],
            of: sample.bob,
            in: sample.alder,
            from: .day("2026-04-01")
        )
        try await sample.write(
            """
            INSERT INTO meeting (chapter_id, starts_at, local_date, minutes, status, opened_at)
            SELECT \(alder), day::timestamp, day::date, 90, 'open', day::timestamp FROM unnest('{2026-10-07,2026-10-14}'::text[]) AS day;
            INSERT INTO mark (chapter_id, meeting_id, membership_id, mark)
            SELECT \(alder), id, member, CASE member WHEN \(alice) THEN 'present' ELSE 'late' END
              FROM meeting, unnest(ARRAY[\(alice), \(bob)]) AS member WHERE local_date = '2026-10-07';
            INSERT INTO mark (chapter_id, meeting_id, membership_id, mark)
            SELECT \(alder), id, member, CASE member WHEN \(alice) THEN 'substitute' ELSE 'absent' END
              FROM meeting, unnest(ARRAY[\(alice), \(bob)]) AS member WHERE local_date = '2026-10-14';
            INSERT INTO one_to_one (chapter_id, first_id, second_id, met_on, minutes, currency)
            VALUES (\(alder), \(alice), \(bob), '2026-10-08', 45, 'EUR'), (\(alder), \(bob), \(alice), '2026-10-09', NULL, 'EUR');
            INSERT INTO activity (chapter_id, membership_id, kind, done_on, minutes, money, currency, is_downtime, purpose)
            VALUES (\(alder), \(bob), 'event', '2026-10-10', 120, 0, 'EUR', true, 'leads'),
                   (\(alder), \(bob), 'call', '2026-10-11', 20, 0, 'EUR', false, 'leads'),
                   (\(alder), \(bob), 'note', '2026-10-11', 10, 0, 'EUR', false, ' '),
                   (\(alder), \(alice), 'meal', '2026-10-12', 60, 0, 'EUR', true, 'camaraderie'),
                   (\(alder), \(bob), 'event', '2026-09-30', 600, 0, 'EUR', true, 'leads');
            INSERT INTO education_unit (chapter_id, membership_id, units, done_on) VALUES (\(alder), \(bob), 0.5, '2026-10-13')
            """
        )
        try await sample.thank(alice, by: sample.bob, 40_000, on: "2026-10-15")
    }

    @Test func `shows the pie of time`() async throws {
        let report = try await october()
        #expect(
            try report.rows("kinds").map { $0.joined(separator: " ") } == [
                "meetings 180.0 3.00 0.3529 –", "one-to-ones 90.0 1.50 0.1765 –",
                "events 120.0 2.00 0.2353 1.0000",
                "meals 60.0 1.00 0.1176 1.0000", "calls and notes 30.0 0.50 0.0588 0.0000",
                "education 30.0 0.50 0.0588 –", "leadership 0.0 0.00 0.0000 –", "other 0.0 0.00 0.0000 –",
            ]
        )
        #expect(try report.words("kinds")["Total"] == ["510.0", "8.50", "1.0000", "0.8571"])
    }

    @Test func `shows what an hour of each brought`() async throws {
        let members = try await october().words("members")
        #expect(
            members == [
                "Alice Archer": [
                    "3.25", "1.50", "0.75", "0.00", "1.00", "0.00", "0.00", "0.00", "0.00", "1.0000",
                    "0.0000",
                ],
                "Bob Baker": [
                    "5.25", "1.50", "0.75", "2.00", "0.00", "0.50", "0.50", "0.00", "0.00", "0.8000",
                    "30.4762",
                ],
                "Total": [
                    "8.50", "3.00", "1.50", "2.00", "1.00", "0.50", "0.50", "0.00", "0.00", "0.8571",
                    "18.8235",
                ],
            ]
        )
    }

    @Test func `has the hours and the return of the monthly return`() async throws {
        let month = LocalDate.day("2026-10-01").month
        let roi = try await sample.shell.run(
            .monthlyROI(of: sample.alder, month: month, asOf: SampleChapter.now)
        )
        #expect(roi.inMonth.totals.figures.hours.description == "8.50")
        #expect(roi.inMonth.totals.figures.rot?.description == "18.8235")
    }

    @Test func `shows what time was for`() async throws {
        #expect(
            try await october().rows("purposes") == [
                ["leads", "2.33", "0.2745", "0.8571", "30.4762"],
                ["camaraderie", "1.00", "0.1176", "1.0000", "0.0000"],
                ["not noted", "5.17", "0.6078", "0.0000", "17.2043"],
            ]
        )
    }

    @Test func `keeps from a leader what an hour of one member brought`() async throws {
        let alice = try await sample.acting(as: sample.alice)
        let report = try await october(as: alice)
        #expect(
            try report.words("members").mapValues { $0.last } == [
                "Alice Archer": "0.0000", "Bob Baker": "–", "Total": "–",
            ]
        )
        #expect(try report.table("members").total?.withheld == ["rot"])
        #expect(
            try report.words("purposes").mapValues { $0.last } == [
                "leads": "–", "camaraderie": "0.0000", "not noted": "–",
            ]
        )
        #expect(try report.words("kinds")["Total"]?[0] == "510.0")
    }

    @Test func `shows a member their own time, and nobody of another chapter anything`() async throws {
        let bob = try await sample.acting(as: sample.bob)
        let report = try await october(as: bob)
        #expect(
            try report.words("members").mapValues { $0.last } == ["Bob Baker": "30.4762", "Total": "18.8235"]
        )
        #expect(try report.rows("purposes").map { $0[2] } == ["0.4444", "0.5556"])
        #expect(try Set(await sample.entries(of: .time, as: bob).map { $0[0] }) == ["Bob Baker"])
        let charlie = try await sample.acting(as: sample.charlie, in: sample.birch)
        #expect(try await october(as: charlie).isEmpty)
    }

    @Test func `leads to the records behind the hours`() async throws {
        let events = try await sample.entries(of: .time, behind: "events", of: sample.bob.id)
        #expect(
            events.map { Array($0[2...5]) } == [
                ["2026-09-30", "600.0", "leads", "yes"], ["2026-10-10", "120.0", "leads", "yes"],
            ]
        )
    }

    private func october(as acting: ActingDatabase? = nil) async throws -> ReferralGroup.Report {
        try await sample.report(.time, as: acting, from: "2026-10-01", to: "2026-10-31")
    }
}
