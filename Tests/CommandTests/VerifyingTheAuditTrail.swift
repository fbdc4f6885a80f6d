import Postgres
import ReferralGroup
import Storage
import TestSupport
import Testing

@Suite(.sampleDatabase)
struct `The audit trail at the shell` {
    let sample: SampleChapter
    let shell: Shell

    init() async throws {
        sample = try await SampleChapter()
        shell = Shell(database: try sample.scratch.address(role: "chapterhouse_app"))
    }

    @Test func `is sealed, whole, and known by its head`() async throws {
        let heads = try JSON(try await shell.print("audit seal --format json")).elements
        #expect(heads.map { $0["chapter"]?.string } == [nil, "alder", "birch"])
        let head = try #require(heads[1]["head"]?.string)
        let said = try await shell.print("audit verify")
        #expect(said.contains("whole") && !said.contains("broken") && said.contains(head), "\(said)")
        #expect(try await shell.run("audit verify alder --head \(head)").status == 0)
        let other = try await shell.run("audit verify birch --head \(head)")
        #expect(other.status == 65 && other.output.contains("head-unknown"), "\(other)")
        #expect(other.errors == "chapterhouse: The audit trail is broken: birch.\n")
        #expect(try await shell.run("audit verify --head \(head)").status == 64)
        #expect(try await shell.run("audit verify alder --head abc").status == 64)
        #expect(try await shell.run("audit verify nowhere").status == 65)
    }

    @Test func `ends with 65 and names the chapter and the entry where it is broken`() async throws {
        try await shell.print("audit seal")
        let id = try await sample.scratch.superuser.run(
            Query<Int64>(value: "SELECT max(id) FROM app.audit_event WHERE chapter_id = \(sample.birch.id)")
        )
        try await sample.scratch.superuser.withConnection { connection in
            try await connection.run(
                script: """
                    BEGIN; SET LOCAL session_replication_role = replica;
                    UPDATE app.audit_event SET person_id = 4711 WHERE id = \(id); COMMIT
                    """
            )
        }
        let ending = try await shell.run("audit verify --format csv")
        #expect(ending.status == 65)
        #expect(ending.errors == "chapterhouse: The audit trail is broken: birch.\n")
        #expect(ending.output.contains("birch,broken,"), "\(ending.output)")
        #expect(ending.output.contains("birch,changed,\(id),\(id),"), "\(ending.output)")
        #expect(try await shell.run("audit verify alder").status == 0)
    }
}
