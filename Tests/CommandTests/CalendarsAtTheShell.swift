import Storage
import TestSupport
import Testing

@Suite(.freshDatabase)
struct `A calendar at the shell` {
    let shell: Shell

    init() async throws {
        let scratch = try ScratchDatabase.current
        try await scratch.stopClock(at: SampleChapter.now)
        shell = Shell(database: try scratch.address(role: "chapterhouse_app"))
        try await shell.enter(`The worked month`.commands)
    }

    @Test(arguments: ["person calendar ben@example.org", "chapter calendar worked-example"])
    func `gets an address, another and none`(command: String) async throws {
        #expect(try await shell.print(command).contains("has no address"))
        let first = try await address(command)
        #expect(try await shell.print(command).contains("has an address since "))
        #expect(try await address(command) != first)
        #expect(try await shell.print("\(command) --end").contains("leads nowhere now"))
        #expect(try await shell.print("\(command) --end").contains("has no address"))
        #expect(try await shell.run("\(command) --end --renew").status == 64)
    }

    @Test func `is given by whoever looks after the chapter's policy`() async throws {
        let command = "chapter calendar worked-example --renew"
        #expect(try await shell.run("\(command) --as anna@example.org").status == 77)
        #expect(try await shell.run("\(command) --as ben@example.org").status == 0)
        #expect(try await shell.run("person calendar nobody@example.org --renew").status == 65)
    }

    /// A new address: 43 letters between what is the same of each.
    private func address(_ command: String) async throws -> String {
        let line = try await shell.print("\(command) --renew").split(separator: "\n").last.map(String.init)
        let address = try #require(line)
        #expect(address.hasSuffix(".ics") && address.contains("/calendar/"))
        #expect(address.utf8.split(separator: UInt8(ascii: "/")).last?.count == 43 + 4)
        return address
    }
}
