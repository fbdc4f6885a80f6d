import Postgres
import ReferralGroup
import TestSupport
import Testing

/// What a chapter comes to in its region is what its records say, however much of it was added up before.
@Suite(.freshDatabase)
struct `Months of a region that are added up` {
    let history: AddedUpHistory

    init() async throws {
        history = try await AddedUpHistory()
        try await history.write(
            """
            INSERT INTO region (slug, name) VALUES ('south', 'South'), ('north', 'North');
            UPDATE chapter SET region_id = (SELECT id FROM region WHERE slug = 'south') WHERE id = 1;
            INSERT INTO meeting (chapter_id, starts_at, local_date, minutes, status)
            SELECT 1, day, day, 90, 'scheduled' FROM generate_series('2026-11-11'::date, '2026-12-16', interval '7 days') AS day;
            INSERT INTO meeting (chapter_id, starts_at, local_date, minutes, status)
            SELECT 1, day, day, 90, 'scheduled' FROM unnest('{2026-08-31,2026-09-29,2026-10-13}'::date[]) AS day;
            INSERT INTO referral (chapter_id, giver_id, receiver_id, tier, need, passed_on)
            SELECT 1, carl, dora, 1, 'Bread', day FROM cast_of, generate_series('2026-04-02'::date, '2026-10-31', interval '3 days') AS day;
            INSERT INTO visitor (chapter_id, name, folded_name, visit_on, came)
            SELECT 1, 'Vera Visitor', 'vera visitor', day, true FROM generate_series('2026-04-08'::date, '2026-10-07', interval '14 days') AS day
            """
        )
        // Adds up what is over.
        _ = try await history.report()
    }

    /// Each of them changes what a region is told, so that a trigger that is missing leaves it as it was.
    private static let writings = [
        "INSERT INTO visitor (chapter_id, name, folded_name, visit_on, came) VALUES (1, 'Vic', 'vic', '2026-05-06', true)",
        "UPDATE visitor SET came = false WHERE name = 'Vic'",
        "UPDATE visitor SET came = true, visit_on = '2026-03-04' WHERE name = 'Vic'",
        "UPDATE visitor SET kind = 'substitute' WHERE name = 'Vic'",
        "DELETE FROM visitor WHERE visit_on = '2026-07-01'",
        "UPDATE meeting SET status = 'cancelled' WHERE local_date = '2026-08-31'",
        "UPDATE meeting SET status = 'scheduled' WHERE local_date = '2026-08-31'",
        "UPDATE meeting SET status = 'open', opened_at = starts_at WHERE local_date = '2026-08-31'",
        "UPDATE meeting SET local_date = '2026-09-01', starts_at = '2026-09-01' WHERE local_date = '2026-08-31'",
        "UPDATE meeting SET kind = 'social' WHERE local_date = '2026-07-08'",
        "INSERT INTO meeting (chapter_id, starts_at, local_date, minutes, status) VALUES (1, '2026-07-31', '2026-07-31', 90, 'scheduled')",
        "DELETE FROM meeting WHERE local_date = '2026-07-31'",
        "UPDATE mark SET mark = 'absent' FROM meeting, cast_of WHERE mark.meeting_id = meeting.id AND local_date = '2026-06-17' AND membership_id = carl",
        "DELETE FROM referral WHERE passed_on BETWEEN '2026-06-05' AND '2026-06-10'",
        "UPDATE referral SET passed_on = '2026-08-30' WHERE passed_on = '2026-04-05'",
        "UPDATE closed_business SET amount = amount + 1 WHERE id = id(207)",
        "UPDATE closed_business SET currency = 'USD' WHERE id = id(208)",
        "INSERT INTO exchange_rate VALUES ('USD', 'EUR', '2026-01-01', 0.9)",
        "UPDATE exchange_rate SET rate = 0.8 WHERE currency = 'USD'",
        "DELETE FROM one_to_one WHERE id = id(105)",
        "INSERT INTO import_batch (chapter_id, kind, file_name, sha256, from_on, to_on, rows) VALUES (1, 'palms', 'may.xls', sha256('may'), '2026-05-01', '2026-05-31', 1); INSERT INTO imported_summary SELECT 1, id, from_on, to_on FROM import_batch WHERE file_name = 'may.xls'",
        "INSERT INTO imported_summary_line SELECT 1, import_batch_id, 1, 'member', carl, 3, 1, 0, 0, 0, 2, 1, 4, 0, 1, 5, 9900, 0, 0 FROM imported_summary, cast_of",
        "UPDATE imported_summary_line SET visitors = 3",
        "INSERT INTO import_batch (chapter_id, kind, file_name, sha256, from_on, to_on, rows) VALUES (1, 'palms', 'summer.xls', sha256('summer'), '2026-06-01', '2026-07-31', 1); INSERT INTO imported_summary SELECT 1, id, from_on, to_on FROM import_batch WHERE file_name = 'summer.xls'",
        "INSERT INTO imported_summary_line SELECT 1, import_batch_id, 1, 'member', carl, 7, 1, 0, 0, 0, 2, 1, 4, 0, 2, 6, 8800, 0, 0 FROM imported_summary, cast_of WHERE from_on = '2026-06-01'",
        "DELETE FROM imported_summary_line USING imported_summary AS of WHERE of.import_batch_id = imported_summary_line.import_batch_id AND from_on = '2026-05-01'; DELETE FROM imported_summary WHERE from_on = '2026-05-01'",
        "UPDATE membership SET ended_on = '2026-09-14' WHERE id = (SELECT dora FROM cast_of)",
        "UPDATE chapter SET currency = 'USD' WHERE id = 1",
        "TRUNCATE visitor CASCADE",
    ]

    @Test func `are as the records say after every kind of writing`() async throws {
        var before = try await figures()
        for statement in Self.writings {
            try await history.write(statement)
            let (found, counted) = (
                try await figures(), try await figures(adding: "DELETE FROM app.months_added_up")
            )
            #expect(found == counted, "\(statement)")
            #expect(found != before, "says nothing: \(statement)")
            _ = try await history.report()
            #expect(try await history.addedUpThrough() == "2026-10-31", "\(statement)")
            #expect(try await figures() == counted, "added up: \(statement)")
            #expect(try await history.wrong() == [], "\(statement)")
            before = found
        }
    }

    @Test func `are read, and not counted again`() async throws {
        let before = try await figures(of: Self.periods.prefix(1))
        try await history.write(
            "SET session_replication_role = replica; UPDATE chapter_in_month SET visitors = visitors + 100"
        )
        let after = try await figures(of: Self.periods.prefix(1))
        #expect(after != before)
        #expect(try await history.wrong().count == 9)
    }

    /// The meeting for which slips wait may come, go or move, and their month with it.
    @Test func `follow slips from meeting to meeting`() async throws {
        for statement in [
            "DELETE FROM meeting WHERE local_date > '2026-10-31'",
            "UPDATE meeting SET status = 'holiday' WHERE local_date >= '2026-09-29' AND status = 'scheduled'",
            "INSERT INTO meeting (chapter_id, starts_at, local_date, minutes, status) VALUES (1, '2026-12-23', '2026-12-23', 90, 'scheduled')",
            "UPDATE meeting SET status = 'scheduled' WHERE status = 'holiday'",
            "UPDATE meeting SET status = 'open', opened_at = starts_at WHERE status = 'scheduled' AND local_date < '2026-11-01'",
            "DELETE FROM meeting WHERE local_date > '2026-09-10' AND NOT EXISTS (SELECT FROM mark WHERE meeting_id = meeting.id)",
            "DELETE FROM mark; DELETE FROM meeting WHERE local_date < '2026-06-01' OR local_date > '2026-08-31'",
            "DELETE FROM meeting",
            "INSERT INTO meeting (chapter_id, starts_at, local_date, minutes, status) VALUES (1, '2026-06-17', '2026-06-17', 90, 'scheduled')",
        ] {
            try await history.write(statement)
            let (found, counted) = (
                try await figures(), try await figures(adding: "DELETE FROM app.months_added_up")
            )
            #expect(found == counted, "\(statement)")
            _ = try await history.report()
            #expect(try await figures() == counted, "added up: \(statement)")
            #expect(try await history.wrong() == [], "\(statement)")
        }
    }

    @Test
    func `are counted from the records where the region compares in another currency, and added up in it`()
        async throws
    {
        try await history.write(
            """
            INSERT INTO chapter (slug, name, folded_name, time_zone, currency, locale, weekday, region_id)
            SELECT 'usd-' || n, 'USD ' || n, 'usd ' || n, 'UTC', 'USD', 'en', 3, region.id
              FROM generate_series(1, 2) AS n, region WHERE region.slug = 'south';
            INSERT INTO exchange_rate VALUES ('EUR', 'USD', '2026-01-01', 1.25)
            """
        )
        let (found, counted) = (
            try await figures(), try await figures(adding: "DELETE FROM app.months_added_up")
        )
        #expect(found == counted)
        try await history.write("UPDATE months_added_up SET through = '2026-09-30'")
        _ = try await history.report()
        let stored = try await history.superuser.run(
            Query<[String]>(
                values: "SELECT DISTINCT currency::text FROM app.chapter_in_month WHERE chapter_id = 1"
            )
        )
        #expect(stored == ["USD"])
        #expect(try await figures() == counted)
        // From now on a rate counts, though the chapter has no money but its own.
        try await history.write("UPDATE exchange_rate SET rate = 2 WHERE into_currency = 'USD'")
        #expect(try await history.addedUpThrough() == "2025-12-31")
    }

    @Test func `are added up in the night, by whoever works by the clock`() async throws {
        try await history.write("UPDATE months_added_up SET through = '-infinity'")
        try await history.worked.scratch.stopClock(at: #require(Instant("2026-11-03T08:00:00Z")))
        let planned = try await history.superuser.run(
            Query<[String]>(
                values: """
                    SELECT for_chapter || ' ' || occasion FROM app.occasions('2026-10-25T00:00Z', '2026-11-03T08:00Z')
                     WHERE kind = 'adding-up'
                    """
            )
        )
        #expect(planned == ["1 2026-11-03"])
        try await history.superuser.withConnection { connection in
            // Others write meanwhile; the night waits for them, and adds up what they wrote.
            try await connection.run(
                script: """
                    BEGIN;
                    SET LOCAL search_path = app, public;
                    SELECT pg_current_xact_id();
                    SELECT app.add_up_months(1);
                    """
            )
            #expect(try await history.addedUpThrough() == "-infinity")
            try await connection.run(script: "SELECT app.add_up_months(1, waits => true); COMMIT")
        }
        #expect(try await history.addedUpThrough() == "2026-10-31")
        let plannedAfter = try await history.superuser.run(
            Query<Int>(
                value:
                    "SELECT count(*) FROM app.occasions('2026-10-25T00:00Z', '2026-11-03T08:00Z') WHERE kind = 'adding-up'"
            )
        )
        #expect(plannedAfter == 0)
    }

    private static let periods = [
        ("2026-01-01", "2026-10-31", "2026-11-01"), ("2026-05-01", "2026-07-31", "2026-11-01"),
        ("2026-06-01", "2026-06-30", "2026-11-01"), ("2026-04-01", "2026-08-31", "2026-11-01"),
        ("2026-07-01", "2026-07-31", "2026-11-01"), ("2026-07-15", "2026-10-14", "2026-11-01"),
        ("2026-01-01", "2026-12-31", "2026-11-01"), ("2026-04-01", "2026-09-30", "2026-08-17"),
        ("2026-10-01", "2026-12-31", "2026-10-31"), ("2025-11-01", "2026-02-28", "2026-11-01"),
        ("2026-11-01", "2026-11-30", "2026-11-01"), ("2026-05-01", "2026-05-31", "2026-11-01"),
    ]

    /// What the chapter comes to in each of the periods; a script may change something before that is taken back.
    private func figures(
        of periods: some Sequence<(String, String, String)> = Self.periods,
        adding script: String = ""
    ) async throws -> [String] {
        try await history.superuser.withConnection { connection in
            try await connection.run(script: "BEGIN; \(AddedUpHistory.shell); \(script)")
            var found: [String] = []
            for (from, to, asOf) in periods {
                found += try await connection.run(
                    Query<[String]>(
                        values: """
                            SELECT figures::text
                              FROM app.chapter_figures(1, \(from)::date, \(to)::date, \(asOf + "T12:00Z")::timestamptz,
                                                       app.currency_of_chapters_region(1)) AS figures
                            """
                    )
                )
            }
            try await connection.run(script: "ROLLBACK")
            return found
        }
    }
}
