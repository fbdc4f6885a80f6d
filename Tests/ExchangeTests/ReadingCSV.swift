import Exchange
import Testing

@Suite struct `Reading CSV` {
    @Test(arguments: [
        ("a,b\r\nc,d\r\n", [["a", "b"], ["c", "d"]]),
        ("a;b\nc;\"d;e, f\"", [["a", "b"], ["c", "d;e, f"]]),
        ("a\tb\rc\td", [["a", "b"], ["c", "d"]]),
        ("\u{FEFF}\"a\"\"b\",\"c\r\nd\"\n", [["a\"b", "c\r\nd"]]),
        ("sep=;\r\na;b,c,d\r\n", [["a", "b,c,d"]]),
        ("a,b\rc,d\ne,f\r\ng,h", [["a", "b"], ["c", "d"], ["e", "f"], ["g", "h"]]),
        (" a , b\n", [[" a ", " b"]]),
        ("\"\u{301}a\",b", [["\u{301}a", "b"]]),
        ("a,\u{301}b", [["a", "\u{301}b"]]),
        ("1,5;2\n3;4\n", [["1,5", "2"], ["3", "4"]]),
    ])
    func `reads cells as written`(text: String, cells: [[String]]) throws {
        let found = try spreadsheet(text).texts
        #expect(found.map { $0.map { Array($0.utf8) } } == cells.map { $0.map { Array($0.utf8) } })
    }

    @Test func `numbers rows as a spreadsheet program does`() throws {
        let rows = try spreadsheet("a\r\n\r\n\"b\nb\",,c\n,\nd").sheets[0].rows
        #expect(rows.map(\.number) == [1, 3, 5])
        #expect(rows[1].cells.map(\.column) == [1, 3])
        #expect(rows.allSatisfy { $0.cells.allSatisfy { !$0.isBold && $0.kind == .string } })
    }

    @Test(arguments: [
        ("a,b\nc,\"d\n\n\n", 2, "a quote is opened here and never closed"),
        ("a\r\nb\rc\n\"d\"e", 4, "after a closing quote the cell must end"),
        ("\"a\"\u{301},b", 1, "after a closing quote the cell must end"),
        ("\"a\nb\"\n5\" pipe", 3, "a quote stands inside a cell that does not begin with one"),
        ("a\nb\u{0}c", 2, "the cell in row 2, column 1 holds a control character"),
        ("a\nx,b\u{1B}c", 2, "the cell in row 2, column 2 holds a control character"),
        ("a,b\u{85}c", 1, "the cell in row 1, column 2 holds a control character"),
    ])
    func `refuses what is broken, with the line`(text: String, line: Int, message: String) throws {
        let error = try refusal(of: text)
        #expect(error == ExchangeError(.damaged, line: line, message))
    }

    @Test(arguments: [[0xFF], [0xC3], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0x4A, 0xF6, 0x72]] as [[UInt8]])
    func `refuses what is not UTF-8, with the line`(bytes: [UInt8]) throws {
        let error = try refusal(of: Array("a,b\nc,".utf8) + bytes + Array("\nd".utf8))
        #expect(error?.line == 2)
        #expect(
            error?.message == "the cell in row 2, column 2 is not in UTF-8: save the file as “CSV UTF-8”"
        )
    }

    /// Cells are looked for eight bytes at a time, and then what begins at a ninth must be seen, too.
    @Test func `reads a quoted cell wherever it begins`() throws {
        for length in 0...24 {
            let before = String(repeating: "x", count: length)
            let rows = try spreadsheet("a,b,c,d\n\(before),\"y,\"\"z\",\"\",last\n").texts
            #expect(rows == [["a", "b", "c", "d"], [before, "y,\"z", "last"].filter { !$0.isEmpty }])
        }
    }

    @Test func `refuses a million columns`() throws {
        let error = try refusal(of: "a\n" + String(repeating: ",", count: 1_000_000))
        #expect(
            error
                == ExchangeError(.damaged, line: 2, "the table goes beyond column 256, the last that is read")
        )
    }

    @Test func `refuses a million rows`() throws {
        let error = try refusal(of: String(repeating: "\n", count: 1_000_000) + "a")
        #expect(error?.message == "the table goes beyond row 65536, the last that is read")
    }

    @Test func `refuses a quote that swallows the file, and says where it began`() throws {
        let error = try refusal(of: "a\n\"" + String(repeating: "b\n", count: 5_000_000))
        #expect(error?.line == 2)
        #expect(error?.message.contains("is a quote not closed?") == true)
    }

    @Test func `reads or refuses every beginning of a file`() throws {
        let whole = Array("\u{FEFF}From;To\r\n\"Ines \"\"D\"\" Dane\";Bo\n\"Ä\u{301}\"\r".utf8)
        for length in 0...whole.count {
            _ = try refusal(of: Array(whole[..<length]))
        }
    }
}
