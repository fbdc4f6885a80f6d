import Postgres
import ReferralGroup
import Storage
import TestSupport
import Testing

@Suite(.sampleDatabase)
struct `Private rows` {
    let sample: SampleChapter
    let alice: ActingDatabase
    let bob: ActingDatabase

    init() async throws {
        sample = try await SampleChapter()
        alice = try await sample.acting(as: sample.alice)
        bob = try await sample.acting(as: sample.bob)
        let (alder, aliceID, bobID) = (sample.alder, sample.alice.id, sample.bob.id)
        try await bob.transaction { ledger in
            _ = try await ledger.record(
                ThanksDraft(
                    earner: .member(bobID),
                    thanked: .member(aliceID),
                    amount: Money(minorUnits: 100_000, currency: alder.currency),
                    closedOn: .day("2026-10-08")
                )
            )
            _ = try await ledger.pass(
                ReferralDraft(
                    giver: .member(bobID),
                    receiver: nil,
                    unplacedProfession: "florist",
                    tier: 1,
                    need: "Roses",
                    warmth: 1,
                    prospect: Prospect(name: "Paul Prospect", email: "paul@example.net"),
                    passedOn: .day("2026-10-08")
                )
            )
        }
        try await bob.set([("margin", "40%")], of: sample.bob, in: alder, from: .day("2026-04-01"))
    }

    @Test(arguments: ["closed_business_earner", "prospect", "membership_valuation"])
    func `are their owner's and the operator's shell's`(_ table: String) async throws {
        let count = Query<Int>(value: SQL(stringLiteral: "SELECT count(*) FROM app.\(table)"))
        #expect(try await bob.run(count) == 1)
        #expect(try await sample.shell.run(count) == 1)
        #expect(try await alice.run(count) == 0, "a president is no owner")
        #expect(try await sample.acting(as: sample.charlie, in: sample.birch).run(count) == 0)
    }

    @Test func `do not tell who earned`() async throws {
        let forBob = try await bob.run(.thanks(of: sample.alder.id, .whole))
        let forAlice = try await alice.run(.thanks(of: sample.alder.id, .whole))
        #expect(forBob.map(\.earner) == ["Bob Baker"])
        #expect(forAlice.map(\.earner) == [nil])
        #expect(forAlice.map(\.amount.amount) == ["1000.00"])
        #expect(forAlice.map(\.thanked) == ["Alice Archer"])
    }

    @Test func `cannot be changed by anybody else`() async throws {
        await #expect(throws: NotTheirs.self) {
            try await alice.set(
                [("margin", "0%")],
                of: sample.bob,
                in: sample.alder,
                from: .day("2026-04-01")
            )
        }
        // Nor past the program.
        try await alice.run(Query<Void>("UPDATE membership_valuation SET margin = 0"))
        let margin = try await bob.run(
            Query<Figure>(
                value: "SELECT margin FROM membership_valuation WHERE chapter_id = \(sample.alder.id)"
            )
        )
        #expect(margin.approximately == 0.4)
    }

    @Test func `cannot be had by giving oneself another's membership`() async throws {
        let (alder, bobsMembership, alicesPerson) = (sample.alder.id, sample.bob.id, sample.alice.person)
        let error = await #expect(throws: PostgresError.self) {
            try await alice.run(
                Query<Void>(
                    """
                    INSERT INTO membership_valuation (chapter_id, membership_id, valid_from, person_id, margin)
                    VALUES (\(alder), \(bobsMembership), '2026-01-01', \(alicesPerson), 0)
                    """
                )
            )
        }
        #expect(error?.state == .foreignKeyViolation)
    }

    @Test func `of a login are changed only by who manages members`() async throws {
        let bobs = [(key: "email", value: "bob@bakery.example")]
        let error = await #expect(throws: NotTheirs.self) {
            try await bob.set(bobs, of: sample.alice, in: sample.alder, from: nil)
        }
        #expect(error?.setting == .email)
        try await alice.set(bobs, of: sample.bob, in: sample.alder, from: nil)
        #expect(try await alice.member("Bob Baker").email?.description == "bob@bakery.example")
    }

    @Test func `leave the login of somebody who has rights elsewhere to themselves`() async throws {
        let charlieHere = try await sample.shell.add(.sample("Charlie Carver", seat: "Carpenter"))
        #expect(charlieHere.person == sample.charlie.person)
        let alice = try await sample.acting(as: sample.alice)
        let taken = [(key: "email", value: "mine@example.org")]
        await expectRefusal(.loginElsewhere) {
            try await alice.set(taken, of: charlieHere, in: sample.alder, from: nil)
        }
        let superuser = sample.scratch.superuser
        try await superuser.run(
            Query<Void>("UPDATE app.person SET is_operator = true WHERE id = \(sample.bob.person)")
        )
        await expectRefusal(.loginElsewhere) {
            try await alice.set(taken, of: sample.bob, in: sample.alder, from: nil)
        }
        let kept = try await superuser.run(
            Query<[String]>(values: "SELECT email FROM app.person WHERE email = 'mine@example.org'")
        )
        #expect(kept.isEmpty)
        // The operator's shell may.
        try await sample.shell.set(taken, of: charlieHere, in: sample.alder, from: nil)
    }

    @Test func `of an import are undone only by who imports`() async throws {
        let error = await #expect(throws: PostgresError.self) { try await bob.run(.undoImport(1)) }
        #expect(error?.state == .insufficientPrivilege)
        #expect(try await alice.run(.undoImport(1)) == false)
    }

    @Test func `are summed for leaders only where enough people stand behind a sum`() async throws {
        let october = LocalDate.day("2026-10-01").month
        let forAlice = try await alice.run(
            .monthlyROI(of: sample.alder, month: october, asOf: SampleChapter.now)
        )
        #expect(forAlice.inMonth.totals.figures.received == nil)
        #expect(forAlice.inMonth.totals.withheld.contains("received"))
        #expect(forAlice.inMonth.members.first { $0.name == "Bob Baker" }?.figures.received == nil)
        #expect(
            forAlice.inMonth.members.first { $0.name == "Bob Baker" }?.figures.given.description == "0.00"
        )
        try await sample.shell.set([("shares-figures", "yes")], of: sample.bob, in: sample.alder, from: nil)
        let shared = try await alice.run(
            .monthlyROI(of: sample.alder, month: october, asOf: SampleChapter.now)
        )
        #expect(shared.inMonth.totals.figures.received?.description == "1000.00")
        #expect(shared.inMonth.totals.withheld == [])
    }

    @Test func `leave their fields' names in the audit trail, and not what stood in them`() async throws {
        let trail = try await sample.scratch.superuser.run(
            Query<[String]>(
                values: "SELECT concat(changed::text, before::text, after::text) FROM app.audit_event"
            )
        )
        #expect(trail.contains { $0.contains("email") })
        for secret in ["Paul Prospect", "paul@example.net", "bob@example.org", "Bob Baker", "0.400000"] {
            #expect(!trail.contains { $0.contains(secret) }, "\(secret) stands in the audit trail")
        }
    }
}
