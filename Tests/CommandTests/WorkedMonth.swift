import TestSupport
import Testing

/// Section 7 of the domain page: a month of two members, worked out by hand.
@Suite(.freshDatabase)
struct `The worked month` {
    static let commands = #"""
        chapter create worked-example --name "Worked Example" --time-zone Europe/Berlin --currency EUR --weekday wednesday --at 07:00 --minutes 90 --place "Town Hall"
        chapter policy worked-example --set membership-fee=900.00 --set months-covered=12 --set meeting-fee=15.00 --set meeting-fee-due-for=attended --set value-of-hour=40.00 --from 2026-10-01
        member add worked-example "Anna Alt" --email anna@example.org --joined 2026-10-16
        member add worked-example "Ben Berg" --email ben@example.org --joined 2026-10-01
        member set worked-example "Ben Berg" margin=40% --from 2026-10-01
        office appoint worked-example "Ben Berg" president --from 2026-10-01
        meeting schedule worked-example --from 2026-10-01 --to 2026-10-31
        meeting cancel worked-example 2026-10-21
        attendance mark worked-example 2026-10-07 "Ben Berg=P"
        attendance mark worked-example 2026-10-14 "Ben Berg=S:Karl Kurz"
        attendance mark worked-example 2026-10-28 --all P "Ben Berg=L"
        meeting seal worked-example 2026-10-07
        meeting seal worked-example 2026-10-14
        meeting seal worked-example 2026-10-28
        one-to-one record worked-example "Ben Berg" "Otto Orr @ Elsewhere" --minutes 60 --cost-a 4.50 --date 2026-10-08
        one-to-one record worked-example "Ben Berg" "Otto Orr @ Elsewhere" --minutes 45 --date 2026-10-09
        activity record worked-example "Ben Berg" --kind event --minutes 120 --money 25.00 --date 2026-10-10
        education record worked-example "Ben Berg" --hours 1 --date 2026-10-12
        thanks record worked-example --earner "Ben Berg" --thanked "Otto Orr @ Elsewhere" --amount 2400.00 --date 2026-10-12
        thanks record worked-example --earner "Ben Berg" --thanked "visitor:Vera Vale" --amount 350.50 --date 2026-10-13
        thanks record worked-example --earner "Otto Orr @ Elsewhere" --thanked "Ben Berg" --amount 1000.00 --date 2026-10-14
        """#

    let shell: Shell

    init() async throws {
        let scratch = try ScratchDatabase.current
        try await scratch.stopClock(at: SampleChapter.now)
        shell = Shell(database: try scratch.address(role: "chapterhouse_app"))
        try await shell.enter(Self.commands)
    }

    @Test
    func `comes back to the cent`() async throws {
        let expected = try JSON(contentsOf: Folder.ofTests + "/worked-month.json").withoutIDs
        let text = try await shell.print(
            "report roi worked-example --month 2026-10 --as-of 2026-11-01T08:00:00Z --format json"
        )
        let report = try JSON(text).withoutIDs
        for part in ["chapter", "members", "totals", "trailing", "since_joining"] {
            #expect(report[part] == expected[part], "\(part)")
        }
        #expect(report == expected)
    }

    @Test
    func `is the same for the president`() async throws {
        let report = "report roi worked-example --month 2026-10 --as-of 2026-11-01T08:00:00Z --format json"
        let own = try await shell.print(report + " --as ben@example.org")
        #expect(try JSON(own) == JSON(try await shell.print(report)))
    }

    @Test
    func `prints as CSV and as a table`() async throws {
        let report = "report roi worked-example --month 2026-10 --as-of 2026-11-01T08:00:00Z"
        let csv = try await shell.print(report + " --format csv")
        #expect(csv.utf8.split(separator: UInt8(ascii: "\n")).count > 2)
        let table = try await shell.print(report)
        for figure in ["Anna Alt", "Ben Berg", "640.70", "-113.71", "526.99"] {
            #expect(csv.contains(figure), "\(csv)")
        }
        for name in ["Anna Alt", "Ben Berg", "1.39"] { #expect(table.contains(name), "\(table)") }
    }

    @Test
    func `comes in every format, and without a printer in all but PDF`() async throws {
        let report = "$chapterhouse report roi worked-example --month 2026-10 --as-of 2026-11-01T08:00:00Z"
        var shell = shell
        shell.environment["CHAPTERHOUSE_WEASYPRINT"] = TestPython.besides("weasyprint")
        for (format, beginning) in [("html", "<!doctype html>"), ("xlsx", "PK"), ("pdf", "%PDF-")] {
            let ending = try await shell.pipe(
                "\(report) --format \(format) | head -c \(beginning.utf8.count)"
            )
            #expect(ending.output == beginning, "\(ending.errors)")
        }
        shell.environment["CHAPTERHOUSE_WEASYPRINT"] = "/nowhere/weasyprint"
        let ending = try await shell.pipe("\(report) --format pdf")
        #expect(ending.status == 69 && ending.output.isEmpty)
        #expect(ending.errors.contains("WeasyPrint") && ending.errors.contains("apt-get install"))
    }

    @Test
    func `is not thrown at a terminal as bytes`() async throws {
        var shell = shell
        shell.environment["script"] = """
            import os, pty, sys
            words = [os.environ["chapterhouse"], "report", "roi", "worked-example", "--format", "xlsx"]
            sys.exit(os.waitstatus_to_exitcode(pty.spawn(words)))
            """
        let ending = try await shell.pipe("python3 -c \"$script\" </dev/null")
        #expect(ending.status == 64, "\(ending.output)")
        #expect(ending.output.contains("--output"))
    }

    @Test
    func `goes into a file whole`() async throws {
        let folder = try Folder()
        defer { folder.remove() }
        let report = "report roi worked-example --month 2026-10 --as-of 2026-11-01T08:00:00Z --format json"
        #expect(try await shell.print("\(report) --output \(folder.path)/roi.json") == "")
        #expect(
            try JSON(contentsOf: "\(folder.path)/roi.json") == JSON(try await shell.print(report))
        )
    }

    @Test
    func `counts nothing that comes after the day it is asked as of`() async throws {
        // At 22:00 UTC the 13th begins in Berlin, and with it what was earned that day.
        for (moment, received) in [
            ("2026-10-12T21:59:59Z", "2400.00"), ("2026-10-12T22:00:00Z", "2750.50"),
        ] {
            let text = try await shell.print(
                "report roi worked-example --month 2026-10 --as-of \(moment) --format json"
            )
            #expect(try JSON(text)["totals"]?["received"] == .string(received), "\(moment)")
        }
    }
}
