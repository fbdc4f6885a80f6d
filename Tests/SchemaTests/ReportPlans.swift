import Postgres
import ReferralGroup
import Storage
import TestSupport
import Testing

/// A report of a chapter beside three hundred others in the same tables: what it reads of each.
///
/// The plans inside a function are not to be seen from outside; how many rows they touched is.
@Suite(.sampleDatabase)
struct `A report of a chapter beside many others` {
    let sample: SampleChapter

    init() async throws {
        sample = try await SampleChapter()
        // Alder has twenty rows of everything beside its own, the others together more than may be read here.
        try await sample.fill("\(sample.alder.id)", from: 1_000_000, people: 20, rows: 20, days: 14)
        try await sample.fill("1000 + n % 300", from: 2_000_000, people: Self.many, rows: Self.many, days: 1)
        try await sample.write("ANALYZE")
    }

    @Test func `finds its rows by indexes, and touches no others`() async throws {
        for call in reportCalls(in: sample.alder) {
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
