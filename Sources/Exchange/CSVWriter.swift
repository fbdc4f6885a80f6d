/// Writes comma-separated values as RFC 4180 has them, in UTF-8, with the words of the API as headings.
///
/// Text that a spreadsheet program would take for a formula gets an apostrophe before it; typed numbers do not.
package struct CSVWriter: Sendable {
    /// One cell.
    package enum Field: Hashable, Sendable {
        case text(String)
        /// Digits with an optional `-` and one dot, written as they are; anything else is treated as text.
        case number(String)
        /// Several texts in one cell, each safe on its own.
        case list([String])
        case empty
    }

    /// What was written so far, complete after every row.
    package private(set) var bytes: [UInt8] = []

    package init(header: [String]) {
        append(header.map(Field.text))
    }

    /// What was written since it was last taken, for whoever sends it piece by piece.
    package mutating func take() -> [UInt8] {
        let taken = bytes
        bytes = []
        return taken
    }

    package var text: String {
        String(decoding: bytes, as: UTF8.self)
    }

    package mutating func append(_ fields: [Field]) {
        for (index, field) in fields.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            append(field)
        }
        bytes += [0x0D, 0x0A]
    }

    private mutating func append(_ field: Field) {
        switch field {
        case .text(let text): append(quoting: Self.defused(text))
        case .number(let text) where ExactDecimal.isNumber(text): bytes += text.utf8
        case .number(let text): append(quoting: Self.defused(text))
        case .list(let texts): append(quoting: Array(texts.map(Self.defused).joined(separator: "; ".utf8)))
        case .empty: break
        }
    }

    private mutating func append(quoting content: [UInt8]) {
        guard content.contains(where: Self.needsQuotes) else {
            bytes += content
            return
        }
        bytes.append(UInt8(ascii: "\""))
        for byte in content {
            if byte == UInt8(ascii: "\"") { bytes.append(byte) }
            bytes.append(byte)
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private static func needsQuotes(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\""), 0x09, 0x0A, 0x0D: true
        default: false
        }
    }

    private static func defused(_ text: String) -> [UInt8] {
        let bytes = Array(text.utf8)
        return isFormula(bytes) ? [UInt8(ascii: "'")] + bytes : bytes
    }

    /// Judged by bytes: with a combining mark behind it, `=` is another Character and still begins a formula.
    private static func isFormula(_ bytes: [UInt8]) -> Bool {
        switch bytes.first {
        case UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "@"), 0x09, 0x0A, 0x0D,
            0x00:
            true
        case 0xEF:
            fullWidthSigns.contains { bytes.starts(with: $0) }
        default:
            false
        }
    }

    /// The full-width `=`, `+`, `-` and `@`.
    private static let fullWidthSigns: [[UInt8]] = [
        [0xEF, 0xBC, 0x9D], [0xEF, 0xBC, 0x8B], [0xEF, 0xBC, 0x8D], [0xEF, 0xBC, 0xA0],
    ]
}
