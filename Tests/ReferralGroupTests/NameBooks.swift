import ReferralGroup
import Testing

@Suite struct `Who a name of a file means` {
    @Test func `is who is called so, however it is written`() throws {
        let book = try book(["Ines Dane", "Olaf Orr"])
        #expect(try meaning(of: "ines  DANE ", in: book) == .member(1))
        #expect(try meaning(of: "Olaf Orr", in: book) == .member(2))
    }

    @Test func `is who has the same words in another order`() throws {
        #expect(try meaning(of: "Dane Ines", in: try book(["Ines Dane", "Olaf Orr"])) == .member(1))
    }

    @Test func `is who was remembered, before anybody of the name`() throws {
        let book = try book(["Ines Dane", "Olaf Orr"], links: ["Ines Dane": 2])
        #expect(try meaning(of: "INES dane", in: book) == .member(2))
        #expect(try meaning(of: "Dane Ines", in: book) == .member(1))
    }

    @Test func `is who is called exactly so, before whose words are turned`() throws {
        #expect(try meaning(of: "Dane Ines", in: try book(["Ines Dane", "Dane Ines"])) == .member(2))
    }

    @Test func `is asked where two people are called so`() throws {
        let book = try book(["Ines Dane", "Ines Dane", "Olaf Orr"])
        #expect(try meaning(of: "Ines Dane", in: book) == .asked([1, 2], isAmbiguous: true))
        #expect(try meaning(of: "Dane Ines", in: book) == .asked([1, 2], isAmbiguous: true))
    }

    @Test func `is asked, with those who share a word, where nobody is`() throws {
        let book = try book(["Ines Dane", "Ines Orr", "Olaf Ost"])
        #expect(try meaning(of: "Ines Dean", in: book) == .asked([1, 2], isAmbiguous: false))
        #expect(try meaning(of: "Quentin", in: book) == .asked([], isAmbiguous: false))
        #expect(try meaning(of: "", in: book) == .asked([], isAmbiguous: false))
    }

    @Test(arguments: [
        ("2025-06-30", Int64(1)), ("2025-07-01", 3), ("2026-01-01", 2), ("2026-10-01", 2), ("2024-01-01", 2),
    ])
    func `is the membership of that day, else the latest, of one person`(day: String, member: Int64) throws {
        let entries = [
            try entry(1, person: 7, "Ines Dane", from: "2025-01-01", to: "2025-06-30"),
            try entry(2, person: 7, "Ines Dane", from: "2026-01-01", to: nil),
            try entry(3, person: 7, "Ines Dane", from: "2025-07-01", to: "2025-07-31"),
        ]
        let book = NameBook(entries: entries, links: [:])
        #expect(try meaning(of: "Ines Dane", in: book, on: day) == .member(member))
    }

    private enum Meaning: Equatable {
        case member(Int64)
        case asked([Int64], isAmbiguous: Bool)
    }

    private func meaning(of name: String, in book: NameBook, on day: String = "2026-10-01") throws -> Meaning
    {
        switch book.meaning(of: name, on: try #require(LocalDate(day))) {
        case .member(let member): .member(member.number)
        case .unsettled(let name): .asked(name.candidates.map(\.member.number), isAmbiguous: name.isAmbiguous)
        }
    }

    /// Members 1, 2, 3… of these names, each a person of their own.
    private func book(_ names: [String], links: [String: Int64] = [:]) throws -> NameBook {
        let entries = try names.enumerated().map { index, name in
            try entry(Int64(index + 1), person: Int64(index + 1), name, from: "2026-01-01", to: nil)
        }
        let pairs = links.map { (FoldedName($0.key), Membership.ID($0.value)) }
        return NameBook(entries: entries, links: Dictionary(pairs) { first, _ in first })
    }

    private func entry(
        _ member: Int64,
        person: Int64,
        _ name: String,
        from: String,
        to: String?
    ) throws -> NameBook.Entry {
        NameBook.Entry(
            member: Membership.ID(member),
            person: Person.ID(person),
            name: name,
            joinedOn: try #require(LocalDate(from)),
            endedOn: to.flatMap { LocalDate($0) }
        )
    }
}
