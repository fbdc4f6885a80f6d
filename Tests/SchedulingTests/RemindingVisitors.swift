import Postgres
import ReferralGroup
import Scheduling
import Storage
import TestSupport
import Testing

/// Alder meets on Wednesdays at seven in Berlin; reminders go on Mondays at ten by its clock.
@Suite(.sampleDatabase, .timeLimit(.minutes(20)))
struct `Reminding visitors` {
    let sample: SampleChapter

    init() async throws {
        sample = try await SampleChapter()
    }

    @Test func `comes once, two working days before, to those who agreed and did not decline`() async throws {
        try await meet("2026-11-04")
        try await meet("2026-11-11")
        try await visitor("anna", on: "2026-11-04")
        try await visitor("bert", on: "2026-11-04", changed: "has_consented = false")
        try await visitor("cora", on: "2026-11-04", changed: "declined_at = now()")
        try await visitor("dirk", on: "2026-11-04", changed: "email = NULL")
        try await visitor("emil", on: "2026-11-04", changed: "status = 'lost', lost_because = 'moved'")
        try await visitor("fred", on: "2026-11-11")
        try await visitor("gina", on: "2026-11-05")
        try await at("2026-11-02T08:45:00Z")
        #expect(try await told() == [])
        for moment in ["2026-11-02T09:00:00Z", "2026-11-02T09:00:00Z", "2026-11-02T12:00:00Z"] {
            try await at(moment)
            #expect(try await told() == ["2026-11-02 10:00 anna@example.org"])
        }
        try await sample.scratch.superuser.run(Query<Void>("DELETE FROM app.job WHERE kind = 'planning'"))
        try await at("2026-11-09T09:00:00Z")
        #expect(
            try await told() == ["2026-11-02 10:00 anna@example.org", "2026-11-09 10:00 fred@example.org"]
        )
    }

    @Test func `leaves the link before good, and gives a further one`() async throws {
        try await meet("2026-11-04")
        let id = try await visitor("anna", on: "2026-11-04")
        let first = [UInt8](repeating: 7, count: 32)
        try await sample.shell.run(
            .invite(id, hash: first, secret: "", keepingEarlier: false, byMail: false, in: sample.alder.id)
        )
        try await at("2026-11-02T09:00:00Z")
        let hashes = try await sample.scratch.superuser.run(
            Query<[Bytes]>(values: "SELECT secret_hash FROM app.visitor_link ORDER BY made_at")
        )
        #expect(hashes.count == 2)
        for hash in hashes {
            #expect(try await sample.shell.run(.invitation(hash: hash.bytes))?.registration.name == "anna")
        }
    }

    @Test func `says nothing of a meeting that was called off, or is over`() async throws {
        for day in ["2026-11-04", "2026-11-11"] {
            try await meet(day)
            try await visitor("anna", on: day)
        }
        try await sample.shell.callOff(
            try await sample.shell.meeting(on: .day("2026-11-04")),
            isHoliday: false
        )
        try await at("2026-11-02T09:00:00Z")
        #expect(try await told() == [])
        // Nobody works from Sunday until the meeting of the 11th has begun.
        try await at("2026-11-11T06:00:00Z")
        #expect(try await told() == [])
        let skipped = try await texts(
            "SELECT occasion FROM app.job WHERE kind = 'visitor-reminder' AND skipped_because IS NOT NULL"
        )
        #expect(skipped == ["2026-11-11"])
    }

    @Test func `is not sent where the meeting is called off between planning and work`() async throws {
        try await meet("2026-11-04")
        try await visitor("anna", on: "2026-11-04")
        try await sample.scratch.stopClock(at: "2026-11-02T09:00:00Z")
        _ = try await Timekeeper(database: sample.database, logger: .silent).plan()
        try await sample.shell.callOff(
            try await sample.shell.meeting(on: .day("2026-11-04")),
            isHoliday: true
        )
        try await at("2026-11-02T09:00:00Z")
        #expect(try await told() == [])
        #expect(
            try await texts(
                "SELECT kind FROM app.job WHERE kind = 'visitor-reminder' AND done_at IS NOT NULL"
            )
            .count == 1
        )
    }

    @Test func `goes by the chapter's clock for a year, over both changes of time`() async throws {
        var expected: [String] = []
        for week in 0..<52 {
            let day = LocalDate.day("2026-11-04").advanced(by: 7 * week)
            try await meet("\(day)")
            try await visitor("guest\(week)", on: "\(day)")
            expected.append("\(day.advanced(by: -2)) 10:00 guest\(week)@example.org")
        }
        for day in 0..<365 {
            let date = LocalDate.day("2026-11-01").advanced(by: day)
            for hour in ["08", "09"] { try await at("\(date)T\(hour):00:00Z") }
        }
        let told = try await told()
        #expect(told == expected, "\(Set(told).symmetricDifference(expected))")
    }

    private func meet(_ day: String) async throws {
        _ = try await sample.shell.schedule(from: .day(day), to: .day(day), in: sample.alder)
    }

    /// Somebody who said that they come, but for what is `changed`.
    @discardableResult
    private func visitor(
        _ name: String,
        on day: String,
        changed: String = "came = false"
    ) async throws
        -> SlipID
    {
        let bob = sample.bob.id
        let id = try await sample.shell.transaction { ledger in
            try await ledger.register(
                VisitorDraft(
                    name: name,
                    inviter: .member(bob),
                    kind: .first,
                    visitOn: .day(day),
                    came: false,
                    email: "\(name)@example.org",
                    hasConsented: true
                )
            )
        }
        let change = SQL(stringLiteral: "UPDATE app.visitor SET \(changed) WHERE id = '\(id)'")
        try await sample.scratch.superuser.run(Query<Void>(change))
        return id
    }

    /// Two nodes do what is due then, beside each other.
    private func at(_ moment: String) async throws {
        try await sample.scratch.stopClock(at: moment)
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

    private func told() async throws -> [String] {
        try await texts(
            """
            SELECT to_char(created_at AT TIME ZONE 'Europe/Berlin', 'YYYY-MM-DD HH24:MI ') || to_address
              FROM app.mail WHERE kind = 'visitor-reminder' ORDER BY created_at, to_address
            """
        )
    }

    private func texts(_ sql: SQL) async throws -> [String] {
        try await sample.scratch.superuser.run(Query<[String]>(values: sql))
    }
}
