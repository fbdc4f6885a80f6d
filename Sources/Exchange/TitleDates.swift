import ReferralGroup

/// A day that the rows above the table name, such as a meeting's date or the ends of a period.
package struct TitleDate: Hashable, Sendable {
    package let date: LocalDate
    /// The words before it, in the same cell or in the cell to the left: `From`, `Meeting Date`, or nothing.
    package let label: String

    package init(date: LocalDate, label: String) {
        self.date = date
        self.label = label
    }

    /// The days written `dd/mm/yyyy`, or held by date cells, in rows that stand above a table.
    static func found(in rows: some Sequence<Spreadsheet.Row>) -> [TitleDate] {
        rows.flatMap { row in
            var labelToTheLeft = ""
            return row.cells.flatMap { cell in
                var dates = found(in: cell)
                if let first = dates.first, first.label.isEmpty {
                    dates[0] = TitleDate(date: first.date, label: labelToTheLeft)
                }
                labelToTheLeft = dates.isEmpty ? cell.text.label : ""
                return dates
            }
        }
    }

    private static func found(in cell: Spreadsheet.Cell) -> [TitleDate] {
        if cell.kind == .date, let day = String(cell.text.utf8.prefix(10)), let date = LocalDate(day) {
            return [TitleDate(date: date, label: "")]
        }
        let bytes = Array(cell.text.utf8)
        var dates: [TitleDate] = []
        var start = 0
        var position = 0
        while position < bytes.count {
            guard bytes[position].isDigit else {
                position += 1
                continue
            }
            let run = bytes[position...].prefix { $0.isDigit || $0 == UInt8(ascii: "/") }
            if let date = LocalDate(dayMonthYear: run) {
                let label = String(decoding: bytes[start..<position], as: UTF8.self).label
                dates.append(TitleDate(date: date, label: label))
                start = run.endIndex
            }
            position = run.endIndex
        }
        return dates
    }
}

extension LocalDate {
    /// Reads `20/08/2025`; nil where the calendar has no such day.
    fileprivate init?(dayMonthYear bytes: ArraySlice<UInt8>) {
        let parts = bytes.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        guard parts.count == 3, (1...2).contains(parts[0].count), (1...2).contains(parts[1].count) else {
            return nil
        }
        guard parts[2].count == 4 else { return nil }
        let numbers = parts.map { $0.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) } }
        self.init(year: numbers[2], month: numbers[1], day: numbers[0])
    }
}

extension String {
    /// The text as a label: without blanks and colons at its end.
    fileprivate var label: String {
        var bytes = trimmedBytes
        while bytes.last == UInt8(ascii: ":") { bytes = bytes.dropLast() }
        return String(decoding: bytes, as: UTF8.self).trimmed
    }
}

extension UInt8 {
    var isDigit: Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self)
    }
}
