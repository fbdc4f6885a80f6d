import Postgres
import TestSupport
import Testing

@Suite(.sampleDatabase)
struct `Adding up again` {
    let sample: SampleChapter
    let shell: Shell

    init() async throws {
        sample = try await SampleChapter()
        shell = Shell(database: try sample.scratch.address(role: "chapterhouse_app"))
        try await sample.scratch.stopClock(at: SampleChapter.now)
        try await shell.enter(
            """
            thanks record alder --earner "Bob Baker" --thanked "Alice Archer" --amount 1200 --date 2026-05-13
            report roi alder --month 2026-05
            """
        )
    }

    private func damage(_ script: String) async throws {
        try await sample.scratch.superuser.withConnection { connection in
            try await connection.run(
                script: "BEGIN; SET LOCAL session_replication_role = replica; \(script); COMMIT"
            )
        }
    }

    @Test(arguments: [
        "UPDATE app.return_to_date SET received = received + 1", "DELETE FROM app.return_to_date",
        "UPDATE app.closed_business SET amount = amount + 100",
    ])
    func `mends what was stored otherwise than the records say`(damage: String) async throws {
        try await self.damage(damage)
        #expect(try await shell.run("database verify").status == 65)
        #expect(try await shell.print("database add-up") == "The months of 2 chapters are added up.\n")
        #expect(try await shell.run("database verify").status == 0)
        let known = try await sample.scratch.superuser.run(
            Query<Int>(value: "SELECT count(*) FROM app.months_added_up WHERE through = '2026-10-31'")
        )
        #expect(known == 2)
    }

    @Test func `leaves a chapter alone in which somebody writes, and says so`() async throws {
        try await sample.scratch.superuser.withConnection { connection in
            try await connection.run(
                script: """
                    BEGIN;
                    SELECT pg_advisory_xact_lock_shared(1919904876, id) FROM app.chapter WHERE slug = 'alder'
                    """
            )
            let ending = try await shell.run("database add-up")
            try await connection.run(script: "ROLLBACK")
            #expect(ending.output == "The months of 1 chapters are added up.\n")
            #expect(ending.errors.contains("Somebody wrote just then in alder"))
        }
    }
}
