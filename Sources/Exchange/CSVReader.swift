import ReferralGroup

/// Reads comma-separated values as RFC 4180 has them; also with semicolons or tabs, and with any line ends.
///
/// Bytes go in piece by piece, records come out one by one, and no more is kept than a record and a piece.
/// `advance` steps on to the next record, whose cells are then read straight from those bytes:
///
///     reader.append(piece)
///     while try reader.advance() { number = reader.whole(1) }
///
/// A record without any text is counted and left out.
package struct CSVReader: ~Copyable {
    private let limits: ReadingLimits
    /// What is still needed stands before `end`; behind it is room.
    private var buffer: [UInt8] = []
    private var end = 0
    private var bytesInFile = 0
    private var isWhole = false
    /// Whether it is known what separates the cells.
    private var hasBegun = false
    private var scanner: CSVScanner

    package init(limits: ReadingLimits = ReadingLimits()) {
        self.limits = limits
        scanner = CSVScanner(limits: limits)
    }

    /// Takes the next bytes of the file.
    ///
    /// The present record stays.
    package mutating func append(_ bytes: Span<UInt8>) throws(ExchangeError) {
        makeRoom(for: bytes.count)
        let end = end
        buffer.withUnsafeMutableBytes { room in
            let room = UnsafeMutableRawBufferPointer(rebasing: room[end...])
            bytes.withUnsafeBytes { room.copyMemory(from: $0) }
        }
        try take(bytes.count)
    }

    /// Lets `read` write up to `count` bytes of the file and say how many there were; at none, the file is whole.
    mutating func append(
        atMost count: Int,
        _ read: (UnsafeMutableRawBufferPointer) throws(ExchangeError) -> Int
    ) throws(ExchangeError) {
        makeRoom(for: count)
        let room = end..<end + count
        let written = try buffer.withUnsafeMutableBufferPointer { bytes throws(ExchangeError) in
            try read(UnsafeMutableRawBufferPointer(UnsafeMutableBufferPointer(rebasing: bytes[room])))
        }
        if written == 0 { finish() } else { try take(min(written, count)) }
    }

    /// Says that the file ends here.
    package mutating func finish() {
        isWhole = true
    }

    /// Steps on to the next record; false where it needs more bytes, and at the end of the file.
    package mutating func advance() throws(ExchangeError) -> Bool {
        if !hasBegun { try begin() }
        guard hasBegun else { return false }
        return try scanner.scan(&buffer, upTo: end, isWhole: isWhole)
    }

    /// Where the present record stands in the table, from 1.
    package var row: Int {
        scanner.row
    }

    /// How many cells the present record has, the empty ones too.
    package var columns: Int {
        scanner.columns
    }

    /// Lends the bytes of a cell, which are UTF-8 without control characters other than blanks of all kinds.
    ///
    /// Columns are counted from 1; one that the record does not have is empty.
    package func withCell<Value, Failure: Error>(
        _ column: Int,
        _ body: (Span<UInt8>) throws(Failure) -> Value
    ) throws(Failure) -> Value {
        try body(buffer.span.extracting(place(of: column)))
    }

    /// The cell's text.
    package func text(_ column: Int) -> String {
        String(decoding: buffer[place(of: column)], as: UTF8.self)
    }

    /// The cell's text without edge and doubled blanks, composed, as `PlainText.line` has it.
    package func line(_ column: Int) -> String? {
        PlainText.line(utf8: buffer.span.extracting(place(of: column)))
    }

    /// Lends the bytes of `line`, most often without making a text of them.
    package func withLine<Value, Failure: Error>(
        _ column: Int,
        _ body: (Span<UInt8>?) throws(Failure) -> Value
    ) throws(Failure) -> Value {
        let bytes = buffer.span.extracting(place(of: column))
        if PlainText.isPlain(bytes) { return try body(bytes) }
        guard let line = PlainText.line(utf8: bytes) else { return try body(nil) }
        return try body(Array(line.utf8).span)
    }

    /// The whole number that a cell writes, and nothing else.
    package func whole(_ column: Int) -> Int64? {
        WholeNumber.value(buffer.span, place(of: column))
    }

    /// The day that a cell writes as `2026-10-28`.
    package func date(_ column: Int) -> LocalDate? {
        LocalDate(utf8: buffer.span.extracting(place(of: column)))
    }

    @inline(__always)
    private func place(of column: Int) -> Range<Int> {
        guard column >= 1, column <= scanner.columns else { return 0..<0 }
        let cell = scanner.cells[column - 1]
        return scanner.recordStart + cell.start..<scanner.recordStart + cell.end
    }

    /// Looks at the first bytes, as soon as there are enough of them, for what separates the cells.
    private mutating func begin() throws(ExchangeError) {
        let mark = FileKind.byteOrderMark
        let start = buffer[..<end].starts(with: mark) ? mark.count : 0
        let text = buffer[start..<end]
        let isEnough = isWhole || end >= mark.count + CSVDelimiter.bytesConsidered
        if isEnough { try FileKind.refuseOtherThanText(buffer[..<end]) }
        if isEnough || text.count > CSVDelimiter.declarationLength,
            let delimiter = CSVDelimiter.declared(in: text)
        {
            scanner.begin(at: start + CSVDelimiter.declarationLength, delimiter: delimiter)
        } else {
            guard isEnough else { return }
            scanner.begin(at: start, delimiter: CSVDelimiter.likeliest(in: text))
        }
        hasBegun = true
    }

    /// Gives up what stands before the present record, and grows where that is not enough.
    private mutating func makeRoom(for count: Int) {
        guard buffer.count - end < count else { return }
        let unneeded = scanner.recordStart
        if unneeded > 0 {
            buffer.removeFirst(unneeded)
            end -= unneeded
            scanner.drop(unneeded)
        }
        let missing = count - (buffer.count - end)
        guard missing > 0 else { return }
        buffer.append(contentsOf: repeatElement(0, count: max(missing, buffer.count)))
    }

    private mutating func take(_ count: Int) throws(ExchangeError) {
        end += count
        bytesInFile += count
        guard bytesInFile <= limits.bytes else { throw ExportFile.tooLarge(nil, limits: limits) }
    }
}

extension CSVReader {
    /// The whole table as texts.
    static func read(_ bytes: [UInt8], limits: ReadingLimits) throws(ExchangeError) -> Spreadsheet {
        var reader = CSVReader(limits: limits)
        var rows: [Spreadsheet.Row] = []
        for start in stride(from: 0, to: bytes.count, by: CSVFile.block) {
            try reader.append(bytes.span.extracting(start..<min(bytes.count, start + CSVFile.block)))
            while try reader.advance() { rows.append(reader.spreadsheetRow) }
        }
        reader.finish()
        while try reader.advance() { rows.append(reader.spreadsheetRow) }
        return Spreadsheet(sheets: [Spreadsheet.Sheet(name: "", rows: rows)])
    }

    /// CSV has no bold.
    ///
    /// A slips audit names people of other chapters by a column `From Chapter` or `To Chapter`.
    private var spreadsheetRow: Spreadsheet.Row {
        var cells: [Spreadsheet.Cell] = []
        for column in 1...max(1, columns) {
            let text = text(column)
            if !text.isEmpty { cells.append(Spreadsheet.Cell(column: column, text: text)) }
        }
        return Spreadsheet.Row(number: row, cells: cells)
    }
}

/// Reading whole numbers from bytes.
enum WholeNumber {
    /// The number written at `place` with digits, and perhaps a sign before them; nil where anything else is there.
    @inline(__always)
    static func value(_ bytes: Span<UInt8>, _ place: Range<Int>) -> Int64? {
        if 1...8 ~= place.count, bytes.count - place.lowerBound >= 8,
            let number = EightBytes(bytes.bytes, at: place.lowerBound).number(ofFirst: place.count)
        {
            return number
        }
        return value(bytes.extracting(place))
    }

    private static func value(_ bytes: Span<UInt8>) -> Int64? {
        guard !bytes.isEmpty else { return nil }
        let isNegative = bytes[0] == UInt8(ascii: "-")
        let first = isNegative || bytes[0] == UInt8(ascii: "+") ? 1 : 0
        guard bytes.count > first else { return nil }
        guard bytes.count - first <= 18 else { return slowValue(bytes) }
        var value: Int64 = 0
        for index in first..<bytes.count {
            let digit = bytes[index] &- UInt8(ascii: "0")
            guard digit <= 9 else { return nil }
            // 18 digits always fit.
            value = value &* 10 &+ Int64(digit)
        }
        return isNegative ? -value : value
    }

    private static func slowValue(_ bytes: Span<UInt8>) -> Int64? {
        bytes.withUnsafeBufferPointer { Int64(String(decoding: $0, as: UTF8.self)) }
    }
}
