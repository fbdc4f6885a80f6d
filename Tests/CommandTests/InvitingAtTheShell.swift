import ReferralGroup
import Storage
import TestSupport
import Testing

/// It is 1 November 2026; the chapter of the worked month meets on Wednesdays.
@Suite(.freshDatabase)
struct `Inviting at the shell` {
    static let invite = "visitor invite worked-example Karl --invited-by ben@example.org --date 2026-11-04"
    let shell: Shell

    init() async throws {
        let scratch = try ScratchDatabase.current
        try await scratch.stopClock(at: SampleChapter.now)
        shell = Shell(database: try scratch.address(role: "chapterhouse_app"))
        try await shell.enter(`The worked month`.commands)
        _ = try await shell.print("meeting schedule worked-example --from 2026-11-04 --to 2026-11-04")
    }

    @Test func `prints the link, and lists the guest`() async throws {
        let printed = try await shell.print("\(Self.invite) --email karl@example.org --by-mail")
        let address = try #require(printed.split(separator: "\n").last.map(String.init))
        #expect(address.contains("/invitation/"))
        #expect(address.utf8.split(separator: UInt8(ascii: "/")).last?.count == 43)
        #expect(try await shell.print("visitor list worked-example").contains("Karl"))
        #expect(try await shell.print("mail queue").contains("karl@example.org"))
    }

    @Test func `is for one's own guests, to a meeting to come, by mail to an address`() async throws {
        #expect(try await shell.run("\(Self.invite) --as anna@example.org").status == 77)
        #expect(try await shell.run("\(Self.invite) --as ben@example.org").status == 0)
        #expect(try await shell.run("\(Self.invite) --by-mail").status == 64)
        let past = Self.invite.replacing("2026-11-04", with: "2026-10-28")
        #expect(try await shell.run(past).status == 65)
    }
}
