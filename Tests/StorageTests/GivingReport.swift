import Postgres
import ReferralGroup
import Storage
import TestSupport
import Testing

/// Of the twelve months to October 2026, with Alice as president from April on, by hand.
///
///     Alice  deposits     a referral of warmth 3       3/3 = 1
///                         a one-to-one with Bob             0.25
///                         an introduction, Bob to Vera      1
///                         a need of Bob’s answered          1
///                         April to October in office        7      10.25
///            withdrawals  a referral of Bob’s, declined     1       1      capital 9.25
///     Bob    deposits     the one-to-one                    0.25
///                         a testimonial                     0.5
///                         a visitor who came, not the
///                         substitute he also brought        1       1.75
///                         his referral: declined, so none
///            withdrawals  Alice’s referral                  1
///                         being introduced                  1
///                         a need posted                     0.25    2.25   capital −0.5
@Suite(.sampleDatabase)
struct `The giving report` {
    let sample: SampleChapter

    init() async throws {
        sample = try await SampleChapter()
        let (alice, bob) = (sample.alice.id, sample.bob.id)
        let chapter = sample.alder.id
        let nothing = Money(minorUnits: 0, currency: sample.alder.currency)
        try await sample.shell.transaction { ledger in
            _ = try await ledger.pass(
                ReferralDraft(
                    giver: .member(alice),
                    receiver: .member(bob),
                    tier: 1,
                    need: "A cake for sixty",
                    warmth: 3,
                    passedOn: .day("2026-10-08")
                )
            )
            let declined = try await ledger.pass(
                ReferralDraft(
                    giver: .member(bob),
                    receiver: .member(alice),
                    tier: 2,
                    need: "A flat roof",
                    warmth: 5,
                    passedOn: .day("2026-10-09")
                )
            )
            try await ledger.run(
                Query<Void>(
                    """
                    INSERT INTO referral_step (chapter_id, referral_id, number, step, at, reason)
                    VALUES (\(chapter), \(declined), 2, 'declined', '2026-10-11T10:00:00Z', 'no roof at all')
                    """
                ),
                Query<Void>("UPDATE referral SET status = 'declined' WHERE id = \(declined)")
            )
            _ = try await ledger.pass(
                ReferralDraft(
                    giver: .member(bob),
                    receiver: nil,
                    unplacedProfession: "florist",
                    tier: 1,
                    need: "Roses",
                    warmth: 2,
                    passedOn: .day("2026-10-10")
                )
            )
            _ = try await ledger.record(
                OneToOneDraft(
                    first: .member(alice),
                    second: .member(bob),
                    metOn: .day("2026-10-12"),
                    minutes: 60,
                    costOfFirst: nothing,
                    costOfSecond: nothing
                )
            )
            _ = try await ledger.record(
                TestimonialDraft(
                    giver: .member(bob),
                    receiver: .member(alice),
                    givenOn: .day("2026-10-14")
                )
            )
            for kind in [VisitKind.first, .substitute] {
                _ = try await ledger.register(
                    VisitorDraft(
                        name: "Vera Visitor",
                        inviter: .member(bob),
                        kind: kind,
                        visitOn: .day("2026-10-14"),
                        came: true
                    )
                )
            }
            _ = try await ledger.record(
                IntroductionDraft(
                    connector: .member(alice),
                    first: .member(bob),
                    second: .visitor(name: "Vera Visitor"),
                    madeOn: .day("2026-10-15")
                )
            )
            let need = try await ledger.run(
                .post(
                    PostingDraft(kind: .need, member: bob, text: "An oven", postedOn: .day("2026-10-16")),
                    in: chapter
                )
            )
            #expect(try await ledger.run(.answer(need, by: alice, on: .day("2026-10-20"), in: chapter)))
            _ = try await ledger.run(
                .post(
                    PostingDraft(
                        kind: .offer,
                        member: alice,
                        text: "Scaffolding",
                        postedOn: .day("2026-10-16")
                    ),
                    in: chapter
                )
            )
        }
    }

    @Test func `weighs what each gave and took`() async throws {
        let table = try await members(as: sample.shell)
        #expect(
            table == [
                "Alice Archer": ["1", "1", "1.0000", "10.25", "1.00", "9.25", "yes"],
                "Bob Baker": ["1", "1", "1.0000", "1.75", "2.25", "-0.50", "no"],
                "Total": ["2", "2", "1.0000", "12.00", "3.25", "8.75", "–"],
            ]
        )
    }

    @Test func `shows a member their own row, and what all come to`() async throws {
        let table = try await members(as: sample.acting(as: sample.bob))
        #expect(Set(table.keys) == ["Bob Baker", "Total"])
        #expect(table["Total"]?[3] == "12.00")
    }

    @Test func `shows nobody of another chapter anything`() async throws {
        let charlie = try await sample.acting(as: sample.charlie, in: sample.birch)
        let report = try await charlie.report(
            .giving,
            of: sample.alder,
            in: Period(months: 12, endingWith: october),
            asOf: SampleChapter.now
        )
        #expect(report.tables.first?.rows.isEmpty == true)
        #expect(report.tables.first?.total == nil)
    }

    @Test func `counts a referral that was declined only later, as of a day before`() async throws {
        let table = try await members(as: sample.shell, asOf: "2026-10-10T08:00:00Z")
        // 5/3 for its warmth.
        #expect(table["Bob Baker"]?[3] == "1.67")
    }

    @Test func `leaves out a referral that is declined now, though it was not at the period's end`()
        async throws
    {
        let days = try #require(Period(from: .day("2026-10-01"), to: .day("2026-10-10")))
        let report = try await sample.shell.report(
            .giving,
            of: sample.alder,
            in: days,
            asOf: SampleChapter.now
        )
        #expect(report.tables.first?.words["Bob Baker"]?[3] == "0.00")
    }

    @Test func `adds up the entries that it shows`() async throws {
        let entries = try await entries(of: nil, behind: nil)
        let sums = entries.reduce(into: [String: Double]()) { sums, entry in
            sums["\(entry[0]) \(entry[1])", default: 0] += Double(entry[5]) ?? .nan
        }
        #expect(
            sums == [
                "Alice Archer deposits": 10.25, "Alice Archer withdrawals": -1,
                "Bob Baker deposits": 1.75, "Bob Baker withdrawals": -2.25,
            ]
        )
    }

    @Test func `leads to the entries of one member and column`() async throws {
        let entries = try await entries(of: sample.bob.id, behind: "withdrawals")
        #expect(
            entries.map { Array($0[2...5]) } == [
                ["2026-10-08", "referral received", "Alice Archer", "-1.0000"],
                ["2026-10-15", "introduction received", "Alice Archer", "-1.0000"],
                ["2026-10-16", "need posted", "–", "-0.2500"],
            ]
        )
    }

    @Test func `names a visitor to the inviter and to those who look after visitors, alone`() async throws {
        let dora = try await sample.shell.add(.sample("Dora Dyer"))
        _ = try await sample.shell.run(
            .appoint(dora, as: .education, from: .day("2026-10-01"), to: nil, in: sample.alder.id)
        )
        for (reader, name) in [
            (sample.alice, "Vera Visitor"), (sample.bob, "Vera Visitor"), (dora, "–"),
        ] {
            let entries = try await entries(
                of: sample.bob.id,
                behind: "deposits",
                as: sample.acting(as: reader)
            )
            #expect(entries.first { $0[3] == "visitor" }?[4] == name, "\(reader.name)")
        }
    }

    @Test func `takes the weights in force on each day`() async throws {
        try await sample.shell.setPolicy(
            [("testimonial-weight", "0.5")],
            of: sample.alder,
            from: .day("2026-01-01")
        )
        try await sample.shell.setPolicy(
            [("testimonial-weight", "2"), ("office-month-weight", "0")],
            of: sample.alder,
            from: .day("2026-10-01")
        )
        let table = try await members(as: sample.shell)
        // Six months in office instead of seven; a testimonial at 2 instead of 0.5.
        #expect(table["Alice Archer"]?[3] == "9.25")
        #expect(table["Bob Baker"]?[3] == "3.25")
    }

    private let october = LocalDate.day("2026-10-01").month

    /// The cells of each row beside its name.
    private func members(as acting: ActingDatabase, asOf: String? = nil) async throws -> [String: [String]] {
        let report = try await acting.report(
            .giving,
            of: sample.alder,
            in: Period(months: 12, endingWith: october),
            asOf: asOf.flatMap { Instant($0) } ?? SampleChapter.now
        )
        return try #require(report.tables.first).words
    }

    private func entries(
        of member: Membership.ID?,
        behind figure: String?,
        as acting: ActingDatabase? = nil
    ) async throws -> [[String]] {
        let report = try await (acting ?? sample.shell).entries(
            try #require(ReportShape.giving.entries),
            of: .giving,
            behind: figure,
            of: member,
            in: sample.alder,
            during: Period(months: 12, endingWith: october),
            asOf: SampleChapter.now
        )
        return try #require(report.tables.first).rows.map { $0.cells.map(\.word) }
    }
}
