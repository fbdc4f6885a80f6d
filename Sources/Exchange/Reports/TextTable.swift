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
        rows.append(cells.map(\.printable))
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
        // Nothing to sum up: one line across is enough.
        let rows = rows.first == .some(nil) ? Array(rows.dropFirst()) : rows
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
    /// The text without what a terminal would obey: controls, line breaks, and marks that turn the direction.
    fileprivate var printable: String {
        guard unicodeScalars.contains(where: \.commandsTheTerminal) else { return self }
        let scalars = unicodeScalars.map { $0.commandsTheTerminal ? "\u{FFFD}" : $0 }
        return String(String.UnicodeScalarView(scalars))
    }

    /// How many columns of a terminal the text takes: two for wide scripts and pictures, none for what is unseen.
    fileprivate var columns: Int {
        reduce(0) { $0 + ($1.unicodeScalars.map(\.columns).max() ?? 0) }
    }
}

extension Unicode.Scalar {
    fileprivate var commandsTheTerminal: Bool {
        switch value {
        case 0x00...0x1F, 0x7F...0x9F, 0x2028...0x202E, 0x2066...0x2069: true
        default: false
        }
    }

    fileprivate var columns: Int {
        switch value {
        case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
            0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1FAFF, 0x20000...0x3FFFD:
            2
        case _ where [.nonspacingMark, .enclosingMark, .format].contains(properties.generalCategory): 0
        default: 1
        }
    }
}
