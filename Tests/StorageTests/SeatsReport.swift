import Postgres
import ReferralGroup
import Storage
import TestSupport
import Testing

/// Of the twelve months to October 2026, by hand.
///
///     Members were thanked for 300.00 and passed 3 referrals: 100.00 each.
///     Florist   no seat of the chapter; two referrals lacked one, a third before these days      200.00
///     Cook      Carla’s until 30 June; one referral lacked one                                   100.00
///     Painter   listed, never held, never missed                                                  0.00
///     Baker     missed once, when Bob was not there yet: no open seat any more
@Suite(.sampleDatabase)
struct `The seats report` {
    let sample: SampleChapter
    let carla: Membership

    init() async throws {
        sample = try await SampleChapter()
        let (alice, bob, alder) = (sample.alice.id, sample.bob.id, sample.alder.id)
        carla = try await sample.shell.add(.sample("Carla Cook", seat: "Cook", joinedOn: "2024-01-01"))
        try await sample.write(
            """
            INSERT INTO seat (chapter_id, profession, title) VALUES (\(alder), 'painter', 'Painter');
            INSERT INTO referral (chapter_id, giver_id, unplaced_profession, tier, need, passed_on)
            VALUES (\(alder), \(alice), 'florist', 1, 'Roses', '2026-10-01'), (\(alder), \(bob), 'florist', 1, 'Roses', '2026-10-02'),
                   (\(alder), \(carla.id), 'florist', 1, 'Roses', '2025-10-31'), (\(alder), \(bob), 'cook', 1, 'A meal', '2026-10-03'),
                   (\(alder), \(carla.id), 'baker', 1, 'Cake', '2026-02-01');
            INSERT INTO referral (chapter_id, giver_id, receiver_id, tier, need, passed_on)
            VALUES (\(alder), \(alice), \(bob), 1, 'Cake', '2026-10-01'), (\(alder), \(alice), \(bob), 1, 'Cake', '2026-10-02'),
                   (\(alder), \(bob), \(alice), 1, 'A roof', '2026-10-03')
            """
        )
        _ = try await sample.shell.run(.end(carla.id, on: .day("2026-06-30"), reason: nil, in: alder))
        try await sample.thank(alice, by: sample.bob, 30_000, on: "2026-10-06")
    }

    @Test func `ranks open seats by the referrals that lacked them`() async throws {
        #expect(
            try await sample.report(.seats).rows("open") == [
                ["florist", "–", "2", "200.00"], ["Cook", "2026-07-01", "1", "100.00"],
                ["Painter", "–", "0", "0.00"],
            ]
        )
    }

    @Test func `has no value where no referral was passed`() async throws {
        let open = try await sample.report(.seats, from: "2026-02-01", to: "2026-02-28").rows("open")
        // Alice and Bob had not joined, Carla had not left.
        #expect(
            open == [
                ["Baker", "–", "1", "–"], ["Painter", "–", "0", "–"],
                ["Roofer", "–", "0", "–"],
            ]
        )
    }

    @Test func `tells who held which seat`() async throws {
        #expect(
            try await sample.report(.seats).rows("history") == [
                ["Baker", "Bob Baker", "2026-04-01", "–"],
                ["Cook", "Carla Cook", "2024-01-01", "2026-06-30"],
                ["Roofer", "Alice Archer", "2026-04-01", "–"],
            ]
        )
    }

    @Test func `leads to the referrals that nobody could take`() async throws {
        let alice = try await sample.acting(as: sample.alice)
        #expect(
            try await sample.entries(of: .seats, as: alice).map { "\($0[0]) \($0[3])" } == [
                "Alice Archer florist", "Bob Baker florist", "Bob Baker Cook",
            ]
        )
        let bob = try await sample.acting(as: sample.bob)
        #expect(try await sample.entries(of: .seats, as: bob, behind: "unplaced").count == 2)
    }

    @Test func `is the chapter's to know, and nobody else's`() async throws {
        let bob = try await sample.acting(as: sample.bob)
        #expect(try await sample.report(.seats, as: bob).rows("open").count == 3)
        let charlie = try await sample.acting(as: sample.charlie, in: sample.birch)
        #expect(try await sample.report(.seats, as: charlie).isEmpty)
    }
}
