import Exchange
import ReferralGroup
import Testing

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// What reading gives: records with their place in the table, and what refused the rest.
private struct Reading: Hashable {
    struct Record: Hashable {
        let row: Int
        let cells: [[UInt8]]
    }

    var records: [Record] = []
    var error: ExchangeError?

    /// Reads bytes that come in these pieces.
    init(_ pieces: [ArraySlice<UInt8>], limits: ReadingLimits = ReadingLimits()) {
        var reader = CSVReader(limits: limits)
        do {
            for piece in pieces {
                try reader.append(piece.span)
                try take(from: &reader)
            }
            reader.finish()
            try take(from: &reader)
        } catch {
            self.error = error
        }
    }

    private mutating func take(from reader: inout CSVReader) throws(ExchangeError) {
        while try reader.advance() {
            let cells = (1...reader.columns).map { column in
                reader.withCell(column) { bytes in bytes.indices.map { bytes[$0] } }
            }
            records.append(Record(row: reader.row, cells: cells))
        }
    }
}

@Suite struct `Reading CSV piece by piece` {
    /// Says what separates the cells, so that records come out from the first byte on.
    private static let beginning = Array("sep=,\r\n".utf8)

    private static let texts: [[UInt8]] =
        [
            "a,b\r\nc,d\r\n", "\u{FEFF}\"a\"\"b\",\"c\r\nd\"\n", "\"\"\"\"\"\",\"\r\n\r\"\"\n\",x\r\r\ny",
            "a,,\n,\n\n,,b",
            "Ä\u{301},\"Ö,\u{1F600}\"\n", "\"never closed\r\n,", "\"a\"b", "a\"b", "a,b\u{85}", "a,\u{0}",
            "\"a\u{1B}\"x",
            "a\n\n\"\n\n\"\"\",\"b\" ", "\"\"x", "\"\",\"\"\r\n\"\"",
            "abcdefg,hijklmno,p,,,qrstuvwxyz012345678,\"x\"\"\",123\t4567,Äbcdefghijkl,~,\u{1F600}\r\nabcdefgh\ni,j",
            "abcdefgh,ijklm\"nopq,r", "abcdefgh,ij\u{7F}klmnopq,r", "abcdefgh,ijklmnop,q\u{1F}rstuvwxyz",
        ].map { Array($0.utf8) } + [
            [0x61, 0xFF, 0x2C], [0x22, 0xC3, 0x22, 0x0A], [0x61, 0xED, 0xA0, 0x80, 0x0A],
        ]

    @Test(arguments: [false, true])
    func `gives the same wherever it is cut`(isDeclared: Bool) {
        for text in Self.texts {
            let start = isDeclared ? Self.beginning : []
            let bytes = start + text
            let whole = Reading([bytes[...]])
            for cut in start.count...bytes.count {
                #expect(Reading([bytes[..<cut], bytes[cut...]]) == whole, "\(text) cut at \(cut)")
            }
            let single = [bytes[..<start.count]] + (start.count..<bytes.count).map { bytes[$0...$0] }
            #expect(Reading(single) == whole, "\(text) byte by byte")
        }
    }

    @Test func `gives the same with limits that are met`() {
        var limits = ReadingLimits()
        (limits.rows, limits.columns, limits.cells, limits.bytesInCell) = (4, 3, 6, 6)
        for text in [
            "a,b,c,d", "1234567,b", "a,\"1234567", "a\nb\nc\nd\ne", "a,b,c\nd,e,f,g", "a,b,c\nd,e,f\ng",
            "\"12345\"\"6\"",
        ] {
            let bytes = Self.beginning + Array(text.utf8)
            let whole = Reading([bytes[...]], limits: limits)
            #expect(whole.error != nil, "\(text)")
            for cut in Self.beginning.count...bytes.count {
                #expect(
                    Reading([bytes[..<cut], bytes[cut...]], limits: limits) == whole,
                    "\(text) cut at \(cut)"
                )
            }
        }
    }

    @Test func `agrees with reading the whole table`() throws {
        for text in Self.texts where try refusal(of: text) == nil {
            let rows = try ExportFile(bytes: text).spreadsheet().sheets[0].rows
            let records = Reading(text.indices.map { text[$0...$0] }).records
            #expect(rows.map(\.number) == records.map(\.row))
            let texts = records.map { $0.cells.filter { !$0.isEmpty } }
            #expect(rows.map { $0.cells.map { Array($0.text.utf8) } } == texts)
        }
    }

    @Test func `refuses a cell without end before it has all of it`() {
        let piece = [UInt8](repeating: UInt8(ascii: "x"), count: 10_000)[...]
        for start in ["a\n", "a\n\""] {
            var reader = CSVReader()
            var pieces = 0
            let error = #expect(throws: ExchangeError.self) {
                try reader.append(Array(start.utf8).span)
                while pieces < 1_000 {
                    try reader.append(piece.span)
                    pieces += 1
                    _ = try reader.advance()
                }
            }
            #expect(error?.line == 2)
            #expect(pieces < 10)
        }
    }

    @Test func `refuses more bytes than it may read`() {
        var limits = ReadingLimits()
        limits.bytes = 100
        let piece = Array("a,b\n".utf8)
        #expect(Reading(Array(repeating: piece[...], count: 25), limits: limits).error == nil)
        #expect(Reading(Array(repeating: piece[...], count: 26), limits: limits).error?.reason == .tooLarge)
    }

    @Test func `refuses a million columns, and a workbook, in pieces`() {
        let commas = [UInt8](repeating: UInt8(ascii: ","), count: 1_000)
        #expect(Reading(Array(repeating: commas[...], count: 1_000)).error?.line == 1)
        let zip: [UInt8] = [0x50, 0x4B, 0x03, 0x04]
        #expect(Reading(zip.indices.map { zip[$0...$0] }).error?.reason == .unsupported)
    }

    @Test func `reads typed cells`() throws {
        var reader = CSVReader()
        let text =
            "-5,+7,9223372036854775807,-9223372036854775808,9223372036854775808,1 ,,-,2026-10-28,2026-02-29, a  b ,Ä\u{308}"
        try reader.append(Array(text.utf8).span)
        reader.finish()
        guard try reader.advance() else { throw ExchangeError(.damaged, "no record") }
        var (numbers, days): ([Int64?], [LocalDate?]) = ([], [])
        for column in 0...13 {
            numbers.append(reader.whole(column))
            days.append(reader.date(column))
        }
        #expect(numbers[1...4] == [-5, 7, .max, .min])
        #expect(numbers.compactMap(\.self).count == 4)
        #expect(days.compactMap(\.self) == [LocalDate(year: 2026, month: 10, day: 28)])
        let (text11, line11, line12, text13) = (
            reader.text(11), reader.line(11), reader.line(12), reader.text(13)
        )
        #expect(text11 == " a  b ")
        #expect(line11 == "a b")
        #expect(line12.map { Array($0.utf8) } == PlainText.line("Ä\u{308}").map { Array($0.utf8) })
        #expect(text13.isEmpty)
        let goesOn = try reader.advance()
        #expect(!goesOn)
    }

    @Test func `reads every length of number`() throws {
        var texts = ["12a45678", "1234567/", ":2345678", "1234567\u{B2}", "--1", "+", "12345678", "00000009"]
        var number: Int64 = 9
        while number < .max / 10 {
            texts += ["\(number)", "-\(number)", "+\(number)", "\(number)x"]
            number = number * 10 + 7
        }
        for text in texts {
            // With and without room behind the cell.
            for rest in ["", ",12345678"] {
                var reader = CSVReader()
                try reader.append(Array((text + rest).utf8).span)
                reader.finish()
                guard try reader.advance() else { throw ExchangeError(.damaged, "no record") }
                let number = reader.whole(1)
                #expect(number == Int64(text), "\(text)")
            }
        }
    }

    @Test func `lends the line that it would give`() throws {
        for text in [
            "", " ", "a", "a  b", "Somebody for  a matter", "Somebody for a matter", " ab", "a\u{308}",
        ] {
            var reader = CSVReader()
            try reader.append(Array("x,\(text)".utf8).span)
            reader.finish()
            guard try reader.advance() else { throw ExchangeError(.damaged, "no record") }
            let lent = reader.withLine(2) { bytes in
                guard let bytes else { return String?.none }
                return bytes.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
            }
            let line = reader.line(2)
            #expect(lent == line && lent == PlainText.line(text), "\(text)")
        }
    }

    @Test func `reads a file on disk block by block`() throws {
        let folder = getenv("TMPDIR").map { String(cString: $0) } ?? P_tmpdir
        let path = "\(folder)/\(UInt64.random(in: 0 ... .max))-rows.csv"
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL, 0o600)
        try #require(descriptor >= 0)
        defer { unlink(path) }
        let text = (1...50_000).map { "\($0),\"a \"\"\($0)\"\"\"\r\n" }.joined()
        let written = Array(text.utf8).withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
        close(descriptor)
        try #require(written == text.utf8.count)
        var file = try CSVFile(path: path)
        var sum: Int64 = 0
        while try file.advance() {
            let (number, text) = (file.record.whole(1) ?? 0, file.record.text(2))
            sum += number
            #expect(text == "a \"\(number)\"")
        }
        #expect(sum == 50_000 * 50_001 / 2)
    }

    @Test func `refuses a file that is not there, or a folder`() {
        for path in ["/no-such-file.csv", "/", "a\u{0}b"] {
            let error = #expect(throws: ExchangeError.self) {
                var file = try CSVFile(path: path)
                _ = try file.advance()
            }
            #expect(error?.reason == .unreadable)
        }
    }
}
