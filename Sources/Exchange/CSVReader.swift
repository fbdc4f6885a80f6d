/// Reads comma-separated values as RFC 4180 has them; also with semicolons or tabs, and with any line ends.
///
/// CSV has no bold. A slips audit names people of other chapters by a column `From Chapter` or `To Chapter`.
struct CSVReader {
    private let bytes: ArraySlice<UInt8>
    private let limits: ReadingLimits
    private let delimiter: UInt8
    private var position: Int
    /// Of the file, and of the table: a quoted cell may go over several lines.
    private var line = 1
    private var row = 1
    private var rows: [Spreadsheet.Row] = []
    private var cells: [Spreadsheet.Cell] = []
    private var cellsInFile = 0

    static func read(_ bytes: [UInt8], limits: ReadingLimits) throws -> Spreadsheet {
        let text = bytes.starts(with: FileKind.byteOrderMark) ? bytes.dropFirst(3) : bytes[...]
        var reader = CSVReader(bytes: text, limits: limits)
        return try reader.readAll()
    }

    private init(bytes: ArraySlice<UInt8>, limits: ReadingLimits) {
        self.bytes = bytes
        self.limits = limits
        position = bytes.startIndex
        delimiter = CSVDelimiter.declared(in: bytes) ?? CSVDelimiter.likeliest(in: bytes)
        if CSVDelimiter.declared(in: bytes) != nil {
            position += CSVDelimiter.declarationLength
        }
    }

    private mutating func readAll() throws -> Spreadsheet {
        while position < bytes.endIndex { try readRow() }
        return Spreadsheet(sheets: [Spreadsheet.Sheet(name: "", rows: rows)])
    }

    private mutating func readRow() throws {
        guard row <= limits.rows else {
            throw damaged("the table goes beyond row \(limits.rows), the last that is read")
        }
        var column = 1
        var isComplete = false
        while !isComplete {
            guard column <= limits.columns else {
                throw damaged("the table goes beyond column \(limits.columns), the last that is read")
            }
            try readCell(column)
            isComplete = try endsRow()
            column += 1
        }
        if !cells.isEmpty { rows.append(Spreadsheet.Row(number: row, cells: cells)) }
        cells = []
        row += 1
    }

    private mutating func readCell(_ column: Int) throws {
        let start = line
        let isQuoted = peek == UInt8(ascii: "\"")
        let content = try isQuoted ? quotedContent() : plainContent()
        guard !content.isEmpty else { return }
        cellsInFile += 1
        guard cellsInFile <= limits.cells else {
            throw damaged("the file has more than \(limits.cells) cells")
        }
        guard let text = String(validating: content, as: UTF8.self) else {
            throw ExchangeError(
                .damaged,
                line: start,
                "the cell in row \(row), column \(column) is not in UTF-8: save the file as “CSV UTF-8”"
            )
        }
        guard !hasControlCharacter(text) else {
            throw ExchangeError(
                .damaged,
                line: start,
                "the cell in row \(row), column \(column) holds a control character"
            )
        }
        cells.append(Spreadsheet.Cell(column: column, text: text))
    }

    private mutating func plainContent() throws -> [UInt8] {
        let start = position
        while let byte = peek, byte != delimiter, byte != Self.carriageReturn, byte != Self.lineFeed {
            guard byte != UInt8(ascii: "\"") else {
                throw damaged("a quote stands inside a cell that does not begin with one")
            }
            position += 1
            guard position - start <= limits.bytesInCell else { throw tooLong(openedIn: line) }
        }
        return Array(bytes[start..<position])
    }

    private mutating func quotedContent() throws -> [UInt8] {
        let opening = line
        var content: [UInt8] = []
        position += 1
        while let byte = peek {
            position += 1
            if byte == UInt8(ascii: "\"") {
                guard peek == UInt8(ascii: "\"") else { return content }
                position += 1
            } else if byte == Self.lineFeed || (byte == Self.carriageReturn && peek != Self.lineFeed) {
                line += 1
            }
            content.append(byte)
            guard content.count <= limits.bytesInCell else { throw tooLong(openedIn: opening) }
        }
        throw ExchangeError(.damaged, line: opening, "a quote is opened here and never closed")
    }

    /// Steps over what separates the cell just read from the next; true where its row ends.
    private mutating func endsRow() throws -> Bool {
        guard let byte = peek else { return true }
        position += 1
        switch byte {
        case delimiter:
            return false
        case Self.carriageReturn:
            if peek == Self.lineFeed { position += 1 }
            line += 1
            return true
        case Self.lineFeed:
            line += 1
            return true
        default:
            throw damaged("after a closing quote the cell must end")
        }
    }

    private var peek: UInt8? {
        position < bytes.endIndex ? bytes[position] : nil
    }

    private func tooLong(openedIn line: Int) -> ExchangeError {
        ExchangeError(
            .damaged,
            line: line,
            "a cell that begins here holds more than \(limits.bytesInCell) bytes; is a quote not closed?"
        )
    }

    private func damaged(_ message: String) -> ExchangeError {
        ExchangeError(.damaged, line: line, message)
    }

    private static let carriageReturn: UInt8 = 0x0D
    private static let lineFeed: UInt8 = 0x0A
}
