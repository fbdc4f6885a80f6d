// Canonical composition is not part of FoundationEssentials, and PostgreSQL compares bytes.
@_spi(_Unicode) import Swift

/// Text that people typed, made fit to keep: composed (NFC), without control characters.
package enum PlainText {
    /// The text with blanks trimmed and runs of them made one, or nil where it holds a control character.
    package static func line(_ text: String) -> String? {
        if isPlain(text.utf8.span) { return text }
        guard !text.unicodeScalars.contains(where: isControl) else { return nil }
        return words(of: text).joined(separator: " ")
    }

    /// The same of the bytes of a text, or nil also where they are not UTF-8.
    package static func line(utf8 bytes: Span<UInt8>) -> String? {
        bytes.withUnsafeBufferPointer { buffer in
            // Decoding knows ASCII and is many times as fast as validating, which says the same of it.
            if isPlain(bytes) { return String(decoding: buffer, as: UTF8.self) }
            return String(validating: buffer, as: UTF8.self).flatMap { line($0) }
        }
    }

    /// Whether `line` has nothing to do: printable ASCII with single blanks inside.
    package static func isPlain(_ bytes: Span<UInt8>) -> Bool {
        guard bytes.count >= 8 else { return isPlain(short: bytes) }
        let blank = EightBytes(repeating: 0x20)
        let last = bytes.count - 8
        guard bytes[0] != 0x20, bytes[last + 7] != 0x20 else { return false }
        var index = 0
        while true {
            let eight = EightBytes(bytes.bytes, at: index)
            let blanks = eight.marks(of: blank)
            guard eight.unprintable | blanks & blanks << 8 == 0 else { return false }
            if index == last { return true }
            // One byte is seen twice, so that any two neighbours are seen together.
            index = min(index + 7, last)
        }
    }

    private static func isPlain(short bytes: Span<UInt8>) -> Bool {
        var previous = UInt8(ascii: " ")
        for index in bytes.indices {
            let byte = bytes[index]
            guard byte > 0x20 && byte < 0x7F || byte == 0x20 && previous != 0x20 else { return false }
            previous = byte
        }
        return previous != 0x20 || bytes.isEmpty
    }

    /// The words of a text, divided at any Unicode white space.
    static func words(of text: String) -> [String] {
        text._nfc.split(whereSeparator: \.properties.isWhitespace).map { scalars in
            var word = String.UnicodeScalarView()
            word.append(contentsOf: scalars)
            return String(word)
        }
    }

    private static func isControl(_ scalar: UnicodeScalar) -> Bool {
        scalar.properties.generalCategory == .control
    }
}

extension PlainText {
    /// Lines of text, each as `line` has it, without empty ones at the ends; nil where one holds a control character.
    package static func paragraphs(_ text: String) -> String? {
        var lines: [String] = []
        for part in text.split(separator: /\r\n|\n|\r/, omittingEmptySubsequences: false) {
            guard let line = line(String(part)) else { return nil }
            if !line.isEmpty || !lines.isEmpty { lines.append(line) }
        }
        while lines.last?.isEmpty == true { lines.removeLast() }
        return lines.joined(separator: "\n")
    }
}
