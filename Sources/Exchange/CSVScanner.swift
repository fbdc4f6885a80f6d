import ReferralGroup

/// Finds the cells of one record after another in bytes that arrive piece by piece.
///
/// It holds no bytes. It is told where they stand, goes on where it ran out of them, and takes quotes out of quoted
/// cells in place, so that every cell is one run of bytes.
struct CSVScanner {
    /// Where a cell stands, from the start of its record on.
    struct Cell {
        let start: Int
        let end: Int
    }

    private enum Phase {
        case beforeRecord, beforeCell, plain, quoted, afterQuote
    }

    /// What a byte means; what ends more of the scanning loops has the greater value.
    private enum Kind {
        static let nonASCII: UInt8 = 1
        static let control: UInt8 = 2
        static let delimiter: UInt8 = 4
        static let lineEnd: UInt8 = 8
        static let quote: UInt8 = 16
    }

    /// Where the present record begins; what stands before it is done with.
    private(set) var recordStart = 0
    /// The first of these are the cells of the present record; there is room for many before it has to be made.
    private(set) var cells = [Cell](repeating: Cell(start: 0, end: 0), count: 64)
    private(set) var columns = 0
    /// Of the table: a quoted cell may go over several lines.
    private(set) var row = 0
    /// Of the file.
    private(set) var line = 1
    private let limits: ReadingLimits
    /// What every byte means; an `InlineArray` would be copied for every look at it.
    private var kinds: [UInt8] = []
    private var delimiter: UInt8 = 0
    private var position = 0
    private var phase = Phase.beforeRecord
    /// Of the cell under way; what is written of a quoted one lags behind what is read.
    private var cellStart = 0
    private var written = 0
    private var openingLine = 1
    private var seen: UInt8 = 0
    private var cellsInFile = 0
    private var holdsText = false
    /// Whether a line feed that comes next belongs to the line end before it.
    private var followsCarriageReturn = false

    init(limits: ReadingLimits) {
        self.limits = limits
    }

    /// Lets the table begin at `position`.
    mutating func begin(at position: Int, delimiter: UInt8) {
        self.position = position
        recordStart = position
        self.delimiter = delimiter
        kinds = (0...255).map { (byte: UInt8) -> UInt8 in
            switch byte {
            case delimiter: Kind.delimiter
            case 0x0A, 0x0D: Kind.lineEnd
            case 0x22: Kind.quote
            case 0x09: 0
            case 0...0x1F, 0x7F: Kind.control
            case 0x80...0xFF: Kind.nonASCII
            default: 0
            }
        }
    }

    /// The bytes before `count` are gone; all others stand that much nearer to the start.
    mutating func drop(_ count: Int) {
        recordStart -= count
        position -= count
        cellStart -= count
        written -= count
    }

    /// Goes on to the end of the next record that holds text; false where the bytes before `end` do not reach it.
    mutating func scan(
        _ buffer: inout [UInt8],
        upTo end: Int,
        isWhole: Bool
    ) throws(ExchangeError) -> Bool {
        var bytes = buffer.mutableSpan
        while true {
            switch phase {
            case .beforeRecord:
                guard try beginRecord(bytes, end) else { return false }
            case .beforeCell:
                guard position < end || isWhole else { return false }
                try beginCell(bytes, end)
            case .plain:
                guard try scanPlain(bytes, end) || isWhole else { return false }
                try endCell(bytes)
                if endSeparator(bytes, end) { return true }
            case .quoted:
                guard try scanQuoted(&bytes, end) else {
                    guard isWhole else { return false }
                    throw damaged("a quote is opened here and never closed", at: openingLine)
                }
            case .afterQuote:
                guard position < end || isWhole else { return false }
                guard try endQuoted(&bytes, end) else { continue }
                if endSeparator(bytes, end) { return true }
            }
        }
    }

    private mutating func beginRecord(
        _ bytes: borrowing MutableSpan<UInt8>,
        _ end: Int
    ) throws(ExchangeError)
        -> Bool
    {
        recordStart = position
        guard position < end else { return false }
        if followsCarriageReturn {
            followsCarriageReturn = false
            if bytes[position] == 0x0A {
                position += 1
                recordStart = position
                guard position < end else { return false }
            }
        }
        guard row < limits.rows else {
            throw damaged("the table goes beyond row \(limits.rows), the last that is read", at: line)
        }
        row += 1
        columns = 0
        holdsText = false
        phase = .beforeCell
        return true
    }

    private mutating func beginCell(_ bytes: borrowing MutableSpan<UInt8>, _ end: Int) throws(ExchangeError) {
        guard columns < limits.columns else {
            throw damaged("the table goes beyond column \(limits.columns), the last that is read", at: line)
        }
        seen = 0
        openingLine = line
        if position < end, bytes[position] == 0x22 {
            position += 1
            phase = .quoted
        } else {
            phase = .plain
        }
        cellStart = position
        written = position
    }

    /// Goes over a cell without quotes; false where its end is not among the bytes.
    private mutating func scanPlain(
        _ bytes: borrowing MutableSpan<UInt8>,
        _ end: Int
    ) throws(ExchangeError)
        -> Bool
    {
        var (index, seen) = (position, seen)
        if seen == 0 { index = scanShortCells(bytes, end) }
        var kind: UInt8 = 0
        while index < end {
            kind = kinds[Int(bytes[index])]
            guard kind < Kind.delimiter else { break }
            seen |= kind
            index += 1
        }
        position = index
        written = index
        self.seen = seen
        try checkLength()
        guard kind < Kind.quote else {
            throw damaged("a quote stands inside a cell that does not begin with one", at: line)
        }
        return index < end
    }

    /// Goes over cells that need no further look and are followed by another one without quotes, as most are.
    ///
    /// What it finds is what one cell after another would give. It leaves `cellStart` at the cell that it did not end,
    /// and returns where the first byte stands that it did not see or that is not plain.
    private mutating func scanShortCells(_ bytes: borrowing MutableSpan<UInt8>, _ end: Int) -> Int {
        let (recordStart, longest) = (recordStart, limits.bytesInCell)
        let most = min(limits.columns - 1, cells.count)
        let room = limits.cells - cellsInFile
        let (delimiter, quotes) = (delimiter, EightBytes(repeating: 0x22))
        let delimiters = EightBytes(repeating: delimiter)
        var (index, start, column, filled) = (position, cellStart, columns, 0)
        // Borrowed once, not for every cell.
        var places: [Cell] = []
        swap(&places, &cells)
        var found = places.mutableSpan
        words: while end - index >= 8 {
            let eight = EightBytes(bytes.bytes, at: index)
            let separators = eight.marks(of: delimiters)
            let others = eight.unprintable | eight.marks(of: quotes)
            var marks = separators | others
            // Nothing but delimiters, room for all of them, and what follows each is among the eight, too.
            let isPlain = others == 0 && separators >> 63 == 0 && column + 8 <= most && filled + 8 <= room
            while marks != 0 {
                let place = index + marks.trailingZeroBitCount / 8
                guard place - start <= longest,
                    isPlain
                        || bytes[place] == delimiter && column < most && filled < room && place + 1 < end
                            && bytes[place + 1] != 0x22
                else {
                    index = place
                    break words
                }
                found[column] = Cell(start: start - recordStart, end: place - recordStart)
                column += 1
                if place > start { filled += 1 }
                start = place + 1
                marks &= marks - 1
            }
            index += 8
        }
        swap(&places, &cells)
        columns = column
        cellStart = start
        cellsInFile += filled
        if filled > 0 { holdsText = true }
        return index
    }

    /// Goes over a quoted cell up to the next quote; false where there is none among the bytes.
    private mutating func scanQuoted(
        _ bytes: inout MutableSpan<UInt8>,
        _ end: Int
    ) throws(ExchangeError)
        -> Bool
    {
        if written == position { skipPlain(bytes, end) }
        while position < end {
            let byte = bytes[position]
            let kind = kinds[Int(byte)]
            position += 1
            if kind == Kind.quote {
                try checkLength()
                phase = .afterQuote
                return true
            }
            if kind == Kind.lineEnd {
                let endsPair = byte == 0x0A && written > cellStart && bytes[written - 1] == 0x0D
                if !endsPair { line += 1 }
            }
            seen |= kind
            bytes[written] = byte
            written += 1
        }
        try checkLength()
        return false
    }

    /// Steps over bytes of a quoted cell that stay where they are, eight at a time, up to one that needs a look.
    private mutating func skipPlain(_ bytes: borrowing MutableSpan<UInt8>, _ end: Int) {
        let quotes = EightBytes(repeating: 0x22)
        while end - position >= 8 {
            let eight = EightBytes(bytes.bytes, at: position)
            guard eight.unprintable | eight.marks(of: quotes) == 0 else { break }
            position += 8
        }
        written = position
    }

    /// Looks at what follows a quote in a quoted cell; false where the cell goes on.
    private mutating func endQuoted(
        _ bytes: inout MutableSpan<UInt8>,
        _ end: Int
    ) throws(ExchangeError) -> Bool {
        guard position < end else {
            try endCell(bytes)
            return true
        }
        let byte = bytes[position]
        if byte == 0x22 {
            bytes[written] = byte
            written += 1
            position += 1
            phase = .quoted
            return false
        }
        try endCell(bytes)
        guard kinds[Int(byte)] & (Kind.delimiter | Kind.lineEnd) != 0 else {
            throw damaged("after a closing quote the cell must end", at: line)
        }
        return true
    }

    private mutating func endCell(_ bytes: borrowing MutableSpan<UInt8>) throws(ExchangeError) {
        let cell = Cell(start: cellStart - recordStart, end: written - recordStart)
        if columns < cells.count { cells[columns] = cell } else { cells.append(cell) }
        columns += 1
        guard written > cellStart else { return }
        holdsText = true
        cellsInFile += 1
        guard cellsInFile <= limits.cells else {
            throw damaged("the file has more than \(limits.cells) cells", at: line)
        }
        if seen & (Kind.nonASCII | Kind.control) != 0 { try checkText(bytes) }
    }

    /// Steps over what separates the cell just read from the next; true where a record with text ends.
    private mutating func endSeparator(_ bytes: borrowing MutableSpan<UInt8>, _ end: Int) -> Bool {
        guard position < end else {
            phase = .beforeRecord
            return holdsText
        }
        let byte = bytes[position]
        position += 1
        guard kinds[Int(byte)] == Kind.lineEnd else {
            phase = .beforeCell
            return false
        }
        followsCarriageReturn = byte == 0x0D
        line += 1
        phase = .beforeRecord
        return holdsText
    }

    private func checkText(_ bytes: borrowing MutableSpan<UInt8>) throws(ExchangeError) {
        let range = cellStart..<written
        let isText = bytes.withUnsafeBufferPointer {
            String(validating: $0[range], as: UTF8.self) != nil
        }
        let place = "the cell in row \(row), column \(columns)"
        guard isText else {
            throw damaged("\(place) is not in UTF-8: save the file as “CSV UTF-8”", at: openingLine)
        }
        var holdsControl = seen & Kind.control != 0
        // U+0080 to U+009F, after what precedes them in UTF-8.
        for index in range.dropFirst() where bytes[index] < 0xA0 && bytes[index - 1] == 0xC2 {
            holdsControl = true
        }
        guard !holdsControl else { throw damaged("\(place) holds a control character", at: openingLine) }
    }

    @inline(__always)
    private func checkLength() throws(ExchangeError) {
        guard written - cellStart <= limits.bytesInCell else { throw tooLong }
    }

    private var tooLong: ExchangeError {
        damaged(
            "a cell that begins here holds more than \(limits.bytesInCell) bytes; is a quote not closed?",
            at: openingLine
        )
    }

    @inline(never)
    private func damaged(_ message: String, at line: Int) -> ExchangeError {
        ExchangeError(.damaged, line: line, message)
    }
}
