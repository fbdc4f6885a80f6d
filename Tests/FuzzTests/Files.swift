import ReferralGroup

@testable import Exchange

extension Fuzzed {
    static let files = [
        Fuzzed("csv") { bytes in
            let whole = whatComes { try CSVReader.read(bytes, limits: limits) }
            // The first byte says into what pieces it is cut; the rows must not depend on it.
            let length = max(1, Int(bytes.first ?? 1))
            let pieces = whatComes { try rows(of: bytes, inPiecesOf: length) }
            try hold(whole?.sheets[0].rows.map(\.number) == pieces?.map(\.number), "rows depend on pieces")
            guard let whole, let pieces else { return }
            for (row, cells) in zip(whole.sheets[0].rows, pieces) {
                let texts = (1...max(1, cells.texts.count)).map { row[$0]?.text ?? "" }
                try hold(isSame(texts, cells.texts.isEmpty ? [""] : cells.texts), "cells depend on pieces")
            }
            try comesBack(whole.sheets[0].rows)
        },
        Fuzzed("spreadsheet") { bytes in
            guard let file = whatComes(of: { try ExportFile(bytes: bytes, limits: limits) }) else { return }
            guard let spreadsheet = whatComes(of: { try file.spreadsheet() }) else { return }
            for sheet in spreadsheet.sheets {
                try hold(sheet.rows.count <= limits.rows, "more rows than are read")
                try hold(
                    sheet.rows.allSatisfy { $0.cells.count <= limits.columns },
                    "more columns than are read"
                )
                try hold(
                    zip(sheet.rows, sheet.rows.dropFirst()).allSatisfy { $0.number < $1.number },
                    "rows out of order"
                )
            }
            _ = whatComes { try SlipsFile(spreadsheet) }
            _ = whatComes { try SummaryFile(spreadsheet) }
        },
    ]

    private static let limits: ReadingLimits = {
        var limits = ReadingLimits(bytes: 1 << 20)
        limits.cells = 10_000
        return limits
    }()

    private static func isSame(_ one: [String], _ other: [String]) -> Bool {
        one.map { Array($0.utf8) } == other.map { Array($0.utf8) }
    }

    private static func rows(
        of bytes: [UInt8],
        inPiecesOf length: Int
    ) throws -> [(number: Int, texts: [String])] {
        var reader = CSVReader(limits: limits)
        var rows: [(Int, [String])] = []
        for start in stride(from: 0, to: bytes.count, by: length) {
            try reader.append(bytes.span.extracting(start..<min(bytes.count, start + length)))
            while try reader.advance() { rows.append((reader.row, texts(of: reader))) }
        }
        reader.finish()
        while try reader.advance() { rows.append((reader.row, texts(of: reader))) }
        return rows
    }

    private static func texts(of reader: borrowing CSVReader) -> [String] {
        var texts: [String] = []
        for column in 0..<reader.columns { texts.append(reader.text(column + 1)) }
        return texts
    }

    /// What is written of the rows reads as they are, but for the sign before what would be a formula.
    private static func comesBack(_ rows: [Spreadsheet.Row]) throws {
        guard !rows.isEmpty else { return }
        var writer = CSVWriter(header: ["head", "er"])
        for row in rows { writer.append([.text("x"), .text(row.cells.first?.text ?? "")]) }
        let back = try CSVReader.read(writer.bytes, limits: ReadingLimits()).sheets[0].rows.dropFirst()
        try hold(back.count == rows.count, "rows are lost when they are written")
        for (row, again) in zip(rows, back) {
            let (text, read) = (row.cells.first?.text ?? "", again[2]?.text ?? "")
            let isDefused =
                read.utf8.first == UInt8(ascii: "'") && read.utf8.dropFirst().elementsEqual(text.utf8)
            try hold(read.utf8.elementsEqual(text.utf8) || isDefused, "a cell is another when it is written")
            try hold(!"=+-@\t\r\n".utf8.contains(read.utf8.first ?? 0x20), "a formula is written")
        }
    }
}
