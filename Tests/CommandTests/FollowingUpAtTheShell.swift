import TestSupport
import Testing

@Suite(.sampleDatabase)
struct `Following up at the shell` {
    let shell: Shell

    init() async throws {
        shell = Shell(database: try ScratchDatabase.current.address(role: "chapterhouse_app"))
        _ = try await SampleChapter()
    }

    @Test func `keeps contacts, reminds of them, and forgets them`() async throws {
        try await shell.print(
            #"contact add alder bob@example.org "Karla Klug" --profession Surveyor --met 2020-01-01 --cadence 90 --shared --notes Sails"#
        )
        let contact = try #require(
            try JSON(try await shell.print("contact list alder bob@example.org --format json")).elements.first
        )
        #expect(contact["name"]?.string == "Karla Klug")
        #expect(contact["next_contact"]?.string == "2020-03-31")
        let id = try #require(contact["id"]?.string)
        #expect(try await shell.print("contact shared alder --format csv").contains("Karla Klug"))
        let open = try await shell.print("follow-up list alder bob@example.org --format csv")
        #expect(open.contains("2020-03-31,yes,call,Karla Klug,,cadence,2020-01-01"), "\(open)")
        try await shell.print(
            #"contact touch alder bob@example.org \#(id) --channel coffee --outcome "Builds""#
        )
        #expect(
            try await !shell.print("follow-up list alder bob@example.org --format csv").contains("Karla")
        )
        // Whose contact it is not finds none.
        let foreign = try await shell.run("contact forget alder alice@example.org \(id)")
        #expect(foreign.status == 65 && foreign.errors.contains("no contact"), "\(foreign.errors)")
        try await shell.print("contact forget alder bob@example.org \(id)")
        #expect(try await !shell.print("contact list alder bob@example.org --format csv").contains("Karla"))
    }

    @Test func `writes down, puts off, ends and drops`() async throws {
        let owner = "alder bob@example.org"
        for text in ["Article", "Offer"] {
            try await shell.print("follow-up write \(owner) \(text) --due 2026-11-04 --channel email")
        }
        let written = try JSON(try await shell.print("follow-up list \(owner) --format json")).elements
        let ids = written.compactMap { $0["id"]?.string }
        try #require(ids.count == 2)
        try await shell.print("follow-up later \(owner) \(ids[0]) --to 2026-12-01")
        try await shell.print("follow-up done \(owner) \(ids[1]) --outcome Liked")
        let again = try await shell.run("follow-up done \(owner) \(ids[1])")
        #expect(again.status == 65 && again.errors.contains("still open"), "\(again.errors)")
        #expect(try await shell.print("follow-up list \(owner) --format csv").contains("2026-12-01"))
        try await shell.print("follow-up drop \(owner) \(ids[0])")
        try await shell.print("follow-up pace \(owner) 3")
        #expect(try await shell.run("follow-up pace \(owner) 0").status == 64)
    }

    @Test func `is for the member alone, also of a president`() async throws {
        let asked = try await shell.run("contact list alder bob@example.org --as alice@example.org")
        #expect(asked.status == 77, "\(asked.errors)")
        #expect(try await shell.run("contact list alder bob@example.org --as bob@example.org").status == 0)
    }
}
