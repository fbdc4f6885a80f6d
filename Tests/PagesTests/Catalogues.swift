import FoundationEssentials
import ReferralGroup
import TestSupport
import Testing

@testable import Pages

/// Every page there is, and every report.
private let everyPage: [(name: String, page: HTML)] =
    `Pages as they are`.pages.map { ($0.testDescription, $0.html) }
    + {
        do { return try SampleReports.all() + SampleLetters.all() } catch {
            Issue.record(error)
            return []
        }
    }()

@Suite struct `A catalogue` {
    private static let others = Language.all.dropFirst()

    /// What pages say, and what comes to them as data, without what is nothing but values.
    private static let said: Set<String> = {
        let keys =
            everyPage.flatMap { $0.page.phrases.map(\.key) } + KnownWords.all.map { Phrase(reading: $0).key }
        return Set(keys.filter(hasWords)).subtracting(samples)
    }()

    @Test(arguments: others.map(\.code))
    func `has every phrase that is said`(_ code: String) throws {
        let language = try #require(Language(code: code))
        let missing = Self.said.subtracting(language.phrases)
        #expect(missing.isEmpty, "\(missing.sorted().joined(separator: "\n"))")
    }

    @Test(arguments: others.map(\.code))
    func `puts the same values into a phrase`(_ code: String) throws {
        for (key, parts) in try #require(Language(code: code)).entries {
            #expect(values(of: parts) == values(of: Language.parts(of: key)), "\(key)")
        }
    }

    @Test func `tells one and several apart where English does`() {
        for key in Language.english.phrases {
            #expect(Language.german.entries.count { $0.key == key } == 2, "\(key)")
        }
    }

    /// What only the service says, of what goes wrong, stands in its sources.
    @Test(arguments: others.map(\.code))
    func `has no phrase that nobody says`(_ code: String) throws {
        let sources = try Self.sources()
        for key in try #require(Language(code: code)).phrases.subtracting(Self.said) {
            let words = Language.parts(of: key).flatMap { part -> [Substring] in
                guard case .text(let text) = part else { return [] }
                // Sentences are put together of halves, and begin with a large letter or not.
                return text.lowercased().replacing("; ", with: ". ").split(separator: ". ")
            }
            .map { $0.last == "." ? $0.dropLast() : $0 }
            #expect(sources.contains { file in words.allSatisfy { file.contains($0) } }, "\(key)")
        }
    }

    @Test(arguments: everyPage.map(\.name))
    func `holds all that a page says`(_ name: String) throws {
        let page = try #require(everyPage.first { $0.name == name }).page.text(in: .pseudo)
        let left = Spoken.text(of: page).withoutSamples
        #expect(
            !left.contains { $0.isLetter },
            "\(left.split(whereSeparator: \.isWhitespace).joined(separator: " "))"
        )
    }

    @Test(arguments: everyPage.map(\.name))
    func `changes the words of a page, and nothing of its shape`(_ name: String) throws {
        let page = try #require(everyPage.first { $0.name == name }).page
        let english = Tags(of: page.text)
        for language in Self.others {
            let text = page.text(in: language)
            let tags = Tags(of: text)
            #expect(text.contains("<html lang=\"\(language.code)\">"))
            #expect(tags.problems.isEmpty)
            #expect(tags.names.count == english.names.count)
        }
    }

    private static func hasWords(_ key: String) -> Bool {
        Language.parts(of: key).contains { part in
            if case .text(let text) = part { text.contains { $0.isLetter } } else { false }
        }
    }

    private func values(of parts: [Language.Part]) -> Set<Int> {
        Set(parts.compactMap { if case .value(let place) = $0 { place } else { nil } })
    }

    /// What tests put in the place of words.
    private static let samples: Set<String> = ["x", "lights-2025", "Example"]

    /// The text of every source but the catalogues, each literal on a line of its own.
    private static func sources() throws -> [String] {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Sources")
        let paths = try FileManager.default.subpathsOfDirectory(atPath: root.path).filter {
            $0.hasSuffix(".swift") && !$0.hasPrefix("Pages/Language/")
        }
        return try paths.map { path in
            let bytes = try Data(contentsOf: root.appending(path: path))
            return String(decoding: bytes, as: UTF8.self).replacing("\\\"", with: "\"").split(separator: "\n")
                .reduce(into: "") {
                    text,
                    line in
                    let rest = line.drop { $0 == " " }
                    text += (rest.hasSuffix("\\") ? rest.dropLast() : rest + "\n").lowercased()
                }
        }
    }
}

/// What somebody sees or hears of a page.
private enum Spoken {
    static func text(of page: String) -> String {
        var text = ""
        var rest = page.utf8[...]
        var isStyle = false
        while let start = rest.firstIndex(of: UInt8(ascii: "<")) {
            if !isStyle { text += String(decoding: rest[..<start], as: UTF8.self) + " " }
            isStyle = rest[start...].starts(with: "<style".utf8)
            rest = rest[start...].drop { $0 != UInt8(ascii: ">") }.dropFirst()
        }
        let read = ["alt", "title", "aria-label", "placeholder", "data-foot"]
        let attributes = Tags(of: page).attributes.filter { attribute in
            read.contains { attribute.hasPrefix("\($0)=") }
        }.compactMap { $0.split(separator: "\"").dropFirst().first }
        return ([text] + attributes.map(String.init)).joined(separator: " ")
    }
}

extension String {
    /// Without what came from the catalogue, without references, and without what tests and standards name.
    fileprivate var withoutSamples: String {
        var left = ""
        var isSaid = false
        for character in self {
            switch character {
            case "\u{27E6}": isSaid = true
            case "\u{27E7}": isSaid = false
            default: if !isSaid { left.append(character) }
            }
        }
        for reference in ["&amp;", "&quot;", "&lt;", "&gt;"] { left = left.replacing(reference, with: " ") }
        for word in Self.samples { left = left.replacing(word, with: " ") }
        return left
    }

    private static let samples = [
        "Chapterhouse", "a@example.org", "Alice Archer", "Bob Baker", "Dora Dyer", "Alice", "Alder", "alder",
        "Birch",
        "South",
        "Bob", "Example", "Europe/Berlin", "alice", "a browser", "laptop", "desktop", "ABCD", "EUR", "SEK",
        "JSON", "CSV", "https",
        "XLSX", "PDF",
        "English", "Deutsch",
    ]
}
