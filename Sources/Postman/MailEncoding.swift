import FoundationEssentials

/// Text of a header: as it is where that is safe, else in words of RFC 2047.
enum EncodedWords {
    /// A line of a header, folded where it is long; `after` are the bytes that stand before it.
    static func text(_ text: String, after: Int) -> String {
        isPlain(text) && after + text.utf8.count <= 76 ? text : encode(text)
    }

    /// A name before an address, in quotation marks where it is plain.
    static func phrase(_ text: String, after: Int) -> String {
        let isQuotable = text.utf8.allSatisfy { $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }
        return isPlain(text) && isQuotable && after + text.utf8.count <= 70 ? "\"\(text)\"" : encode(text)
    }

    private static func isPlain(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        let hasWord = zip(bytes, bytes.dropFirst()).contains {
            $0 == UInt8(ascii: "=") && $1 == UInt8(ascii: "?")
        }
        return !hasWord && bytes.allSatisfy { (0x20...0x7e).contains($0) }
    }

    /// A word has 75 bytes at most and ends with a whole character.
    private static func encode(_ text: String) -> String {
        var words: [[UInt8]] = [[]]
        for scalar in text.unicodeScalars {
            let bytes = Array(String(scalar).utf8)
            if let last = words.last, last.count + bytes.count > 39 { words.append([]) }
            words[words.count - 1] += bytes
        }
        return words.map { "=?utf-8?B?\(Data($0).base64EncodedString())?=" }.joined(separator: "\r\n ")
    }
}

/// A text as lines of at most 76 printable bytes.
enum QuotedPrintable {
    static func encode(_ text: String) -> [UInt8] {
        var encoded: [UInt8] = []
        for line in lines(of: text) {
            encode(line, into: &encoded)
            encoded += MailMessage.lineEnd
        }
        return encoded
    }

    /// Divided at CR LF, CR or LF; the end of the last line begins no other.
    private static func lines(of text: String) -> [ArraySlice<UInt8>] {
        let bytes = Array(text.utf8)
        var lines: [ArraySlice<UInt8>] = []
        var start = 0
        var index = 0
        while index < bytes.count {
            if bytes[index] == 0x0d || bytes[index] == 0x0a {
                lines.append(bytes[start..<index])
                if bytes[index] == 0x0d, index + 1 < bytes.count, bytes[index + 1] == 0x0a { index += 1 }
                start = index + 1
            }
            index += 1
        }
        if start < bytes.count { lines.append(bytes[start...]) }
        return lines
    }

    private static func encode(_ line: ArraySlice<UInt8>, into encoded: inout [UInt8]) {
        var width = 0
        for (index, byte) in zip(line.indices, line) {
            // Three bytes for this one, one for the sign that the line goes on.
            if width > 72 {
                encoded += [UInt8(ascii: "=")] + MailMessage.lineEnd
                width = 0
            }
            let stays = isPlain(byte, isLast: index == line.endIndex - 1, isFirst: width == 0)
            let piece = stays ? [byte] : escaped(byte)
            encoded += piece
            width += piece.count
        }
    }

    /// A dot that begins a line means something to SMTP, and so does a blank that ends one to some servers.
    private static func isPlain(_ byte: UInt8, isLast: Bool, isFirst: Bool) -> Bool {
        switch byte {
        case UInt8(ascii: "="): false
        case UInt8(ascii: "."): !isFirst
        case UInt8(ascii: " "), UInt8(ascii: "\t"): !isLast
        default: (0x21...0x7e).contains(byte)
        }
    }

    private static func escaped(_ byte: UInt8) -> [UInt8] {
        let digits = Array("0123456789ABCDEF".utf8)
        return [UInt8(ascii: "="), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    }
}
