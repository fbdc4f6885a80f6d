import Glibc
import Postgres
import ReferralGroup
import TestSupport
import Testing

/// A file that is not what it should be, and what is said about it.
struct BrokenFile: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let status: Int32
    let words: [String]
    let bytes: @Sendable ([UInt8]) -> [UInt8]

    init(
        _ description: String,
        _ status: Int32,
        _ words: String...,
        bytes: @escaping @Sendable ([UInt8]) -> [UInt8]
    ) {
        testDescription = description
        self.status = status
        self.words = words
        self.bytes = bytes
    }

    static let all = [
        BrokenFile("half of it", 65, "cut off") { Array($0.prefix($0.count / 2)) },
        BrokenFile("all but its end", 65, "cut off") { $0.dropLast(8) },
        BrokenFile("a NUL in it", 65, "damaged", "0x0") { bytes in
            bytes.prefix(bytes.count - 400) + [0] + bytes.suffix(400)
        },
        BrokenFile("nothing", 65, "empty") { _ in [] },
        BrokenFile("a broken character in it", 65, "UTF-8") { bytes in
            Array(String(decoding: bytes, as: UTF8.self).replacing("Jonas", with: "J\u{1}nas").utf8)
                .map { $0 == 1 ? 0xFF : $0 }
        },
        BrokenFile("an old binary workbook", 65, "binary") { _ in
            [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1] + [UInt8](repeating: 0, count: 4096)
        },
        BrokenFile("an xlsx", 65, "xlsx") { _ in Array("PK\u{3}\u{4}".utf8) + [UInt8](repeating: 7, count: 64)
        },
        BrokenFile("fifty megabytes of nothing", 65, "50 MB", "20 MB") { _ in
            [UInt8](repeating: 0, count: 50 << 20)
        },
        BrokenFile("fifty megabytes", 65, "MB") { bytes in
            bytes.dropLast(11) + [UInt8](repeating: 0x20, count: 50 << 20) + bytes.suffix(11)
        },
        BrokenFile("an entity that grows", 65, "DOCTYPE") { bytes in
            Array(
                """
                <?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
                <Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">&b;</Workbook>
                """.utf8
            )
        },
        BrokenFile("another report", 65, "no row has the headings") { _ in
            Array("Name,Age\r\nCarl,41\r\n".utf8)
        },
    ]
}

@Suite(.freshDatabase)
struct `Refusing a file` {
    let scratch: ScratchDatabase
    let shell: Shell
    let before: Digest

    init() async throws {
        scratch = try ScratchDatabase.current
        shell = Shell(database: try scratch.address(role: "chapterhouse_app"))
        _ = try await SampleChapter()
        before = try await Digest(of: scratch.superuser)
    }

    @Test(arguments: BrokenFile.all)
    func `with`(_ broken: BrokenFile) async throws {
        let folder = try Folder()
        defer { folder.remove() }
        let files = try ImportedExports.files(of: ("cedar", "Cedar"))
        let path = try folder.write(broken.bytes(try Folder.contents(of: files.summary)), as: "export.xls")
        for command in [
            "import palms alder \(path) --from 2026-04-01 --to 2026-09-30",
            "import slips alder \(path) --meeting 2026-10-07",
        ] {
            let ending = try await shell.run(command)
            #expect(ending.status == broken.status, "\(ending.output.prefix(400))\(ending.errors)")
            for word in [path] + broken.words { #expect(ending.errors.contains(word), "\(ending.errors)") }
            #expect(ending.errors.utf8.count < 4000)
        }
        #expect(try await Digest(of: scratch.superuser).changes(since: before) == [])
    }

    @Test
    func `that is not there, or a folder`() async throws {
        for path in ["/nonexistent/export.xls", "/"] {
            let ending = try await shell.run("import slips alder \(path) --meeting 2026-10-07")
            #expect(ending.status == 66, "\(ending.errors)")
            #expect(ending.errors.contains(path), "\(ending.errors)")
        }
    }

    @Test
    func `of slips where a summary belongs, and the other way round`() async throws {
        let files = try ImportedExports.files(of: ("cedar", "Cedar"))
        let slips = try #require(files.slips.first).path
        let asSummary = try await shell.run(
            "import palms alder \"\(slips)\" --from 2026-04-01 --to 2026-09-30"
        )
        #expect(asSummary.status == 65)
        let asSlips = try await shell.run("import slips alder \"\(files.summary)\" --meeting 2026-10-07")
        #expect(asSlips.status == 65)
        #expect(try await Digest(of: scratch.superuser).changes(since: before) == [])
    }
}

@Suite(.freshDatabase)
struct `Refusing a database` {
    let scratch: ScratchDatabase

    init() throws {
        scratch = try ScratchDatabase.current
    }

    @Test
    func `that is not there`() async throws {
        for address in ["host=/nonexistent", "postgresql://127.0.0.1:1/chapterhouse", "nonsense"] {
            let ending = try await Shell(database: address).run("chapter list")
            #expect(ending.status == 69, "\(address): \(ending.errors)")
            // Once, and nothing of the log.
            #expect(
                ending.errors.hasPrefix("chapterhouse: the database cannot be reached: "),
                "\(ending.errors)"
            )
        }
    }

    @Test
    func `that has no schema yet, and says which command makes it`() async throws {
        let server = try TestServer.shared
        let name = try await server.createDatabase()
        let ending = try await Shell(
            database: server.conninfo(database: name, role: "chapterhouse_app")
        ).run("chapter list")
        try await server.dropDatabase(name)
        #expect(ending.status == 69)
        #expect(ending.errors.contains("database migrate"), "\(ending.errors)")
    }

    @Test
    func `of a newer version that took away what this one needs`() async throws {
        try await scratch.superuser.withConnection { connection in
            try await connection.run(
                script: """
                    INSERT INTO migration.schema_migration
                    SELECT (jsonb_populate_record(last, to_jsonb(last) || '{"number": 9999, "name": "contract_9998_tomorrow"}')).*
                      FROM migration.schema_migration AS last ORDER BY 1 DESC LIMIT 1
                    """
            )
        }
        let before = try await Digest(of: scratch.superuser)
        let shell = Shell(database: try scratch.address(role: "chapterhouse_app"))
        for command in [
            "chapter list", "chapter create late --name Late --time-zone Europe/Berlin --currency EUR",
        ] {
            let ending = try await shell.run(command)
            #expect(ending.status == 69)
            #expect(ending.errors.contains("newer"), "\(ending.errors)")
        }
        #expect(try await Digest(of: scratch.superuser).changes(since: before) == [])
    }
}
