import Postgres
import TestSupport
import Testing

@Suite(.sampleDatabase)
struct `Splitting the schema` {
    @Test func `is refused without Citus, and changes nothing`() async throws {
        let scratch = try await SampleChapter().scratch
        let shell = Shell(database: try scratch.address(role: "chapterhouse_app"))
        let stale = "UPDATE migration.schema_repeatable SET checksum = '\\x00' WHERE name LIKE '%world.sql'"
        try await scratch.superuser.withConnection { try await $0.run(script: stale) }
        let before = try await shell.print("database status")
        #expect(before.contains("to be applied again"))
        let ending = try await shell.run("database migrate --distributed")
        #expect(ending.status == 69)
        #expect(ending.errors.contains("this PostgreSQL has no Citus, so nothing was changed"))
        #expect(try await shell.print("database status") == before)
    }
}
