/// What separates the cells of a CSV file: a comma, a semicolon or a tab.
enum CSVDelimiter {
    private static let known = [UInt8(ascii: ","), UInt8(ascii: ";"), 0x09]

    /// The separator that a first line `sep=;` declares, as some spreadsheet programs write it.
    static func declared(in bytes: ArraySlice<UInt8>) -> UInt8? {
        let line = Array(bytes.prefix(declarationLength + 1))
        guard line.count >= declarationLength, line.starts(with: "sep=".utf8) else { return nil }
        guard
            line.count == declarationLength || line[declarationLength] == 0x0D
                || line[declarationLength] == 0x0A
        else {
            return nil
        }
        return known.first { $0 == line[declarationLength - 1] }
    }

    /// The bytes of `sep=;`.
    static let declarationLength = 5

    /// The separator that stands, outside quotes, in most of the first lines; of two, the more frequent.
    static func likeliest(in bytes: ArraySlice<UInt8>) -> UInt8 {
        var lines: [UInt8: Int] = [:]
        var total: [UInt8: Int] = [:]
        var seenInLine: Set<UInt8> = []
        var isQuoted = false
        for byte in bytes.prefix(bytesConsidered) {
            if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
            if isQuoted { continue }
            if byte == 0x0A || byte == 0x0D { seenInLine = [] }
            guard known.contains(byte) else { continue }
            total[byte, default: 0] += 1
            if seenInLine.insert(byte).inserted { lines[byte, default: 0] += 1 }
        }
        func weight(_ delimiter: UInt8) -> (Int, Int) {
            (lines[delimiter, default: 0], total[delimiter, default: 0])
        }
        return known.reduce(known[0]) { weight($1) > weight($0) ? $1 : $0 }
    }

    private static let bytesConsidered = 65_536
}
