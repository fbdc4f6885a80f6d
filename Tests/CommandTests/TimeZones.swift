import Postgres
import ReferralGroup
import TestSupport
import Testing

/// A meeting at half past midnight on the 1st: the day, and so the month, is that of the chapter's own clock.
@Suite(.freshDatabase)
struct `A meeting at 00:30 on the 1st` {
    /// A chapter's zone, and the instant at which 00:30 of 1 October 2026 strikes there.
    struct Zone: Sendable, CustomTestStringConvertible {
        let name: String
        let start: String

        static let all = [
            Zone(name: "Pacific/Kiritimati", start: "2026-09-30T10:30:00Z"),
            Zone(name: "Europe/Berlin", start: "2026-09-30T22:30:00Z"),
            Zone(name: "Pacific/Pago_Pago", start: "2026-10-01T11:30:00Z"),
        ]

        var testDescription: String { name }
    }

    let scratch: ScratchDatabase
    let shell: Shell

    init() async throws {
        scratch = try ScratchDatabase.current
        shell = Shell(database: try scratch.address(role: "chapterhouse_app"))
        try await scratch.stopClock(at: SampleChapter.now)
    }

    @Test(arguments: Zone.all, ["UTC", "Pacific/Kiritimati", "Pacific/Pago_Pago"])
    func `belongs to that month`(_ zone: Zone, _ elsewhere: String) async throws {
        try await scratch.superuser.withConnection { connection in
            try await connection.run(
                script:
                    "ALTER ROLE chapterhouse_app IN DATABASE \(scratch.name) SET timezone = '\(elsewhere)'"
            )
        }
        let shell = Shell(database: self.shell.database, environment: ["TZ": elsewhere, "PGTZ": elsewhere])
        try await shell.enter(
            """
            chapter create night --name Night --time-zone \(zone.name) --currency EUR
            chapter policy night --set meeting-fee=15.00 --set meeting-fee-due-for=every --set value-of-hour=40.00 --from 2026-08-01
            member add night "Nora Night" --joined 2026-08-01
            meeting schedule night --from 2026-10-01 --at 00:30 --minutes 90
            attendance mark night 2026-10-01 --all P
            """
        )
        let meetings = try JSON(try await shell.print("meeting list night --format json"))
        #expect(meetings.elements.map { $0["date"] } == [.string("2026-10-01")])
        #expect(meetings.elements.map { $0["starts_at"] } == [.string(zone.start)])
        for (month, fees, hours) in [("2026-09", "0.00", "0.00"), ("2026-10", "15.00", "1.50")] {
            let report = try JSON(
                try await shell.print(
                    "report roi night --month \(month) --as-of 2026-11-01T08:00:00Z --format json"
                )
            )
            #expect(report["totals"]?["fees"] == .string(fees), "\(month)")
            #expect(report["totals"]?["hours"] == .string(hours), "\(month)")
        }
        for (month, present) in [("2026-09", 0.0), ("2026-10", 1.0)] {
            let report = try JSON(
                try await shell.print("report attendance night --month \(month) --format json")
            )
            #expect(report["total"]?["present"] == .number(present), "\(month)")
        }
    }

    /// At 10:00 UTC it is midnight of the 1st in Kiritimati, and 23:00 of the 30th before in Pago Pago.
    @Test
    func `counts as of an instant where its day has begun`() async throws {
        var fees: [JSON?] = []
        for (slug, zone) in [("early", "Pacific/Kiritimati"), ("late", "Pacific/Pago_Pago")] {
            try await shell.enter(
                """
                chapter create \(slug) --name \(slug) --time-zone \(zone) --currency EUR
                chapter policy \(slug) --set meeting-fee=15.00 --set meeting-fee-due-for=every --from 2026-08-01
                member add \(slug) "Nora Night" --joined 2026-08-01
                meeting schedule \(slug) --from 2026-10-01 --at 00:30
                attendance mark \(slug) 2026-10-01 --all P
                """
            )
            let report = try JSON(
                try await shell.print(
                    "report roi \(slug) --month 2026-10 --as-of 2026-09-30T10:00:00Z --format json"
                )
            )
            fees.append(report["totals"]?["fees"])
        }
        #expect(fees == [.string("15.00"), .string("0.00")])
    }

    @Test
    func `is reported last month from the day on which the next has begun there`() async throws {
        guard let turn = Instant("2026-10-31T10:00:00Z") else {
            Issue.record("no instant")
            return
        }
        try await scratch.stopClock(at: turn)
        var months: [JSON?] = []
        for (slug, zone) in [("early", "Pacific/Kiritimati"), ("late", "Pacific/Pago_Pago")] {
            try await shell.print(
                "chapter create \(slug) --name \(slug) --time-zone \(zone) --currency EUR"
            )
            months.append(try JSON(try await shell.print("report roi \(slug) --format json"))["month"])
        }
        #expect(months == [.string("2026-10"), .string("2026-09")])
    }

    /// A time that the clock leaves out, or strikes twice, is read as PostgreSQL's AT TIME ZONE reads it.
    @Test(arguments: [
        ("Europe/Berlin", "2026-03-29", "02:30", "2026-03-29T01:30:00Z"),
        ("Europe/Berlin", "2026-10-25", "02:30", "2026-10-25T01:30:00Z"),
        ("America/Havana", "2026-03-08", "00:30", "2026-03-08T05:30:00Z"),
        ("Australia/Lord_Howe", "2026-10-04", "02:15", "2026-10-03T15:45:00Z"),
    ])
    func `has its date on the day that the clock is turned`(
        _ zone: String,
        _ date: String,
        _ time: String,
        _ start: String
    ) async throws {
        try await shell.enter(
            """
            chapter create turning --name Turning --time-zone \(zone) --currency EUR
            member add turning "Nora Night" --joined 2026-01-01
            meeting schedule turning --from \(date) --at \(time)
            attendance mark turning \(date) --all P
            meeting seal turning \(date)
            """
        )
        let meetings = try JSON(try await shell.print("meeting list turning --format json"))
        #expect(meetings.elements.map { $0["date"] } == [.string(date)])
        #expect(meetings.elements.map { $0["starts_at"] } == [.string(start)])
        let report = try JSON(
            try await shell.print("report attendance turning --from \(date) --to \(date) --format json")
        )
        #expect(report["total"]?["present"] == .number(1))
    }
}
