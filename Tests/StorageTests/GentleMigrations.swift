import Migrations
import Storage
import TestSupport
import Testing

/// What a program that still runs loses by a migration, if its text is as here.
private var takesAway: [(what: String, pattern: Regex<Substring>)] {
    [
        ("drops a table", #/\bDROP\s+TABLE\b/#.ignoresCase()),
        ("drops a column", #/\bDROP\s+COLUMN\b/#.ignoresCase()),
        ("drops a function", #/\bDROP\s+FUNCTION\b/#.ignoresCase()),
        ("drops a view", #/\bDROP\s+(?:MATERIALIZED\s+)?VIEW\b/#.ignoresCase()),
        ("renames", #/\bRENAME\s+(?:TO|COLUMN|CONSTRAINT)\b/#.ignoresCase()),
        ("changes a type", #/\bALTER\s+(?:COLUMN\s+)?\w+\s+(?:SET\s+DATA\s+)?TYPE\b/#.ignoresCase()),
        ("asks for what older programs do not write", #/\bSET\s+NOT\s+NULL\b/#.ignoresCase()),
        ("takes a right", #/\bREVOKE\b/#.ignoresCase()),
    ]
}

/// Old programs go on while a new one has migrated: what takes something away says which of them still may.
@Suite struct `New migrations` {
    /// The last one of before services were upgraded one after the other.
    private static let last = 46

    @Test func `take nothing away but by a name that says from whom`() throws {
        for migration in try Installation.schemaFolder(SchemaSource.path).migrations
        where migration.number > Self.last {
            #expect(faults(migration.fileName, migration.sql) == [])
        }
    }

    @Test func `that take something away are found`() {
        for sql in [
            "DROP TABLE app.x", "ALTER TABLE app.x DROP COLUMN y", "alter table app.x rename to y",
            "ALTER TABLE app.x RENAME COLUMN a TO b", "ALTER TABLE app.x ALTER COLUMN y TYPE text",
            "ALTER TABLE app.x ALTER y SET NOT NULL", "DROP FUNCTION app.f",
            "REVOKE SELECT ON app.x FROM chapterhouse_app",
        ] {
            #expect(faults("0060_x.sql", sql).count == 1, "\(sql)")
            #expect(faults("0060_contract_0059_x.sql", sql) == [], "\(sql)")
            #expect(faults("0060_x.sql", "-- \(sql)") == [], "\(sql)")
        }
        #expect(faults("0060_contract_0060_x.sql", "SELECT 1") == ["serves nobody"])
        #expect(faults("0060_x.sql", "ALTER TABLE app.x ADD COLUMN y text") == [])
    }

    private func faults(_ fileName: String, _ sql: String) -> [String] {
        if let known = Migration.contracts(after: fileName) {
            return known < Int(fileName.prefix(4)) ?? 0 ? [] : ["serves nobody"]
        }
        let statements = sql.split(separator: "\n").map { $0.prefix { $0 != "-" } }.joined(separator: "\n")
        return takesAway.filter { statements.firstMatch(of: $0.pattern) != nil }.map(\.what)
    }
}
