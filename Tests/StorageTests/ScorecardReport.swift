import Postgres
import ReferralGroup
import Storage
import TestSupport
import Testing

/// Five sealed meetings of October 2026 and a training, by hand.
///
///     Alice  marks P P L S A: 4 of 5 meetings, 5 weeks; training P; a referral of tier 1 and one of tier 2;
///            three one-to-ones; a visitor; thanked for 20 000.00; 2 hours of education; sponsors Dora
///     Bob    marks P P P P P; no more than the one-to-ones, which count for both
///
///     weekly five    attendance 4/5 → 15, referrals 2/5 → 5, one-to-ones 3/5 → 10, education 2/5 → 5,
///                    visitors 1/(5 × 12/52) = 0.866… → 15                                     sum 50, yellow
///     lights 2025    attendance 0.8 → 0, one-to-ones 0.6 → 10, referrals 0.4 → 5, visitors 1 → 5,
///                    thanked for ≥ 20 000 → 2, education 0.4 → 5, sponsored 1 → 5             sum 32, red
///     lights 2012    1 absence → 10, referrals 0.4 → 0, thanked for → 15, visitors 0.2 ≥ 1/6 → 10,
///                    testimonials 0, late once → 0, trainings 1 → 5                           sum 40, red
@Suite(.sampleDatabase)
struct `The scorecard` {
    let sample: SampleChapter

    init() async throws {
        sample = try await SampleChapter()
        let shell = sample.shell
        let (alice, bob) = (sample.alice.id, sample.bob.id)
        _ = try await shell.schedule(from: .day("2026-09-30"), to: .day("2026-10-28"), in: sample.alder)
        let sheets: [(String, Mark, Mark)] = [
            ("2026-09-30", .present, .present), ("2026-10-07", .present, .present),
            ("2026-10-14", .late, .present), ("2026-10-21", .substitute, .present),
            ("2026-10-28", .absent, .present),
        ]
        for (day, ofAlice, ofBob) in sheets {
            let lines = [
                MarkDraft(member: alice, mark: ofAlice), MarkDraft(member: bob, mark: ofBob),
            ]
            _ = try await shell.mark(lines, on: try await shell.meeting(on: .day(day)))
        }
        try await hold("training", on: "2026-10-15", with: alice)
        try await recordSlips()
        let dora = try await shell.add(.sample("Dora Dyer", joinedOn: "2026-10-29"))
        try await sample.scratch.superuser.run(
            Query<Void>("UPDATE app.membership SET sponsor_id = \(alice) WHERE id = \(dora.id)")
        )
    }

    @Test(arguments: [
        ("weekly-five", ["50", "yellow", "5", "Attendance", "1", "5"]),
        ("lights-2025", ["32", "red", "5", "One-to-ones", "1", "5"]),
        ("lights-2012", ["40", "red", "5", "Referrals", "1", "5"]),
    ])
    func `adds up the parts of each scheme`(_ scheme: String, _ cells: [String]) async throws {
        let table = try await report(scheme).tables[0].words
        #expect(table["Alice Archer"] == cells)
    }

    @Test func `says of each part how it comes about`() async throws {
        let rows = try await report("lights-2025").tables[1].rows.map { $0.cells.map(\.word) }
        let alice = rows.filter { $0[0] == "Alice Archer" }.map { Array($0[1...]) }
        #expect(
            alice == [
                ["Attendance", "4.00", "5.00", "0.8000", "0", "10", "4", "5", "–"],
                ["One-to-ones", "3.00", "5.00", "0.6000", "10", "20", "1", "5", "–"],
                ["Referrals", "2.00", "5.00", "0.4000", "5", "25", "1", "5", "–"],
                ["Visitors", "1.00", "1.00", "1.0000", "5", "25", "1", "5", "–"],
                ["Thanked for", "20000.00", "1.00", "20000.0000", "2", "5", "1", "1", "–"],
                ["Education", "2.00", "5.00", "0.4000", "5", "10", "1", "5", "–"],
                ["Sponsored new members", "1.00", "1.00", "1.0000", "5", "5", "–", "–", "–"],
            ]
        )
    }

    @Test func `is grey without a week that has a mark`() async throws {
        #expect(
            try await report("weekly-five").tables[0].words["Dora Dyer"]?.prefix(3) == ["–", "grey", "0"]
        )
    }

    @Test func `shows a member their own card, and nobody else's`() async throws {
        let bob = try await report("weekly-five", as: sample.acting(as: sample.bob))
        #expect(bob.tables[0].rows.count == 1)
        #expect(Set(bob.tables[1].rows.map { $0.cells[0].word }) == ["Bob Baker"])
    }

    @Test func `can be computed for any day that is past`() async throws {
        let table = try await report("weekly-five", asOf: "2026-10-14T18:00:00Z").tables[0].words
        // Three meetings attended in three weeks, and nothing but the training since.
        #expect(table["Alice Archer"]?.prefix(3) == ["20", "grey", "3"])
    }

    @Test func `counts by a chapter's own card, from the day on that it holds`() async throws {
        let own = """
            {"title": "Ours", "colours": {"green": 9, "yellow": 5, "red": 1},
             "parts": [{"name": "Hosts", "metric": "visitors", "per": "window", "steps": [{"from": "1", "points": 9}]}]}
            """
        try await sample.shell.keepScorecard("ours", definition: own, of: sample.alder.id, from: nil)
        #expect(try await report("ours").tables[0].words["Alice Archer"]?.prefix(2) == ["9", "green"])
        let names = try await sample.shell.run(.scorecards(of: sample.alder.id))
        #expect(names.map(\.scheme) == ["lights-2012", "lights-2025", "ours", "weekly-five"])
        #expect(names.filter(\.isOwn).map(\.title) == ["Ours"])
    }

    @Test(arguments: [
        ("nonsense", "no JSON"), ("[]", "an object"), (#"{"title": "x"}"#, "colours"),
        (#"{"title": "x", "colours": {"green": 3, "yellow": 2, "red": 1}, "parts": []}"#, "1 to 40 parts"),
        (
            #"{"title": "x", "colours": {"green": 3, "yellow": 2, "red": 1}, "parts": [{"name": "a", "metric": "luck", "per": "week", "steps": []}]}"#,
            "part 1: metric"
        ),
        (
            #"{"title": "x", "colours": {"green": 3, "yellow": 2, "red": 1}, "parts": [{"name": "a", "metric": "visitors", "per": "week", "steps": [{"from": "1/0", "points": 5}]}]}"#,
            "part 1: a step"
        ),
        (#"{"title": "x", "colour": {}}"#, "“colour”"),
    ])
    func `of a chapter's own says what is wrong with it`(_ definition: String, _ reason: String) async throws
    {
        let refused = await #expect(throws: Refused.self) {
            try await sample.shell.keepScorecard(
                "ours",
                definition: definition,
                of: sample.alder.id,
                from: nil
            )
        }
        #expect(refused?.rule == .scorecardUnsound)
        #expect(refused?.message.contains(reason) == true, "\(refused?.message ?? "")")
    }

    @Test func `of a name that nobody knows is refused`() async throws {
        await expectRefusal(.scorecardUnknown) { _ = try await report("lights-1999") }
    }

    @Test func `that ships is sound`() async throws {
        let faults = try await sample.scratch.superuser.run(
            Query<[String]>(
                values:
                    "SELECT app.scorecard_fault(definition) FROM app.scorecard WHERE app.scorecard_fault(definition) IS NOT NULL"
            )
        )
        #expect(faults == [])
    }

    private func report(
        _ scheme: String,
        as acting: ActingDatabase? = nil,
        asOf: String? = nil
    ) async throws -> Report {
        try await (acting ?? sample.shell).report(
            .scorecard,
            of: sample.alder,
            in: Period(months: 6, endingWith: LocalDate.day("2026-10-01").month),
            asOf: asOf.flatMap { Instant($0) } ?? SampleChapter.now,
            choosing: [scheme]
        )
    }

    private func hold(_ kind: String, on day: String, with member: Membership.ID) async throws {
        let chapter = sample.alder.id
        try await sample.scratch.superuser.run(
            Query<Void>(
                """
                WITH held AS (
                    INSERT INTO app.meeting (chapter_id, kind, starts_at, local_date, minutes, status, opened_at)
                    VALUES (\(chapter), \(kind), \(day)::date + time '18:00', \(day)::date, 60, 'open', now())
                    RETURNING id
                )
                INSERT INTO app.mark (chapter_id, meeting_id, membership_id, mark) SELECT \(chapter), id, \(member), 'present' FROM held
                """
            )
        )
    }

    private func recordSlips() async throws {
        let (alice, bob) = (sample.alice.id, sample.bob.id)
        let currency = sample.alder.currency
        let nothing = Money(minorUnits: 0, currency: currency)
        try await sample.shell.transaction { ledger in
            for tier in [1, 2] {
                _ = try await ledger.pass(
                    ReferralDraft(
                        giver: .member(alice),
                        receiver: .member(bob),
                        tier: tier,
                        need: "A cake",
                        warmth: 3,
                        passedOn: .day("2026-10-20")
                    )
                )
            }
            for day in ["2026-10-16", "2026-10-17", "2026-10-19"] {
                _ = try await ledger.record(
                    OneToOneDraft(
                        first: .member(alice),
                        second: .member(bob),
                        metOn: .day(day),
                        minutes: 60,
                        costOfFirst: nothing,
                        costOfSecond: nothing
                    )
                )
            }
            _ = try await ledger.register(
                VisitorDraft(
                    name: "Vera Visitor",
                    inviter: .member(alice),
                    kind: .first,
                    visitOn: .day("2026-10-21"),
                    came: true
                )
            )
            _ = try await ledger.record(
                ThanksDraft(
                    earner: .outsider(name: "Greta Gill", home: "Far Chapter"),
                    thanked: .member(alice),
                    amount: Money(minorUnits: 2_000_000, currency: currency),
                    closedOn: .day("2026-10-20")
                )
            )
            _ = try await ledger.record(
                EducationDraft(member: alice, units: Figure(2), doneOn: .day("2026-10-20"))
            )
        }
    }
}
