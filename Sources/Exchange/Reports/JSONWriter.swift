import ReferralGroup

/// Writes JSON as it goes, byte by byte: reports are too large for a tree, and nothing in them is unknown.
package struct JSONWriter {
    package private(set) var bytes: [UInt8] = []
    private var needsComma = false
    private static let digits = Array("0123456789abcdef".utf8)

    package init() {}

    package var text: String {
        String(decoding: bytes, as: UTF8.self)
    }

    package mutating func object(_ members: (inout JSONWriter) throws -> Void) rethrows {
        try nested(UInt8(ascii: "{"), UInt8(ascii: "}"), members)
    }

    package mutating func array(_ elements: (inout JSONWriter) throws -> Void) rethrows {
        try nested(UInt8(ascii: "["), UInt8(ascii: "]"), elements)
    }

    package mutating func key(_ name: String) {
        string(name)
        bytes.append(UInt8(ascii: ":"))
        needsComma = false
    }

    package mutating func string(_ text: String) {
        separate()
        bytes.append(UInt8(ascii: "\""))
        // Names and words are plain nearly always, and are then copied as a whole.
        let isPlain = text.utf8.withContiguousStorageIfAvailable { text in
            guard !text.contains(where: Self.needsEscape) else { return false }
            bytes.append(contentsOf: text)
            return true
        }
        if isPlain != true { for byte in text.utf8 { escape(byte) } }
        bytes.append(UInt8(ascii: "\""))
    }

    private static func needsEscape(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
    }

    /// The figure's digits as a string.
    package mutating func string(_ figure: Figure) {
        separate()
        bytes.append(UInt8(ascii: "\""))
        figure.write(to: &bytes)
        bytes.append(UInt8(ascii: "\""))
    }

    /// Digits that are a JSON number already.
    package mutating func number(_ text: String) {
        separate()
        bytes += text.utf8
    }

    /// What is JSON already.
    package mutating func json(_ text: String) {
        separate()
        bytes += text.utf8
    }

    package mutating func number(_ figure: Figure) {
        separate()
        figure.write(to: &bytes)
    }

    package mutating func number(_ number: some BinaryInteger) {
        self.number(Figure(number))
    }

    package mutating func bool(_ value: Bool) {
        separate()
        bytes += (value ? "true" : "false").utf8
    }

    package mutating func null() {
        separate()
        bytes += "null".utf8
    }

    private mutating func nested(
        _ open: UInt8,
        _ close: UInt8,
        _ content: (inout JSONWriter) throws -> Void
    ) rethrows {
        separate()
        bytes.append(open)
        needsComma = false
        try content(&self)
        bytes.append(close)
        needsComma = true
    }

    private mutating func separate() {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
        needsComma = true
    }

    private mutating func escape(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"):
            bytes.append(UInt8(ascii: "\\"))
            bytes.append(byte)
        case 0..<0x20:
            bytes += "\\u00".utf8
            bytes.append(Self.digits[Int(byte >> 4)])
            bytes.append(Self.digits[Int(byte & 15)])
        default: bytes.append(byte)
        }
    }
}

extension JSONWriter {
    package mutating func member(_ name: String, _ text: String?) {
        key(name)
        if let text { string(text) } else { null() }
    }

    package mutating func member(_ name: String, _ number: Int) {
        key(name)
        self.number(Figure(number))
    }

    /// Money in a report: a string, for its currency stands beside it once.
    package mutating func member(money name: String, _ figure: Figure?) {
        key(name)
        if let figure { string(figure) } else { null() }
    }

    /// A ratio: a number with the decimals it was printed to.
    package mutating func member(ratio name: String, _ figure: Figure?) {
        key(name)
        if let figure { number(figure) } else { null() }
    }
}
