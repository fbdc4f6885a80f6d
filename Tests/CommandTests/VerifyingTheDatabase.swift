import Postgres
import ReferralGroup
import Storage
import TestSupport
import Testing

@Suite(.sampleDatabase)
struct `Verifying a database` {
    let sample: SampleChapter
    let shell: Shell

    init() async throws {
        sample = try await SampleChapter()
        shell = Shell(database: try sample.scratch.address(role: "chapterhouse_app"))
    }

    @Test func `finds all of it right`() async throws {
        try await sample.scratch.stopClock(at: SampleChapter.now)
        try await shell.enter(`The worked month`.commands)
        let checks = try JSON(try await shell.print("database verify --format json")).elements
        #expect(checks.map { $0["check"]?.string } == ["constraints", "walls", "figures", "audit"])
        #expect(checks.allSatisfy { $0["finding"]?.string == "right" })
    }

    @Test(
        arguments: [
            ("INSERT INTO app.seat (chapter_id, profession, title) VALUES (4711, 'x', 'X')", "constraints"),
            (
                "ALTER TABLE app.chapter ADD CONSTRAINT meets_for_long CHECK (minutes > 100000) NOT VALID",
                "constraints"
            ),
            ("ALTER TABLE app.seat NO FORCE ROW LEVEL SECURITY", "walls"),
            ("ALTER TABLE app.mail DISABLE ROW LEVEL SECURITY", "walls"),
            ("DROP POLICY own_chapter ON app.seat", "walls"),
            ("ALTER POLICY own_chapter ON app.seat USING (true) WITH CHECK (true)", "walls"),
            ("GRANT SELECT ON app.person TO PUBLIC", "walls"),
            ("GRANT TRUNCATE ON app.seat TO chapterhouse_app", "walls"),
            ("UPDATE app.return_to_date SET received = received + 1", "figures"),
            ("UPDATE app.closed_month SET closed_at = closed_at + interval '1 day'", "figures"),
            ("UPDATE app.closed_business SET amount = amount + 100", "figures"),
            (
                "UPDATE app.audit_event SET door = 'web' WHERE id = (SELECT min(id) FROM app.audit_event)",
                "audit"
            ),
        ]
    )
    func `finds what is wrong`(_ damage: String, _ check: String) async throws {
        try await shell.enter(
            """
            thanks record alder --earner "Bob Baker" --thanked "Alice Archer" --amount 1200 --date 2026-05-13
            month close alder 2026-05
            report roi alder --month 2026-05
            report roi alder --month 2026-07
            audit seal
            """
        )
        #expect(try await shell.run("database verify").status == 0)
        try await sample.scratch.superuser.withConnection { connection in
            try await connection.run(
                script: "BEGIN; SET LOCAL session_replication_role = replica; \(damage); COMMIT"
            )
        }
        let ending = try await shell.run("database verify --format csv")
        #expect(ending.status == 65, "\(ending)")
        #expect(ending.errors.hasPrefix("chapterhouse: The database is wrong in "), "\(ending.errors)")
        #expect(ending.errors.contains(check) && ending.output.contains("\(check),,"), "\(ending)")
    }
}
