import Glibc
import Postgres
import ReferralGroup
import Storage
import TestSupport
import Testing

@Suite(.sampleDatabase, .timeLimit(.minutes(20)))
struct `A backup` {
    let sample: SampleChapter
    let shell: Shell
    let folder: Folder
    var file: String { "\(folder.path)/house.backup" }

    init() async throws {
        sample = try await SampleChapter()
        shell = Shell(database: try sample.scratch.address(role: "chapterhouse_app"))
        folder = try Folder()
    }

    @Test func `holds everything, and gives it back to the byte`() async throws {
        defer { folder.remove() }
        try await sample.scratch.stopClock(at: SampleChapter.now)
        try await shell.enter(`The worked month`.commands)
        try await shell.print("month close worked-example 2026-10")
        try await shell.enter(
            """
            referral pass alder --from "Alice Archer" --to "Bob Baker" --prospect "Dana Dean" --need "A roof" --date 2026-09-09
            thanks record alder --earner "Bob Baker" --thanked "Alice Archer" --amount 1200 --date 2026-09-16
            audit seal
            """
        )
        let before = try await reports(shell)
        let said = try await shell.print("database backup \(file)")
        #expect(said.hasPrefix("\(file) holds ") && said.contains(" tables as of "), "\(said)")
        #expect(Folder.names(in: folder.path) == ["house.backup"], "nothing else is left")
        try await withEmptyDatabase { other in
            let ending = try await other.run("database restore \(file) --format csv")
            #expect(ending.status == 0, "\(ending)")
            #expect(ending.output.hasPrefix("check,looked_at,finding\r\nconstraints,"), "\(ending.output)")
            #expect(
                !ending.output.contains("wrong") && ending.errors.contains("Restored as of "),
                "\(ending)"
            )
            for (one, other) in zip(before, try await reports(other)) { #expect(one == other) }
            #expect(try await other.print("audit verify") == shell.print("audit verify"))
            // Life goes on there, behind the same walls.
            try await other.print(
                "thanks record alder --earner \"Bob Baker\" --thanked \"Alice Archer\" --amount 7 --date 2026-09-16"
            )
            let again = try await other.run("database restore \(file)")
            #expect(
                again.status == 73 && again.errors.contains("the database is not empty (schema app, "),
                "\(again)"
            )
            #expect(try await reports(other) != before, "what was done since is still there")
        }
        let second = try await shell.run("database backup \(file)")
        #expect(second.status == 73 && second.errors.contains("is there already"), "\(second)")
    }

    @Test func `is of one moment, whatever is written meanwhile`() async throws {
        defer { folder.remove() }
        let count = "SELECT count(*) FROM app.seat"
        let seats = try await sample.scratch.superuser.run(Query<Int64>(value: SQL(stringLiteral: count)))
        // The dump waits for a lock after the moment was taken; what is written then is not in it.
        try await sample.scratch.superuser.transaction { transaction in
            try await transaction.run(Query<Void>("LOCK TABLE app.education_unit IN ACCESS EXCLUSIVE MODE"))
            async let ending = shell.run("database backup \(file)")
            try await sample.scratch.untilSomebodyWaits()
            try await transaction.run(
                Query<Void>(
                    "INSERT INTO app.seat (chapter_id, profession, title) VALUES (\(sample.alder.id), 'late', 'Late')"
                )
            )
            try await transaction.run(Query<Void>("COMMIT"))
            try await transaction.run(Query<Void>("BEGIN"))
            #expect(try await ending.status == 0)
        }
        try await withEmptyDatabase { other in
            try await other.print("database restore \(file)")
            let client = PostgresClient(Configuration(address: try #require(other.environment["superuser"])))
            let restored = try await client.run(Query<Int64>(value: SQL(stringLiteral: count)))
            await client.shutdown()
            #expect(restored == seats)
        }
    }

    @Test func `that is no backup, cut off, damaged or of a newer program is refused, and nothing is done`()
        async throws
    {
        defer { folder.remove() }
        try await shell.print("database backup \(file)")
        let whole = try Folder.contents(of: file)
        var flipped = whole
        flipped[whole.count / 3] ^= 0x10
        var newer = whole
        let name = try #require(whole.firstRange(of: Array("0042_sealed_trail.sql".utf8)))
        newer.replaceSubrange(name, with: "9942_sealed_trail.sql".utf8)
        try await withEmptyDatabase { other in
            for (bytes, words) in [
                (Array("hello".utf8), "is no backup"), ([], "is no backup"),
                (Array(whole.prefix(4)), "is no backup"),
                (Array(whole.dropLast(1)), "is cut off or damaged"),
                (Array(whole.prefix(whole.count / 2)), "is cut off or damaged"),
                (whole + [10], "is cut off or damaged"), (flipped, "is damaged: its checksum is another"),
                (newer, "its checksum is another"),
                (
                    try await signed(newer),
                    "is of a newer chapterhouse, 0.1.0 (it holds 9942_sealed_trail.sql)"
                ),
                (
                    try await signed(whole, replacing: "\"format\":1", with: "\"format\":2"),
                    "by a newer chapterhouse (0.1.0)"
                ),
                (try await signed(whole, replacing: "\"seat\":", with: "\"seat\":1"), "is not what"),
            ] {
                let bad = try folder.write(bytes, as: "bad.backup")
                let ending = try await other.run("database restore \(bad)")
                #expect(ending.status == 65, "\(words): \(ending)")
                #expect(ending.errors.contains(words), "\(words): \(ending)")
            }
        }
        #expect(try await shell.run("database restore /nowhere/at-all").status == 66)
        #expect(try await shell.run("database restore \(folder.path)").status == 66)
    }

    @Test func `that finds no room leaves nothing behind`() async throws {
        defer { folder.remove() }
        let large = try await shell.pipe("ulimit -f 16; \"$chapterhouse\" database backup \(file)")
        #expect(large.status == 73 && large.errors.contains("the disk is full"), "\(large)")
        #expect(Folder.names(in: folder.path) == [])
        #expect(try await shell.run("database backup \(folder.path)/none/file").status == 73)
        #expect(try await shell.run("database backup /dev/full").status == 73)
    }

    @Test func `that is killed half-way leaves no backup, and stands in nobody's way`() async throws {
        defer { folder.remove() }
        try await sample.scratch.superuser.transaction { transaction in
            try await transaction.run(Query<Void>("LOCK TABLE app.education_unit IN ACCESS EXCLUSIVE MODE"))
            async let ending = begin("database backup \(file)", shell)
            try await sample.scratch.untilSomebodyWaits()
            let second = try await shell.run("database backup \(file)")
            #expect(second.status == 75 && second.errors.contains("is under way"), "\(second)")
            try await killWhatWasBegun()
            _ = try await ending
            #expect(Folder.names(in: folder.path) == ["house.backup.part", "process"])
        }
        try await shell.print("database backup \(file)")
        #expect(Folder.names(in: folder.path) == ["house.backup", "process"])
    }

    @Test func `cut short while it is restored leaves the database empty`() async throws {
        defer { folder.remove() }
        try await shell.print("database backup \(file)")
        try await withEmptyDatabase { other in
            let client = PostgresClient(Configuration(address: try #require(other.environment["superuser"])))
            // The restore waits for whoever makes the same schema, and its transaction is open then.
            try await client.transaction { transaction in
                try await transaction.run(Query<Void>("CREATE SCHEMA app"))
                async let ending = begin("database restore \(file)", other)
                // Within the transaction PostgreSQL would go on showing who was there at first.
                try await client.untilSomebodyWaits()
                try await killWhatWasBegun()
                _ = try await ending
            }
            try await client.run(Query<Void>("DROP SCHEMA app"))
            await client.shutdown()
            try await other.print("database restore \(file)")
        }
    }
}

extension `A backup` {
    /// Runs a command that is to be killed.
    private func begin(_ line: String, _ shell: Shell) async throws -> Shell.Ending {
        try await shell.pipe("\"$chapterhouse\" \(line) & echo $! >\(folder.path)/process; wait")
    }

    private func killWhatWasBegun() async throws {
        _ = try await shell.pipe("kill -9 $(cat \(folder.path)/process)")
    }

    private func reports(_ shell: Shell) async throws -> [String] {
        var texts: [String] = []
        for report in [
            "roi worked-example --month 2026-10 --format json",
            "roi worked-example --month 2026-10 --format html",
            "roi alder --month 2026-09 --format json", "roi birch --month 2026-10 --format csv",
            "giving alder --from 2026-01-01 --to 2026-10-31 --format json",
            "matrix alder --from 2026-01-01 --to 2026-10-31 --format csv",
            "attendance alder --from 2026-01-01 --to 2026-10-31 --format json",
            "scorecard worked-example --month 2026-10 --format json",
        ] { texts.append(try await shell.print("report \(report) --as-of 2026-11-15T08:00:00Z")) }
        for line in ["audit list alder --limit 1000 --format json", "member list alder --format json"] {
            texts.append(try await shell.print(line))
        }
        return texts
    }

    /// A backup with another text in what it says of itself, and a checksum that is right.
    private func signed(
        _ backup: [UInt8],
        replacing old: String = "",
        with new: String = ""
    ) async throws -> [UInt8] {
        let lastLine = String(decoding: backup.suffix(98), as: UTF8.self).split(separator: " ")
        let length = try #require(Int(lastLine[1])) + new.utf8.count - old.utf8.count
        var body = Array(backup.dropLast(98))
        if !old.isEmpty {
            body.replaceSubrange(try #require(body.firstRange(of: Array(old.utf8))), with: new.utf8)
        }
        let digest = try await sample.scratch.superuser.run(
            Query<String>(value: "SELECT encode(sha256(\(Bytes(body))), 'hex')")
        )
        let digits = String("000000000000\(length)".suffix(12))
        return body + Array("chapterhouse-backup \(digits) \(digest)\n".utf8)
    }

    /// Runs `work` at the shell of a database in which nothing is; `superuser` is how to reach it past its walls.
    private func withEmptyDatabase(_ work: (Shell) async throws -> Void) async throws {
        let server = try TestServer.shared
        let name = try await server.createDatabase(owner: "chapterhouse_owner")
        var other = Shell(database: server.conninfo(database: name, role: "chapterhouse_app"))
        other.environment["superuser"] = server.conninfo(database: name)
        do {
            try await work(other)
        } catch {
            try await server.dropDatabase(name)
            throw error
        }
        try await server.dropDatabase(name)
    }
}
