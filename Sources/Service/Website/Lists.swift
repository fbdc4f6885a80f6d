import Hummingbird
import Pages
import ReferralGroup
import Storage

extension QueryParameters {
    /// What somebody looks for: one line, or nothing.
    func searched() throws -> String {
        try value("q", String.self, "a text").flatMap { Body.line($0, atMost: Body.longestLine) } ?? ""
    }

    /// Which page of a list, from 1.
    func page() throws -> Int {
        let page = try value("page", Int.self, "a number from 1 on") ?? 1
        guard (1...10_000).contains(page) else { throw Problem.parameter("page", "give a number from 1 on") }
        return page
    }

    func word<Word: RawRepresentable<String> & CaseIterable>(
        _ name: String,
        _ type: Word.Type
    ) throws -> Word? {
        guard let text = try value(name, String.self, "a word"), !text.isEmpty else { return nil }
        guard let word = Word(rawValue: text) else {
            throw Problem.parameter(
                name,
                "give one of \(Word.allCases.map(\.rawValue).joined(separator: ", "))"
            )
        }
        return word
    }

    /// The part of a list after an entry, with one more than a page shows.
    func slice(of length: Int) throws -> LedgerSlice {
        let after = try value("after", SlipID.self, "the id of an entry")
        return LedgerSlice(from: .earliest, to: .latest, after: after, limit: length + 1)
    }
}

/// Says a refusal of the database beside the field that mends it.
func beside<Value>(_ fields: [Refusal: String], _ work: () async throws -> Value) async throws -> Value {
    do {
        return try await work()
    } catch let refused as Refused {
        guard let field = fields[refused.rule] else { throw refused }
        var problem = Problem(refused)
        problem.pointer = field
        throw problem
    }
}

extension ChapterContext {
    /// The chapter in addresses: `/chapters/alder`.
    var folder: String {
        "/chapters/\(chapter.slug)"
    }
}
