import Postgres
import ReferralGroup
import Scheduling
import ServiceLifecycle
import Storage
import TestSupport
import Testing

@Suite(.freshDatabase)
struct `Doing what is due` {
    let scratch: ScratchDatabase

    init() async throws {
        scratch = try .current
        try await scratch.stopClock(at: "2026-03-10T12:00:00Z")
    }

    @Test func `is planned once a quarter of an hour, whoever asks`() async throws {
        async let one = timekeeper.plan()
        async let other = timekeeper.plan()
        #expect(try await one + other == 2, "cleaning and sealing, once")
        #expect(try await kinds() == ["planning", "cleaning", "sealing"])
        try await scratch.stopClock(at: "2026-03-10T12:14:59Z")
        #expect(try await timekeeper.plan() == 0)
        #expect(try await kinds().count == 3)
        try await scratch.stopClock(at: "2026-03-10T12:15:00Z")
        #expect(try await timekeeper.plan() == 0)
        #expect(try await kinds().count == 4)
    }

    @Test func `is planned on where the clock was ahead for a while, and nothing twice`() async throws {
        try await timekeeper.plan()
        _ = try await workOff()
        try await scratch.stopClock(at: "2026-03-13T12:00:00Z")
        try await timekeeper.plan()
        #expect(try await workOff() == ["cleaning 2026-03-13", "sealing 2026-03-13T12:00Z"])
        try await scratch.stopClock(at: "2026-03-11T03:00:00Z")
        try await timekeeper.plan()
        #expect(try await workOff() == ["cleaning 2026-03-11", "sealing 2026-03-11T03:00Z"])
        try await scratch.stopClock(at: "2026-03-13T12:00:00Z")
        try await timekeeper.plan()
        #expect(try await workOff() == [])
    }

    @Test func `is done once for an occasion`() async throws {
        try await timekeeper.plan()
        #expect(try await workOff() == ["cleaning 2026-03-10", "sealing 2026-03-10T12:00Z"])
        #expect(try await workOff() == [])
        try await scratch.stopClock(at: "2026-03-11T02:59:00Z")
        try await timekeeper.plan()
        #expect(
            try await workOff() == ["sealing 2026-03-11T02:00Z"],
            "cleaning is of the day after, at three"
        )
        try await scratch.stopClock(at: "2026-03-11T03:00:00Z")
        try await timekeeper.plan()
        #expect(try await workOff() == ["cleaning 2026-03-11", "sealing 2026-03-11T03:00Z"])
        #expect(try await workOff() == [])
    }

    @Test func `is entered once, whoever enters it`() async throws {
        #expect(try await enter("cleaning", "a day"))
        #expect(try await !enter("cleaning", "a day"))
        #expect(try await enter("cleaning", "another day"))
    }

    @Test func `is skipped, and says so, where nobody is helped any more`() async throws {
        #expect(try await enter("cleaning", "late", until: "2026-03-10T12:00:00Z"))
        #expect(try await enter("cleaning", "in time", until: "2026-03-10T12:00:01Z"))
        try await scratch.stopClock(at: "2026-03-10T12:00:01Z")
        #expect(try await timekeeper.workOnNext() == nil)
        let jobs = try await shell.run(.jobs(limit: 10, lately: 10))
        #expect(jobs.map(\.standing) == [.skipped, .skipped])
        #expect(Set(jobs.map(\.skippedBecause)) == Set(JobRecord.reasonsToSkip))
    }

    @Test func `is tried again after longer and longer, and given up after the eighth try`() async throws {
        #expect(try await enter("nonsense", "once"))
        var moment = "2026-03-10T12:00:00Z"
        for next in [
            "2026-03-10T12:01:00Z", "2026-03-10T12:06:00Z", "2026-03-10T12:21:00Z", "2026-03-10T13:21:00Z",
            "2026-03-10T17:21:00Z", "2026-03-11T05:21:00Z", "2026-03-11T17:21:00Z",
        ] {
            try await scratch.stopClock(at: moment)
            let outcome = try await timekeeper.workOnNext()?.outcome
            guard case .failed(let until, let trouble) = outcome else {
                Issue.record("\(moment): \(String(describing: outcome))")
                return
            }
            #expect(until == Instant(next))
            #expect(trouble.contains("nobody knows how to do nonsense"))
            #expect(try await timekeeper.workOnNext() == nil, "not at once")
            moment = next
        }
        try await scratch.stopClock(at: moment)
        guard case .givenUp = try await timekeeper.workOnNext()?.outcome else {
            Issue.record("the eighth try is the last")
            return
        }
        #expect(try await shell.run(.jobs(limit: 10)).map(\.standing) == [.givenUp])
        #expect(try await shell.run(.retryJobs(only: nil)) == 1)
        guard case .failed = try await timekeeper.workOnNext()?.outcome else {
            Issue.record("what was given up can be tried again")
            return
        }
    }

    @Test func `does nothing of what failed`() async throws {
        try await change("CREATE TABLE app.trace (x integer)")
        try await change("ALTER TABLE app.trace OWNER TO chapterhouse_owner")
        try await change(
            """
            CREATE OR REPLACE FUNCTION app.clean_up() RETURNS void LANGUAGE plpgsql AS
            $$ BEGIN INSERT INTO app.trace VALUES (1); PERFORM 1 / 0; END $$
            """
        )
        #expect(try await enter("cleaning", "once"))
        guard case .failed(_, let trouble) = try await timekeeper.workOnNext()?.outcome else {
            Issue.record("a division by zero is a failure")
            return
        }
        #expect(trouble.contains("division by zero"))
        #expect(try await count("SELECT count(*) FROM app.trace") == 0)
    }

    @Test func `leaves alone what another holds, until its lease ends`() async throws {
        #expect(try await enter("cleaning", "once"))
        let taken: DueJob? = try await shell.run(.takeJob)
        let job = try #require(taken)
        #expect(try await timekeeper.workOnNext() == nil)
        try await change("UPDATE app.job SET leased_until = now() - interval '1 second'")
        #expect(try await timekeeper.workOnNext()?.outcome == .done)
        // Who was too slow has no say any more, and does it no second time.
        #expect(try await !shell.run(.run(job)))
        #expect(try await shell.run(.failed(job, trouble: "late")) == nil)
        #expect(try await shell.run(.jobs(limit: 10, lately: 10)).map(\.standing) == [.done])
    }

    @Test func `does not end node after node with one job`() async throws {
        #expect(try await enter("cleaning", "once"))
        for _ in 1...8 {
            let taken: DueJob? = try await shell.run(.takeJob)
            #expect(taken != nil)
            try await change("UPDATE app.job SET leased_until = now() - interval '1 second'")
        }
        #expect(try await timekeeper.workOnNext() == nil)
        #expect(try await shell.run(.jobs(limit: 10)).map(\.standing) == [.givenUp])
    }

    @Test(.timeLimit(.minutes(20)))
    func `is shared by timekeepers who work beside each other`() async throws {
        try await change("CREATE TABLE app.trace (x integer)")
        try await change("ALTER TABLE app.trace OWNER TO chapterhouse_owner")
        try await change(
            """
            CREATE OR REPLACE FUNCTION app.clean_up() RETURNS void LANGUAGE sql AS
            $$ INSERT INTO app.trace VALUES (1) $$
            """
        )
        for number in 1...40 { #expect(try await enter("cleaning", "\(number)")) }
        let group = ServiceGroup(services: [timekeeper, timekeeper, timekeeper], logger: .silent)
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            while try await count(
                "SELECT count(*) FROM app.job WHERE done_at IS NULL AND last_trouble IS NULL"
            ) > 0 {
                try await Task.sleep(for: .milliseconds(20))
            }
            // Whoever enters one wakes them.
            #expect(try await enter("cleaning", "one more"))
            while try await count(
                "SELECT count(*) FROM app.job WHERE done_at IS NULL AND last_trouble IS NULL"
            ) > 0 {
                try await Task.sleep(for: .milliseconds(20))
            }
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
        }
        #expect(try await count("SELECT count(*) FROM app.trace") == 42, "41, and the one that was planned")
    }

    @Test func `is seen by operators, and changed by the functions alone`() async throws {
        #expect(try await enter("cleaning", "once"))
        let nobody = scratch.database.acting(as: .nobody(door: .web), in: nil)
        #expect(try await nobody.run(.jobs(limit: 10)).isEmpty)
        for query in [
            "SELECT plan_jobs()::text", "SELECT id::text FROM take_job()",
            "SELECT run_job(1, 1::smallint)::text",
            "SELECT retry_jobs(NULL)::text", "SELECT job_failed(1, 1::smallint, '')::text",
        ] {
            await #expect(throws: PostgresError.self, "\(query)") {
                try await nobody.run(Query<[String]>(values: SQL(stringLiteral: query)))
            }
        }
        await #expect(throws: PostgresError.self) {
            try await shell.run(Query<Void>("UPDATE job SET done_at = now()"))
        }
    }

    @Test func `finds what is due by an index`() async throws {
        try await change(
            """
            INSERT INTO app.job (kind, occasion, due_at, next_try_at, done_at)
            SELECT 'cleaning', n::text, now(), now(), CASE WHEN n > 20 THEN now() END FROM generate_series(1, 20000) AS n
            """
        )
        try await change("ANALYZE app.job")
        let plan = try await scratch.superuser.run(
            Query<[String]>(
                values: """
                    EXPLAIN SELECT * FROM app.job AS waiting
                     WHERE waiting.done_at IS NULL AND waiting.given_up_at IS NULL AND waiting.next_try_at <= app.this_instant()
                     ORDER BY waiting.next_try_at, waiting.id LIMIT 1
                    """
            )
        ).joined(separator: "\n")
        #expect(plan.contains("job_due"), "\(plan)")
    }

    private var timekeeper: Timekeeper {
        Timekeeper(database: scratch.database, logger: .silent, pause: .milliseconds(100))
    }

    private var shell: ActingDatabase {
        scratch.database.acting(as: .system(door: .cli), in: nil)
    }

    private func enter(_ kind: String, _ occasion: String, until: String? = nil) async throws -> Bool {
        try await scratch.superuser.run(
            Query<Bool>(
                value: """
                    SELECT app.enter_job(\(kind), NULL, \(occasion), app.this_instant(), \(until.flatMap { Instant($0) }))
                    """
            )
        )
    }

    /// What is done of what is due.
    private func workOff() async throws -> [String] {
        var done: [String] = []
        while let work = try await timekeeper.workOnNext() {
            #expect(work.outcome == .done)
            done.append("\(work.job.kind) \(work.job.occasion)")
        }
        return done
    }

    private func kinds() async throws -> [String] {
        try await scratch.superuser.run(Query<[String]>(values: "SELECT kind FROM app.job ORDER BY id"))
    }

    private func count(_ sql: SQL) async throws -> Int {
        try await scratch.superuser.run(Query<Int>(value: sql))
    }

    private func change(_ sql: SQL) async throws {
        try await scratch.superuser.run(Query<Void>(sql))
    }
}

extension ScratchDatabase {
    func stopClock(at moment: String) async throws {
        try await stopClock(at: try #require(Instant(moment)))
    }
}
