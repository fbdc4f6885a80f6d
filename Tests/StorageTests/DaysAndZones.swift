import Postgres
import ReferralGroup
import Storage
import TestSupport
import Testing

@Suite(.sampleDatabase)
struct `Days of a chapter` {
    let sample: SampleChapter

    init() async throws {
        sample = try await SampleChapter()
    }

    @Test(arguments: ["UTC", "Pacific/Kiritimati", "Pacific/Pago_Pago", "America/New_York"])
    func `belong to its own months, whatever the zone of the session`(_ zone: String) async throws {
        let first = LocalDate.day("2026-10-01")
        let alder = sample.alder
        try await sample.shell.transaction { session in
            _ = try await session.run(Query<String>(value: "SELECT set_config('TimeZone', \(zone), true)"))
            // Half past midnight on the 1st in Berlin is still September in UTC.
            _ = try await session.run(
                .schedule(
                    from: first,
                    to: first,
                    weekday: nil,
                    kind: .regular,
                    at: LocalTime("00:30"),
                    minutes: nil,
                    place: nil,
                    in: alder.id
                )
            )
            let meeting = try #require(
                try await session.run(Query<[Meeting]>.meetings(of: alder.id, from: first, to: first)).first
            )
            #expect(meeting.startsAt.description == "2026-09-30T22:30:00Z")
            _ = try await session.mark([], everybodyElse: .present, on: meeting)
            for (month, held) in [("2026-09", 0), ("2026-10", 1)] {
                let month = try #require(Month(month))
                let report = try await session.run(
                    Query<MonthlyROI>.monthlyROI(of: alder, month: month, asOf: SampleChapter.now)
                )
                #expect(report.inMonth.members.map(\.meetingsHeld) == [held, held], "in \(month)")
            }
        }
        let october = try await sample.shell.attendance(
            of: alder,
            from: first,
            to: first,
            asOf: SampleChapter.now
        )
        #expect(october.total.present == 2)
    }

    @Test(arguments: [
        // In the gap of 2027-03-28 the clock jumps from 02:00 to 03:00; in the overlap it strikes 02:30 twice.
        ("2027-03-28", "02:30", "2027-03-28T01:30:00Z"), ("2026-10-25", "02:30", "2026-10-25T01:30:00Z"),
        ("2027-03-28", "03:00", "2027-03-28T01:00:00Z"), ("2026-10-25", "03:00", "2026-10-25T02:00:00Z"),
    ])
    func `read a time in a gap or an overlap as PostgreSQL does`(
        _ day: String,
        _ time: String,
        _ instant: String
    ) async throws {
        _ = try await sample.shell.schedule(
            from: .day(day),
            to: .day(day),
            at: LocalTime(time),
            in: sample.alder
        )
        let meeting = try await sample.shell.meeting(on: .day(day))
        #expect(meeting.startsAt.description == instant)
        #expect(meeting.date == .day(day))
    }

    @Test(arguments: [
        ("Pacific/Kiritimati", "2026-10-06T17:00:00Z"), ("Pacific/Pago_Pago", "2026-10-07T18:00:00Z"),
        ("Asia/Kathmandu", "2026-10-07T01:15:00Z"),
    ])
    func `are those of its wall everywhere on Earth`(_ zone: String, _ instant: String) async throws {
        let installation = sample.database.acting(as: .system(door: .cli), in: nil)
        let chapter = try await installation.create(.sample("far", timeZone: zone))
        let shell = sample.database.acting(as: .system(door: .cli), in: chapter.id)
        let days = try await shell.schedule(from: .day("2026-10-05"), to: .day("2026-10-11"), in: chapter)
        #expect(days == [.day("2026-10-07")])
        #expect(try await shell.meeting(on: .day("2026-10-07")).startsAt.description == instant)
    }

    @Test(arguments: ["Berlin", "Europe/Atlantis", "UTC+1; DROP TABLE chapter", ""])
    func `need a zone that is known`(_ zone: String) async throws {
        let installation = sample.database.acting(as: .system(door: .cli), in: nil)
        await expectRefusal(.timeZoneUnknown) {
            _ = try await installation.create(.sample("far", timeZone: zone))
        }
    }

    @Test func `that have not come take no slip`() async throws {
        let draft = EducationDraft(member: sample.bob.id, units: Figure(1), doneOn: .day("2026-11-02"))
        let said = await expectRefusal(.slipOfTheFuture) {
            try await sample.shell.transaction { _ = try await $0.record(draft) }
        }
        #expect(said == "2026-11-02 has not come yet")
    }
}
