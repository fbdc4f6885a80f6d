import HTTPTypes
import Pages

/// The parts of a form that carries a file (RFC 7578).
struct MultipartForm {
    struct Part {
        let name: String
        let fileName: String?
        let content: ArraySlice<UInt8>

        /// The content as text; nil where it is none.
        var text: String? {
            String(validating: content, as: UTF8.self)
        }
    }

    static let longestHead = 4096
    let parts: [Part]

    /// Reads a body as the Content-Type says that it is divided; nil where it is another type.
    init?(_ type: String, _ body: () async throws -> [UInt8]) async throws {
        guard let boundary = Self.boundary(in: type) else { return nil }
        guard let parts = Self.parts(of: try await body(), at: boundary) else {
            throw Problem(
                status: .badRequest,
                kind: "form",
                detail: "The form cannot be read: it has to be multipart/form-data as RFC 7578 has it, whole."
            )
        }
        self.parts = parts
    }

    static func boundary(in type: String) -> [UInt8]? {
        let fields = type.utf8.split(separator: UInt8(ascii: ";")).map {
            $0.filter { $0 != 0x20 && $0 != 0x09 }
        }
        guard let media = fields.first, media.isWord("multipart/form-data") else { return nil }
        for field in fields.dropFirst() {
            let parts = field.split(
                separator: UInt8(ascii: "="),
                maxSplits: 1,
                omittingEmptySubsequences: false
            )
            guard parts.count == 2, Array(parts[0]).isWord("boundary") else { continue }
            let quote = UInt8(ascii: "\"")
            let isQuoted = parts[1].count > 2 && parts[1].first == quote && parts[1].last == quote
            let boundary = Array(isQuoted ? parts[1].dropFirst().dropLast() : parts[1])
            return (1...70).contains(boundary.count) ? boundary : nil
        }
        return nil
    }

    static func parts(of body: [UInt8], at boundary: [UInt8]) -> [Part]? {
        let (line, gap) = (Array("\r\n".utf8), Array("\r\n\r\n".utf8))
        let dashes = Array("--".utf8)
        let delimiter = line + dashes + boundary
        guard body.starts(with: delimiter.dropFirst(line.count)) else { return nil }
        var place = delimiter.count - line.count
        var parts: [Part] = []
        while !body[place...].starts(with: dashes) {
            guard body[place...].starts(with: line),
                let headEnd = body.place(of: gap, in: place..<min(place + longestHead, body.count)),
                let end = body.place(of: delimiter, in: (headEnd + gap.count)..<body.count),
                let names = disposition(body[place..<headEnd]), let name = names["name"]
            else { return nil }
            let content = body[(headEnd + gap.count)..<end]
            parts.append(Part(name: name, fileName: names["filename"], content: content))
            place = end + delimiter.count
        }
        return parts
    }

    /// What the head of a part says of its name and its file's.
    private static func disposition(_ head: ArraySlice<UInt8>) -> [String: String]? {
        for line in head.split(whereSeparator: { $0 == 0x0d || $0 == 0x0a }) {
            var rest = line
            guard Array(rest.word(until: UInt8(ascii: ":"))).isWord("content-disposition") else { continue }
            guard rest.popFirst() != nil, Array(rest.word(until: UInt8(ascii: ";"))).isWord("form-data")
            else {
                return nil
            }
            var names: [String: String] = [:]
            while rest.popFirst() == UInt8(ascii: ";") {
                let key = rest.word(until: UInt8(ascii: "="))
                guard rest.popFirst() != nil, let value = rest.value(),
                    let name = String(validating: key, as: UTF8.self)?.lowercased(),
                    let text = String(validating: value, as: UTF8.self),
                    names.updateValue(text, forKey: name) == nil
                else { return nil }
            }
            return rest.isEmpty ? names : nil
        }
        return nil
    }
}

extension [UInt8] {
    /// Whether it is an ASCII word, however it is written.
    fileprivate func isWord(_ word: String) -> Bool {
        String(decoding: self, as: UTF8.self).lowercased().utf8.elementsEqual(word.utf8)
    }
}

extension ArraySlice<UInt8> {
    private mutating func skipBlanks() {
        self = drop { $0 == 0x20 || $0 == 0x09 }
    }

    /// Takes what comes before a mark, without the blanks around it.
    fileprivate mutating func word(until mark: UInt8) -> ArraySlice<UInt8> {
        skipBlanks()
        var word = prefix { $0 != mark }
        self = self[word.endIndex...]
        while let last = word.last, last == 0x20 || last == 0x09 { word.removeLast() }
        return word
    }

    /// Takes a value, in quotes or not; nil where the quotes do not end.
    fileprivate mutating func value() -> [UInt8]? {
        skipBlanks()
        let (quote, backslash) = (UInt8(ascii: "\""), UInt8(ascii: "\\"))
        guard first == quote else { return Array(word(until: UInt8(ascii: ";"))) }
        removeFirst()
        var value: [UInt8] = []
        while let byte = popFirst() {
            switch byte {
            case quote:
                skipBlanks()
                return value
            case backslash:
                guard let escaped = popFirst() else { return nil }
                value.append(escaped)
            default: value.append(byte)
            }
        }
        return nil
    }
}
