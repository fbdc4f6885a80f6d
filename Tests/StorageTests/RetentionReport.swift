import Postgres
import ReferralGroup
import Storage
import TestSupport
import Testing

/// Of January to October 2026, by hand: members on 31 December 2025, and on 31 October 2026.
///
///     Carla  stayed, though on leave                    Dora   left in May: moved away
///     Emil   left in March, came back in June: stayed   Fritz  went to Birch in June: left
///     Gina   left on 31 December itself: left           Hans   left the day before: was none
///     Alice and Bob joined in April                     2 of 5 stayed: 0.4
@Suite(.sampleDatabase)
struct `The retention report` {
    let sample: SampleChapter

    init() async throws {
        sample = try await SampleChapter()
        let (shell, alder) = (sample.shell, sample.alder.id)
        var members: [String: Membership] = [:]
        for name in ["Carla Cook", "Dora Dyer", "Emil Ernst", "Fritz Frey", "Gina Glas", "Hans Hut"] {
            let seat = name == "Carla Cook" ? "Cook" : nil
            members[name] = try await shell.add(.sample(name, seat: seat, joinedOn: "2024-01-01"))
        }
        for (name, day, reason) in [
            ("Dora Dyer", "2026-05-31", "moved away"), ("Emil Ernst", "2026-03-31", "too busy"),
            ("Fritz Frey", "2026-06-30", "transferred to birch"), ("Gina Glas", "2025-12-31", nil),
            ("Hans Hut", "2025-12-30", "moved away"),
        ] {
            let member = try #require(members[name])
            _ = try await shell.run(.end(member.id, on: .day(day), reason: reason, in: alder))
        }
        let emil = try #require(members["Emil Ernst"])
        _ = try await shell.transaction {
            try await $0.rejoin(emil, seat: nil, joinedOn: .day("2026-06-01"))
        }
        let (carla, dora) = (try #require(members["Carla Cook"]), try #require(members["Dora Dyer"]))
        try await sample.write(
            """
            UPDATE membership SET sponsor_id = \(dora.id) WHERE name IN ('Carla Cook', 'Fritz Frey');
            UPDATE membership SET mentor_id = \(carla.id) WHERE name = 'Emil Ernst';
            INSERT INTO membership_leave (chapter_id, membership_id, first_day) VALUES (\(alder), \(carla.id), '2026-10-01')
            """
        )
    }

    @Test func `counts who stayed`() async throws {
        #expect(try await report().rows("people") == [["5", "2", "3", "2", "4", "0.4000"]])
    }

    @Test func `says why the others left`() async throws {
        #expect(
            try await report().rows("reasons") == [
                ["moved away", "1", "0.3333"], ["not said", "1", "0.3333"],
                ["transferred to birch", "1", "0.3333"],
            ]
        )
    }

    @Test func `compares seats, sponsors and mentors`() async throws {
        let report = try await report()
        #expect(try report.rows("seats") == [["Cook", "1", "1", "1.0000"], ["none", "4", "1", "0.2500"]])
        #expect(
            try report.rows("sponsors") == [
                ["Dora Dyer", "2", "1", "0.5000"], ["none", "3", "1", "0.3333"],
            ]
        )
        #expect(
            try report.rows("mentors") == [
                ["Carla Cook", "1", "1", "1.0000"], ["none", "4", "1", "0.2500"],
            ]
        )
    }

    @Test func `asks who is a member on the as-of day`() async throws {
        // Carla, Dora and Fritz; Emil is away until June.
        #expect(
            try await report(asOf: "2026-05-30T12:00:00Z").rows("people") == [
                ["5", "3", "2", "2", "5", "0.6000"]
            ]
        )
    }

    @Test func `has nothing to divide by before the first member`() async throws {
        let before = try await sample.report(.retention, from: "2020-01-01", to: "2020-12-31")
        #expect(try before.rows("people") == [["0", "0", "0", "0", "0", "–"]])
    }

    @Test func `shows a member the sums alone, and nobody of another chapter anything`() async throws {
        let report = try await report(as: try await sample.acting(as: sample.bob))
        #expect(try report.rows("people").count == 1)
        for key in ["reasons", "seats", "sponsors", "mentors"] { #expect(try report.rows(key).isEmpty) }
        let charlie = try await sample.acting(as: sample.charlie, in: sample.birch)
        #expect(try await self.report(as: charlie).isEmpty)
    }

    @Test func `leads to those who left`() async throws {
        let alice = try await sample.acting(as: sample.alice)
        // Of twelve months: Gina and Hans were members at the start, too.
        let left = try await sample.entries(of: .retention, as: alice, behind: "left")
        #expect(
            left.map { "\($0[0]) \($0[2]) \($0[4])" } == [
                "Hans Hut 2025-12-30 moved away", "Gina Glas 2025-12-31 not said",
                "Dora Dyer 2026-05-31 moved away",
                "Fritz Frey 2026-06-30 transferred to birch",
            ]
        )
        let bob = try await sample.acting(as: sample.bob)
        #expect(try await sample.entries(of: .retention, as: bob).map { $0[1] } == ["joined"])
    }

    private func report(
        as acting: ActingDatabase? = nil,
        asOf: String? = nil
    ) async throws -> ReferralGroup.Report {
        try await sample.report(.retention, as: acting, from: "2026-01-01", asOf: asOf)
    }
}
