import Postgres
import ReferralGroup
import Storage
import TestSupport
import Testing

/// Of the twelve months to October 2026, by hand.
///
///     Members       Alice, Bob and Emil since April, Carla since 2024, Dora in 2025 until January, and since April again;
///                   Emil is on leave on 31 October, so that four are present
///     Referrals     Alice to Bob 2, Bob to Alice 1, which he declined; Carla to Dora 1 in January; Dora to Alice 1, open
///     One-to-ones   Alice and Bob; Carla and Dora in June 2025, before these days
///     Thanks        Bob of Alice 300.00 and 50.00, Alice of Bob 200.00, Bob of Dora 100.00
///
///     Depth         Alice and Bob thanked each other: 1 each
///     Coverage      Alice and Bob met one of the three others that are present: 1/3; Carla and Dora none
///     Gaps          Alice and Carla, Bob and Carla; Bob and Dora, for thanks alone are no meeting
@Suite(.sampleDatabase)
struct `The matrix` {
    let sample: SampleChapter

    init() async throws {
        sample = try await SampleChapter()
        let (alice, bob, alder) = (sample.alice.id, sample.bob.id, sample.alder.id)
        let shell = sample.shell
        let carla = try await shell.add(.sample("Carla Cook", joinedOn: "2024-01-01")).id
        let former = try await shell.add(.sample("Dora Dyer", joinedOn: "2025-01-01"))
        _ = try await shell.run(.end(former.id, on: .day("2026-01-31"), reason: nil, in: alder))
        let dora = try await shell.transaction {
            try await $0.rejoin(former, seat: nil, joinedOn: .day("2026-04-01"))
        }
        let emil = try await shell.add(.sample("Emil Ernst")).id
        try await sample.write(
            """
            INSERT INTO membership_leave (chapter_id, membership_id, first_day) VALUES (\(alder), \(emil), '2026-10-20');
            INSERT INTO referral (chapter_id, giver_id, receiver_id, tier, need, status, passed_on)
            VALUES (\(alder), \(alice), \(bob), 1, 'Cake', 'won', '2026-10-01'),
                   (\(alder), \(alice), \(bob), 1, 'Cake', 'lost', '2026-10-02'),
                   (\(alder), \(bob), \(alice), 1, 'A roof', 'declined', '2026-10-03'),
                   (\(alder), \(carla), \(former.id), 1, 'Paint', 'lost', '2026-01-10'),
                   (\(alder), \(dora.id), \(alice), 1, 'A roof', 'passed', '2026-10-09');
            INSERT INTO referral_step (chapter_id, referral_id, number, step, at, reason)
            SELECT chapter_id, id, 1, status, passed_on::timestamp, 'so it was' FROM referral WHERE status <> 'passed';
            INSERT INTO one_to_one (chapter_id, first_id, second_id, met_on, currency)
            VALUES (\(alder), \(alice), \(bob), '2026-10-05', 'EUR'), (\(alder), \(former.id), \(carla), '2025-06-01', 'EUR');
            """
        )
        for (earner, thanked, amount) in [
            (sample.bob, alice, 30_000), (sample.bob, alice, 5_000), (sample.alice, bob, 20_000),
            (sample.bob, dora.id, 10_000),
        ] {
            try await sample.thank(thanked, by: earner, amount, on: "2026-10-06")
        }
    }

    @Test func `shows who gave what to whom, both ways`() async throws {
        let report = try await sample.report(.matrix)
        #expect(
            try report.rows("pairs") == [
                ["Alice Archer", "Bob Baker", "2", "1", "yes", "1", "350.00"],
                ["Bob Baker", "Alice Archer", "1", "2", "yes", "1", "200.00"],
                ["Carla Cook", "Dora Dyer", "1", "0", "no", "0", "0.00"],
                ["Dora Dyer", "Alice Archer", "1", "0", "no", "0", "0.00"],
                ["Dora Dyer", "Bob Baker", "0", "0", "no", "0", "100.00"],
            ]
        )
        #expect(try report.words("pairs")["Total"] == ["–", "5", "–", "–", "2", "650.00"])
    }

    @Test func `measures depth and coverage, and names who to meet next`() async throws {
        let members = try await sample.report(.matrix).words("members")
        #expect(
            members == [
                "Alice Archer": ["1", "1", "3", "0.3333", "Dora Dyer", "–"],
                "Bob Baker": ["1", "1", "3", "0.3333", "Carla Cook", "–"],
                "Carla Cook": ["0", "0", "3", "0.0000", "Alice Archer", "–"],
                "Dora Dyer": ["0", "0", "3", "0.0000", "Alice Archer", "–"],
                "Emil Ernst": ["0", "0", "4", "0.0000", "–", "–"],
            ]
        )
    }

    @Test func `names whom one has not met for longest once all have met`() async throws {
        let (carla, alder) = (try await sample.shell.member("Carla Cook").id, sample.alder.id)
        try await sample.write(
            """
            INSERT INTO one_to_one (chapter_id, first_id, second_id, met_on, currency)
            VALUES (\(alder), \(carla), \(sample.alice.id), '2026-05-05', 'EUR'), (\(alder), \(carla), \(sample.bob.id), '2026-05-06', 'EUR')
            """
        )
        let members = try await sample.report(.matrix).words("members")
        #expect(members["Carla Cook"]?.suffix(4) == ["3", "0.6667", "Dora Dyer", "2025-06-01"])
    }

    @Test func `shows between whom there is nothing yet`() async throws {
        let gaps = try await sample.report(.matrix).rows("gaps")
        #expect(
            gaps == [
                ["Alice Archer", "Carla Cook", "2026-04-01"], ["Bob Baker", "Carla Cook", "2026-04-01"],
                ["Bob Baker", "Dora Dyer", "2026-04-01"],
            ]
        )
    }

    @Test func `keeps from a leader by whom somebody was thanked`() async throws {
        let alice = try await sample.acting(as: sample.alice)
        let report = try await sample.report(.matrix, as: alice)
        // Bob alone earned of those whose figures are not hers; that he thanked Dora would tell that he earned.
        #expect(
            try report.rows("pairs").map { $0[0] + " " + ($0.last ?? "") } == [
                "Alice Archer –", "Bob Baker 200.00", "Carla Cook –", "Dora Dyer 0.00",
            ]
        )
        #expect(try report.table("pairs").total?.withheld == ["value"])
        let depths = try report.words("members").mapValues { $0[0] }
        #expect(
            depths == [
                "Alice Archer": "–", "Bob Baker": "–", "Carla Cook": "0", "Dora Dyer": "–", "Emil Ernst": "0",
            ]
        )
        try await sample.shell.set([("shares-figures", "yes")], of: sample.bob, in: sample.alder, from: nil)
        let shared = try await sample.report(.matrix, as: alice)
        #expect(try shared.words("pairs")["Total"]?.last == "650.00")
        #expect(try shared.words("members")["Alice Archer"]?[0] == "1")
    }

    @Test func `shows a member what is between them and the others`() async throws {
        let bob = try await sample.acting(as: sample.bob)
        let report = try await sample.report(.matrix, as: bob)
        #expect(
            try report.rows("pairs").map { "\($0[0]) \($0[1]) \($0[6])" } == [
                "Alice Archer Bob Baker 350.00", "Bob Baker Alice Archer –", "Dora Dyer Bob Baker 100.00",
            ]
        )
        #expect(try report.words("members")["Bob Baker"]?[0] == "–", "Alice thanked him, and nobody else")
        #expect(try report.rows("members").count == 1)
        #expect(try report.rows("gaps").map { $0[1] } == ["Carla Cook", "Dora Dyer"])
        #expect(try await sample.entries(of: .matrix, as: bob).count == 5)
        let charlie = try await sample.acting(as: sample.charlie, in: sample.birch)
        #expect(try await sample.report(.matrix, as: charlie).isEmpty)
        #expect(try await sample.entries(of: .matrix, as: charlie).isEmpty)
    }

    @Test func `leads to the records between two`() async throws {
        let given = try await sample.entries(of: .matrix, behind: "referrals", of: sample.alice.id)
        #expect(
            given.map { Array($0[2...3]) } == [["2026-10-01", "Bob Baker"], ["2026-10-02", "Bob Baker"]]
        )
        #expect(try await sample.entries(of: .matrix).count == 7)
    }

    @Test func `knows nothing of what came after the as-of day`() async throws {
        let report = try await sample.report(.matrix, asOf: "2026-10-02T20:00:00Z")
        #expect(try report.words("pairs")["Total"] == ["–", "3", "–", "–", "0", "0.00"])
        #expect(try report.words("members")["Alice Archer"] == ["0", "0", "4", "0.0000", "Bob Baker", "–"])
    }
}
