/// Reads SpreadsheetML 2003, the XML that spreadsheet programs and web reports save as `.xls`.
struct SpreadsheetMLReader {
    private static let namespace = "urn:schemas-microsoft-com:office:spreadsheet"

    /// Where in the document the reader is; whatever is not named here is passed over.
    private enum Place {
        case workbook, styles, style, worksheet, table, row, cell, data, markup, boldMarkup, elsewhere
    }

    private let cursor: XMLCursor
    private let limits: ReadingLimits
    private var path: [Place] = []
    private var styles = SpreadsheetMLStyles()
    private var spreadsheet = Spreadsheet(sheets: [])
    private var grid: SpreadsheetMLGrid
    private var cell: CellInProgress?

    private struct CellInProgress {
        let column: Int
        var isBold: Bool
        var kind = Spreadsheet.Cell.Kind.string
        var hasData = false
        var text = ""
    }

    static func read(_ bytes: [UInt8], limits: ReadingLimits) throws -> Spreadsheet {
        try XMLProlog.check(bytes)
        return try withLineFeeds(bytes).withUnsafeBytes { bytes in
            var reader = try SpreadsheetMLReader(cursor: XMLCursor(bytes), limits: limits)
            return try reader.readAll()
        }
    }

    /// Replaces each lone CR by the line feed that XML reads it as: libxml2 would not count it as a line.
    private static func withLineFeeds(_ bytes: [UInt8]) -> [UInt8] {
        guard bytes.contains(0x0D) else { return bytes }
        var result = bytes
        for index in result.indices where result[index] == 0x0D {
            if index + 1 < result.count, result[index + 1] == 0x0A { continue }
            result[index] = 0x0A
        }
        return result
    }

    private init(cursor: XMLCursor, limits: ReadingLimits) {
        self.cursor = cursor
        self.limits = limits
        grid = SpreadsheetMLGrid(limits: limits)
    }

    private mutating func readAll() throws -> Spreadsheet {
        while try cursor.advance() {
            switch try cursor.node {
            case .element:
                try enter()
                if cursor.isEmptyElement { try leave() }
            case .endOfElement: try leave()
            case .text: try take(cursor.text)
            case .other: break
            }
        }
        return spreadsheet
    }

    private mutating func enter() throws {
        guard path.count < limits.depth else {
            throw damaged("elements stand more than \(limits.depth) deep in each other")
        }
        let place = try place(of: cursor.localName, in: cursor.namespace)
        path.append(place)
        switch place {
        case .style: styles.begin(id: attribute("ID") ?? "", parent: attribute("Parent"))
        case .worksheet: try beginSheet()
        case .row: try beginRow()
        case .cell: try beginCell()
        case .data: try beginData()
        default: break
        }
    }

    private mutating func place(of name: String, in namespace: String) throws -> Place {
        let isSpreadsheet = namespace.utf8.elementsEqual(Self.namespace.utf8)
        switch (path.last, name) {
        case (nil, "Workbook") where isSpreadsheet: return .workbook
        case (nil, _):
            throw ExchangeError(
                .unsupported,
                line: cursor.line,
                "this is XML, but no spreadsheet: it begins with \(quoted(name)) instead of “Workbook”"
            )
        case (.data, "B"), (.markup, "B"), (.boldMarkup, _): return .boldMarkup
        case (.data, _), (.markup, _): return .markup
        case (.workbook, "Styles") where isSpreadsheet: return .styles
        case (.workbook, "Worksheet") where isSpreadsheet: return .worksheet
        case (.styles, "Style") where isSpreadsheet: return .style
        case (.style, "Font") where isSpreadsheet:
            if let bold = attribute("Bold") { styles.setBold(bold.heading == "1" || bold.heading == "true") }
            return .elsewhere
        case (.worksheet, "Table") where isSpreadsheet: return .table
        case (.table, "Column") where isSpreadsheet:
            try grid.addColumns(
                at: index("Index"),
                span: index("Span"),
                style: attribute("StyleID"),
                line: cursor.line
            )
            return .elsewhere
        case (.table, "Row") where isSpreadsheet: return .row
        case (.row, "Cell") where isSpreadsheet: return .cell
        case (.cell, "Data") where isSpreadsheet: return .data
        default: return .elsewhere
        }
    }

    private mutating func beginSheet() throws {
        guard spreadsheet.sheets.count < limits.sheets else {
            throw damaged("the workbook has more than \(limits.sheets) sheets")
        }
        spreadsheet.sheets.append(Spreadsheet.Sheet(name: attribute("Name") ?? "", rows: []))
        grid.beginSheet()
    }

    private mutating func beginRow() throws {
        try grid.beginRow(
            at: index("Index"),
            span: index("Span"),
            style: attribute("StyleID"),
            line: cursor.line
        )
    }

    private mutating func beginCell() throws {
        let column = try grid.beginCell(
            at: index("Index"),
            mergedAcross: index("MergeAcross"),
            line: cursor.line
        )
        let style = attribute("StyleID") ?? grid.style(ofCellIn: column)
        guard let isBold = styles.isBold(style) else {
            throw damaged("a cell has the style \(quoted(style)), which the file does not define")
        }
        cell = CellInProgress(column: column, isBold: isBold)
    }

    private mutating func beginData() throws {
        guard cell?.hasData == false else { throw damaged("a cell holds two values") }
        cell?.hasData = true
        let kind: Spreadsheet.Cell.Kind =
            switch attribute("Type") {
            case "Number": .number
            case "DateTime": .date
            case "Boolean": .boolean
            case "Error": .error
            default: .string
            }
        cell?.kind = kind
    }

    private mutating func take(_ text: String) throws {
        guard let place = path.last, place == .data || place == .markup || place == .boldMarkup else {
            return
        }
        cell?.text += text
        if place == .boldMarkup, !text.trimmedBytes.isEmpty { cell?.isBold = true }
        guard cell?.text.utf8.count ?? 0 <= limits.bytesInCell else {
            throw damaged("a cell holds more than \(limits.bytesInCell) bytes")
        }
    }

    private mutating func leave() throws {
        switch path.popLast() {
        case .cell: try finishCell()
        case .row:
            if let row = grid.finishRow(), let sheet = spreadsheet.sheets.indices.last {
                spreadsheet.sheets[sheet].rows.append(row)
            }
        default: break
        }
    }

    private mutating func finishCell() throws {
        guard let cell, !cell.text.isEmpty else { return }
        guard !hasControlCharacter(cell.text) else {
            throw damaged("the cell in row \(grid.row), column \(cell.column) holds a control character")
        }
        grid.add(Spreadsheet.Cell(column: cell.column, text: cell.text, kind: cell.kind, isBold: cell.isBold))
        self.cell = nil
    }

    private func attribute(_ name: String) -> String? {
        cursor.attribute(name, in: Self.namespace)
    }

    /// A position or a length; nil where the attribute is missing.
    private func index(_ name: String) throws -> Int? {
        guard let text = attribute(name) else { return nil }
        guard text.utf8.allSatisfy(\.isDigit), let number = Int(text) else {
            throw damaged("\(quoted(text)) is no position in a table (\(name))")
        }
        return number
    }

    private func damaged(_ message: String) -> ExchangeError {
        ExchangeError(.damaged, line: cursor.line, message)
    }
}

/// Whether text holds a control character other than tab and line end.
func hasControlCharacter(_ text: String) -> Bool {
    text.unicodeScalars.contains { scalar in
        switch scalar.value {
        case 0x09, 0x0A, 0x0D: false
        case 0...0x1F, 0x7F...0x9F: true
        default: false
        }
    }
}
