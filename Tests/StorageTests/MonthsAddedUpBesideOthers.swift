import Postgres
import ReferralGroup
import Storage
import TestSupport
import Testing

/// Whoever adds up and whoever writes meet at a lock: what was added up is never without what was written.
@Suite(.freshDatabase)
struct `Months that are added up beside others who write` {
    let history: AddedUpHistory

    init() async throws {
        history = try await AddedUpHistory()
    }

    private let thanks = """
        SET search_path = app, public;
        INSERT INTO closed_business (chapter_id, id, thanked_id, amount, currency, closed_on) SELECT 1, id(900), dora, 4321, 'EUR', '2026-05-06' FROM cast_of
        """

    @Test func `are left to the next who asks while a change is not decided`() async throws {
        try await history.superuser.withConnection { writer in
            try await writer.run(script: "BEGIN; \(thanks)")
            let meanwhile = try await history.report()
            #expect(try await history.addedUpThrough() == nil, "added up without what is being written")
            try await writer.run(script: "COMMIT")
            let (after, counted) = try await history.bothReports(month: "2026-10", asOf: "2026-11-01")
            #expect(after != meanwhile)
            #expect(after == counted)
            #expect(try await history.addedUpThrough() == "2026-10-31")
        }
    }

    @Test func `make who writes wait until they stand, and see them`() async throws {
        let before = try await history.superuser.withConnection { reader in
            try await reader.run(script: "BEGIN; \(AddedUpHistory.shell)")
            let report = try await reader.run(AddedUpHistory.report("2026-10", "2026-11-01"))
            let pid = try await reader.run(Query<Int>(value: "SELECT pg_backend_pid()"))
            async let written: Void = history.write(thanks)
            try await untilSomebodyWaits(for: pid)
            try await reader.run(script: "COMMIT")
            try await written
            return report
        }
        #expect(try await history.addedUpThrough() == "2026-04-30", "what was added up later does not count")
        let (after, counted) = try await history.bothReports(month: "2026-10", asOf: "2026-11-01")
        #expect(after != before)
        #expect(after == counted)
    }

    @Test func `do not make those wait who write in the running month, nor those who only read`() async throws
    {
        _ = try await history.report()
        try await history.superuser.withConnection { writer in
            try await writer.run(script: "BEGIN; \(running(901))")
            try await history.superuser.withConnection { other in
                try await other.run(script: "SET lock_timeout = 1; BEGIN; \(running(902))")
                let (reported, counted) = try await history.bothReports(month: "2026-11", asOf: "2026-11-01")
                #expect(reported == counted)
                try await other.run(script: "COMMIT; RESET lock_timeout")
            }
            try await writer.run(script: "COMMIT")
        }
        #expect(try await history.addedUpThrough() == "2026-10-31")
    }

    private func running(_ id: Int) -> String {
        """
        SET search_path = app, public;
        INSERT INTO activity (chapter_id, id, membership_id, kind, done_on, minutes, money, currency) SELECT 1, id(\(id)), carl, 'meal', '2026-11-01', 30, 100, 'EUR' FROM cast_of
        """
    }

    /// A snapshot from before they were added up would not see that they are to be added up again.
    @Test func `refuse a change whose snapshot does not know them`() async throws {
        for (isFirst, id) in [(true, 903), (false, 904)] {
            try await history.superuser.withConnection { writer in
                if !isFirst { try await history.write("UPDATE meeting SET minutes = minutes + 1") }
                try await writer.run(
                    script: "BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT count(*) FROM app.months_added_up"
                )
                _ = try await history.report()
                let error = await #expect(throws: PostgresError.self) {
                    try await writer.run(
                        script:
                            "SET LOCAL search_path = app, public; INSERT INTO education_unit (chapter_id, id, membership_id, units, done_on) SELECT 1, id(\(id)), carl, 1, '2026-05-05' FROM cast_of"
                    )
                }
                #expect(error?.state == .serializationFailure)
                try await writer.run(script: "ROLLBACK")
            }
        }
    }

    @Test(arguments: [
        "BEGIN READ ONLY", "BEGIN ISOLATION LEVEL REPEATABLE READ", "BEGIN; SELECT pg_current_xact_id()",
    ])
    func `are not added up where that cannot be written, or not safely`(_ beginning: String) async throws {
        let reported = try await history.superuser.withConnection { reader in
            try await reader.run(script: "\(beginning); \(AddedUpHistory.shell)")
            // A director's rights: nothing is shown that the access log would have to tell.
            try await reader.run(script: "SET LOCAL app.rights = 'see-chapter-totals'")
            let report = try await reader.run(AddedUpHistory.report("2026-10", "2026-11-01"))
            try await reader.run(script: "COMMIT")
            return report
        }
        #expect(try await history.addedUpThrough() == nil)
        #expect(reported.contains("trailing"))
    }

    /// Rates hold for all chapters: who changes one waits for all who add up, and they for none.
    @Test func `are left alone while rates change`() async throws {
        try await history.superuser.withConnection { writer in
            try await writer.run(
                script: "BEGIN; INSERT INTO app.exchange_rate VALUES ('CHF', 'EUR', '2026-05-01', 1.05)"
            )
            _ = try await history.report()
            #expect(try await history.addedUpThrough() == nil)
            try await writer.run(script: "COMMIT")
        }
    }

    /// Counted by the server, in rows: ten years cost no more than one.
    @Test(arguments: ["2026-10", "2026-11"])
    func `make a report read as much, however long the history is`(_ month: String) async throws {
        var read: [Int] = []
        for since in ["2025-11-03", "2016-11-07"] {
            try await history.superuser.withConnection { connection in
                try await connection.run(
                    script: """
                        SET enable_seqscan = off; SET session_replication_role = replica; SET search_path = app, public;
                        UPDATE membership SET joined_on = '\(since)'; UPDATE months_added_up SET through = '-infinity';
                        DELETE FROM meeting; DELETE FROM mark; DELETE FROM referral; DELETE FROM closed_business;
                        DELETE FROM closed_business_earner; DELETE FROM activity; DELETE FROM one_to_one;
                        INSERT INTO meeting (chapter_id, starts_at, local_date, minutes, status, opened_at)
                        SELECT 1, day, day, 90, 'open', day FROM generate_series('\(since)', '2026-11-01', interval '7 days') AS day;
                        INSERT INTO mark SELECT 1, meeting.id, membership.id, 'present' FROM meeting, membership;
                        INSERT INTO referral (chapter_id, giver_id, receiver_id, tier, need, passed_on)
                        SELECT 1, carl, dora, 1, 'Bread', local_date FROM meeting, cast_of, generate_series(1, 5);
                        INSERT INTO closed_business (chapter_id, thanked_id, amount, currency, closed_on) SELECT 1, dora, 1000, 'EUR', local_date FROM meeting, cast_of;
                        INSERT INTO closed_business_earner SELECT 1, closed_business.id, carl, person_id, thanked_id, closed_on FROM closed_business, cast_of, membership WHERE membership.id = carl;
                        INSERT INTO one_to_one (chapter_id, first_id, second_id, met_on, minutes, currency) SELECT 1, carl, dora, local_date, 45, 'EUR' FROM meeting, cast_of;
                        INSERT INTO activity (chapter_id, membership_id, kind, done_on, minutes, money, currency)
                        SELECT 1, carl, 'meal', local_date, 30, 100, 'EUR' FROM meeting, cast_of;
                        SET session_replication_role = origin
                        """
                )
                // The first adds up, the second has everything planned.
                for _ in 0..<2 { _ = try await history.report(month: month) }
                try await connection.run(script: "VACUUM ANALYZE")
                _ = try await history.report(month: month)
                // What the statements before read would count, where the server has not put it down yet.
                try await connection.run(script: "SELECT pg_stat_force_next_flush()")
                try await connection.run(script: "BEGIN; \(AddedUpHistory.shell)")
                _ = try await connection.run(AddedUpHistory.report(month, "2026-11-01"))
                read.append(
                    try await connection.run(
                        Query<Int>(
                            value:
                                "SELECT sum(seq_tup_read + idx_tup_fetch)::bigint FROM pg_stat_xact_user_tables WHERE schemaname = 'app'"
                        )
                    )
                )
                try await connection.run(script: "COMMIT")
            }
        }
        #expect(read[1] <= read[0] + 20, "\(read)")
    }

    /// Until another session waits for a lock of this one.
    private func untilSomebodyWaits(for pid: Int) async throws {
        while try await history.superuser.run(
            Query<Bool>(
                value:
                    "SELECT NOT EXISTS (SELECT FROM pg_locks WHERE NOT granted AND \(pid) = ANY (pg_blocking_pids(pid)))"
            )
        ) {
            await Task.yield()
        }
    }
}
