import Postgres
import ReferralGroup
import Storage
import TestSupport
import Testing

/// It is 1 November 2026; Bob belongs to Alder since April.
@Suite(.sampleDatabase)
struct `A calendar that is subscribed to` {
    static let (one, other) = ([UInt8](repeating: 1, count: 32), [UInt8](repeating: 2, count: 32))

    let sample: SampleChapter
    let bob: CalendarOwner

    init() async throws {
        sample = try await SampleChapter()
        bob = .person(sample.bob.person)
        _ = try await sample.shell.run(.renewCalendar(of: bob, hash: Self.one))
    }

    @Test func `has the meetings of one's days in a chapter, from a year back on without an end`()
        async throws
    {
        try await schedule("2026-03-25", "2026-04-08")
        try await schedule("2029-10-24", "2029-10-31")
        #expect(try await days() == ["2026-04-01", "2026-04-08", "2029-10-24", "2029-10-31"])
        _ = try await sample.shell.run(.renewCalendar(of: alder, hash: Self.other))
        #expect(try await days(Self.other).first == "2026-03-25")
        try await sample.scratch.superuser.run(
            Query<Void>("UPDATE app.membership SET joined_on = '2020-01-01' WHERE id = \(sample.bob.id)")
        )
        try await schedule("2025-10-22", "2025-11-05")
        #expect(try await days().first == "2025-11-05")
    }

    @Test func `has every one of six hundred meetings`() async throws {
        try await sample.shell.run(
            Query<Void>(
                """
                INSERT INTO meeting (chapter_id, starts_at, local_date, minutes)
                SELECT \(sample.alder.id), (day::date + time '07:00') AT TIME ZONE 'Europe/Berlin', day::date, 90
                  FROM generate_series(timestamp '2026-04-01', timestamp '2026-04-01' + interval '599 days', interval '1 day') AS day
                """
            )
        )
        let meetings = try await meetings()
        #expect(meetings.count == 600)
        #expect(Set(meetings.map(\.meeting.id)).count == 600)
        #expect(meetings.map(\.meeting.startsAt) == meetings.map(\.meeting.startsAt).sorted())
    }

    @Test func `shows no chapter that one has left or never joined, and goes on when one comes back`()
        async throws
    {
        try await schedule("2026-10-28", "2026-11-04")
        _ = try await sample.birchShell.schedule(
            from: .day("2026-11-05"),
            to: .day("2026-11-05"),
            in: sample.birch
        )
        #expect(try await days() == ["2026-10-28", "2026-11-04"])
        _ = try await sample.shell.run(
            .end(sample.bob.id, on: .day("2026-10-31"), reason: nil, in: sample.alder.id)
        )
        #expect(try await days() == [])
        #expect(try await feed()?.name == nil)
        _ = try await sample.birchShell.add(
            MemberDraft(
                name: "Bob Baker",
                email: sample.bob.email,
                seat: "Baker",
                joinedOn: .day("2026-11-01")
            )
        )
        #expect(try await days() == ["2026-11-05"])
        #expect(try await feed()?.name == "Birch")
    }

    @Test func `ends for the days on which a membership ends`() async throws {
        try await schedule("2026-10-28", "2026-11-18")
        _ = try await sample.shell.run(
            .end(sample.bob.id, on: .day("2026-11-11"), reason: nil, in: sample.alder.id)
        )
        #expect(try await days() == ["2026-10-28", "2026-11-04", "2026-11-11"])
    }

    @Test func `says who speaks to members, and nobody's name to others`() async throws {
        try await schedule("2026-11-04", "2026-11-04")
        let meeting = try await sample.shell.meeting(on: .day("2026-11-04"))
        let talk = MeetingPart(part: .talk, member: sample.alice.id, name: nil, topic: "Roofs")
        let away = AnnouncedAbsence(member: sample.bob.id, standIn: "Vera", reason: "A fever")
        try await sample.shell.run(.set(talk, of: meeting, in: sample.alder.id))
        try await sample.shell.run(.announce(away, from: meeting, in: sample.alder.id))
        _ = try await sample.shell.run(.renewCalendar(of: alder, hash: Self.other))
        let own = try #require(try await meetings().first)
        #expect(own.programme.map(\.speaker) == ["Alice Archer"])
        #expect(own.absence?.standIn == "Vera")
        let open = try #require(try await meetings(Self.other).first)
        #expect(open.programme.map(\.speaker) == [nil] && open.programme.map(\.topic) == ["Roofs"])
        #expect(open.absence == nil)
        // To Alice it is nobody's business.
        let third = [UInt8](repeating: 3, count: 32)
        _ = try await sample.shell.run(.renewCalendar(of: .person(sample.alice.person), hash: third))
        #expect(try await meetings(third).map { $0.absence == nil } == [true])
    }

    @Test func `counts what changes for those who read it, and nothing else`() async throws {
        try await schedule("2026-10-28", "2026-10-28")
        let made = try #require(try await meetings().first)
        #expect(made.changes == 0)
        var meeting = try await sample.shell.meeting(on: .day("2026-10-28"))
        _ = try await sample.shell.mark([], everybodyElse: .present, on: meeting)
        try await sample.shell.seal(try await sample.shell.meeting(on: .day("2026-10-28")))
        #expect(try await meetings().first?.changedAt == made.changedAt)
        try await schedule("2026-11-04", "2026-11-04")
        meeting = try await sample.shell.meeting(on: .day("2026-11-04"))
        let planned = try #require(try await meetings().last)
        try await sample.shell.callOff(meeting, isHoliday: false)
        let cancelled = try #require(try await meetings().last)
        #expect(cancelled.changes == 1 && cancelled.changedAt > planned.changedAt)
        #expect(cancelled.meeting.status == .cancelled)
        let away = AnnouncedAbsence(member: sample.alice.id, standIn: nil, reason: nil)
        try await sample.shell.run(.announce(away, from: meeting, in: sample.alder.id))
        #expect(try await meetings().last?.changedAt == cancelled.changedAt)
    }

    @Test func `has one address at a time, kept as a hash only, and none when it ends`() async throws {
        #expect(try await feed()?.isOfPerson == true)
        _ = try await sample.shell.run(.renewCalendar(of: bob, hash: Self.other))
        #expect(try await feed() == nil)
        #expect(try await feed(Self.other)?.name == "Alder")
        #expect(try await sample.shell.run(.calendarMade(of: bob)) != nil)
        #expect(try await sample.shell.run(.endCalendar(of: bob)))
        #expect(try await sample.shell.run(.endCalendar(of: bob)) == false)
        #expect(try await sample.shell.run(.calendarMade(of: bob)) == nil)
        #expect(try await feed(Self.other) == nil)
        let trail = try await sample.scratch.superuser.run(
            Query<[String]>(
                values: """
                    SELECT action || ' ' || array_to_string(changed, ' ') || coalesce(after::text, '') FROM app.installation_audit_event
                     WHERE entity = 'person_calendar' ORDER BY id
                    """
            )
        )
        #expect(trail.count == 3 && !trail.contains { $0.contains("\\x0") })
        #expect(trail.first?.hasPrefix("insert made_at person_id secret_hash") == true)
    }

    @Test func `ends with a person who is disabled, for good`() async throws {
        try await schedule("2026-11-04", "2026-11-04")
        func set(_ disabledAt: SQL) async throws {
            try await sample.scratch.superuser.run(
                Query<Void>(
                    "UPDATE app.person SET disabled_at = \(disabledAt) WHERE id = \(sample.bob.person)"
                )
            )
        }
        // Also where nothing was taken from them: by whoever restored a row, say.
        try await set("now()")
        #expect(try await feed() == nil)
        #expect(try await days() == [])
        try await set("NULL")
        #expect(try await days() == ["2026-11-04"])
        let installation = sample.database.acting(as: .system(door: .cli), in: nil)
        #expect(try await installation.run(.disable(sample.bob.person, true)))
        #expect(try await feed() == nil)
        #expect(try await installation.run(.disable(sample.bob.person, false)))
        #expect(try await feed() == nil)
    }

    @Test func `is of whom it is, and nobody else gives it an address`() async throws {
        let alice = try await sample.acting(as: sample.alice)
        let themselves = try await sample.acting(as: sample.bob)
        #expect(try await alice.run(.calendarMade(of: bob)) == nil)
        #expect(try await alice.run(.endCalendar(of: bob)) == false)
        await #expect(throws: PostgresError.self) {
            _ = try await alice.run(.renewCalendar(of: bob, hash: Self.other))
        }
        #expect(try await themselves.run(.endCalendar(of: bob)))
        // A chapter's is for those who look after it.
        _ = try await alice.run(.renewCalendar(of: alder, hash: Self.other))
        #expect(try await themselves.run(.calendarMade(of: alder)) == nil)
        await #expect(throws: PostgresError.self) {
            _ = try await themselves.run(.renewCalendar(of: alder, hash: Self.one))
        }
        let charlie = try await sample.acting(as: sample.charlie, in: sample.birch)
        await #expect(throws: PostgresError.self) {
            _ = try await charlie.run(.renewCalendar(of: alder, hash: Self.one))
        }
        #expect(try await alice.run(.calendarMade(of: alder)) != nil)
    }

    private var alder: CalendarOwner {
        .chapter(sample.alder.id)
    }

    private func schedule(_ from: String, _ to: String) async throws {
        _ = try await sample.shell.schedule(from: .day(from), to: .day(to), in: sample.alder)
    }

    private func feed(_ hash: [UInt8] = one) async throws -> CalendarFeed? {
        try await nobody.run(.calendar(hash: hash))
    }

    private func meetings(_ hash: [UInt8] = one) async throws -> [CalendarMeeting] {
        try await nobody.run(.calendarMeetings(hash: hash))
    }

    private func days(_ hash: [UInt8] = one) async throws -> [String] {
        try await meetings(hash).map(\.meeting.date.description)
    }

    private var nobody: ActingDatabase {
        sample.database.acting(as: .nobody(door: .web), in: nil)
    }
}
