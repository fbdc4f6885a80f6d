import Glibc
import Postgres
import ReferralGroup
import Storage
import TestSupport
import Testing

@Suite(.sampleDatabase, .timeLimit(.minutes(20)))
struct `A chapter's file` {
    let sample: SampleChapter
    let shell: Shell
    let folder: Folder
    var file: String { "\(folder.path)/alder.jsonl" }

    init() async throws {
        sample = try await SampleChapter()
        shell = Shell(database: try sample.scratch.address(role: "chapterhouse_app"))
        folder = try Folder()
        try await shell.enter(
            """
            referral pass alder --from "Alice Archer" --to "Bob Baker" --prospect "Dana Dean" --need "A roof" --date 2026-09-09
            thanks record alder --earner "Bob Baker" --thanked "Alice Archer" --amount 1200 --date 2026-09-16
            """
        )
    }

    @Test func `becomes the same chapter elsewhere, with the people who are there`() async throws {
        defer { folder.remove() }
        try await shell.print("export chapter alder \(file)")
        #expect(try await shell.pipe("stat -c %a \(file)").output == "600\n")
        let again = try await shell.run("export chapter alder \(file)")
        #expect(again.status == 73 && again.errors.contains("is there already"), "\(again)")
        try await withAnotherDatabase { other in
            try await other.enter(
                """
                chapter create other --name Other --time-zone Europe/Berlin --currency EUR
                member add other "Bob Baker" --email bob@example.org --joined 2026-02-01
                """
            )
            let rehearsed = try await other.run("chapter restore \(file) --dry-run --format csv")
            #expect(rehearsed.status == 0, "\(rehearsed)")
            #expect(rehearsed.errors.contains("Known here: Bob Baker <bob@example.org>."), "\(rehearsed)")
            #expect(rehearsed.errors.contains("nothing was changed"))
            #expect(try await other.print("chapter list --format csv").contains("alder") == false)
            let restored = try await other.run("chapter restore \(file) --format csv")
            #expect(restored.status == 0 && restored.output == rehearsed.output, "\(restored)")
            #expect(restored.errors.contains("New here: 1 people."), "\(restored)")
            for report in [
                "roi alder --month 2026-09 --format json",
                "giving alder --from 2026-01-01 --to 2026-10-31 --format json",
            ] {
                let line = "report \(report) --as-of 2026-11-15T08:00:00Z"
                #expect(try await other.print(line) == shell.print(line))
            }
            let trail = try await other.print("audit list alder --limit 1000 --format csv")
            #expect(trail.contains("restore") && trail.contains("referral"))
            try await other.print("audit seal")
            try await other.print("database verify")
            let second = try await other.run("chapter restore \(file)")
            #expect(second.status == 65 && second.errors.contains("--slug"), "\(second)")
            try await other.print("chapter restore \(file) --slug alder-too")
            // Life goes on.
            try await other.print(
                "thanks record alder --earner \"Bob Baker\" --thanked \"Alice Archer\" --amount 7 --date 2026-09-16"
            )
        }
    }

    @Test func `that is cut, changed, foreign or of a newer program is refused, and nothing stays`()
        async throws
    {
        defer { folder.remove() }
        try await shell.print("export chapter alder \(file)")
        let whole = try Folder.contents(of: file)
        var flipped = whole
        flipped[whole.count / 2] ^= 1
        let lines = whole.split(separator: 10)
        try await withAnotherDatabase { other in
            for (bytes, words) in [
                ([], "is no file of chapterhouse export"),
                (Array("hello\n".utf8), "is no file of chapterhouse export"),
                (Array(whole.dropLast(1)), "is cut off"),
                (Array(whole.prefix(whole.count / 2)), "is cut off"),
                (Array(lines.dropLast().joined(separator: [10])) + [10], "is cut off"),
                (flipped, "its checksum is another"),
                (
                    try await signed(lines, "\"migration\":\"0", "\"migration\":\"9"),
                    "by a newer chapterhouse"
                ),
                (try await signed(lines, "\"version\":1", "\"version\":2"), "by a newer chapterhouse"),
                (
                    try await signed(lines, "\"table\" : \"seat\"", "\"table\" : \"webhook\""),
                    "does not move: webhook"
                ),
                (
                    try await signed(lines, "\"table\" : \"seat\"", "\"table\" : \"pg_class\""),
                    "does not move: pg_class"
                ),
                (
                    try await signed(lines, "\"profession\":", "\"confession\":"),
                    "not known here: seat.confession"
                ),
                (try await signed(lines, "\"seat\":", "\"seat\":1"), "as many rows as it says"),
                (
                    try await signed(lines, "\"table\" : \"seat\"", "\"table\" : \"\\u001b[2J\""),
                    "does not move: \u{FFFD}[2J"
                ),
                (
                    try await signed(
                        lines,
                        "\"aliases\": []",
                        "\"aliases\": " + String(repeating: "[", count: 100_000)
                            + String(repeating: "]", count: 100_000)
                    ),
                    "stack depth"
                ),
                (
                    try await signed(lines, "\"tier\": null, \"amount\"", "\"tier\": 99, \"amount\""),
                    "closed_business"
                ),
                (
                    try await signed(lines, "\"is_default\":", "\"chapter_id\": 1, \"is_default\":"),
                    "policy.chapter_id"
                ),
            ] {
                let bad = try folder.write(bytes, as: "bad.jsonl")
                let ending = try await other.run("chapter restore \(bad)")
                #expect(ending.status == 65, "\(words): \(ending)")
                #expect(!ending.errors.contains("\u{1B}") && ending.errors.count < 500, "\(words): \(ending)")
                #expect(ending.errors.contains(words), "\(words): \(ending)")
            }
            #expect(try await other.print("chapter list --format csv").contains("lder") == false)
            #expect(try await other.print("person list --format csv").contains("Bob") == false)
            #expect(try await other.run("chapter restore \(folder.path)/none").status == 66)
        }
        let nobody = try await shell.run("export chapter nowhere \(folder.path)/n.jsonl")
        #expect(nobody.status == 65, "\(nobody)")
        let member = try await shell.run("export chapter alder \(folder.path)/n.jsonl --as alice@example.org")
        #expect(member.status == 77, "\(member)")
        #expect(Folder.names(in: folder.path) == ["alder.jsonl", "bad.jsonl"])
    }

    @Test func `takes nobody's address along who was never a member`() async throws {
        defer { folder.remove() }
        try await shell.enter(
            """
            referral pass birch --from "Charlie Carver" --to "Bob Baker @ Alder" --prospect "Dana Dean" --need "A roof" --date 2026-09-09 --as charlie@example.org
            """
        )
        try await shell.print("export chapter alder \(file)")
        let text = String(decoding: try Folder.contents(of: file), as: UTF8.self)
        #expect(text.contains("\"name\": \"Charlie Carver\"") && text.contains("bob@example.org"))
        #expect(!text.contains("charlie@example.org"))
        #expect(text.contains("\"home\": \"Birch\"") && !text.contains("\"home_chapter\": 2"))
        try await withAnotherDatabase { other in
            try await other.print("chapter restore \(file)")
            #expect(try await other.print("person list --format csv").contains("Charlie Carver,"))
            try await other.print("database verify")
        }
    }

    @Test func `says which amounts count for nothing for want of a rate`() async throws {
        defer { folder.remove() }
        try await sample.scratch.superuser.run(
            Query<Void>(
                "UPDATE app.closed_business SET currency = 'USD' WHERE chapter_id = \(sample.alder.id)"
            )
        )
        try await shell.print("export chapter alder \(file)")
        try await withAnotherDatabase { other in
            let restored = try await other.run("chapter restore \(file)")
            #expect(restored.status == 0, "\(restored)")
            #expect(
                restored.errors.contains("Look at thanks in USD: here is no rate into EUR on 2026-09-16."),
                "\(restored)"
            )
        }
    }

    /// A file with another text once in it, and a checksum that is right.
    private func signed(_ lines: [ArraySlice<UInt8>], _ old: String, _ new: String) async throws -> [UInt8] {
        var body = Array(lines.dropLast().joined(separator: [10])) + [10]
        var end = Array(try #require(lines.last))
        if let place = body.firstRange(of: Array(old.utf8)) {
            body.replaceSubrange(place, with: new.utf8)
        } else {
            end.replaceSubrange(try #require(end.firstRange(of: Array(old.utf8))), with: new.utf8)
        }
        let digest = try await sample.scratch.superuser.run(
            Query<String>(value: "SELECT encode(sha256(\(Bytes(body))), 'hex')")
        )
        return body + end.dropLast(66) + Array("\(digest)\"}\n".utf8)
    }

    /// Runs `work` at the shell of another installation, in which nothing is yet.
    private func withAnotherDatabase(_ work: (Shell) async throws -> Void) async throws {
        let server = try TestServer.shared
        let name = try await server.createDatabase(owner: "chapterhouse_owner")
        let other = Shell(database: server.conninfo(database: name, role: "chapterhouse_app"))
        do {
            try await other.print("database migrate")
            try await work(other)
        } catch {
            try await server.dropDatabase(name)
            throw error
        }
        try await server.dropDatabase(name)
    }
}
