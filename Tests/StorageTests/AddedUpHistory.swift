import Postgres
import ReferralGroup
import Storage
import TestSupport

/// The worked month's chapter with a past: Carl and Dora since April 2026, with meetings and slips in every month.
///
/// Everything is written and read by a superuser, whom triggers meet like anybody else.
struct AddedUpHistory: Sendable {
    let worked: WorkedMonth
    let superuser: PostgresClient

    init() async throws {
        worked = try await WorkedMonth()
        superuser = worked.scratch.superuser
        try await write(
            """
            INSERT INTO person (name, folded_name) VALUES ('Carl', 'carl'), ('Dora', 'dora'), ('Eve', 'eve');
            INSERT INTO membership (chapter_id, person_id, name, folded_name, joined_on)
            SELECT 1, id, name, folded_name, '2026-04-01' FROM person WHERE folded_name IN ('carl', 'dora');
            CREATE VIEW cast_of AS
                SELECT (SELECT id FROM membership WHERE name = 'Anna Alt') AS anna, (SELECT id FROM membership WHERE name = 'Ben Berg') AS ben,
                       (SELECT id FROM membership WHERE name = 'Carl') AS carl, (SELECT id FROM membership WHERE name = 'Dora') AS dora;
            CREATE VIEW new_person AS SELECT id AS person_id FROM person WHERE name = 'Eve';
            CREATE FUNCTION id(number integer) RETURNS uuid LANGUAGE sql RETURN lpad(number::text, 32, '0')::uuid;
            CREATE FUNCTION other_than(one bigint, other bigint) RETURNS boolean LANGUAGE sql RETURN one <> other;
            INSERT INTO meeting (chapter_id, starts_at, local_date, minutes, status, opened_at)
            SELECT 1, day, day, 90, 'open', day FROM generate_series('2026-04-01', '2026-09-30', interval '7 days') AS day;
            INSERT INTO mark SELECT 1, meeting.id, membership.id, 'present'
              FROM meeting, membership WHERE local_date < '2026-10-01' AND joined_on < '2026-05-01' AND extract(day FROM local_date) <> 8;
            INSERT INTO one_to_one (chapter_id, id, first_id, second_id, met_on, minutes, cost_of_first, currency)
            SELECT 1, id(100 + extract(month FROM day)::integer), carl, dora, day, 45, 300, 'EUR'
              FROM cast_of, generate_series('2026-04-03', '2026-10-03', interval '1 month') AS day;
            INSERT INTO closed_business (chapter_id, id, thanked_id, amount, currency, closed_on)
            SELECT 1, id(200 + extract(month FROM day)::integer), dora, 20000 + 1000 * extract(month FROM day)::integer, 'EUR', day
              FROM cast_of, generate_series('2026-04-13', '2026-10-13', interval '1 month') AS day;
            INSERT INTO closed_business_earner
            SELECT 1, thanks.id, carl, person_id FROM closed_business AS thanks, cast_of, membership
             WHERE thanks.thanked_id = dora AND membership.id = carl AND thanks.id <> id(205);
            INSERT INTO activity (chapter_id, id, membership_id, kind, done_on, minutes, money, currency)
            SELECT 1, id(300), dora, 'meal', '2026-06-03', 60, 1500, 'EUR' FROM cast_of;
            INSERT INTO referral (chapter_id, id, giver_id, receiver_id, tier, need, passed_on)
            SELECT 1, id(400), carl, dora, 1, 'Bread', '2026-06-04' FROM cast_of;
            -- Thanks of a file may name somebody on a day on which they were no member yet.
            INSERT INTO import_batch (chapter_id, kind, file_name, sha256, from_on, to_on, rows)
            VALUES (1, 'slips', 'old.xls', sha256('old'), '2026-02-01', '2026-02-28', 1);
            INSERT INTO closed_business (chapter_id, id, thanked_id, amount, currency, closed_on, import_batch_id)
            SELECT 1, id(500), carl, 3000, 'EUR', '2026-02-13', (SELECT id FROM import_batch) FROM cast_of
            """
        )
    }

    func write(_ script: String) async throws {
        try await superuser.withConnection { connection in
            // A constraint trigger may forbid what nobody but a superuser would write; the arithmetic has to follow all the same.
            try await connection.run(script: "SET search_path = app, public; \(script)")
        }
    }

    /// The whole report of a month as the operator's shell sees it, added up before where that can be.
    func report(month: String = "2026-10", asOf day: String = "2026-11-01") async throws -> String {
        try await superuser.withConnection { connection in
            try await connection.run(script: "BEGIN; \(Self.shell)")
            let report = try await connection.run(Self.report(month, day))
            try await connection.run(script: "COMMIT")
            return report
        }
    }

    /// The report, and what it would be if nothing had ever been added up.
    func bothReports(month: String, asOf day: String) async throws -> (String, String) {
        let reported = try await report(month: month, asOf: day)
        let counted = try await superuser.withConnection { connection in
            // Whoever has written in the same transaction adds nothing up.
            try await connection.run(
                script: "BEGIN; \(Self.shell); DELETE FROM app.months_added_up; SELECT pg_current_xact_id()"
            )
            let report = try await connection.run(Self.report(month, day))
            try await connection.run(script: "ROLLBACK")
            return report
        }
        return (reported, counted)
    }

    /// The last day that counts as added up.
    func addedUpThrough() async throws -> String? {
        try await superuser.run(
            Query<[String]>(values: "SELECT through::text FROM app.months_added_up WHERE chapter_id = 1")
        ).first
    }

    func wrong() async throws -> [String] {
        try await superuser.run(
            Query<[String]>(values: "SELECT wrong::text FROM app.months_added_up_wrongly(1) AS wrong")
        )
    }

    static let shell = """
        SET LOCAL search_path = app, public; SET LOCAL app.chapter_id = '1'; SET LOCAL app.rights = 'everything'
        """

    static func report(_ month: String, _ day: String) -> Query<String> {
        Query(
            value: """
                SELECT string_agg(line::text, E'\\n') FROM app.monthly_roi(1, \(month + "-01")::date, \(day + "T12:00Z")::timestamptz) AS line
                """
        )
    }
}
