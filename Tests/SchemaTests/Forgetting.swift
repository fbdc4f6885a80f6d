import Postgres
import ReferralGroup
import Storage
import TestSupport
import Testing

/// What is kept of people only for a time, each kind on its last day and on the day after.
@Suite(.sampleDatabase)
struct `Forgetting by date` {
    let sample: SampleChapter

    init() async throws {
        sample = try await SampleChapter()
        try await sample.fillEveryTable()
        // Everything is of one day, the contact without anything that is to be done about them.
        try await sample.write(
            """
            SET session_replication_role = replica;
            UPDATE contact SET recorded_at = '2026-10-07T12:00:00Z', met_on = '2026-10-07';
            DELETE FROM follow_up WHERE contact_id IS NOT NULL;
            DELETE FROM activity_contact;
            UPDATE closed_business SET closed_on = '2026-10-07', thanked_id = NULL, thanked_outsider_id = NULL, thanked_visitor = 'Vera Visitor';
            UPDATE introduction SET made_on = '2026-10-07';
            UPDATE mark SET mark = 'substitute', stand_in = 'Vera Visitor';
            UPDATE meeting SET status = 'sealed', sealed_at = now(), local_date = '2026-10-07';
            UPDATE application SET decision = 'accepted', decided_on = '2026-10-07', applied_on = '2026-10-07';
            UPDATE mail SET sent_at = '2026-10-07T12:00:00Z', body = NULL, facts = NULL;
            INSERT INTO session (person_id, secret_hash, created_at, seen_at, idle_limit, expires_at)
            VALUES (\(sample.bob.person), sha256('x'), '2026-10-01', '2026-10-01', '1 hour', '2026-10-07T12:00:00Z');
            INSERT INTO access_event (chapter_id, door, seen, about, at)
            VALUES (\(sample.alder.id), 'web', 'thanks', ARRAY[\(sample.bob.person)]::bigint[], '2026-10-07T12:00:00Z');
            DELETE FROM access_event WHERE at > '2026-10-08';
            RESET session_replication_role
            """
        )
    }

    @Test(arguments: [
        ("SELECT count(*) FROM app.closed_business WHERE thanked_visitor <> 'somebody'", 24),
        ("SELECT count(*) FROM app.introduction WHERE second_name <> 'somebody'", 24),
        ("SELECT count(*) FROM app.mark WHERE stand_in IS NOT NULL", 24),
        ("SELECT count(*) FROM app.announced_absence WHERE num_nonnulls(stand_in, reason) > 0", 24),
        ("SELECT count(*) FROM app.application WHERE name <> 'somebody'", 24),
        ("SELECT count(*) FROM app.application_reference WHERE name <> 'somebody'", 24),
        ("SELECT count(*) FROM app.contact WHERE name <> 'somebody'", 24),
        ("SELECT count(*) FROM app.access_event", 24),
        ("SELECT count(*) FROM app.mail", 12),
        ("SELECT count(*) FROM app.session", 3),
    ])
    func `begins when the time of a kind is over`(_ kept: String, _ months: Int) async throws {
        let (year, month) = (2026 + (9 + months) / 12, (9 + months) % 12 + 1)
        let last = "\(year)-\(month < 10 ? "0" : "")\(month)-07T11:59:00Z"
        let after = "\(year)-\(month < 10 ? "0" : "")\(month)-08T12:00:00Z"
        try await forget(at: last)
        #expect(try await number(kept) > 0)
        try await forget(at: after)
        #expect(try await number(kept) == 0)
    }

    @Test func `leaves a contact with whom somebody is in touch, and every row that counts`()
        async throws
    {
        try await sample.write(
            """
            SET session_replication_role = replica;
            INSERT INTO follow_up (chapter_id, membership_id, person_id, contact_id, channel, due_on, ended_on, ending)
            SELECT chapter_id, membership_id, person_id, id, 'call', '2027-01-01', '2027-01-01', 'done' FROM contact;
            RESET session_replication_role
            """
        )
        let rows =
            "SELECT (SELECT count(*) FROM app.introduction) + (SELECT count(*) FROM app.mark) + (SELECT sum(amount) FROM app.closed_business)"
        let before = try await number(rows)
        try await forget(at: "2028-12-31T12:00:00Z")
        #expect(try await number("SELECT count(*) FROM app.contact WHERE name <> 'somebody'") == 1)
        try await forget(at: "2029-01-02T12:00:00Z")
        #expect(try await number("SELECT count(*) FROM app.contact WHERE name <> 'somebody'") == 0)
        #expect(try await number(rows) == before)
    }

    private func forget(at moment: String) async throws {
        guard let now = Instant(moment) else { return }
        try await sample.scratch.stopClock(at: now)
        try await sample.write("SELECT forget_third_parties()")
    }

    private func number(_ sql: String) async throws -> Int {
        try await sample.scratch.superuser.run(
            Query<Int>(value: SQL(stringLiteral: "SELECT (\(sql))::bigint"))
        )
    }
}
