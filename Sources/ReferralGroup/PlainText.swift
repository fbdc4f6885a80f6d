// Canonical composition is not part of FoundationEssentials, and PostgreSQL compares bytes.
@_spi(_Unicode) import Swift

/// Text that people typed, made fit to keep: composed (NFC), without control characters.
package enum PlainText {
    /// The text with blanks trimmed and runs of them made one, or nil where it holds a control character.
    package static func line(_ text: String) -> String? {
        if isPlain(text.utf8) { return text }
        guard !text.unicodeScalars.contains(where: isControl) else { return nil }
        return words(of: text).joined(separator: " ")
    }

    /// Whether there is nothing to do: printable ASCII with single blanks inside.
    private static func isPlain(_ bytes: String.UTF8View) -> Bool {
        var previous = UInt8(ascii: " ")
        for byte in bytes {
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
