import FoundationEssentials

@testable import Exchange
@testable import Pages
@testable import Postman
@testable import Service

/// What is escaped, read by decoders that share nothing with what escapes.
extension Fuzzed {
    static let escapers = [
        Fuzzed("html") { bytes in
            let markup = Pages.escaped(bytes.asText)
            try hold(!markup.utf8.contains { "<>\"'`=\0".utf8.contains($0) }, "markup in escaped text")
            let meant = bytes.asText.split(separator: "\0", omittingEmptySubsequences: false)
            let expected = Array(meant.joined(separator: "\u{FFFD}").utf8)
            // One by one, since a NUL may stand before a mark that goes with it.
            let replaced = Array(bytes.asText.utf8).flatMap { $0 == 0 ? Array("\u{FFFD}".utf8) : [$0] }
            try hold(
                unescaped(markup) == replaced || unescaped(markup) == expected,
                "HTML means another text"
            )
        },
        Fuzzed("json-text") { bytes in
            var writer = JSONWriter()
            writer.array { $0.string(bytes.asText) }
            let read = try JSONDecoder().decode([String].self, from: Data(writer.bytes))
            try hold(read[0].utf8.elementsEqual(bytes.asText.utf8), "JSON means another text")
            if !bytes.contains(0) {
                guard case .array(let own) = try JSONValue(writer.bytes), case .string(let text)? = own.first
                else {
                    throw Broken(description: "what is written as text is none")
                }
                try hold(text.utf8.elementsEqual(bytes.asText.utf8), "our own reader reads another text")
            }
        },
        Fuzzed("calendar") { bytes in
            var lines = ContentLines()
            lines.add("SUMMARY", text: bytes.asText)
            lines.add("X-WORD", bytes.asText)
            lines.add("X;CN=\(ContentLines.quoted(bytes.asText))", "mailto:a@example.org")
            let folded = lines.bytes.asText.components(dividedBy: [0x0D, 0x0A])
            try hold(folded.last == [], "a line without an end")
            try hold(folded.allSatisfy { $0.count <= 75 }, "a line of more than 75 bytes")
            try hold(
                folded.allSatisfy { String(validating: $0, as: UTF8.self) != nil },
                "a character in two lines"
            )
            try hold(folded.allSatisfy { $0.allSatisfy { $0 >= 0x20 } }, "a control character")
            let heads = folded.dropLast().filter { $0.first != 0x20 }
            try hold(heads.count == 3, "text begins a line of its own: \(heads.count)")
            var summary = Array(folded[0].dropFirst("SUMMARY:".utf8.count))
            for line in folded.dropFirst().prefix(while: { $0.first == 0x20 }) { summary += line.dropFirst() }
            try hold(isEqual(summary, toText: bytes.asText), "iCalendar means another text")
        },
        Fuzzed("mail") { bytes in
            let text = bytes.asText
            guard !text.utf8.contains(where: { $0 == 0x0D || $0 == 0x0A || $0 == 0 }) else {
                let lines = QuotedPrintable.encode(text).asText.components(dividedBy: [0x0D, 0x0A])
                try hold(lines.allSatisfy { $0.count <= 76 }, "a line of more than 76 bytes")
                try hold(
                    lines.allSatisfy { $0.allSatisfy { (0x20...0x7E).contains($0) || $0 == 9 } },
                    "8 bits"
                )
                try hold(lines.allSatisfy { $0.first != UInt8(ascii: ".") }, "a dot begins a line")
                return
            }
            for header in [EncodedWords.text(text, after: 9), EncodedWords.phrase(text, after: 6)] {
                let lines = header.components(dividedBy: [0x0D, 0x0A])
                try hold(
                    lines.allSatisfy { $0.allSatisfy { (0x20...0x7E).contains($0) } },
                    "8 bits in a header"
                )
                try hold(lines.dropFirst().allSatisfy { $0.first == 0x20 }, "text begins a header of its own")
                try hold(lines.allSatisfy { $0.count <= 78 }, "a line of more than 78 bytes")
                if header.hasPrefix("=?utf-8?B?"), !text.isEmpty {
                    try hold(decodedWords(lines) == Array(text.utf8), "a header means another text")
                }
            }
        },
    ]

    /// The references that the standard has for the bytes that are escaped, decimal and by name.
    private static func unescaped(_ markup: String) -> [UInt8]? {
        var bytes: [UInt8] = []
        var rest = Array(markup.utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "&") else {
                bytes.append(byte)
                continue
            }
            let name = Array(rest.prefix { $0 != UInt8(ascii: ";") })
            rest = rest.dropFirst(name.count + 1)
            let known = ["amp": "&", "lt": "<", "gt": ">", "quot": "\""][name.asText]
            if let known {
                bytes += known.utf8
            } else if name.first == UInt8(ascii: "#"), let code = UInt8(Array(name.dropFirst()).asText) {
                bytes.append(code)
            } else {
                return nil
            }
        }
        return bytes
    }

    /// What RFC 5545 says that escaped text means, beside the text without its controls.
    private static func isEqual(_ escaped: [UInt8], toText text: String) -> Bool {
        var meant: [UInt8] = []
        var rest = escaped[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "\\") else {
                if [UInt8(ascii: ";"), UInt8(ascii: ",")].contains(byte) { return false }
                meant.append(byte)
                continue
            }
            guard let next = rest.popFirst() else { return false }
            meant.append(next == UInt8(ascii: "n") ? 0x0A : next)
        }
        var expected = String.UnicodeScalarView()
        var wasReturn = false
        for scalar in text.unicodeScalars {
            defer { wasReturn = scalar == "\r" }
            switch scalar {
            case "\n" where wasReturn: continue
            case "\n", "\r", "\u{2028}", "\u{2029}": expected.append("\n")
            case "\t": expected.append(" ")
            case "\0"..."\u{1F}", "\u{7F}"..."\u{9F}": continue
            default: expected.append(scalar)
            }
        }
        return meant == Array(String(expected).utf8)
    }

    private static func decodedWords(_ lines: [[UInt8]]) -> [UInt8]? {
        var bytes: [UInt8] = []
        for line in lines {
            let word = line.asText.split(separator: "?")
            guard word.count == 5 || word.count == 4, let data = Data(base64Encoded: String(word[3])) else {
                return nil
            }
            bytes += data
        }
        return bytes
    }
}

extension String {
    /// The bytes between each of the marks.
    fileprivate func components(dividedBy mark: [UInt8]) -> [[UInt8]] {
        var pieces: [[UInt8]] = [[]]
        var rest = Array(utf8)[...]
        while let byte = rest.first {
            if rest.starts(with: mark) {
                pieces.append([])
                rest = rest.dropFirst(mark.count)
            } else {
                pieces[pieces.count - 1].append(byte)
                rest = rest.dropFirst()
            }
        }
        return pieces
    }
}
