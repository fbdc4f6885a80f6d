import Postgres
import ReferralGroup
import Storage
import TestSupport
import Testing

/// A report of a chapter beside three hundred others in the same tables: what it reads of each.
///
/// The plans inside a function are not to be seen from outside; how many rows they touched is.
@Suite(.freshDatabase)
struct `A report of a chapter beside many others` {
    let sample: SampleChapter

    init() async throws {
        sample = try await SampleChapter()
        // Alder has twenty rows of everything beside its own, the others together more than may be read here.
        try await fill("\(sample.alder.id)", from: 1_000_000, rows: 20, days: 14)
        try await fill("1000 + n % 300", from: 2_000_000, rows: Self.many, days: 1)
        try await sample.write("RESET session_replication_role; ANALYZE")
    }

    @Test func `finds its rows by indexes, and touches no others`() async throws {
        for call in Self.calls(in: sample.alder) {
            let touched = try await sample.shell.transaction { transaction in
                let before = try await transaction.run(Self.touched)
                _ = try await transaction.run(
                    Query<Int>(value: SQL(stringLiteral: "SELECT count(*) FROM \(call)"))
                )
                let after = try await transaction.run(Self.touched)
                return zip(after, before).map { $0 - $1 }
            }
            #expect(touched.contains { $0.rows > 0 }, "\(call) read nothing")
            for table in touched {
                #expect(table.scans == 0, "\(call) looks at every row of \(table.name)")
                #expect(table.rows < Self.many, "\(call) touches \(table.rows) rows of \(table.name)")
            }
        }
    }

    private static let many = 3000

    /// Every function behind a report, asked for the year to October 2026.
    private static func calls(in chapter: Chapter) -> [String] {
        let instant = "'\(SampleChapter.now)'"
        let days = "\(chapter.id), '2025-11-01', '2026-10-31', \(instant)"
        let described = ReportShape.all.flatMap { shape in
            (shape.tables + [shape.entries].compactMap(\.self)).map { table in
                let choices = shape.options.map { ", '\($0.fallback)'" }.joined()
                return "\(shape.name)_\(table.key)(\(days)\(choices))"
            }
        }
        return ["monthly_roi(\(chapter.id), '2026-10-01', \(instant))", "attendance(\(days))"] + described
    }

    /// What this connection has read of each table so far.
    private static let touched = Query<[Touched]>(
        """
        SELECT relname::text AS name, seq_scan AS scans, seq_tup_read + idx_tup_fetch AS rows
          FROM pg_stat_xact_user_tables
         WHERE schemaname = 'app'
           AND relname IN ('activity', 'application', 'application_vote', 'closed_business', 'closed_business_earner',
                           'education_unit', 'introduction', 'invoice', 'mark', 'meeting', 'membership', 'membership_leave',
                           'membership_valuation', 'office', 'one_to_one', 'outsider', 'policy', 'posting', 'referral',
                           'referral_step', 'seat', 'testimonial', 'visitor')
         ORDER BY relname
        """
    )

    /// As many rows of everything, on days that go back from the end of October 2026, so many days apart.
    private func fill(_ chapter: String, from first: Int, rows: Int, days: Int) async throws {
        let id = "\(first) + n"
        let day = "date '2026-10-31' - n * \(days)"
        let recent = "date '2026-10-31' - n * \(days) % 300"
        func insert(_ table: String, _ columns: String, _ values: String) -> String {
            """
            INSERT INTO \(table) (chapter_id, \(columns)) OVERRIDING SYSTEM VALUE
            SELECT \(chapter), \(values) FROM generate_series(1, \(rows)) AS n;
            """
        }
        try await sample.write(
            """
            SET session_replication_role = replica;
            INSERT INTO person (id, name, folded_name) OVERRIDING SYSTEM VALUE
            SELECT \(id), 'Member', 'member ' || n FROM generate_series(1, \(rows)) AS n;
            """
                + insert("seat", "id, profession, title", "\(id), 'trade ' || n, 'Trade'")
                + insert(
                    "membership",
                    "id, person_id, name, folded_name, seat_id, joined_on, sponsor_id",
                    "\(id), \(id), 'Member', 'member ' || n, \(id), '2026-01-01', \(first) + 1"
                )
                + insert("policy", "valid_from", "\(day)")
                + insert(
                    "membership_leave",
                    "id, membership_id, first_day, last_day",
                    "\(id), \(id), \(recent), \(recent)"
                )
                + insert(
                    "membership_valuation",
                    "membership_id, person_id, valid_from, margin",
                    "\(id), \(id), \(recent), 0.5"
                )
                + insert(
                    "office",
                    "id, membership_id, person_id, role, from_on",
                    "\(id), \(id), \(id), 'mentor', \(recent)"
                )
                + insert(
                    "meeting",
                    "id, starts_at, local_date, minutes, status, opened_at",
                    "\(id), \(day), \(day), 90, 'open', \(day)"
                )
                + insert("mark", "meeting_id, membership_id, mark", "\(id), \(id), 'present'")
                + insert("outsider", "id, home, folded_home", "\(id), 'Far ' || n, 'far ' || n")
                + insert(
                    "referral",
                    "id, giver_id, receiver_id, tier, need, passed_on",
                    "\(Self.uuid), \(id), \(first) + 1 + n % \(rows), 1, 'Bread', \(recent)"
                )
                + insert(
                    "referral_step",
                    "referral_id, number, step, at",
                    "\(Self.uuid), 1, 'passed', \(recent)"
                )
                + insert(
                    "closed_business",
                    "id, thanked_id, amount, currency, closed_on, referral_id",
                    "\(Self.uuid), \(first) + 1 + n % \(rows), 100, 'EUR', \(recent), \(Self.uuid)"
                )
                + insert(
                    "closed_business_earner",
                    "closed_business_id, membership_id, person_id",
                    "\(Self.uuid), \(id), \(id)"
                )
                + insert(
                    "one_to_one",
                    "first_id, second_id, met_on, currency",
                    "\(id), \(first) + 1 + n % \(rows), \(recent), 'EUR'"
                )
                + insert("education_unit", "membership_id, units, done_on", "\(id), 1, \(recent)")
                + insert(
                    "testimonial",
                    "giver_id, receiver_id, given_on",
                    "\(id), \(first) + 1 + n % \(rows), \(recent)"
                )
                + insert(
                    "visitor",
                    "name, folded_name, inviter_id, visit_on, came",
                    "'Vera', 'vera', \(id), \(recent), true"
                )
                + insert(
                    "activity",
                    "membership_id, kind, done_on, minutes, money, currency",
                    "\(id), 'event', \(recent), 60, 100, 'EUR'"
                )
                + insert(
                    "introduction",
                    "connector_id, first_id, second_name, made_on",
                    "\(id), \(first) + 1 + n % \(rows), 'Vera', \(recent)"
                )
                + insert(
                    "posting",
                    "kind, membership_id, text, posted_on",
                    "'need', \(id), 'Bread', \(recent)"
                )
                + insert(
                    "application",
                    "id, name, folded_name, profession, title, applied_on",
                    "\(Self.uuid), 'Vera', 'vera', 'baker', 'Baker', \(recent)"
                )
                + insert(
                    "application_vote",
                    "application_id, membership_id, person_id, vote",
                    "\(Self.uuid), \(id), \(id), 'yes'"
                )
                + insert(
                    "invoice",
                    "membership_id, person_id, kind, amount, currency, issued_on, due_on",
                    "\(id), \(id), 'meetings', 900, 'EUR', \(recent), \(recent)"
                )
        )
    }

    /// The same for a referral, its thanks, and whoever earned.
    private static let uuid = "md5(n::text)::uuid"
}

/// How often a table was gone through from end to end, and how many of its rows were fetched.
private struct Touched: RowDecodable {
    let name: String
    let scans: Int
    let rows: Int

    init(row: Row) throws {
        name = try row["name"]
        scans = try row["scans"]
        rows = try row["rows"]
    }

    private init(name: String, scans: Int, rows: Int) {
        (self.name, self.scans, self.rows) = (name, scans, rows)
    }

    static func - (after: Touched, before: Touched) -> Touched {
        Touched(name: after.name, scans: after.scans - before.scans, rows: after.rows - before.rows)
    }
}
