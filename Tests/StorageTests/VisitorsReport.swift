import Postgres
import ReferralGroup
import Storage
import TestSupport
import Testing

/// Of October 2026, by hand; what is in brackets does not count.
///
///     Vera   came with Bob on the 7th and the 14th, and joined      1 visitor, 2 visits, came again
///     Karl   came with Bob on the 7th, and is lost (as a substitute, too)
///     Mona   came with Alice as a guest, and applied
///     Nora   came with Alice on the 7th, was given up, and came again with Bob on the 21st: Alice’s, and open
///     Olaf   came with somebody of another chapter; Paul with nobody, and joined; (Lena did not come)
///     All    8 visits of 6 visitors, of whom 2 joined: 1/3
@Suite(.sampleDatabase)
struct `The visitors report` {
    let sample: SampleChapter

    init() async throws {
        sample = try await SampleChapter()
        let (alice, bob, alder) = (sample.alice.id, sample.bob.id, sample.alder.id)
        try await sample.write(
            """
            INSERT INTO outsider (chapter_id, home, folded_home) VALUES (\(alder), 'Elsewhere', 'elsewhere');
            INSERT INTO visitor (chapter_id, name, folded_name, inviter_id, inviter_outsider_id, kind, visit_on, came, status, lost_because)
            SELECT \(alder), visit.name, lower(visit.name), member, CASE WHEN visit.name = 'Olaf' THEN outsider.id END, visit.kind, day::date, came, status,
                   CASE WHEN status = 'lost' THEN 'no time' END
              FROM outsider, (VALUES ('Vera', \(bob), 'first', '2026-10-07', true, 'visited'), ('Vera', \(bob), 'second', '2026-10-14', true, 'joined'),
                           ('Karl', \(bob), 'first', '2026-10-07', true, 'lost'), ('Karl', \(bob), 'substitute', '2026-10-14', true, 'new'),
                           ('Mona', \(alice), 'guest', '2026-10-07', true, 'applied'),
                           ('Nora', \(alice), 'first', '2026-10-07', true, 'lost'), ('Nora', \(bob), 'second', '2026-10-21', true, 'contacted'),
                           ('Olaf', NULL, 'first', '2026-10-07', true, 'new'), ('Paul', NULL, 'first', '2026-10-14', true, 'joined'),
                           ('Lena', \(bob), 'first', '2026-10-21', false, 'new')
                   ) AS visit (name, member, kind, day, came, status)
            """
        )
    }

    @Test func `counts who joined of those who came`() async throws {
        let report = try await october()
        #expect(
            try report.rows("inviters") == [
                ["Alice Archer", "2", "2", "1", "1", "0", "0", "1", "0.0000"],
                ["Bob Baker", "4", "2", "1", "0", "1", "1", "0", "0.5000"],
                ["Other chapters", "1", "1", "0", "0", "0", "0", "1", "0.0000"],
                ["The chapter", "1", "1", "0", "0", "1", "0", "0", "1.0000"],
            ]
        )
        #expect(try report.words("inviters")["Total"] == ["8", "6", "2", "1", "2", "1", "2", "0.3333"])
    }

    @Test func `knows what became of a visitor after the days`() async throws {
        let week = try await sample.report(.visitors, from: "2026-10-01", to: "2026-10-10")
        #expect(try week.words("inviters")["Bob Baker"] == ["2", "2", "1", "0", "1", "1", "0", "0.5000"])
        let then = try await sample.report(
            .visitors,
            from: "2026-10-01",
            to: "2026-10-10",
            asOf: "2026-10-10T12:00:00Z"
        )
        #expect(try then.words("inviters")["Bob Baker"] == ["2", "2", "0", "0", "0", "1", "1", "0.0000"])
    }

    @Test func `has nothing to divide by where nobody came`() async throws {
        let report = try await sample.report(.visitors, from: "2026-09-01", to: "2026-09-30")
        #expect(try report.words("inviters")["Total"] == ["0", "0", "0", "0", "0", "0", "0", "–"])
    }

    @Test func `shows a member their own guests, and nobody of another chapter anything`() async throws {
        let bob = try await sample.acting(as: sample.bob)
        let report = try await october(as: bob)
        #expect(
            try Set(report.words("inviters").keys) == ["Bob Baker", "Other chapters", "The chapter", "Total"]
        )
        #expect(
            try await Set(sample.entries(of: .visitors, as: bob).map { $0[3] }) == ["Karl", "Nora", "Vera"]
        )
        let charlie = try await sample.acting(as: sample.charlie, in: sample.birch)
        #expect(try await october(as: charlie).isEmpty)
        #expect(try await sample.entries(of: .visitors, as: charlie).isEmpty)
    }

    @Test func `names visitors to those alone who may see them`() async throws {
        _ = try await sample.shell.run(
            .appoint(
                sample.bob,
                as: .education,
                from: .day("2026-10-01"),
                to: nil,
                in: sample.alder.id
            )
        )
        let educator = try await sample.acting(as: sample.bob)
        #expect(try await october(as: educator).words("inviters")["Alice Archer"]?[0] == "2")
        #expect(
            try await Set(sample.entries(of: .visitors, as: educator).map { $0[0] }) == ["Bob Baker"]
        )
        let president = try await sample.acting(as: sample.alice)
        #expect(try await sample.entries(of: .visitors, as: president, behind: "visits").count == 8)
        #expect(
            try await sample.entries(of: .visitors, as: president, behind: "joined").map { $0[3] } == [
                "Vera", "Paul",
            ]
        )
    }

    private func october(as acting: ActingDatabase? = nil) async throws -> ReferralGroup.Report {
        try await sample.report(.visitors, as: acting, from: "2026-10-01")
    }
}
