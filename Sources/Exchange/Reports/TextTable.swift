/// Rows in aligned columns, for a terminal or a pipe; no colours.
package struct TextTable {
    private let headings: [String]
    private let numbers: Set<Int>
    private var rows: [[String]?] = []

    /// `numbers` are the columns that are set to the right.
    package init(headings: [String], numbers: Set<Int> = []) {
        self.headings = headings
        self.numbers = numbers
    }

    package mutating func add(_ cells: [String]) {
        rows.append(cells)
    }

    /// A line across, before what sums up the rows above.
    package mutating func addRule() {
        rows.append(nil)
    }

    package var text: String {
        var widths = headings.map(\.columns)
        for case let row? in rows {
            for (index, cell) in row.enumerated() where index < widths.count {
                widths[index] = max(widths[index], cell.columns)
            }
        }
        let rule = widths.map { String(repeating: "-", count: $0) }.joined(separator: "  ")
        let lines = [line(headings, widths), rule] + rows.map { $0.map { line($0, widths) } ?? rule }
        return lines.joined(separator: "\n") + "\n"
    }

    private func line(_ cells: [String], _ widths: [Int]) -> String {
        var text = ""
        for (index, cell) in cells.enumerated() where index < widths.count {
            let blanks = String(repeating: " ", count: max(0, widths[index] - cell.columns))
            if index > 0 { text += "  " }
            text += numbers.contains(index) ? blanks + cell : cell + blanks
        }
        while text.utf8.last == UInt8(ascii: " ") { text.removeLast() }
        return text
    }
}

extension String {
    /// How many columns of a terminal the text takes: two for the wide scripts of East Asia.
    fileprivate var columns: Int {
        reduce(0) { sum, character in
            let wide =
                character.unicodeScalars.first.map {
                    (0x1100...0x115F).contains($0.value) || (0x2E80...0xD7A3).contains($0.value)
                        || (0xF900...0xFAFF).contains($0.value) || (0xFE30...0xFE6F).contains($0.value)
                        || (0xFF00...0xFF60).contains($0.value) || (0x1F300...0x1FAFF).contains($0.value)
                } ?? false
            return sum + (wide ? 2 : 1)
        }
    }
}
