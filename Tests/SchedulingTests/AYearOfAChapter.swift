import Postgres
import ReferralGroup
import Scheduling
import Storage
import TestSupport
import Testing

/// A stopped clock goes through a year, and what is told is told on its day, to whom it should be, once.
@Suite(.sampleDatabase, .timeLimit(.minutes(20)))
struct `A year of a chapter` {
    let sample: SampleChapter

    init() async throws {
        sample = try await SampleChapter()
    }

    @Test func `tells each on its local day, and only whom it concerns`() async throws {
        try await wish("monthly-return", .atOnce, by: sample.bob)
        // Alder meets on Wednesdays in Berlin, Birch on Thursdays in London: reminders on Monday and Tuesday at eight.
        try await passReferral(to: sample.bob)
        try await handOver(to: sample.bob, on: "2027-04-01")
        let days = try await live(from: "2026-11-01", days: 365, hours: [6, 7, 8, 23])
        #expect(days > 0)
        let told = try await told()
        let reminders = told.filter { $0.contains(" weekly-reminder ") }
        #expect(reminders.count == 52, "\(reminders.count)")
        #expect(
            reminders.allSatisfy { $0.hasPrefix("Mon 08:") && $0.hasSuffix(" bob@example.org") },
            "\(reminders)"
        )
        let returns = told.filter { $0.contains(" monthly-return ") }
        #expect(
            returns.count == 12
                && returns.allSatisfy { $0.contains("-03 ") && $0.hasSuffix(" bob@example.org") },
            "\(returns)"
        )
        let handovers = told.filter { $0.contains(" office-handover ") }
        #expect(
            handovers.map { String($0.dropFirst(4)) } == [
                "08:00 2027-03-31 office-handover alice@example.org",
                "08:00 2027-03-31 office-handover bob@example.org",
                "08:00 2027-04-01 office-handover alice@example.org",
                "08:00 2027-04-01 office-handover bob@example.org",
            ],
            "\(handovers)"
        )
        #expect(told.count == 68, "\(told.filter { !($0 + " ").contains("@example.org ") })")
        #expect(!told.contains { $0.contains("charlie") })
        // Each read their own return, and nobody anybody else's.
        #expect(try await texts("SELECT seen FROM app.access_event") == [])
        let figures = try await texts("SELECT facts ->> 'cost' FROM app.mail WHERE kind = 'monthly-return'")
        #expect(figures.count == 12 && figures.allSatisfy { !$0.isEmpty }, "\(figures)")
        // Everything a second time: nothing comes of it.
        try await sample.scratch.superuser.run(Query<Void>("DELETE FROM app.job WHERE kind = 'planning'"))
        try await work()
        #expect(try await self.told() == told)
    }

    @Test func `catches up after ten days of outage what is still of use`() async throws {
        try await passReferral(to: sample.bob)
        try await handOver(to: sample.bob, on: "2026-11-20")
        try await at("2026-11-13T12:00:00Z")
        try await work()
        let before = try await told()
        #expect(before.isEmpty, "\(before)")
        // Nobody works from Friday the 13th to Tuesday the 24th: the reminder of the 16th is of no use any more, that of the 23rd is.
        try await at("2026-11-24T05:00:00Z")
        try await work()
        let told = try await told().map { $0.split(separator: " ").dropFirst(2).joined(separator: " ") }
        #expect(
            told == [
                "2026-11-24 office-handover alice@example.org", "2026-11-24 office-handover bob@example.org",
                "2026-11-24 weekly-reminder bob@example.org",
            ],
            "\(told)"
        )
        let skipped = try await texts(
            """
            SELECT DISTINCT kind || ' ' || occasion FROM app.job JOIN app.chapter ON chapter.id = for_chapter
             WHERE skipped_because IS NOT NULL AND slug = 'alder' ORDER BY 1
            """
        )
        #expect(skipped.contains("weekly-reminder 2026-11-16"), "\(skipped)")
        #expect(skipped.contains { $0.hasPrefix("handover-ahead 2026-11-20") })
        #expect(!skipped.contains("weekly-reminder 2026-11-23"))
        try await work()
        #expect(try await self.told().count == 3)
    }

    @Test func `asks for new members after three and seven months, and before the renewal, once`()
        async throws
    {
        // A Thursday; Bob is her mentor, and Alice as president sees to renewals.
        let dora = try await sample.shell.add(
            MemberDraft(
                name: "Dora Dyer",
                email: EmailAddress("dora@example.org"),
                joinedOn: .day("2026-10-15"),
                renewsOn: .day("2027-10-15")
            )
        )
        try await sample.scratch.superuser.run(
            Query<Void>("UPDATE app.membership SET mentor_id = \(sample.bob.id) WHERE id = \(dora.id)")
        )
        _ = try await live(from: "2026-11-01", days: 330, hours: [6])
        let asked = """
            SELECT cause || ' ' || due_on || ' ' || member.name || ' by ' || guide.name
              FROM app.follow_up
              JOIN app.membership AS member ON member.chapter_id = follow_up.chapter_id AND member.id = member_id
              JOIN app.membership AS guide ON guide.chapter_id = follow_up.chapter_id AND guide.id = membership_id
             ORDER BY due_on
            """
        let expected = [
            "three-months 2027-01-15 Dora Dyer by Bob Baker",
            "seven-months 2027-05-15 Dora Dyer by Bob Baker",
            "renewal 2027-07-17 Dora Dyer by Alice Archer",
        ]
        #expect(try await texts(SQL(stringLiteral: asked)) == expected)
        try await sample.scratch.superuser.run(Query<Void>("DELETE FROM app.job WHERE kind = 'planning'"))
        try await work()
        #expect(try await texts(SQL(stringLiteral: asked)) == expected)
    }

    @Test func `gathers in the evening what is wanted gathered, once`() async throws {
        try await wish("referral", .digest, by: sample.bob)
        try await passReferral(to: sample.bob)
        try await passReferral(to: sample.bob)
        #expect(try await texts("SELECT kind FROM app.mail WHERE kind IS NOT NULL") == [])
        // Alder's five o'clock is four in winter.
        try await at("2026-11-01T15:45:00Z")
        try await work()
        #expect(try await told() == [])
        try await at("2026-11-01T16:00:00Z")
        try await work()
        try await work()
        #expect(try await told() == ["Sun 17:00 2026-11-01 digest bob@example.org"])
        #expect(
            try await texts(
                "SELECT jsonb_array_length(facts -> 'entries')::text FROM app.mail WHERE kind = 'digest'"
            ) == ["2"]
        )
        try await at("2026-11-03T16:00:00Z")
        try await work()
        #expect(try await told().count { $0.contains("digest") } == 1, "nothing more was gathered")
    }

    @Test func `warns of absences before the limit is passed, and once`() async throws {
        // Three are allowed: the second leaves one, the third none.
        for (day, count) in [("2026-10-07", 0), ("2026-10-14", 0), ("2026-10-21", 1), ("2026-10-28", 1)] {
            _ = try await sample.shell.schedule(from: .day(day), to: .day(day), in: sample.alder)
            let meeting = try await sample.shell.meeting(on: .day(day))
            _ = try await sample.shell.mark([], everybodyElse: .present, on: meeting)
            try await sample.scratch.superuser.run(
                Query<Void>(
                    """
                    UPDATE app.mark SET mark = 'absent'
                     WHERE membership_id = \(sample.bob.id) AND meeting_id = (SELECT max(id) FROM app.meeting)
                    """
                )
            )
            try await sample.shell.seal(try await sample.shell.meeting(on: .day(day)))
            try await work()
            #expect(try await told().count { $0.contains("absence-warning bob") } == count, "\(day)")
        }
    }

    /// Goes from day to day, and does at some hours what is due; how many jobs there were.
    private func live(from first: String, days: Int, hours: [Int]) async throws -> Int {
        let start = LocalDate.day(first)
        for day in 0..<days {
            for hour in hours {
                try await at("\(start.advanced(by: day))T\(hour < 10 ? "0" : "")\(hour):00:00Z")
                try await work()
            }
        }
        return try await texts("SELECT kind FROM app.job").count
    }

    private func at(_ moment: String) async throws {
        try await sample.scratch.stopClock(at: moment)
    }

    /// Two nodes do what is due, beside each other.
    private func work() async throws {
        try await withThrowingTaskGroup(of: Void.self) { nodes in
            for _ in 1...2 {
                let timekeeper = Timekeeper(database: sample.database, logger: .silent)
                nodes.addTask {
                    try await timekeeper.plan()
                    while let work = try await timekeeper.workOnNext() {
                        #expect([.done, .taken].contains(work.outcome), "\(work)")
                    }
                }
            }
            try await nodes.waitForAll()
        }
    }

    private func wish(_ kind: String, _ way: Notice.Way, by member: Membership) async throws {
        try await sample.scratch.superuser.run(
            Query<Void>(
                """
                INSERT INTO app.mail_wish (person_id, kind, way) VALUES (\(member.person), \(kind), \(way.rawValue))
                """
            )
        )
    }

    /// Alice passes a referral, which waits for its first contact.
    private func passReferral(to member: Membership) async throws {
        let giver = sample.alice
        _ = try await sample.shell.transaction {
            try await $0.pass(
                ReferralDraft(
                    giver: .member(giver.id),
                    receiver: .member(member.id),
                    tier: 1,
                    need: "A new roof",
                    warmth: 3,
                    prospect: Prospect(name: "Paul Prospect", phone: "+49 30 1"),
                    passedOn: nil
                )
            )
        }
        if try await texts("SELECT way FROM app.mail_wish WHERE kind = 'referral'") != ["digest"] {
            try await sample.scratch.superuser.run(
                Query<Void>("DELETE FROM app.mail WHERE kind = 'referral'")
            )
        }
    }

    private func handOver(to member: Membership, on day: String) async throws {
        let first = LocalDate.day(day)
        try await sample.scratch.superuser.run(
            Query<Void>("UPDATE app.office SET to_on = \(first.advanced(by: -1)) WHERE role = 'president'")
        )
        _ = try await sample.shell.run(
            .appoint(member, as: .president, from: first, to: nil, in: sample.alder.id)
        )
    }

    /// What was posted, by Berlin's clock, in order.
    private func told() async throws -> [String] {
        try await texts(
            """
            SELECT to_char(created_at AT TIME ZONE 'Europe/Berlin', 'Dy HH24:MI YYYY-MM-DD') || ' ' || kind || ' ' || to_address
              FROM app.mail WHERE kind IS NOT NULL ORDER BY created_at, kind, to_address
            """
        )
    }

    private func texts(_ sql: SQL) async throws -> [String] {
        try await sample.scratch.superuser.run(Query<[String]>(values: sql))
    }
}
