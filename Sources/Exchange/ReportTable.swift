/// A table inside a spreadsheet: found by its headings, wherever they stand, with what stands above it.
struct ReportTable {
    /// A column a report knows.
    struct Column {
        let name: String
        /// Other headings it is seen under.
        var synonyms: [String] = []
        /// How far its absence matters: a marker makes a row the heading row, a required column must be beside it.
        var standing = Standing.optional

        enum Standing {
            case marker
            case required
            case optional
        }

        func isHeaded(_ heading: String) -> Bool {
            name.heading == heading || synonyms.contains(heading)
        }
    }

    /// Rows below the headings, without repeated headings.
    private(set) var rows: [Spreadsheet.Row] = []
    private(set) var problems: [RowProblem] = []
    let titleDates: [TitleDate]
    let unreadColumns: [String]
    private let columns: [String: Int]

    /// Finds the table of the report called `report`, such as `a slips audit`.
    init(of report: String, with known: [Column], in spreadsheet: Spreadsheet) throws {
        let markers = known.filter { $0.standing == .marker }
        guard let (sheet, headings) = Self.headings(with: markers, in: spreadsheet) else {
            let names = markers.map { "“\($0.name)”" }.joined(separator: ", ")
            throw ExchangeError(.notThisReport, "this is not \(report): no row has the headings \(names)")
        }
        columns = try Self.columns(known, in: headings)
        let missing = known.filter { [columns] in $0.standing != .optional && columns[$0.name] == nil }
        guard missing.isEmpty else {
            let names = missing.map { "“\($0.name)”" }.joined(separator: ", ")
            throw ExchangeError(
                .notThisReport,
                "this is not \(report): the headings in row \(headings.number) lack \(names)"
            )
        }
        titleDates = TitleDate.found(in: sheet.rows.prefix { $0.number < headings.number })
        let below = sheet.rows.drop { $0.number <= headings.number }
        unreadColumns = Self.unread(in: below, besides: Set(columns.values), headings: headings)
        for row in below {
            if Self.isHeaded(row, by: markers) {
                problems.append(
                    RowProblem(
                        line: row.number,
                        "the headings stand here a second time; keep one table per file"
                    )
                )
            } else if row.cells.contains(where: { !$0.text.trimmedBytes.isEmpty }) {
                rows.append(row)
            }
        }
    }

    /// The cell under the heading of a column; nil where the table lacks the column or the row the cell.
    func cell(_ column: String, in row: Spreadsheet.Row) -> Spreadsheet.Cell? {
        columns[column].flatMap { row[$0] }
    }

    /// Titles and parameters fill a few rows; a table that starts farther down is another kind of file.
    private static let rowsSearched = 100

    private static func headings(
        with markers: [Column],
        in spreadsheet: Spreadsheet
    ) -> (Spreadsheet.Sheet, Spreadsheet.Row)? {
        for sheet in spreadsheet.sheets {
            for row in sheet.rows.prefix(rowsSearched) where isHeaded(row, by: markers) {
                return (sheet, row)
            }
        }
        return nil
    }

    private static func isHeaded(_ row: Spreadsheet.Row, by markers: [Column]) -> Bool {
        let headings = row.cells.map(\.text.heading)
        return markers.allSatisfy { headings.contains(where: $0.isHeaded) }
    }

    private static func columns(_ known: [Column], in headings: Spreadsheet.Row) throws -> [String: Int] {
        var columns: [String: Int] = [:]
        for cell in headings.cells {
            let heading = cell.text.heading
            guard let column = known.first(where: { $0.isHeaded(heading) }) else { continue }
            guard columns.updateValue(cell.column, forKey: column.name) == nil else {
                throw ExchangeError(
                    .notThisReport,
                    "row \(headings.number) has two columns headed “\(column.name)”"
                )
            }
        }
        return columns
    }

    private static func unread(
        in rows: some Sequence<Spreadsheet.Row>,
        besides read: Set<Int>,
        headings: Spreadsheet.Row
    ) -> [String] {
        let filled = rows.reduce(into: Set<Int>()) { filled, row in
            for cell in row.cells where !read.contains(cell.column) { filled.insert(cell.column) }
        }
        return filled.sorted().map { column in
            headings[column].map(\.text.trimmed) ?? "column \(column)"
        }
    }
}
