import Postgres
import ReferralGroup
import Scheduling
import Storage
import TestSupport
import Testing

/// Visitors and those whom referrals are about: kept for two years after the visit, or after the referral came to its end.
@Suite(.sampleDatabase)
struct `Forgetting third parties` {
    let sample: SampleChapter
    let referral: SlipID

    init() async throws {
        sample = try await SampleChapter()
        let (alice, bob) = (sample.alice.id, sample.bob.id)
        referral = try await sample.shell.transaction { ledger in
            for day in ["2026-10-07", "2026-10-08"] {
                _ = try await ledger.register(
                    VisitorDraft(
                        name: "Vera Visitor",
                        inviter: .member(bob),
                        kind: .guest,
                        visitOn: .day(day),
                        came: true,
                        phone: "+49 30 1",
                        company: "Visits and Co"
                    )
                )
            }
            return try await ledger.pass(
                ReferralDraft(
                    giver: .member(alice),
                    receiver: .member(bob),
                    tier: 1,
                    need: "A new roof",
                    warmth: 3,
                    prospect: Prospect(name: "Paul Prospect", phone: "+49 30 2"),
                    passedOn: nil
                )
            )
        }
    }

    @Test func `begins on the day after two years`() async throws {
        for (now, left) in [
            ("2028-10-07T12:00:00Z", 2), ("2028-10-08T12:00:00Z", 1), ("2028-10-09T12:00:00Z", 0),
        ] {
            try await forget(at: now)
            let known = try await texts("SELECT name FROM app.visitor WHERE name = 'Vera Visitor'")
            #expect(known.count == left, "\(now)")
        }
        let kept = try await texts(
            "SELECT concat_ws('|', name, folded_name, company, phone, email) FROM app.visitor"
        )
        #expect(kept == ["somebody|somebody", "somebody|somebody"])
        #expect(
            try await sample.shell.run(.visitors(of: sample.alder.id, .whole)).count == 2,
            "they still count"
        )
    }

    @Test func `leaves those of open referrals, and takes those of ended ones`() async throws {
        try await forget(at: "2030-01-01T12:00:00Z")
        let names: SQL = "SELECT coalesce(name, 'nobody') FROM app.prospect"
        #expect(try await texts(names) == ["Paul Prospect"])
        try await sample.write(
            """
            UPDATE referral SET status = 'lost';
            INSERT INTO referral_step (chapter_id, referral_id, number, step, at)
            SELECT chapter_id, id, 2, 'lost', '2029-06-01T00:00:00Z' FROM referral
            """
        )
        try await forget(at: "2031-05-31T12:00:00Z")
        #expect(try await texts(names) == ["Paul Prospect"])
        try await forget(at: "2031-06-01T12:00:00Z")
        #expect(try await texts(names) == ["nobody"])
        #expect(try await texts("SELECT phone FROM app.prospect WHERE phone IS NOT NULL") == [])
    }

    private func forget(at moment: String) async throws {
        try await sample.scratch.stopClock(at: try #require(Instant(moment)))
        let timekeeper = Timekeeper(database: sample.database, logger: .silent)
        try await timekeeper.plan()
        while let done = try await timekeeper.workOnNext() { #expect(done.outcome == .done) }
    }

    private func texts(_ question: SQL) async throws -> [String] {
        try await sample.scratch.superuser.run(Query<[String]>(values: question))
    }
}
