import Postgres
import ReferralGroup
import Storage
import TestSupport
import Testing

/// Of the twelve months to October 2026, in Berlin, by hand.
///
///     Alice to Bob   1  warmth 5, passed 1 October 8:00, contacted 14:00 (6 hours), won 11 October 22:30 UTC,
///                       which is the 12th in Berlin (11 days); Bob’s thanks for it: 300.00
///                    2  warmth 3, declined after 48 hours
///                    3  warmth 3, passed and no more
///                    4  warmth 3, declined after 10 hours, then won on the 9th (4 days)
///                       won 2, declined 1, open 1: rates 2/3 and 1/3; median of 6, 10, 48 hours 10;
///                       of 4 and 11 days 7.5; value 300 / 4 = 75
///     Bob            5  to somebody elsewhere, without a warmth, lost after 49 hours; one more that nobody could take
///     All               won 2, lost 1, declined 1 of 5: rates 1/2 and 1/4; median of 6, 10, 48, 49 hours 29;
///                       value 300 / 5 = 60
@Suite(.sampleDatabase)
struct `The quality report` {
    let sample: SampleChapter

    init() async throws {
        sample = try await SampleChapter()
        let (alice, bob, alder) = (sample.alice.id, sample.bob.id, sample.alder.id)
        try await sample.write(
            """
            INSERT INTO outsider (chapter_id, home, folded_home) VALUES (\(alder), 'Elsewhere', 'elsewhere');
            INSERT INTO referral (chapter_id, id, giver_id, receiver_id, tier, need, warmth, status, passed_on)
            VALUES (\(alder), '00000000-0000-4000-8000-000000000001', \(alice), \(bob), 1, 'Cake', 5, 'won', '2026-10-01'),
                   (\(alder), '00000000-0000-4000-8000-000000000002', \(alice), \(bob), 1, 'Cake', 3, 'declined', '2026-10-02'),
                   (\(alder), '00000000-0000-4000-8000-000000000003', \(alice), \(bob), 1, 'Cake', 3, 'passed', '2026-10-03'),
                   (\(alder), '00000000-0000-4000-8000-000000000004', \(alice), \(bob), 1, 'Cake', 3, 'won', '2026-10-05');
            INSERT INTO referral (chapter_id, id, giver_id, receiver_outsider_id, tier, need, status, passed_on)
            SELECT \(alder), '00000000-0000-4000-8000-000000000005', \(bob), id, 2, 'A roof', 'lost', '2026-09-01' FROM outsider;
            INSERT INTO referral (chapter_id, giver_id, unplaced_profession, tier, need, warmth, passed_on)
            VALUES (\(alder), \(bob), 'florist', 1, 'Roses', 2, '2026-09-01');
            INSERT INTO referral_step (chapter_id, referral_id, number, step, at, reason)
            SELECT \(alder), ('00000000-0000-4000-8000-00000000000' || referral)::uuid, number, step, at::timestamptz, 'so it was'
              FROM (VALUES (1, 1, 'passed', '2026-10-01T08:00Z'), (1, 2, 'contacted', '2026-10-01T14:00Z'),
                           (1, 3, 'won', '2026-10-11T22:30Z'),
                           (2, 1, 'passed', '2026-10-02T08:00Z'), (2, 2, 'declined', '2026-10-04T08:00Z'),
                           (3, 1, 'passed', '2026-10-03T08:00Z'),
                           (4, 1, 'passed', '2026-10-05T12:00Z'), (4, 2, 'declined', '2026-10-05T22:00Z'),
                           (4, 3, 'won', '2026-10-09T12:00Z'),
                           (5, 1, 'passed', '2026-09-01T08:00Z'), (5, 2, 'lost', '2026-09-03T09:00Z')
                   ) AS step (referral, number, step, at)
            """
        )
        try await thank(sample.alice, by: sample.bob, 30_000, for: 1)
    }

    @Test func `judges what members gave by what became of it`() async throws {
        let members = try await sample.report(.quality).words("members")
        #expect(
            members == [
                "Alice Archer": ["4", "2", "0", "1", "1", "0.6667", "0.3333", "10.00", "7.5", "75.00"],
                "Bob Baker": ["1", "0", "1", "0", "0", "0.0000", "0.0000", "49.00", "–", "0.00"],
                "Total": ["5", "2", "1", "1", "1", "0.5000", "0.2500", "29.00", "7.5", "60.00"],
            ]
        )
    }

    @Test func `compares the warm with the cold`() async throws {
        let rows = try await sample.report(.quality).rows("warmth")
        #expect(
            rows.map { $0.joined(separator: " ") } == [
                "1 0 0 0 0 0 – –", "2 0 0 0 0 0 – –", "3 3 1 0 1 1 0.5000 0.5000", "4 0 0 0 0 0 – –",
                "5 1 1 0 0 0 1.0000 0.0000", "not noted 1 0 1 0 0 0.0000 0.0000",
            ]
        )
    }

    @Test func `shows how far they got, with the declined ones and without`() async throws {
        let rows = try await sample.report(.quality).rows("funnel")
        #expect(
            rows.map { $0.joined(separator: " ") } == [
                "passed 5 1.0000 4 1.0000", "contacted 2 0.4000 2 0.5000", "meeting 2 0.4000 2 0.5000",
                "proposal 2 0.4000 2 0.5000", "won 2 0.4000 2 0.5000",
            ]
        )
    }

    @Test func `judges by what was known on the as-of day`() async throws {
        let members = try await sample.report(.quality, asOf: "2026-10-08T08:00:00Z").words("members")
        #expect(
            members["Alice Archer"] == ["4", "0", "0", "2", "2", "0.0000", "1.0000", "10.00", "–", "0.00"]
        )
    }

    @Test func `judges referrals of some days by what became of them later`() async throws {
        let report = try await sample.report(.quality, from: "2026-10-01", to: "2026-10-01")
        #expect(
            try report.words("members")["Alice Archer"] == [
                "1", "1", "0", "0", "0", "1.0000", "0.0000", "6.00", "11.0", "300.00",
            ]
        )
    }

    @Test func `withholds what a referral of a leader brought to a single member`() async throws {
        let alice = try await sample.acting(as: sample.alice)
        let report = try await sample.report(.quality, as: alice)
        #expect(try report.words("members")["Alice Archer"]?.last == "–")
        #expect(try report.words("members")["Bob Baker"]?.last == "0.00", "nobody earned by Bob’s")
        #expect(try report.table("members").total?.withheld == ["value_per_referral"])
        #expect(try report.words("members")["Total"]?.last == "–")
        try await sample.shell.set([("shares-figures", "yes")], of: sample.bob, in: sample.alder, from: nil)
        let shared = try await sample.report(.quality, as: alice)
        #expect(try shared.words("members")["Alice Archer"]?.last == "75.00")
        #expect(try shared.table("members").total?.withheld == [])
        let seen = try await sample.scratch.superuser.run(
            Query<[String]>(
                values: """
                    SELECT seen FROM app.access_event
                     WHERE person_id = \(sample.alice.person) AND about = ARRAY[\(sample.bob.person)]::bigint[]
                    """
            )
        )
        #expect(seen == ["quality"])
    }

    @Test func `shows what three earned together, unless a row left over would tell of one`() async throws {
        let alice = try await sample.acting(as: sample.alice)
        let (dora, emil) = (
            try await sample.shell.add(.sample("Dora Dyer")),
            try await sample.shell.add(.sample("Emil Ernst"))
        )
        try await refer(sample.alice, to: dora, 6)
        try await thank(sample.alice, by: dora, 10_000, for: 6)
        try await refer(sample.alice, to: emil, 7)
        try await thank(sample.alice, by: emil, 20_000, for: 7)
        // 600 / 6 and 600 / 7.
        let three = try await sample.report(.quality, as: alice).words("members")
        #expect(three["Alice Archer"]?.last == "100.00")
        #expect(three["Total"]?.last == "85.71")
        try await refer(dora, to: emil, 8)
        try await thank(dora, by: emil, 40_000, for: 8)
        let more = try await sample.report(.quality, as: alice).words("members")
        #expect(more["Alice Archer"]?.last == "–")
        #expect(more["Dora Dyer"]?.last == "–")
        #expect(more["Total"]?.last == "125.00")
    }

    @Test func `shows a member their own row, and nobody of another chapter anything`() async throws {
        let bob = try await sample.report(.quality, as: try await sample.acting(as: sample.bob))
        #expect(try Set(bob.words("members").keys) == ["Bob Baker", "Total"])
        #expect(try bob.words("members")["Total"]?.last == "60.00", "all of it was earned by Bob")
        let charlie = try await sample.acting(as: sample.charlie, in: sample.birch)
        #expect(try await sample.report(.quality, as: charlie).isEmpty)
        #expect(try await sample.entries(of: .quality, as: charlie).isEmpty)
    }

    @Test func `leads to the referrals behind each figure`() async throws {
        let hours = try await sample.entries(of: .quality, behind: "hours_to_contact", of: sample.alice.id)
        #expect(hours.map { $0[5] } == ["6.00", "48.00", "10.00"])
        let won = try await sample.entries(of: .quality, behind: "won")
        #expect(
            won.map { Array($0[2...4]) } == [
                ["2026-10-01", "Bob Baker", "5"], ["2026-10-05", "Bob Baker", "3"],
            ]
        )
    }

    private func refer(_ giver: Membership, to receiver: Membership, _ number: Int) async throws {
        try await sample.write(
            """
            INSERT INTO referral (chapter_id, id, giver_id, receiver_id, tier, need, passed_on)
            VALUES (\(sample.alder.id), '00000000-0000-4000-8000-00000000000\(number)', \(giver.id), \(receiver.id), 1, 'A thing', '2026-10-06')
            """
        )
    }

    private func thank(_ giver: Membership, by earner: Membership, _ cents: Int, for number: Int) async throws
    {
        try await sample.thank(
            giver.id,
            by: earner,
            cents,
            on: "2026-10-12",
            for: "00000000-0000-4000-8000-00000000000\(number)"
        )
    }
}
