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
        if let first = bytes.first, blanks.contains(first) { return 1 }
        return bytes.starts(with: noBreakSpace) ? noBreakSpace.count : nil
    }

    private static func blank(atEndOf bytes: ArraySlice<UInt8>) -> Int? {
        if let last = bytes.last, blanks.contains(last) { return 1 }
        return bytes.suffix(noBreakSpace.count).elementsEqual(noBreakSpace) ? noBreakSpace.count : nil
    }

    private static var blanks: [UInt8] { [0x20, 0x09, 0x0A, 0x0D] }
    private static var noBreakSpace: [UInt8] { [0xC2, 0xA0] }
}
