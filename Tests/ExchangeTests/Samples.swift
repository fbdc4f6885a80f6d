import Exchange

/// SpreadsheetML around the rows of one table.
func workbook(_ rows: String, styles: String = "") -> String {
    """
    <?xml version="1.0" encoding="UTF-8"?>
    <Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" \
    xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet" xmlns:html="http://www.w3.org/TR/REC-html40">
    <Styles>\(styles)</Styles>
    <Worksheet ss:Name="Report"><Table>\(rows)</Table></Worksheet>
    </Workbook>
    """
}

func spreadsheet(_ text: String, limits: ReadingLimits = ReadingLimits()) throws -> Spreadsheet {
    try ExportFile(bytes: Array(text.utf8), limits: limits).spreadsheet()
}

/// What refuses `bytes`, or nil where nothing does.
func refusal(of bytes: [UInt8], limits: ReadingLimits = ReadingLimits()) throws -> ExchangeError? {
    do {
        _ = try ExportFile(bytes: bytes, limits: limits).spreadsheet()
        return nil
    } catch let error as ExchangeError {
        return error
    }
}

func refusal(of text: String, limits: ReadingLimits = ReadingLimits()) throws -> ExchangeError? {
    try refusal(of: Array(text.utf8), limits: limits)
}

extension Spreadsheet {
    /// The texts of the first sheet, row by row, gaps left out.
    var texts: [[String]] {
        sheets.first?.rows.map { $0.cells.map(\.text) } ?? []
    }

    /// One sheet of plain cells; an empty text is a gap, a leading `*` makes the cell bold.
    init(_ rows: [[String]]) {
        let sheet = Sheet(
            name: "Report",
            rows: rows.enumerated().map { number, texts in
                Row(
                    number: number + 1,
                    cells: texts.enumerated().compactMap { column, text in
                        let isBold = text.utf8.first == UInt8(ascii: "*")
                        let content = isBold ? String(text.dropFirst()) : text
                        return content.isEmpty ? nil : Cell(column: column + 1, text: content, isBold: isBold)
                    }
                )
            }
        )
        self.init(sheets: [sheet])
    }
}
