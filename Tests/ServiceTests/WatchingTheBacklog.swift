import Logging
import Postgres
import ReferralGroup
import Service
import Storage
import TestSupport
import Testing

@Suite(.sampleDatabase)
struct `Watching what waits` {
    let sample: SampleChapter

    init() async throws {
        sample = try await SampleChapter()
        try await sample.scratch.stopClock(at: try #require(Instant("2026-11-13T12:00:00Z")))
    }

    @Test func `an operator's machine reads it with all else`() async throws {
        try await whileServing(sample.database) { _, adminPort in
            let client = try RawClient(port: adminPort)
            await client.send("GET /metrics HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
            let metrics = try #require(await client.readToEnd())
            #expect(metrics.contains("chapterhouse_ready 1\n"))
            #expect(metrics.contains("chapterhouse_jobs_due 0.0\n"))
            #expect(metrics.contains("chapterhouse_mails_waiting 0.0\n"))
            // Nothing was sealed yet.
            #expect(!metrics.contains("chapterhouse_sealing_done_timestamp_seconds "))
        }
    }

    @Test func `counts work that is due, fails, was given up, and was done last`() async throws {
        try await run(
            """
            INSERT INTO app.job (kind, occasion, due_at, next_try_at, tries, last_trouble, given_up_at, done_at) VALUES
                ('cleaning', 'due', '2026-11-13 11:00Z', '2026-11-13 11:30Z', 1, 'no', NULL, NULL),
                ('cleaning', 'later', '2026-11-13 10:00Z', '2026-11-13 13:00Z', 1, 'no', NULL, NULL),
                ('cleaning', 'given up', '2026-11-12 10:00Z', '2026-11-12 10:00Z', 8, 'no', '2026-11-13 10:00Z', NULL),
                ('cleaning', 'long ago', '2026-10-12 10:00Z', '2026-10-12 10:00Z', 8, 'no', '2026-10-13 10:00Z', NULL),
                ('sealing', 'before', '2026-11-13 10:00Z', '2026-11-13 10:00Z', 1, NULL, NULL, '2026-11-13 10:00Z'),
                ('sealing', 'last', '2026-11-13 11:00Z', '2026-11-13 11:00Z', 1, NULL, NULL, '2026-11-13 11:00Z')
            """
        )
        let backlog = try await sample.database.backlog()
        #expect(backlog["jobs_due"] == 1)
        #expect(backlog["jobs_failing"] == 2)
        #expect(backlog["jobs_oldest_due_seconds"] == 3600)
        #expect(backlog["jobs_given_up"] == 1)
        #expect(backlog["sealing_done_timestamp_seconds"] == 1_794_567_600)
        #expect(backlog.figures.contains { $0.name == "planning_done_timestamp_seconds" && $0.value == nil })
    }

    @Test func `counts mails that wait, fail and were given up, and webhooks that fail`() async throws {
        try await run(
            """
            INSERT INTO app.mail (to_address, subject, body, created_at, next_try_at, tries, last_trouble, given_up_at) VALUES
                ('a@example.org', 'x', 'x', '2026-11-13 11:00Z', '2026-11-13 11:00Z', 0, NULL, NULL),
                ('a@example.org', 'x', 'x', '2026-11-13 10:00Z', '2026-11-13 14:00Z', 2, 'no', NULL),
                ('a@example.org', 'x', 'x', '2026-11-13 09:00Z', '2026-11-14 14:00Z', 0, NULL, NULL),
                ('a@example.org', 'x', NULL, '2026-11-12 10:00Z', '2026-11-12 10:00Z', 8, 'no', '2026-11-13 10:00Z'),
                ('a@example.org', 'x', NULL, '2026-11-02 10:00Z', '2026-11-02 10:00Z', 8, 'no', '2026-11-03 10:00Z')
            """
        )
        try await run(
            """
            INSERT INTO app.webhook (chapter_id, address, host, events, secret, made_at, failing_since, off_at, off_because)
            SELECT id, 'https://example.org/' || number, 'example.org', '{referral.passed}', sha256('x'), '2026-11-01',
                   CASE WHEN number < 3 THEN timestamptz '2026-11-13 10:00Z' END,
                   CASE number WHEN 2 THEN timestamptz '2026-11-13 11:00Z' WHEN 3 THEN '2026-10-13 11:00Z' END,
                   CASE WHEN number IN (2, 3) THEN 'failing' END
              FROM app.chapter, generate_series(1, 4) AS number WHERE slug = 'alder'
            """
        )
        let backlog = try await sample.database.backlog()
        #expect(backlog["mails_waiting"] == 3)
        #expect(backlog["mails_failing"] == 1)
        // What is to be sent tomorrow is no delay.
        #expect(backlog["mails_oldest_seconds"] == 7200)
        #expect(backlog["mails_given_up"] == 1)
        #expect(backlog["webhooks_failing"] == 1)
        #expect(backlog["webhooks_switched_off"] == 1)
    }

    @Test func `is for nobody else`() async throws {
        let query = Query<[String]>(values: "SELECT name FROM backlog()")
        await #expect(throws: (any Error).self) { try await sample.scratch.nobody.run(query) }
    }

    private func run(_ statement: SQL) async throws {
        try await sample.scratch.superuser.run(Query<Void>(statement))
    }
}
