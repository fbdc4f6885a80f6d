import Storage
import TestSupport
import Testing

/// It is 1 November 2026; Anna joined the chapter of the worked month on 16 October, Ben on the first.
@Suite(.freshDatabase)
struct `Mentoring at the shell` {
    let shell: Shell

    init() async throws {
        let scratch = try ScratchDatabase.current
        try await scratch.stopClock(at: SampleChapter.now)
        shell = Shell(database: try scratch.address(role: "chapterhouse_app"))
        try await shell.enter(`The worked month`.commands)
    }

    @Test func `lists the first steps with the days by which they are due`() async throws {
        _ = try await shell.print("member set worked-example anna@example.org mentor=ben@example.org")
        let steps = try await shell.print("member first-steps worked-example anna@example.org --format csv")
        #expect(steps.contains("profile,2026-10-23,") && steps.contains("part,2027-02-05,"), "\(steps)")
        #expect(
            try await shell.run("member first-steps worked-example ben@example.org --as anna@example.org")
                .status == 77
        )
        #expect(
            try await shell.run("member set worked-example anna@example.org mentor=anna@example.org").status
                == 65
        )
    }

    @Test func `ends with a code, and another reason in words`() async throws {
        let end = "member end worked-example anna@example.org --on 2026-10-31"
        #expect(try await shell.run("\(end) --code bored").status == 64)
        #expect(try await shell.run("\(end) --code other").status == 65)
        #expect(try await shell.run("\(end) --code no-return").status == 0)
        let report = "report retention worked-example --from 2026-10-17 --to 2026-11-01 --format json"
        #expect(try await shell.print(report).contains("no return"))
    }
}
