import Postgres
import ReferralGroup
import Storage
import TestSupport
import Testing

/// What the window of each policy holds on 2026-10-31, with a late mark at half an absence.
///
///     Alice   A 2026-04-29, L 2026-05-06, A 2026-10-07, S 2026-10-14
///     Bob     A 2026-05-06 and 2026-10-07, on leave from 10-14 to 10-21 with an A on the 14th
///
///     rolling 26 weeks    2026-05-03 to 10-31: Alice 0.5 + 1 = 1.5, the late mark drops out 182 days later,
///                         on 2026-11-04; Bob 2, likewise
///     half-years          since 2026-10-01: Alice 1, Bob 1, until 2027-04-01
///     12 months           since 2025-11-01: Alice 2.5, the oldest until 2027-04-29; Bob 2, until 2027-05-06
@Suite(.sampleDatabase)
struct `Absences` {
    let sample: SampleChapter

    init() async throws {
        sample = try await SampleChapter()
        let shell = sample.shell
        try await shell.setPolicy([("late-weight", "0.5")], of: sample.alder, from: .day("2026-01-01"))
        _ = try await shell.schedule(from: .day("2026-04-29"), to: .day("2026-10-28"), in: sample.alder)
        try await shell.run(
            .leave(
                of: sample.bob.id,
                from: .day("2026-10-14"),
                to: .day("2026-10-21"),
                isMedical: false,
                in: sample.alder.id
            )
        )
        let sheets: [(String, Mark, Mark)] = [
            ("2026-04-29", .absent, .present), ("2026-05-06", .late, .absent),
            ("2026-10-07", .absent, .absent), ("2026-10-14", .substitute, .absent),
        ]
        for (day, ofAlice, ofBob) in sheets {
            let lines = [
                MarkDraft(member: sample.alice.id, mark: ofAlice),
                MarkDraft(member: sample.bob.id, mark: ofBob),
            ]
            _ = try await shell.mark(lines, on: try await shell.meeting(on: .day(day)))
        }
    }

    @Test(arguments: [
        ("rolling-26-weeks", ["1.50", "2026-11-04", "2026-05-03"], ["2.00", "2026-11-04", "2026-05-03"]),
        ("half-years", ["1.00", "2027-04-01", "2026-10-01"], ["1.00", "2027-04-01", "2026-10-01"]),
        ("12-months", ["2.50", "2027-04-29", "2025-11-01"], ["2.00", "2027-05-06", "2025-11-01"]),
    ])
    func `are those of the policy's window`(
        _ window: String,
        _ ofAlice: [String],
        _ ofBob: [String]
    )
        async throws
    {
        try await set(window, limit: 3)
        let table = try await report().tables[0].words
        let (alice, bob) = (try #require(table["Alice Archer"]), try #require(table["Bob Baker"]))
        #expect([alice[0], alice[2], alice[7]] == ofAlice)
        #expect([bob[0], bob[2], bob[7]] == ofBob)
    }

    @Test func `are said in a sentence, with a warning before the limit is passed`() async throws {
        try await set("rolling-26-weeks", limit: 2)
        let table = try await report().tables[0].words
        #expect(table["Alice Archer"]?[3] == "at the limit")
        #expect(table["Alice Archer"]?[6] == "1.5 of 2 used; the next one drops out on 2026-11-04")
        try await set("rolling-26-weeks", limit: 1)
        #expect(try await report().tables[0].words["Bob Baker"]?[3] == "over the limit")
        try await set("rolling-26-weeks", limit: 9)
        #expect(try await report().tables[0].words["Bob Baker"]?[3] == "within it")
    }

    @Test func `count substitutes apart, and warn of too many`() async throws {
        try await sample.shell.setPolicy(
            [("substitutes-allowed", "0")],
            of: sample.alder,
            from: .day("2026-01-01")
        )
        let alice = try await report().tables[0].words["Alice Archer"]
        #expect(alice?[4] == "1" && alice?[5] == "0")
        #expect(alice?[6].contains("1 substitutes, 0 are allowed") == true, "\(alice ?? [])")
    }

    @Test func `drop out a year later, whatever the leap day`() async throws {
        let days = try await sample.scratch.superuser.run(
            Query<[LocalDate]>(
                values: """
                    SELECT (day + interval '1 year')::date + (((day + interval '1 year') - interval '1 year')::date < day)::integer
                      FROM (VALUES ('2024-02-29'::date), ('2024-03-01'), ('2023-02-28')) AS absence (day)
                    """
            )
        )
        #expect(days == [.day("2025-03-01"), .day("2025-03-01"), .day("2024-02-28")])
    }

    @Test func `are a member's own, and the leaders' to see`() async throws {
        let bob = try await sample.acting(as: sample.bob)
        let report = try await bob.report(
            .absences,
            of: sample.alder,
            in: Period(months: 1, endingWith: october),
            asOf: SampleChapter.now
        )
        #expect(report.tables[0].rows.map { $0.cells[0].word } == ["Bob Baker"])
    }

    @Test func `show the marks that count`() async throws {
        try await set("rolling-26-weeks", limit: 3)
        let report = try await sample.shell.entries(
            try #require(ReportShape.absences.entries),
            of: .absences,
            behind: "used",
            of: sample.alice.id,
            in: sample.alder,
            during: Period(months: 1, endingWith: october),
            asOf: SampleChapter.now
        )
        #expect(
            report.tables[0].rows.map { $0.cells.map(\.word)[2...] } == [
                ["2026-05-06", "late", "1", "0.50", "2026-11-04"],
                ["2026-10-07", "absent", "1", "1.00", "2027-04-07"],
            ]
        )
    }

    private let october = LocalDate.day("2026-10-01").month

    private func set(_ window: String, limit: Int) async throws {
        try await sample.shell.setPolicy(
            [("absence-window", window), ("absence-limit", "\(limit)")],
            of: sample.alder,
            from: .day("2026-01-01")
        )
    }

    private func report() async throws -> Report {
        try await sample.shell.report(
            .absences,
            of: sample.alder,
            in: Period(months: 1, endingWith: october),
            asOf: SampleChapter.now
        )
    }
}
