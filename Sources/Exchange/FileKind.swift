/// What a file is, as its first bytes say; its name says nothing.
package enum FileKind: Hashable, Sendable {
    case spreadsheetML
    case csv

    init(of bytes: [UInt8]) throws(ExchangeError) {
        try Self.refuseOtherThanText(bytes[...])
        let text = bytes.starts(with: Self.byteOrderMark) ? bytes.dropFirst(3) : bytes[...]
        let start = text.drop { $0 == 0x20 || $0 == 0x09 || $0 == 0x0A || $0 == 0x0D }
        guard !start.isEmpty else {
            throw ExchangeError(.notThisReport, "the file is empty")
        }
        self = start.first == UInt8(ascii: "<") ? .spreadsheetML : .csv
    }

    /// Throws a refusal that says what to do instead where the kind is known and not read.
    static func refuseOtherThanText(_ bytes: ArraySlice<UInt8>) throws(ExchangeError) {
        let instead =
            "open it in a spreadsheet program and save it as “XML Spreadsheet 2003” or as CSV (UTF-8)"
        if bytes.starts(with: [0x50, 0x4B]) {
            throw ExchangeError(
                .unsupported,
                "this is an .xlsx workbook (or another ZIP archive), which is not read: \(instead)"
            )
        }
        if bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) {
            throw ExchangeError(.unsupported, "this is a binary .xls workbook, which is not read: \(instead)")
        }
        if bytes.starts(with: "%PDF".utf8) {
            throw ExchangeError(
                .unsupported,
                "this is a PDF, not a table: export it as “XML Spreadsheet” or as CSV"
            )
        }
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) || Self.hasNulsOfUTF16(bytes)
        {
            throw ExchangeError(.unsupported, "this file is in UTF-16, which is not read: \(instead)")
        }
    }

    /// U+FEFF in UTF-8.
    static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    /// Text in UTF-16 without a mark: every other one of the first bytes is NUL.
    private static func hasNulsOfUTF16(_ bytes: ArraySlice<UInt8>) -> Bool {
        let start = Array(bytes.prefix(4))
        guard start.count == 4 else { return false }
        return (start[0] == 0) != (start[1] == 0) && (start[0] == 0) == (start[2] == 0)
            && (start[1] == 0) == (start[3] == 0)
    }
}
