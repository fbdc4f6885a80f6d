import FoundationEssentials
import Glibc
import Printing
import ReferralGroup
import TestSupport
import Testing

@Suite struct `A PDF` {
    @Test func `repeats the headings and counts its pages`() async throws {
        let members = (1...60).map { "Member \($0)" }
        let pages = try await Self.report(of: members).read(.pdf, with: "pdf.py").elements.compactMap(
            \.string
        )
        for (number, page) in pages.enumerated() {
            #expect(page.replacing(" ", with: "").contains("\(number + 1)/\(pages.count)"), "\(page)")
            #expect(page.contains("Zoë & Friends · Giving · as of 1 November 2026, 08:00 UTC"), "\(page)")
        }
        // Rows end with whether they gave first.
        let tabled = pages.filter { $0.contains("Member ") && $0.contains(" yes") }
        #expect(tabled.count >= 2)
        for page in tabled {
            #expect(page.contains("Social capital") && page.contains("Given / received"), "\(page)")
        }
        for member in members { #expect(pages.contains { $0.contains(member) }) }
    }

    @Test func `is refused with a way out where there is no printer`() async throws {
        let printer = Printer(program: "/nowhere/weasyprint")
        await #expect(throws: Printer.Trouble.notInstalled) { try await printer.pdf(of: []) }
        #expect(Printer.Trouble.notInstalled.sentence.contains("apt-get install"))
        let unnamed = Printer(program: "there-is-no-program-of-this-name")
        await #expect(throws: Printer.Trouble.notInstalled) { try await unnamed.pdf(of: []) }
    }

    @Test func `is given up after a while, and its program ends`() async throws {
        let stub = try Stub("sleep 600")
        defer { stub.remove() }
        let printer = stub.printer(deadline: .milliseconds(200))
        await #expect(throws: Printer.Trouble.tookTooLong) { try await printer.pdf(of: [1]) }
    }

    @Test func `is not what a program says that fails, or that says something else`() async throws {
        for (script, words) in [
            ("cat >/dev/null; echo one >&2; echo two >&2; exit 3", "two"),
            ("cat >/dev/null; echo hello", "it said nothing"),
        ] {
            let stub = try Stub(script)
            defer { stub.remove() }
            let printer = stub.printer()
            await #expect(throws: Printer.Trouble.failed(words)) { try await printer.pdf(of: [1]) }
        }
    }

    @Test func `may be of a page that its program never reads`() async throws {
        let stub = try Stub("echo no >&2; exit 1")
        defer { stub.remove() }
        // More than a pipe takes at once.
        let page = [UInt8](repeating: 0x20, count: 1 << 20)
        for _ in 1...20 {
            await #expect(throws: Printer.Trouble.failed("no")) { try await stub.printer().pdf(of: page) }
        }
    }

    @Test func `may not be endless`() async throws {
        let stub = try Stub("cat >/dev/null; printf %%PDF-; cat /dev/zero")
        defer { stub.remove() }
        let printer = stub.printer()
        await #expect(throws: Printer.Trouble.tooLarge) { try await printer.pdf(of: [1]) }
    }

    @Test func `tells its program nothing of ours`() async throws {
        setenv("CHAPTERHOUSE_TEST_SECRET", "x", 1)
        let stub = try Stub("cat >/dev/null; printf %%PDF-; env")
        defer { stub.remove() }
        let printer = stub.printer()
        let said = String(decoding: try await printer.pdf(of: [1]), as: UTF8.self)
        #expect(said.contains("PATH=") && said.contains("http_proxy="))
        #expect(!said.contains("CHAPTERHOUSE"))
    }

    @Test func `waits in a line of bounded length`() async throws {
        let stub = try Stub("cat >/dev/null; while [ ! -e \"$0.go\" ]; do sleep 0.05; done; printf %%PDF-")
        defer { stub.remove() }
        let printer = stub.printer(atOnce: 1, lineLength: 1)
        try await withThrowingTaskGroup(of: Bool.self) { tasks in
            for _ in 1...3 {
                tasks.addTask {
                    do {
                        return try await printer.pdf(of: [1]) == Array("%PDF-".utf8)
                    } catch Printer.Trouble.lineIsFull {
                        return false
                    }
                }
            }
            // Whoever is refused is refused at once; the two others wait for leave.
            #expect(try await tasks.next() == false)
            try stub.letGo()
            #expect(try await tasks.next() == true)
            #expect(try await tasks.next() == true)
        }
    }

    private static func report(of members: [String]) throws -> Report {
        let shape = ReportShape.giving
        let table = try #require(shape.tables.first)
        let rows = members.enumerated().map { number, name in
            Report.Row(
                cells: [.member(Membership.ID(Int64(number + 1)), name: name)]
                    + [Report.Cell](repeating: .number(Figure(number)), count: table.columns.count - 2) + [
                        .truth(true)
                    ]
            )
        }
        return try Report(
            shape,
            of: #require(Chapter.Slug("cedar")),
            named: "Zoë & Friends",
            in: Period(months: 12, endingWith: #require(Month("2026-10"))),
            currency: #require(Currency("EUR")),
            asOf: #require(Instant("2026-11-01T08:00:00Z")),
            tables: [Report.Table(table, rows: rows, total: nil)]
        )
    }
}

/// A shell script in the place of WeasyPrint.
private struct Stub {
    let file: URL

    init(_ script: String) throws {
        file = FileManager.default.temporaryDirectory.appending(path: "chapterhouse-\(UUID())")
        try Data("#!/bin/sh\n\(script)\n".utf8).write(to: file)
        try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: file.path)
    }

    func printer(atOnce: Int = 2, lineLength: Int = 8, deadline: Duration = .seconds(60)) -> Printer {
        Printer(program: file.path, atOnce: atOnce, lineLength: lineLength, deadline: deadline)
    }

    func letGo() throws {
        try Data().write(to: URL(filePath: file.path + ".go"))
    }

    func remove() {
        for path in [file.path, file.path + ".go"] where FileManager.default.fileExists(atPath: path) {
            do { try FileManager.default.removeItem(atPath: path) } catch { Issue.record(error) }
        }
    }
}
