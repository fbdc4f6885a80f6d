import Postgres
import ReferralGroup
import Storage
import TestSupport
import Testing

@Suite(.sampleDatabase)
struct `Correcting a slip` {
    let sample: SampleChapter
    let alice: ActingDatabase
    let bob: ActingDatabase

    init() async throws {
        sample = try await SampleChapter()
        alice = try await sample.acting(as: sample.alice)
        bob = try await sample.acting(as: sample.bob)
    }

    @Test func `counts what takes its place, and keeps what it was`() async throws {
        let wrong = try await thank(240_000)
        let right = try await alice.transaction { [sample] ledger in
            let right = try await ledger.record(Self.thanks(sample, 204_000))
            try await ledger.correct(.thanks, wrong, with: right, because: "Two digits changed places")
            return right
        }
        #expect(try await received() == "2040.00")
        #expect(try await alice.run(.thanks(of: sample.alder.id, .whole)).map(\.id) == [right])
        let kept = try #require(try await corrections(alice).first)
        #expect(kept.was == "2400.00 EUR to Alice Archer")
        #expect(kept.reason == "Two digits changed places" && kept.by == "Alice Archer")
        #expect([kept.slip, kept.replacement] == [wrong, right])
        #expect(kept.day.description == "2026-10-20")
        // Bob, who earned, knows of it; of whom it does not tell, whatever a leader asks for.
        #expect(try await corrections(bob).count == 1)
        let dora = try await sample.shell.add(.sample("Dora Dyer"))
        #expect(try await corrections(try await sample.acting(as: dora)).isEmpty)
        #expect(try await corrections(try await sample.acting(as: sample.charlie, in: sample.birch)).isEmpty)
        #expect(try await entries(of: sample.alice.id).count == 1)
        #expect(try await entries(of: sample.bob.id).isEmpty)
        #expect(try await entries(of: nil).first?.contains("2400.00 EUR to Alice Archer") == true)
        // All of it stands in the database, for the operator's shell.
        let entry = Query<String>(value: "SELECT entry ->> 'earner_id' FROM slip_correction")
        #expect(try await sample.shell.run(entry) == "\(sample.bob.id)")
        #expect(try await alice.run(Query<Int>(value: "SELECT count(*) FROM slip_correction")) == 0)
    }

    @Test func `takes it back, in every kind`() async throws {
        let (alder, alice, bob) = (sample.alder, sample.alice.id, sample.bob.id)
        let nothing = Money(minorUnits: 0, currency: alder.currency)
        let day = LocalDate.day("2026-10-20")
        let slips: [(EntryKind, @Sendable (ActingTransaction) async throws -> SlipID, String)] = [
            (
                .thanks, { [sample] in try await $0.record(Self.thanks(sample, 100)) },
                "1.00 EUR to Alice Archer"
            ),
            (
                .referral, { try await $0.pass(Self.referral(alice, .member(bob))) },
                "Alice Archer to Bob Baker, tier 1, warmth 3"
            ),
            (
                .oneToOne,
                {
                    try await $0.record(
                        OneToOneDraft(
                            first: .member(alice),
                            second: .member(bob),
                            metOn: day,
                            minutes: 45,
                            costOfFirst: nothing,
                            costOfSecond: nothing
                        )
                    )
                }, "Alice Archer and Bob Baker, 45 minutes"
            ),
            (
                .testimonial,
                {
                    try await $0.record(
                        TestimonialDraft(giver: .member(alice), receiver: .member(bob), givenOn: day)
                    )
                }, "Alice Archer for Bob Baker"
            ),
            (
                .introduction,
                {
                    try await $0.record(
                        IntroductionDraft(
                            connector: .member(alice),
                            first: .member(bob),
                            second: .visitor(name: "Vera Vale"),
                            madeOn: day
                        )
                    )
                }, "Alice Archer: Bob Baker and Vera Vale"
            ),
            (
                .education,
                { try await $0.record(EducationDraft(member: bob, units: Figure(2), doneOn: day)) },
                "Bob Baker, 2.00 hours"
            ),
            (
                .visitor,
                {
                    try await $0.register(
                        VisitorDraft(
                            name: "Vera Vale",
                            inviter: .member(bob),
                            kind: .first,
                            visitOn: day,
                            came: true
                        )
                    )
                }, "invited by Bob Baker, first"
            ),
            (
                .activity,
                {
                    try await $0.log(
                        ActivityDraft(member: bob, kind: .meal, doneOn: day, minutes: 30, money: nothing)
                    )
                }, "Bob Baker, meal, 30 minutes"
            ),
        ]
        #expect(slips.map(\.0).count == EntryKind.allCases.count)
        for (kind, enter, was) in slips {
            try await self.alice.transaction { ledger in
                let slip = try await enter(ledger)
                try await ledger.correct(kind, slip, with: nil, because: "Entered twice")
            }
            #expect(try await corrections(self.alice).first?.was == was)
        }
        for table in [
            "closed_business", "referral", "one_to_one", "testimonial", "introduction", "education_unit",
            "visitor", "activity",
        ] {
            let count = Query<Int>(value: SQL(stringLiteral: "SELECT count(*) FROM app.\(table)"))
            #expect(try await sample.scratch.superuser.run(count) == 0, "\(table)")
        }
    }

    @Test func `leaves with a referral what became of it, and who thanked for it`() async throws {
        let (aliceID, bobID) = (sample.alice.id, sample.bob.id)
        let wrong = try await alice.transaction {
            try await $0.pass(
                Self.referral(aliceID, .member(bobID), prospect: Prospect(name: "Paul Prospect"))
            )
        }
        _ = try await bob.run(.move(wrong, to: .won, reason: nil))
        let thanks = try await thank(100, for: wrong)
        await expectRefusal(.referralCited) {
            _ = try await alice.transaction {
                try await $0.correct(.referral, wrong, with: nil, because: "No")
            }
        }
        let right = try await alice.transaction { ledger in
            let right = try await ledger.pass(Self.referral(aliceID, .member(bobID), warmth: 5))
            try await ledger.correct(.referral, wrong, with: right, because: "She introduced them in person")
            return right
        }
        let referral = try #require(try await alice.run(.referral(right, in: sample.alder.id)))
        #expect(referral.status == .won && referral.warmth == 5)
        #expect(try await alice.run(.steps(of: right, in: sample.alder.id)).map(\.step) == [.passed, .won])
        let cited = Query<SlipID>(value: "SELECT referral_id FROM closed_business WHERE id = \(thanks)")
        #expect(try await alice.run(cited) == right)
        let prospect = Query<String>(value: "SELECT name FROM prospect WHERE referral_id = \(right)")
        #expect(try await bob.run(prospect) == "Paul Prospect")
    }

    @Test func `comes before whoever moves the referral at that moment`() async throws {
        let (aliceID, bobID, bob) = (sample.alice.id, sample.bob.id, bob)
        let wrong = try await alice.transaction { try await $0.pass(Self.referral(aliceID, .member(bobID))) }
        var moving: Task<Bool, any Error>?
        try await alice.transaction { [sample] ledger in
            try await ledger.correct(.referral, wrong, with: nil, because: "It was somebody else")
            moving = Task { try await bob.run(.move(wrong, to: .contacted, reason: nil)) }
            #expect(try await sample.scratch.untilSomebodyWaits())
        }
        #expect(try await moving?.value == false)
    }

    @Test func `is done in both ledgers of a slip between two chapters`() async throws {
        let away = Party.outsider(name: "Charlie Carver", home: "Birch")
        let aliceID = sample.alice.id
        let wrong = try await alice.transaction { try await $0.pass(Self.referral(aliceID, away)) }
        let right = try await alice.transaction { ledger in
            let right = try await ledger.pass(Self.referral(aliceID, away, warmth: 5))
            try await ledger.correct(.referral, wrong, with: right, because: "She went with him")
            return right
        }
        for (ledger, chapter) in [(sample.shell, sample.alder), (sample.birchShell, sample.birch)] {
            #expect(try await ledger.run(.referrals(of: chapter.id, .whole)).map(\.id) == [right])
            let kept = try await ledger.run(.corrections(of: chapter.id, from: .earliest, to: .latest))
            #expect(kept.map(\.slip) == [wrong] && kept.map(\.replacement) == [right])
        }
        _ = try await alice.transaction {
            try await $0.correct(.referral, right, with: nil, because: "Not at all")
        }
        #expect(try await sample.birchShell.run(.referrals(of: sample.birch.id, .whole)).isEmpty)
    }

    @Test func `in a closed month is told with what it was and is`() async throws {
        let wrong = try await thank(100_000)
        let october = LocalDate.day("2026-10-01").month
        _ = try await alice.transaction { try await $0.close(october) }
        _ = try await alice.transaction { [sample] ledger in
            let right = try await ledger.record(Self.thanks(sample, 90_000))
            try await ledger.correct(.thanks, wrong, with: right, because: "A discount")
        }
        let report = try await sample.shell.monthlyROI(
            of: sample.alder,
            month: october,
            asOf: nil,
            isLive: false,
            now: SampleChapter.now
        )
        #expect(report.inMonth.totals.figures.received?.description == "1000.00")
        let restated = try #require(report.closing?.restated)
        #expect(restated.inMonth.totals.figures.received?.description == "-100.00")
        #expect(restated.inMonth.totals.figures.given.description == "-100.00")
        #expect(restated.changes.map(\.change).sorted() == ["made", "taken-back"])
    }

    @Test func `is for those who lead, and takes a reason`() async throws {
        let slip = try await thank(100)
        let error = await #expect(throws: PostgresError.self) {
            _ = try await bob.transaction { try await $0.correct(.thanks, slip, with: nil, because: "Mine") }
        }
        #expect(error?.state == .insufficientPrivilege)
        await expectRefusal(.correctionWithoutReason) {
            _ = try await alice.transaction { try await $0.correct(.thanks, slip, with: nil, because: " ") }
        }
        // It is no referral, and not of another chapter.
        await #expect(throws: Unknown.slip(.referral, slip)) {
            _ = try await alice.transaction {
                try await $0.correct(.referral, slip, with: nil, because: "No")
            }
        }
        await #expect(throws: Unknown.slip(.thanks, slip)) {
            _ = try await sample.birchShell.transaction {
                try await $0.correct(.thanks, slip, with: nil, because: "Not ours")
            }
        }
        #expect(try await received() == "1.00")
    }

    private func thank(_ units: Int64, for referral: SlipID? = nil) async throws -> SlipID {
        try await bob.transaction { [sample] in try await $0.record(Self.thanks(sample, units, for: referral))
        }
    }

    private static func thanks(
        _ sample: SampleChapter,
        _ units: Int64,
        for referral: SlipID? = nil
    ) -> ThanksDraft {
        ThanksDraft(
            earner: .member(sample.bob.id),
            thanked: .member(sample.alice.id),
            amount: Money(minorUnits: units, currency: sample.alder.currency),
            referral: referral,
            closedOn: .day("2026-10-20")
        )
    }

    private static func referral(
        _ giver: Membership.ID,
        _ receiver: Party,
        warmth: Int = 3,
        prospect: Prospect? = nil
    ) -> ReferralDraft {
        ReferralDraft(
            giver: .member(giver),
            receiver: receiver,
            tier: 1,
            need: "a roof",
            warmth: warmth,
            prospect: prospect,
            passedOn: .day("2026-10-19")
        )
    }

    private func corrections(_ reader: ActingDatabase) async throws -> [Correction] {
        guard let chapter = reader.chapter else { return [] }
        return try await reader.run(.corrections(of: chapter, from: .earliest, to: .latest))
    }

    /// What a leader reads of them beside the entries of a report.
    private func entries(of member: Membership.ID?) async throws -> [String] {
        let table = try #require(ReportShape.giving.entries)
        let report = try await alice.entries(
            table,
            of: .giving,
            behind: nil,
            of: member,
            in: sample.alder,
            during: Period(months: 12, endingWith: LocalDate.day("2026-10-01").month),
            asOf: SampleChapter.now
        )
        #expect(report.tables.map(\.shape.key) == [table.key, "corrections"])
        return report.tables[1].rows.map { "\($0.cells)" }
    }

    private func received() async throws -> String? {
        let month = LocalDate.day("2026-10-01").month
        let report = try await sample.shell.run(
            .monthlyROI(of: sample.alder, month: month, asOf: SampleChapter.now)
        )
        return report.inMonth.totals.figures.received?.description
    }
}
