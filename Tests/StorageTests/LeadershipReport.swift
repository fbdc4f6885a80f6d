import Postgres
import ReferralGroup
import Storage
import TestSupport
import Testing

/// Of the twelve months to October 2026, by hand.
///
///     Alice  president since April                                                     7 months, 7 in all
///     Bob    host from 20 May to 10 June, mentor from 5 June to 31 July: May to July    3 months, 3 in all
///            he left on 29 October, 31 + 30 + 29 = 90 days after it
///     Carla  secretary from October 2024 to November 2025                               1 month, 14 in all
///     Dora   education from April to August; she went to Birch on 30 September           5 months, 5 in all
@Suite(.sampleDatabase)
struct `The leadership report` {
    let sample: SampleChapter

    init() async throws {
        sample = try await SampleChapter()
        let (shell, alder) = (sample.shell, sample.alder.id)
        let carla = try await shell.add(.sample("Carla Cook", joinedOn: "2024-01-01"))
        let dora = try await shell.add(.sample("Dora Dyer"))
        for (member, role, from, to) in [
            (sample.bob, OfficeRole.visitorHost, "2026-05-20", "2026-06-10"),
            (sample.bob, .mentor, "2026-06-05", "2026-07-31"),
            (carla, .secretaryTreasurer, "2024-10-01", "2025-11-30"),
            (dora, .education, "2026-04-01", "2026-08-31"),
        ] {
            _ = try await shell.run(.appoint(member, as: role, from: .day(from), to: .day(to), in: alder))
        }
        try await sample.write(
            """
            UPDATE membership SET ended_on = '2026-09-30', end_reason = 'transferred to birch' WHERE id = \(dora.id);
            INSERT INTO membership (chapter_id, person_id, name, folded_name, joined_on, transferred_from_chapter, transferred_from)
            SELECT \(sample.birch.id), person_id, name, folded_name, '2026-10-01', chapter_id, id FROM membership WHERE id = \(dora.id)
            """
        )
        try await end("2026-10-29")
    }

    @Test func `counts months in office, and sees who left at once`() async throws {
        let report = try await sample.report(.leadership)
        #expect(
            try report.rows("members") == [
                ["Alice Archer", "7", "7", "president", "–", "no"],
                ["Bob Baker", "3", "3", "mentor, visitor-host", "2026-07-31", "yes"],
                ["Carla Cook", "1", "14", "secretary-treasurer", "2025-11-30", "no"],
                ["Dora Dyer", "5", "5", "education", "2026-08-31", "no"],
            ]
        )
        #expect(try report.words("members")["Total"] == ["16", "29", "–", "–", "–"])
    }

    @Test func `takes nobody who left after 91 days for one who left at once`() async throws {
        try await end("2026-10-30")
        #expect(try await sample.report(.leadership).words("members")["Bob Baker"]?.last == "no")
    }

    @Test func `knows nothing of an end after the as-of day`() async throws {
        let members = try await sample.report(.leadership, asOf: "2026-06-10T12:00:00Z").words("members")
        #expect(members["Bob Baker"] == ["2", "2", "mentor, visitor-host", "2026-06-10", "no"])
    }

    @Test func `takes an end in office for leaving at once`() async throws {
        try await sample.write("UPDATE office SET to_on = NULL WHERE role = 'mentor'")
        #expect(try await sample.report(.leadership).words("members")["Bob Baker"]?.last == "yes")
    }

    @Test func `shows the terms of the days`() async throws {
        let terms = try await sample.report(.leadership).rows("terms")
        #expect(
            terms.map { Array($0[1...]) } == [
                ["Dora Dyer", "2026-04-01", "2026-08-31"], ["Bob Baker", "2026-06-05", "2026-07-31"],
                ["Alice Archer", "2026-04-01", "–"], ["Carla Cook", "2024-10-01", "2025-11-30"],
                ["Bob Baker", "2026-05-20", "2026-06-10"],
            ]
        )
        #expect(try await sample.report(.leadership, from: "2026-08-01").rows("terms").count == 2)
    }

    @Test func `shows a member their own row, and nobody of another chapter anything`() async throws {
        let emil = try await sample.shell.add(.sample("Emil Ernst"))
        let report = try await sample.report(.leadership, as: try await sample.acting(as: emil))
        #expect(try report.rows("members") == [["Emil Ernst", "0", "0", "", "–", "no"]])
        #expect(try report.words("members")["Total"]?[0] == "16")
        #expect(try report.rows("terms").count == 5, "who leads is known to all")
        let charlie = try await sample.acting(as: sample.charlie, in: sample.birch)
        #expect(try await sample.report(.leadership, as: charlie).isEmpty)
    }

    private func end(_ day: String) async throws {
        try await sample.write("UPDATE membership SET ended_on = '\(day)' WHERE id = \(sample.bob.id)")
    }
}
