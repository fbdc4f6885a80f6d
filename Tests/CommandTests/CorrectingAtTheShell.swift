import TestSupport
import Testing

@Suite(.freshDatabase)
struct `Correcting at the shell` {
    let shell: Shell

    init() async throws {
        let scratch = try ScratchDatabase.current
        try await scratch.stopClock(at: SampleChapter.now)
        shell = Shell(database: try scratch.address(role: "chapterhouse_app"))
        try await shell.enter(`The worked month`.commands)
    }

    @Test
    func `records what is right in the place of what was wrong, or takes it back`() async throws {
        let wrong = try await id("education")
        let record = "education record worked-example \"Ben Berg\" --hours 2 --date 2026-10-12"
        for (more, status) in [
            (" --corrects \(wrong)", Int32(64)), (" --reason \"A comma\"", 64),
            (" --corrects \(wrong) --reason \"A comma\" --as anna@example.org", 77),
            (" --corrects 00000000-0000-4000-8000-000000000000 --reason \"A comma\"", 65),
        ] {
            #expect(try await shell.run(record + more).status == status, "\(more)")
        }
        try await shell.print(
            "\(record) --corrects \(wrong) --reason \"Two hours it was\" --as ben@example.org"
        )
        let right = try await id("education")
        #expect(right != wrong)
        try await shell.print("slip take-back worked-example education \(right) --reason \"Not at all\"")
        let list = try JSON(try await shell.print("slip corrections worked-example --format json")).elements
        #expect(list.map { $0["was"] } == [.string("Ben Berg, 2.00 hours"), .string("Ben Berg, 1.00 hours")])
        #expect(list.map { $0["corrected_by"] } == [.null, .string("Ben Berg")])
        // An hour at 40.00 less: 459.50 − 40.00.
        let report = try JSON(
            try await shell.print("report roi worked-example --month 2026-10 --format json")
        )
        #expect(report["members"]?.elements.last?["cost"] == .string("419.50"))
    }

    private func id(_ noun: String) async throws -> String {
        let list = try JSON(
            try await shell.print("\(noun) list worked-example --from 2026-10-01 --format json")
        )
        return try #require(list.elements.first?["id"]?.string)
    }
}
