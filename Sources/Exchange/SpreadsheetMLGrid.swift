/// Where the next row and cell of a sheet belong, given positions, gaps and merged cells.
struct SpreadsheetMLGrid {
    private(set) var row = 0
    private let limits: ReadingLimits
    private var nextRow = 1
    private var nextColumn = 1
    private var nextColumnWithStyle = 1
    private var cells: [Spreadsheet.Cell] = []
    private var cellsInFile = 0
    private var styleOfRow: String?
    private var styleOfColumn: [Int: String] = [:]

    init(limits: ReadingLimits) {
        self.limits = limits
    }

    mutating func beginSheet() {
        nextRow = 1
        nextColumnWithStyle = 1
        styleOfColumn = [:]
    }

    /// Notes the style of columns, for cells that have none of their own.
    mutating func addColumns(at index: Int?, span: Int?, style: String?, line: Int) throws {
        let first = index ?? nextColumnWithStyle
        let last = try end(
            of: first,
            span: span,
            from: nextColumnWithStyle,
            limit: limits.columns,
            "column",
            line
        )
        nextColumnWithStyle = last + 1
        guard let style else { return }
        for column in first...last { styleOfColumn[column] = style }
    }

    mutating func beginRow(at index: Int?, span: Int?, style: String?, line: Int) throws {
        row = index ?? nextRow
        nextRow = try end(of: row, span: span, from: nextRow, limit: limits.rows, "row", line) + 1
        nextColumn = 1
        cells = []
        styleOfRow = style
    }

    /// The column of a cell that begins.
    mutating func beginCell(at index: Int?, mergedAcross: Int?, line: Int) throws -> Int {
        cellsInFile += 1
        guard cellsInFile <= limits.cells else {
            throw ExchangeError(.damaged, line: line, "the file has more than \(limits.cells) cells")
        }
        let column = index ?? nextColumn
        nextColumn =
            try end(of: column, span: mergedAcross, from: nextColumn, limit: limits.columns, "column", line)
            + 1
        return column
    }

    func style(ofCellIn column: Int) -> String {
        styleOfRow ?? styleOfColumn[column] ?? SpreadsheetMLStyles.standard
    }

    mutating func add(_ cell: Spreadsheet.Cell) {
        cells.append(cell)
    }

    /// The row that ends; nil where it holds no text.
    mutating func finishRow() -> Spreadsheet.Row? {
        cells.isEmpty ? nil : Spreadsheet.Row(number: row, cells: cells)
    }

    /// The last position that something covers which begins at `first` and reaches `span` farther.
    private func end(
        of first: Int,
        span: Int?,
        from next: Int,
        limit: Int,
        _ name: String,
        _ line: Int
    ) throws -> Int {
        guard first >= next else {
            throw ExchangeError(
                .damaged,
                line: line,
                "\(name) \(first) stands where \(name) \(next) or a later one belongs"
            )
        }
        let (last, overflow) = first.addingReportingOverflow(span ?? 0)
        guard !overflow, last <= limit else {
            throw ExchangeError(
                .damaged,
                line: line,
                "the table goes beyond \(name) \(limit), the last that is read"
            )
        }
        return last
    }
}
