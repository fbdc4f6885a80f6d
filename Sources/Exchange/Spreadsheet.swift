/// The tables of a file, whatever its format: text, kind and weight of each cell that holds something.
package struct Spreadsheet: Hashable, Sendable {
    package var sheets: [Sheet]

    package init(sheets: [Sheet]) {
        self.sheets = sheets
    }

    /// One table.
    package struct Sheet: Hashable, Sendable {
        package var name: String
        /// In order of number; a row without any text is not kept.
        package var rows: [Row]

        package init(name: String, rows: [Row]) {
            self.name = name
            self.rows = rows
        }
    }

    /// One row, with gaps where the file has them.
    package struct Row: Hashable, Sendable {
        /// As a spreadsheet program numbers it, from 1.
        package let number: Int
        /// In order of column; a cell without any text is not kept.
        package var cells: [Cell]

        package init(number: Int, cells: [Cell]) {
            self.number = number
            self.cells = cells
        }

        /// The cell in a column counted from 1.
        package subscript(column: Int) -> Cell? {
            var (low, high) = (0, cells.count)
            while low < high {
                let middle = low + (high - low) / 2
                if cells[middle].column == column { return cells[middle] }
                if cells[middle].column < column {
                    low = middle + 1
                } else {
                    high = middle
                }
            }
            return nil
        }
    }

    /// One cell that holds text.
    package struct Cell: Hashable, Sendable {
        /// What the file says the text is; CSV says nothing, there everything is a `string`.
        package enum Kind: Hashable, Sendable {
            case string
            case number
            case date
            case boolean
            case error
        }

        /// Counted from 1.
        package let column: Int
        /// As written: neither trimmed nor normalised.
        package let text: String
        package let kind: Kind
        package let isBold: Bool

        package init(column: Int, text: String, kind: Kind = .string, isBold: Bool = false) {
            self.column = column
            self.text = text
            self.kind = kind
            self.isBold = isBold
        }
    }
}
