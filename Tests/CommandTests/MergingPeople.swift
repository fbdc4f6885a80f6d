import Postgres
import ReferralGroup
import Storage
import TestSupport
import Testing

@Suite(.sampleDatabase)
struct `Merging people at the shell` {
    let sample: SampleChapter
    let shell: Shell

    init() async throws {
        sample = try await SampleChapter()
        shell = Shell(database: try ScratchDatabase.current.address(role: "chapterhouse_app"))
        _ = try await sample.birchShell.add(.sample("Robert Baker", seat: "Baker"))
    }

    @Test func `names them by e-mail, number or name, and says what became of them`() async throws {
        let number = sample.bob.person
        let said = try await shell.print("person merge \(number) \"Robert Baker\"")
        #expect(said.contains("Robert Baker (robert@example.org, number "))
        #expect(said.contains("is Bob Baker (bob@example.org, number \(number)) now."))
        #expect(said.contains("Moved: memberships 1, tokens 0, accounts at a provider 0."))
        #expect(said.contains("Nobody signs in as robert@example.org any more."))
        #expect(try await shell.print("person list --format csv").contains("Robert Baker") == false)
        #expect(try await shell.print("member list birch --format csv").contains("Robert Baker"))
    }

    @Test(arguments: [
        ("bob@example.org bob@example.org", "one person already"),
        ("bob@example.org nobody@example.org", "nobody is called"),
        ("\"Bob Baker\" 999999", "nobody is called"),
        ("alice@example.org bob@example.org", "both are members of Alder"),
    ])
    func `is refused in a sentence`(_ people: String, _ sentence: String) async throws {
        let ending = try await shell.run("person merge \(people)")
        #expect(ending.status == 65)
        #expect(ending.errors.contains(sentence), "\(ending.errors)")
    }

    @Test func `asks which, where a name is two people's, and what, where one is kept out`() async throws {
        _ = try await sample.birchShell.add(
            MemberDraft(name: "Bob Baker", email: EmailAddress("bobby@example.org"), joinedOn: nil)
        )
        let ending = try await shell.run("person merge robert@example.org \"Bob Baker\"")
        #expect(ending.status == 65)
        #expect(ending.errors.contains("bob@example.org") && ending.errors.contains("bobby@example.org"))
        try await shell.print("person disable robert@example.org")
        let kept = try await shell.run("person merge bob@example.org robert@example.org")
        #expect(kept.status == 65)
        #expect(kept.errors.contains("is kept out"))
    }
}
