import Postgres
import ReferralGroup
import Storage
import TestSupport
import Testing

@Suite(.sampleDatabase)
struct `A slip between two chapters of the installation` {
    let sample: SampleChapter

    init() async throws {
        sample = try await SampleChapter()
    }

    @Test func `stands in both ledgers under one id`() async throws {
        let id = try await pass()
        let ours = try #require(try await referral(id, sample.shell))
        let theirs = try #require(try await referral(id, sample.birchShell))
        #expect(ours.giver == "Bob Baker")
        #expect(ours.receiver == "Charlie Carver @ Birch")
        #expect(theirs.giver == "Bob Baker @ Alder")
        #expect(theirs.receiver == "Charlie Carver")
        #expect(ours.passedOn == theirs.passedOn)
        #expect(ours.need == theirs.need)
    }

    @Test func `finds its people however their names are written`() async throws {
        let id = try await pass(to: " charlie  CARVER")
        #expect(try await referral(id, sample.birchShell)?.receiver == "Charlie Carver")
    }

    @Test func `moves in both, from either side`() async throws {
        let id = try await pass()
        #expect(try await sample.birchShell.run(Query<Bool>.move(id, to: .contacted, reason: nil)))
        #expect(try await referral(id, sample.shell)?.status == .contacted)
        #expect(try await sample.shell.run(Query<Bool>.move(id, to: .won, reason: nil)))
        #expect(try await referral(id, sample.birchShell)?.status == .won)
        let steps = try await sample.scratch.superuser.run(
            Query<[String]>(
                values:
                    "SELECT string_agg(step, ' ' ORDER BY number) FROM app.referral_step GROUP BY chapter_id"
            )
        )
        #expect(steps == ["passed contacted won", "passed contacted won"])
    }

    @Test func `shows the prospect to giver and receiver, each in their own chapter`() async throws {
        _ = try await pass()
        let bob = try await sample.acting(as: sample.bob)
        let charlie = try await sample.acting(as: sample.charlie, in: sample.birch)
        let alice = try await sample.acting(as: sample.alice)
        #expect(try await prospects(bob) == ["Paul Prospect"])
        #expect(try await prospects(charlie) == ["Paul Prospect"])
        #expect(try await prospects(alice) == [])
    }

    @Test func `of thanks tells the other chapter the amount, not the name`() async throws {
        let id = try await sample.shell.transaction { ledger in
            try await ledger.record(
                ThanksDraft(
                    earner: .member(sample.bob.id),
                    thanked: charlie,
                    amount: Money(minorUnits: 120_000, currency: sample.alder.currency),
                    closedOn: .day("2026-10-08")
                )
            )
        }
        let theirs = try await sample.birchShell.run(
            .thanks(of: sample.birch.id, .whole)
        )
        #expect(theirs.map(\.id) == [id])
        #expect(theirs.first?.thanked == "Charlie Carver")
        #expect(theirs.first?.earner == "somebody @ Alder")
        #expect(theirs.first?.amount.amount == "1200.00")
        let names = try await sample.birchShell.run(
            Query<[String?]>(values: "SELECT name FROM outsider WHERE chapter_id = \(sample.birch.id)")
        )
        #expect(names == [nil])
    }

    @Test func `counts once in each chapter, and not twice in either`() async throws {
        let (bob, alder) = (sample.bob.id, sample.alder)
        _ = try await pass()
        try await sample.shell.transaction { ledger in
            _ = try await ledger.record(
                OneToOneDraft(
                    first: .member(bob),
                    second: charlie,
                    metOn: .day("2026-10-08"),
                    minutes: 60,
                    costOfFirst: Money(minorUnits: 500, currency: alder.currency),
                    costOfSecond: Money(minorUnits: 300, currency: alder.currency)
                )
            )
        }
        let ours = try await attendance(sample.shell, sample.alder)
        let theirs = try await attendance(sample.birchShell, sample.birch)
        #expect(ours.rows.first { $0.member == sample.bob.id }?.referralsGivenInside == 1)
        #expect(ours.rows.first { $0.member == sample.bob.id }?.oneToOnes == 1)
        #expect(theirs.rows.first { $0.member == sample.charlie.id }?.referralsReceivedInside == 1)
        #expect(theirs.rows.first { $0.member == sample.charlie.id }?.oneToOnes == 1)
        #expect(ours.total.referralsReceivedInside == 0)
        let cost = try await sample.birchShell.run(
            Query<Int64>(value: "SELECT cost_of_first FROM one_to_one WHERE chapter_id = \(sample.birch.id)")
        )
        #expect(cost == 300, "each side at its own cost")
    }

    @Test func `is refused as a whole where the other chapter knows no such member`() async throws {
        let said = await expectRefusal(.otherChapterDoesNotKnow) { _ = try await pass(to: "Carla Carver") }
        #expect(said == "Birch has 0 members named Carla Carver on 2026-10-08")
        #expect(
            try await sample.shell.run(.referrals(of: sample.alder.id, .whole)).isEmpty
        )
    }

    @Test func `is only ours where the other chapter is not of the installation`() async throws {
        let id = try await pass(to: "Greta Gill", home: "Far")
        #expect(try await referral(id, sample.shell)?.receiver == "Greta Gill @ Far")
        let rows = try await sample.scratch.superuser.run(
            Query<Int>(value: "SELECT count(*) FROM app.referral")
        )
        #expect(rows == 1)
    }

    @Test func `has no day that the other calendar has not come to`() async throws {
        // At ten in London it is midnight of the 2nd on Kiritimati, and the 31st in Pago Pago.
        try await sample.scratch.stopClock(at: try #require(Instant("2026-11-01T10:00:00Z")))
        let installation = sample.database.acting(as: .system(door: .cli), in: nil)
        let early = try await installation.create(.sample("kiritimati", timeZone: "Pacific/Kiritimati"))
        let late = try await installation.create(.sample("pago-pago", timeZone: "Pacific/Pago_Pago"))
        let earlyShell = sample.database.acting(as: .system(door: .cli), in: early.id)
        let lateShell = sample.database.acting(as: .system(door: .cli), in: late.id)
        let ina = try await earlyShell.add(.sample("Ina Early", joinedOn: "2026-01-01"))
        _ = try await lateShell.add(.sample("Leo Late", joinedOn: "2026-01-01"))
        let id = try await earlyShell.transaction { ledger in
            try await ledger.record(
                TestimonialDraft(
                    giver: .member(ina.id),
                    receiver: .outsider(name: "Leo Late", home: "Pago-pago"),
                    givenOn: nil
                )
            )
        }
        let ours = try await earlyShell.run(
            LedgerQuery.testimonials(of: early.id, .whole)
        )
        let theirs = try await lateShell.run(
            LedgerQuery.testimonials(of: late.id, .whole)
        )
        #expect(ours.map(\.id) == [id])
        #expect(theirs.map(\.id) == [id])
        #expect(ours.map(\.day) == [.day("2026-11-02")])
        #expect(theirs.map(\.day) == [.day("2026-10-31")])
    }

    private var charlie: Party {
        .outsider(name: "Charlie Carver", home: "birch")
    }

    private func pass(to name: String = "Charlie Carver", home: String = "birch") async throws -> SlipID {
        let draft = ReferralDraft(
            giver: .member(sample.bob.id),
            receiver: .outsider(name: name, home: home),
            tier: 1,
            need: "Shelves",
            warmth: 4,
            prospect: Prospect(name: "Paul Prospect"),
            passedOn: .day("2026-10-08")
        )
        return try await sample.shell.transaction { try await $0.pass(draft) }
    }

    private func referral(_ id: SlipID, _ reader: ActingDatabase) async throws -> Referral? {
        let chapter = try #require(reader.chapter)
        return try await reader.run(.referral(id, in: chapter))
    }

    private func prospects(_ reader: ActingDatabase) async throws -> [String] {
        try await reader.run(
            Query<[String]>(values: "SELECT name FROM prospect WHERE chapter_id = \(reader.chapter)")
        )
    }

    private func attendance(_ reader: ActingDatabase, _ chapter: Chapter) async throws -> AttendanceSummary {
        try await reader.attendance(
            of: chapter,
            from: .day("2026-10-01"),
            to: .day("2026-10-31"),
            asOf: SampleChapter.now
        )
    }
}
