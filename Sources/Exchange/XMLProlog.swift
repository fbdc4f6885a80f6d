/// A look at XML before a parser sees it: no document type, a plain encoding, no tag with absurdly many attributes.
///
/// libxml2 before 2.12 compares every attribute of a tag with every other.
struct XMLProlog {
    private let bytes: [UInt8]
    private var position: Int

    /// Throws where the document must not be handed to the parser.
    static func check(_ bytes: [UInt8]) throws {
        var prolog = XMLProlog(bytes: bytes)
        try prolog.refuseDocumentType()
        try prolog.refuseManyAttributes()
    }

    private init(bytes: [UInt8]) {
        self.bytes = bytes
        position = bytes.starts(with: FileKind.byteOrderMark) ? 3 : 0
    }

    private mutating func refuseDocumentType() throws {
        while true {
            while position < bytes.count, bytes[position] <= 0x20 { position += 1 }
            if startsWith("<?xml ") || startsWith("<?xml\n") || startsWith("<?xml\t") {
                let start = position
                skip(past: "?>")
                try refuseEncoding(in: bytes[start..<position])
            } else if startsWith("<?") {
                skip(past: "?>")
            } else if startsWith("<!--") {
                skip(past: "-->")
            } else if startsWith("<!") {
                throw ExchangeError(
                    .unsupported,
                    "the file declares a document type (DOCTYPE); spreadsheets have none"
                )
            } else {
                return
            }
        }
    }

    /// Only encodings in which an ASCII byte always means that ASCII character, so that this look is not deceived.
    private func refuseEncoding(in declaration: ArraySlice<UInt8>) throws {
        let words = declaration.split { $0 <= 0x20 || $0 == UInt8(ascii: "=") || $0 == UInt8(ascii: "?") }
        guard let keyword = words.firstIndex(where: { $0.elementsEqual("encoding".utf8) }) else { return }
        let value = words[words.index(after: keyword)...].first ?? []
        let quotes = [UInt8(ascii: "\""), UInt8(ascii: "'")]
        let name = String(decoding: value.filter { !quotes.contains($0) }, as: UTF8.self).heading
        let plain = [
            "utf-8", "utf8", "us-ascii", "ascii", "iso-8859-", "windows-125", "cp125", "koi8-", "macintosh",
        ]
        guard plain.contains(where: { name.utf8.starts(with: $0.utf8) }) else {
            throw ExchangeError(
                .unsupported,
                "the encoding \(quoted(name)) is not read: save the file in UTF-8"
            )
        }
    }

    private static let mostAttributes = 1_000

    private func refuseManyAttributes() throws {
        var attributes = 0
        var isAfterEqualsSign = false
        for byte in bytes {
            switch byte {
            case UInt8(ascii: "<"): attributes = 0
            case UInt8(ascii: "="): isAfterEqualsSign = true
            case 0x20, 0x09, 0x0A, 0x0D: continue
            case UInt8(ascii: "\""), UInt8(ascii: "'"):
                if isAfterEqualsSign { attributes += 1 }
                isAfterEqualsSign = false
                guard attributes <= Self.mostAttributes else {
                    throw ExchangeError(
                        .damaged,
                        "an element has more than \(Self.mostAttributes) attributes"
                    )
                }
            default: isAfterEqualsSign = false
            }
        }
    }

    private func startsWith(_ text: StaticString) -> Bool {
        text.withUTF8Buffer { bytes[position...].starts(with: $0) }
    }

    private mutating func skip(past text: StaticString) {
        while position < bytes.count, !startsWith(text) { position += 1 }
        position = min(position + text.utf8CodeUnitCount, bytes.count)
    }
}
