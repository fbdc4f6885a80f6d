import Postgres
import ReferralGroup
import Storage
import TestSupport
import Testing

/// Of the twelve months to October 2026, by hand.
///
///     Alice  member since April, president since then: a deposit a month        7 of 7 months    1
///     Bob    member since April, on leave all of June and for a part of July:
///            a referral in April, a one-to-one with Alice in May, one referral
///            in June, when he was on leave, and one in July that was declined   2 of 6 months    0.3333
///     Carla  member since 2024: referrals, 2 in January, 1 each in February,
///            March and April: 4 of 5 in three months, 8 months with none        4 of 12 months   0.3333
///     Dora   member from November to 15 February, and again from 20 August:
///            two memberships, a testimonial in the second                       0 of 4, 1 of 3 months
///     All    7 + 2 + 4 + 0 + 1 = 14 of 7 + 6 + 12 + 4 + 3 = 32 months           0.4375
///            deposits 8 + 2 + 5 + 0 + 1 = 16, for the one-to-one is Alice’s too
@Suite(.sampleDatabase)
struct `The consistency report` {
    let sample: SampleChapter
    let carla: Membership

    init() async throws {
        sample = try await SampleChapter()
        let (alice, bob, alder) = (sample.alice.id, sample.bob.id, sample.alder.id)
        carla = try await sample.shell.add(.sample("Carla Cook", joinedOn: "2024-01-01"))
        let dora = try await sample.shell.add(.sample("Dora Dyer", joinedOn: "2025-11-01"))
        _ = try await sample.shell.run(.end(dora.id, on: .day("2026-02-15"), reason: nil, in: alder))
        let again = try await sample.shell.transaction {
            try await $0.rejoin(dora, seat: nil, joinedOn: .day("2026-08-20"))
        }
        try await sample.write(
            """
            INSERT INTO membership_leave (chapter_id, membership_id, first_day, last_day)
            VALUES (\(alder), \(bob), '2026-06-01', '2026-07-09');
            INSERT INTO referral (chapter_id, giver_id, receiver_id, tier, need, warmth, status, passed_on)
            VALUES (\(alder), \(bob), \(alice), 1, 'A roof', 3, 'passed', '2026-04-10'),
                   (\(alder), \(bob), \(alice), 1, 'A roof', 3, 'passed', '2026-06-10'),
                   (\(alder), \(bob), \(alice), 1, 'A roof', 3, 'declined', '2026-07-10');
            INSERT INTO referral (chapter_id, giver_id, unplaced_profession, tier, need, passed_on)
            VALUES (\(alder), \(bob), 'florist', 1, 'Roses', '2026-08-10');
            INSERT INTO referral_step (chapter_id, referral_id, number, step, at, reason)
            SELECT chapter_id, id, 1, 'declined', '2026-07-11T10:00Z', 'no' FROM referral WHERE status = 'declined';
            INSERT INTO outsider (chapter_id, home, folded_home) VALUES (\(alder), 'Elsewhere', 'elsewhere');
            INSERT INTO referral (chapter_id, giver_id, receiver_outsider_id, tier, need, warmth, passed_on)
            SELECT \(alder), \(carla.id), outsider.id, 2, 'A cook', 1, day::date
              FROM outsider, unnest('{2026-01-02,2026-01-31,2026-02-01,2026-03-03,2026-04-04}'::text[]) AS day;
            INSERT INTO one_to_one (chapter_id, first_id, second_id, met_on, currency)
            VALUES (\(alder), \(alice), \(bob), '2026-05-05', 'EUR');
            INSERT INTO testimonial (chapter_id, giver_id, receiver_id, given_on)
            VALUES (\(alder), \(again.id), \(alice), '2026-08-20')
            """
        )
    }

    @Test func `counts the months with a deposit`() async throws {
        let report = try await sample.report(.consistency)
        #expect(
            try report.rows("members") == [
                ["Alice Archer", "7", "7", "1.0000", "8", "no"],
                ["Bob Baker", "2", "6", "0.3333", "2", "no"],
                ["Carla Cook", "4", "12", "0.3333", "5", "yes"],
                ["Dora Dyer", "0", "4", "0.0000", "0", "no"],
                ["Dora Dyer", "1", "3", "0.3333", "1", "no"],
            ]
        )
        #expect(try report.words("members")["Total"] == ["14", "32", "0.4375", "16", "–"])
    }

    @Test func `calls nobody needy whose deposits spread over four months`() async throws {
        try await sample.write(
            """
            INSERT INTO testimonial (chapter_id, giver_id, receiver_id, given_on)
            VALUES (\(sample.alder.id), \(carla.id), \(sample.alice.id), '2026-05-05')
            """
        )
        // 4 of 6 in three months.
        let rows = try await sample.report(.consistency).words("members")
        #expect(rows["Carla Cook"] == ["5", "12", "0.4167", "6", "no"])
    }

    @Test func `shows each month in which a member was active`() async throws {
        let months = try await sample.report(.consistency).rows("months")
        #expect(
            months.filter { $0[0] == "Bob Baker" }.map { $0[1...].joined(separator: " ") } == [
                "2026-04 1", "2026-05 1", "2026-07 0", "2026-08 0", "2026-09 0", "2026-10 0",
            ]
        )
        #expect(months.count == 32)
    }

    @Test func `leads to the deposits that it counts`() async throws {
        #expect(try await sample.entries(of: .consistency).count == 16)
        let bobs = try await sample.entries(of: .consistency, behind: "deposits", of: sample.bob.id)
        #expect(
            bobs.map { Array($0[2...4]) } == [
                ["2026-04-10", "referral given", "Alice Archer"],
                ["2026-05-05", "one-to-one", "Alice Archer"],
            ]
        )
    }

    @Test func `shows a member their own months, and others nothing`() async throws {
        let bob = try await sample.acting(as: sample.bob)
        let report = try await sample.report(.consistency, as: bob)
        #expect(try Set(report.words("members").keys) == ["Bob Baker", "Total"])
        #expect(try Set(report.rows("months").map { $0[0] }) == ["Bob Baker"])
        #expect(try await Set(sample.entries(of: .consistency, as: bob).map { $0[0] }) == ["Bob Baker"])
        let charlie = try await sample.acting(as: sample.charlie, in: sample.birch)
        #expect(try await sample.report(.consistency, as: charlie).isEmpty)
    }

    @Test func `knows nothing of what came after the as-of day`() async throws {
        let rows = try await sample.report(.consistency, asOf: "2026-05-04T20:00:00Z").words("members")
        #expect(rows["Bob Baker"] == ["1", "2", "0.5000", "1", "no"])
        #expect(rows["Total"]?[1] == "15")
    }
}
