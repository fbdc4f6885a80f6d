extension StringProtocol {
    /// The bytes without blanks, tabs, line ends and no-break spaces at the edges.
    var trimmedBytes: ArraySlice<UInt8> {
        var bytes = Array(utf8)[...]
        while let length = Self.blank(atStartOf: bytes) { bytes = bytes.dropFirst(length) }
        while let length = Self.blank(atEndOf: bytes) { bytes = bytes.dropLast(length) }
        return bytes
    }

    /// The text without blanks, tabs, line ends and no-break spaces at the edges.
    var trimmed: String {
        String(decoding: trimmedBytes, as: UTF8.self)
    }

    /// A heading or a keyword as it is compared: ASCII letters small, one blank between words, no `*` beside it.
    var heading: String {
        var words: [UInt8] = []
        var isBetweenWords = false
        var rest = Array(utf8)[...]
        while let byte = rest.first {
            if let length = Self.blank(atStartOf: rest) {
                isBetweenWords = !words.isEmpty
                rest = rest.dropFirst(length)
                continue
            }
            rest = rest.dropFirst()
            if byte == UInt8(ascii: "*") { continue }
            if isBetweenWords { words.append(UInt8(ascii: " ")) }
            isBetweenWords = false
            words.append((0x41...0x5A).contains(byte) ? byte | 0x20 : byte)
        }
        return String(decoding: words, as: UTF8.self)
    }

    private static func blank(atStartOf bytes: ArraySlice<UInt8>) -> Int? {
        guard let first = bytes.first else { return nil }
        if isBlank(first) { return 1 }
        return first == noBreakSpace[0] && bytes.starts(with: noBreakSpace) ? noBreakSpace.count : nil
    }

    private static func blank(atEndOf bytes: ArraySlice<UInt8>) -> Int? {
        guard let last = bytes.last else { return nil }
        if isBlank(last) { return 1 }
        guard last == noBreakSpace[1], bytes.suffix(2).elementsEqual(noBreakSpace) else { return nil }
        return noBreakSpace.count
    }

    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
    }
}

/// U+00A0 in UTF-8.
private let noBreakSpace: [UInt8] = [0xC2, 0xA0]
