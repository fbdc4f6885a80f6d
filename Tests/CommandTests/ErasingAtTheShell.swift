import Glibc
import Postgres
import ReferralGroup
import Storage
import TestSupport
import Testing

@Suite(.sampleDatabase)
struct `Erasing at the shell` {
    let sample: SampleChapter
    let shell: Shell
    let journal = "/tmp/chapterhouse-erasures-\(getpid())-\(UInt32.random(in: 0 ... .max)).jsonl"

    init() async throws {
        sample = try await SampleChapter()
        shell = Shell(
            database: try ScratchDatabase.current.address(role: "chapterhouse_app"),
            environment: ["CHAPTERHOUSE_ERASURES": journal]
        )
        try await sample.write(
            "UPDATE membership SET ended_on = '2026-10-31' WHERE id = \(sample.bob.id)"
        )
    }

    @Test func `rehearses, erases, notes it outside and does it again`() async throws {
        defer { unlink(journal) }
        let rehearsed = try await shell.run("person erase bob@example.org --dry-run --format csv")
        #expect(rehearsed.status == 0)
        #expect(rehearsed.output.contains("membership,1"))
        #expect(rehearsed.errors.contains("nothing was changed"))
        #expect(rehearsed.errors.contains("baker"), "a trade is no name of theirs alone")
        #expect(try await shell.print("person list --format csv").contains("Bob Baker"))
        #expect(access(journal, F_OK) != 0)

        let erased = try await shell.run("person erase \"Bob Baker\" --format csv")
        #expect(erased.status == 0, "\(erased.errors)")
        #expect(erased.output == rehearsed.output)
        #expect(
            try await shell.print("person list --format csv").contains("former member \(sample.bob.person)")
        )
        let lines = try await shell.pipe("cat \(journal)").output
        #expect(lines.contains("\"person\": \(sample.bob.person)") && !lines.contains("bob"))
        #expect(try await shell.print("privacy erase-again") == "Erased again: 0. Known already: 1.\n")

        try await sample.write(
            "UPDATE person SET name = 'Bob Baker', folded_name = 'bob baker', erased_at = NULL WHERE id = \(sample.bob.person)"
        )
        #expect(
            try await shell.print("privacy erase-again \(journal)") == "Erased again: 1. Known already: 0.\n"
        )
        #expect(try await shell.print("person list --format csv").contains("Bob Baker") == false)
    }

    @Test func `erases a visitor by a number, however it is written`() async throws {
        defer { unlink(journal) }
        try await shell.print(
            "visitor register alder \"Karl Kurz\" --invited-by alice@example.org --date 2026-10-28 --came --phone \"030 / 90 12 34 5\""
        )
        try await shell.print("privacy erase --phone \"+49 30 901 2345\"")
        let list = try await shell.print("visitor list alder --format csv")
        #expect(list.contains("somebody") && !list.contains("Karl"))
    }

    @Test(arguments: [
        ("person erase alice@example.org", 65, "still a member of Alder"),
        ("person erase nobody@example.org", 65, "nobody is called"),
        ("privacy erase --email alice@example.org", 65, "person erase"),
        ("privacy erase", 64, "--email or --phone"),
        ("privacy erase-again /dev/null/x", 0, ""),
    ])
    func `is refused in a sentence`(_ line: String, _ status: Int32, _ sentence: String) async throws {
        defer { unlink(journal) }
        let ending = try await shell.run(line)
        #expect(ending.status == status, "\(ending.errors)")
        #expect(sentence.isEmpty || ending.errors.contains(sentence), "\(ending.errors)")
    }

    @Test func `wants to know where to note it`() async throws {
        let ending = try await Shell(database: shell.database).run("person erase bob@example.org")
        #expect(ending.status == 78)
        #expect(ending.errors.contains("CHAPTERHOUSE_ERASURES"))
        let nowhere = Shell(
            database: shell.database,
            environment: ["CHAPTERHOUSE_ERASURES": "/nowhere/erasures"]
        )
        #expect(try await nowhere.run("person erase bob@example.org").status == 73)
        #expect(try await shell.print("person list --format csv").contains("Bob Baker"))
    }
}
