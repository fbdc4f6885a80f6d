import Postgres
import ReferralGroup
import Storage
import TestSupport
import Testing

@Suite(.sampleDatabase)
struct `Deciding an application` {
    let sample: SampleChapter
    let dora: Membership
    let application: SlipID

    init() async throws {
        sample = try await SampleChapter()
        let chapter = sample.alder.id
        dora = try await sample.shell.add(.sample("Dora Dyer"))
        _ = try await sample.shell.run(
            .appoint(dora, as: .membershipCommittee, from: .day("2026-04-01"), to: nil, in: chapter)
        )
        application = try await sample.acting(as: dora).run(
            .open(
                MembershipApplicationDraft(name: "Karl Kurz", seat: "  Florist ", sponsor: sample.bob.id),
                in: chapter
            )
        )
    }

    @Test func `is the committee's; the president sees, others see nothing`() async throws {
        let (committee, chapter) = (try await sample.acting(as: dora), sample.alder.id)
        try await committee.run(.vote(.abstain, by: dora, on: application, in: chapter))
        // A later vote takes the place of the earlier.
        try await committee.run(.vote(.yes, by: dora, on: application, in: chapter))
        let president = try await sample.acting(as: sample.alice)
        let seen = try await president.run(.applications(of: chapter, pending: true))
        #expect(seen.count == 1 && seen[0].yes == 1 && seen[0].sponsor == "Bob Baker")
        await #expect(throws: PostgresError.self) {
            try await president.run(.vote(.no, by: sample.alice, on: application, in: chapter))
        }
        await #expect(throws: PostgresError.self) {
            _ = try await president.run(.decide(application, .accepted, because: nil, on: nil, in: chapter))
        }
        let bob = try await sample.acting(as: sample.bob)
        #expect(try await bob.run(.applications(of: chapter)).isEmpty)
        #expect(try await bob.run(.application(application, in: chapter)) == nil)
        let charlie = try await sample.acting(as: sample.charlie, in: sample.birch)
        #expect(try await charlie.run(.applications(of: chapter)).isEmpty)
    }

    @Test func `keeps a sponsor from voting, and votes from coming late`() async throws {
        let (shell, chapter) = (sample.shell, sample.alder.id)
        await expectRefusal(.voteOfSponsor) {
            try await shell.run(.vote(.yes, by: sample.bob, on: application, in: chapter))
        }
        try await shell.run(.vote(.conflict, by: sample.bob, on: application, in: chapter))
        await expectRefusal(.decliningApplicantWithoutReason) {
            _ = try await shell.run(.decide(application, .declined, because: nil, on: nil, in: chapter))
        }
        await expectRefusal(.decidedBeforeItCame) {
            let early = LocalDate.day("2026-10-31")
            _ = try await shell.run(.decide(application, .accepted, because: nil, on: early, in: chapter))
        }
        await expectRefusal(.inductionWithoutAcceptance) {
            _ = try await shell.run(.induct(application, as: dora.id, in: chapter))
        }
        #expect(try await shell.run(.decide(application, .accepted, because: nil, on: nil, in: chapter)))
        #expect(
            try await shell.run(.decide(application, .declined, because: "No", on: nil, in: chapter)) == false
        )
        await expectRefusal(.voteTooLate) {
            try await shell.run(.vote(.no, by: dora, on: application, in: chapter))
        }
        #expect(try await shell.run(.induct(application, as: dora.id, in: chapter)))
        let done: MembershipApplication? = try await shell.run(.application(application, in: chapter))
        #expect(done?.decision == .accepted && done?.yes == 0 && done?.no == 0 && done?.membership == dora.id)
    }
}

@Suite(.sampleDatabase)
struct `Keeping dues` {
    let sample: SampleChapter
    let treasurer: ActingDatabase
    let invoice: SlipID

    init() async throws {
        sample = try await SampleChapter()
        let (chapter, euro) = (sample.alder.id, sample.alder.currency)
        let dora = try await sample.shell.add(.sample("Dora Dyer"))
        _ = try await sample.shell.run(
            .appoint(dora, as: .secretaryTreasurer, from: .day("2026-04-01"), to: nil, in: chapter)
        )
        treasurer = try await sample.acting(as: dora)
        var invoices: [SlipID] = []
        for (member, due) in [(sample.bob, "2026-10-10"), (sample.alice, "2026-10-20")] {
            let draft = InvoiceDraft(
                member: member.id,
                kind: .membership,
                amount: Money(minorUnits: 10_000, currency: euro),
                issuedOn: .day("2026-10-01"),
                dueOn: .day(due)
            )
            invoices.append(try await treasurer.run(.write(draft, to: member, in: chapter)))
        }
        invoice = invoices[0]
    }

    @Test func `is the treasurer's; leaders see, members see their own`() async throws {
        let chapter = sample.alder.id
        #expect(
            try await treasurer.run(.balances(of: sample.alder)).map(\.name) == ["Alice Archer", "Bob Baker"]
        )
        let alice = try await sample.acting(as: sample.alice)
        #expect(try await alice.run(.balances(of: sample.alder)).count == 2)
        let bob = try await sample.acting(as: sample.bob)
        #expect(try await bob.run(.balances(of: sample.alder)).map(\.name) == ["Bob Baker"])
        #expect(try await bob.run(.invoices(of: chapter)).map(\.id) == [invoice])
        let charlie = try await sample.acting(as: sample.charlie, in: sample.birch)
        #expect(try await charlie.run(.invoices(of: chapter)).isEmpty)
        for acting in [alice, bob] {
            let amount = Money(minorUnits: 10_000, currency: sample.alder.currency)
            await #expect(throws: PostgresError.self) {
                _ = try await acting.run(.pay(amount, by: sample.bob, on: nil, note: nil, in: chapter))
            }
            await #expect(throws: PostgresError.self) {
                _ = try await acting.run(.cancel(invoice, because: "I say so", in: chapter))
            }
        }
    }

    @Test func `settles the oldest invoice first, and takes back what was wrong`() async throws {
        let (chapter, euro) = (sample.alder.id, sample.alder.currency)
        func owed(on day: String? = nil) async throws -> String {
            let balances = try await treasurer.run(.balances(of: sample.alder, on: day.map { .day($0) }))
            let bob = try #require(balances.first { $0.name == "Bob Baker" })
            return
                "\(bob.invoiced.amount) \(bob.paid.amount) \(bob.arrears.amount) \(bob.dueSince?.description ?? "–")"
        }
        let second = InvoiceDraft(
            member: sample.bob.id,
            kind: .meetings,
            amount: Money(minorUnits: 5_000, currency: euro),
            issuedOn: .day("2026-10-15"),
            dueOn: .day("2026-10-25")
        )
        let other = try await treasurer.run(.write(second, to: sample.bob, in: chapter))
        #expect(try await owed(on: "2026-10-10") == "100.00 0.00 0.00 –")
        #expect(try await owed(on: "2026-10-11") == "100.00 0.00 100.00 2026-10-10")
        #expect(try await owed() == "150.00 0.00 150.00 2026-10-10")
        let payment = try await treasurer.run(
            .pay(
                Money(minorUnits: 12_000, currency: euro),
                by: sample.bob,
                on: .day("2026-10-28"),
                note: "cash",
                in: chapter
            )
        )
        #expect(try await owed() == "150.00 120.00 30.00 2026-10-25")
        #expect(try await treasurer.run(.cancel(other, because: "not held", in: chapter)))
        #expect(try await treasurer.run(.cancel(other, because: "again", in: chapter)) == false)
        #expect(try await owed() == "100.00 120.00 0.00 –")
        #expect(try await treasurer.run(.void(payment, because: "another Bob", in: chapter)))
        #expect(try await owed() == "100.00 0.00 100.00 2026-10-10")
        #expect(try await treasurer.run(.payments(of: chapter)).map(\.voidedBecause) == ["another Bob"])
    }

    @Test(arguments: [
        (0, "2026-10-01", "2026-10-02", Refusal.invoiceOverNothing),
        (1, "2026-10-02", "2026-10-01", .invoiceDueBeforeIssued),
    ])
    func `refuses invoices that make no sense`(
        _ cents: Int,
        _ issued: String,
        _ due: String,
        _ rule: Refusal
    ) async throws {
        let draft = InvoiceDraft(
            member: sample.bob.id,
            kind: .other,
            amount: Money(minorUnits: Int64(cents), currency: sample.alder.currency),
            issuedOn: .day(issued),
            dueOn: .day(due)
        )
        await expectRefusal(rule) {
            _ = try await treasurer.run(.write(draft, to: sample.bob, in: sample.alder.id))
        }
    }
}
