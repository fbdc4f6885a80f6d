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
        var counts = known.map { Count(delimiter: $0) }
        var line = 1
        var isQuoted = false
        for byte in bytes.prefix(bytesConsidered) {
            if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
            if isQuoted { continue }
            if byte == 0x0A || byte == 0x0D { line += 1 }
            for index in counts.indices where counts[index].delimiter == byte { counts[index].add(in: line) }
        }
        return counts.reduce(counts[0]) { $1.weight > $0.weight ? $1 : $0 }.delimiter
    }

    private struct Count {
        let delimiter: UInt8
        private var lastLine = 0
        private var lines = 0
        private var total = 0

        init(delimiter: UInt8) {
            self.delimiter = delimiter
        }

        mutating func add(in line: Int) {
            total += 1
            if line > lastLine { lines += 1 }
            lastLine = line
        }

        var weight: (Int, Int) {
            (lines, total)
        }
    }

    /// How many of the first bytes are looked at.
    static let bytesConsidered = 65_536
}
