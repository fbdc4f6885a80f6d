import Postgres
import ReferralGroup
import Storage
import TestSupport
import Testing

/// Active is who is a member that day and not on leave; overdue days are active (domain page §3, and §6, Exactly 3).
///
/// Alice, Bob and Carla are members since April 2026; Carla should have renewed in May; Bob is on leave from 20 to 30
/// September, and again from 31 October on. Bob was thanked for 190.00 while he was away.
///
///     Ends of months  Alice 7, Carla 7, Bob 5: not 30 September, not 31 October
///     A seat          190.00 × 7 / 19 = 70.00, and open 70.00 / 12 = 5.83 a month
///     Relations       Alice may meet Carla alone, and did not; Bob may meet both, and met Alice
///     Consistency     Bob has an active day in each of the 7 months
///     Retention       who is on leave, or overdue, is a member: 3 at the end
@Suite(.sampleDatabase)
struct `Who is active` {
    let sample: SampleChapter

    init() async throws {
        sample = try await SampleChapter()
        let carla = try await sample.shell.add(.sample("Carla Cook"))
        let (alder, alice, bob) = (sample.alder.id, sample.alice.id, sample.bob.id)
        try await sample.write(
            """
            UPDATE membership SET renews_on = '2026-05-01' WHERE id = \(carla.id);
            INSERT INTO membership_leave (chapter_id, membership_id, first_day, last_day)
            VALUES (\(alder), \(bob), '2026-09-20', '2026-09-30'), (\(alder), \(bob), '2026-10-31', NULL);
            INSERT INTO one_to_one (chapter_id, first_id, second_id, met_on, currency)
            VALUES (\(alder), \(alice), \(bob), '2026-09-25', 'EUR')
            """
        )
        try await sample.thank(bob, by: carla, 19_000, on: "2026-09-25")
    }

    @Test func `counts in what a seat is worth`() async throws {
        let month = try #require(Month("2026-10"))
        let totals = try await sample.shell.run(
            .monthlyROI(of: sample.alder, month: month, asOf: SampleChapter.now)
        ).inMonth.totals
        #expect(totals.seatValue?.description == "70.00" && totals.openSeatMonth?.description == "5.83")
    }

    @Test func `can be met, and gives in the months with an active day`() async throws {
        let relations = try await sample.report(.matrix).table("members").rows.map { row in
            row.cells[1...4].map(\.word)
        }
        #expect(
            relations == [["0", "0", "1", "0.0000"], ["0", "1", "2", "0.5000"], ["0", "0", "1", "0.0000"]]
        )
        let months = try await sample.report(.consistency).rows("members").map { $0[2] }
        #expect(months == ["7", "7", "7"])
    }

    @Test func `is not all who stay`() async throws {
        let people = try await sample.report(.retention, from: "2026-05-01").rows("people")
        #expect(people.map { [$0[0], $0[1], $0[4]] } == [["3", "3", "3"]])
    }
}
