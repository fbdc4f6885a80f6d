import TestSupport
import Testing

@Suite(.freshDatabase)
struct `Importing one file` {
    let shell: Shell
    let scratch: ScratchDatabase

    init() async throws {
        scratch = try ScratchDatabase.current
        shell = Shell(database: try scratch.address(role: "chapterhouse_app"))
        try await ImportedExports.create(in: shell)
    }

    @Test
    func `as a rehearsal says what would happen and changes nothing`() async throws {
        let chapterOnly = try await Digest(of: scratch.superuser)
        let files = try ImportedExports.files(of: ("juniper", "Juniper"))
        let summary =
            "import palms juniper \"\(files.summary)\" --from 2025-02-25 --to 2025-08-25"
        let said = try await shell.print(summary + " --dry-run")
        #expect(said.contains("nothing was changed"))
        #expect(said.contains("Ada Frost: new member since 2025-02-25"))
        #expect(try await Digest(of: scratch.superuser).changes(since: chapterOnly) == [])

        try await shell.print(summary)
        let members = try await Digest(of: scratch.superuser)
        let (path, meeting) = try #require(files.slips.last)
        let rehearsal = try await shell.print(
            "import slips juniper \"\(path)\" --meeting \(meeting) --dry-run"
        )
        // A verdict for each of the 94 rows, and a last line.
        #expect(rehearsal.split(separator: "\n").count(where: { $0.hasPrefix("row ") }) == 94)
        #expect(try await Digest(of: scratch.superuser).changes(since: members) == [])
    }

    @Test
    func `explains why its Total is more than its rows`() async throws {
        let files = try ImportedExports.files(of: ("cedar", "Cedar"))
        let said = try await shell.print(
            "import palms cedar \"\(files.summary)\" --from 2025-02-25 --to 2025-08-25"
        )
        #expect(said.contains("members who left during the period"))
        // 1158477.30 less 899009.70 of the members, 5484.60 of visitors, 176352.00 of other chapters.
        #expect(said.contains("77631"), "\(said)")
    }

    @Test
    func `asks about a name that the roster does not know, and takes nothing meanwhile`() async throws {
        let files = try ImportedExports.files(of: ("cedar", "Cedar"))
        try await shell.print("import palms cedar \"\(files.summary)\" --from 2025-02-25 --to 2025-08-25")
        let before = try await Digest(of: scratch.superuser)
        let (path, meeting) = try #require(files.slips.first)
        let import_ = "import slips cedar \"\(path)\" --meeting \(meeting)"
        let ending = try await shell.run(import_)
        #expect(ending.status == 65)
        #expect(ending.output.contains("row 29"))
        #expect(ending.output.contains("“Vera Jonas York”"))
        #expect(ending.output.contains("Jonas Orr"), "somebody with a name like it")
        #expect(ending.output.contains("--former \"Vera Jonas York\""))
        #expect(try await Digest(of: scratch.superuser).changes(since: before) == [])

        try await shell.print(import_ + " --former \"Vera Jonas York\"")
    }
}
