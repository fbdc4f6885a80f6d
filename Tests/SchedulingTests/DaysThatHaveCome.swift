import Postgres
import ReferralGroup
import Storage
import TestSupport
import Testing

/// What `days_come` says: a time of day on the walls of chapters in many zones.
@Suite(.freshDatabase)
struct `Days that have come` {
    let scratch: ScratchDatabase

    init() throws {
        scratch = try .current
    }

    @Test(arguments: [
        // Three o'clock comes twenty-three hours after the day before's: the night is short.
        ("Europe/Berlin", "03:00", "2026-03-28T12:00:00Z", "2026-03-29T12:00:00Z", ["2026-03-29 01:00"]),
        // Half past two does not come: PostgreSQL reads it as half past three.
        ("Europe/Berlin", "02:30", "2026-03-28T12:00:00Z", "2026-03-29T12:00:00Z", ["2026-03-29 01:30"]),
        // It comes twice: PostgreSQL reads it as the second.
        ("Europe/Berlin", "02:30", "2026-10-24T12:00:00Z", "2026-10-25T12:00:00Z", ["2026-10-25 01:30"]),
        ("America/New_York", "02:30", "2026-03-07T12:00:00Z", "2026-03-08T12:00:00Z", ["2026-03-08 07:30"]),
        // The first and the last place to begin a day.
        ("Pacific/Kiritimati", "08:00", "2026-06-01T00:00:00Z", "2026-06-02T00:00:00Z", ["2026-06-02 18:00"]),
        ("Pacific/Pago_Pago", "08:00", "2026-06-01T00:00:00Z", "2026-06-02T00:00:00Z", ["2026-06-01 19:00"]),
        // Half an hour of summer time, and three quarters of an hour beside the others.
        (
            "Australia/Lord_Howe", "02:10", "2026-10-03T00:00:00Z", "2026-10-04T00:00:00Z",
            ["2026-10-04 15:40"]
        ),
        ("Asia/Kathmandu", "08:00", "2026-06-01T00:00:00Z", "2026-06-02T00:00:00Z", ["2026-06-01 02:15"]),
        // After one instant, and up to another.
        (
            "UTC", "08:00", "2026-06-01T08:00:00Z", "2026-06-03T08:00:00Z",
            ["2026-06-02 08:00", "2026-06-03 08:00"]
        ),
    ])
    func `come when the clock on the wall says so`(
        _ zone: String,
        _ time: String,
        _ after: String,
        _ through: String,
        _ expected: [String]
    ) async throws {
        let shell = scratch.database.acting(as: .system(door: .cli), in: nil)
        _ = try await shell.create(.sample("alder", timeZone: zone))
        let days = try await scratch.superuser.run(
            Query<[String]>(
                values: """
                    SELECT to_char(day, 'YYYY-MM-DD') || ' ' || to_char(due_at AT TIME ZONE 'UTC', 'HH24:MI')
                      FROM app.days_come(\(time)::time, \(Instant(after)), \(Instant(through)))
                     ORDER BY due_at
                    """
            )
        )
        #expect(days == expected)
    }
}
