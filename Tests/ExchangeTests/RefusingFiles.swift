import Exchange
import Testing

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

@Suite struct `Refusing a file` {
    private static let small = workbook(
        #"<Row ss:Index="2"><Cell ss:StyleID="b"><Data ss:Type="String">A &amp; Ä<html:B>x</html:B></Data></Cell></Row>"#,
        styles: #"<Style ss:ID="b"><Font ss:Bold="1"/></Style>"#
    )

    @Test func `that is cut off anywhere`() throws {
        let whole = Array(Self.small.utf8)
        #expect(try refusal(of: whole) == nil)
        for length in 0..<whole.count {
            #expect(try refusal(of: Array(whole[..<length])) != nil, "cut off after \(length) bytes")
        }
    }

    @Test func `with any single byte damaged never ends the process`() throws {
        let whole = Array(Self.small.utf8)
        for index in whole.indices {
            for byte: UInt8 in [0x00, 0x22, 0x3C, 0x3E, 0x80, 0xFF] {
                var damaged = whole
                damaged[index] = byte
                _ = try refusal(of: damaged)
            }
        }
    }

    @Test(arguments: [
        "<?xml version=\"1.0\"?><!DOCTYPE a SYSTEM \"file:///etc/passwd\"><a/>",
        "<?xml version=\"1.0\"?> <!-- <x> --> <?p <?> <!DOCTYPE a [<!ENTITY b \"c\"><!ENTITY d \"&b;&b;\">]><a>&d;</a>",
        "\u{FEFF}<!DOCTYPE Workbook><a/>",
    ])
    func `with a document type`(text: String) throws {
        let error = try refusal(of: text)
        #expect(error?.reason == .unsupported)
        #expect(error?.message == "the file declares a document type (DOCTYPE); spreadsheets have none")
    }

    @Test func `with an entity of its own`() throws {
        #expect(try refusal(of: workbook("<Row><Cell><Data>&xxe;</Data></Cell></Row>"))?.reason == .damaged)
    }

    @Test(arguments: ["UTF-7", "UTF-16", "IBM037", "no-such-thing"])
    func `in an encoding that could hide something`(encoding: String) throws {
        let error = try refusal(of: Self.small.replacing("UTF-8", with: encoding))
        #expect(error?.reason == .unsupported)
    }

    @Test(arguments: [
        "0", "-1", "1000000000", "99999999999999999999999", "9223372036854775807", "", "1.5", "٣",
    ])
    func `with an impossible position`(index: String) throws {
        let data = "<Data>x</Data>"
        for text in [
            #"<Row><Cell ss:Index="\#(index)">\#(data)</Cell></Row>"#,
            #"<Row ss:Index="\#(index)"><Cell>\#(data)</Cell></Row>"#,
            #"<Row><Cell/><Cell ss:MergeAcross="\#(index)9223372036854775807">\#(data)</Cell></Row>"#,
            #"<Column ss:Index="\#(index)"/>"#,
        ] {
            #expect(try refusal(of: workbook(text))?.reason == .damaged, "\(text)")
        }
    }

    @Test func `with cells and rows out of order`() throws {
        let cell = #"<Cell ss:Index="2"><Data>x</Data></Cell>"#
        #expect(try refusal(of: workbook("<Row>\(cell)\(cell)</Row>"))?.reason == .damaged)
        let row = #"<Row ss:Index="2">\#(cell)</Row>"#
        #expect(
            try refusal(of: workbook(row + row))?.message == "row 2 stands where row 3 or a later one belongs"
        )
    }

    @Test func `that is larger than the limits`() throws {
        var limits = ReadingLimits()
        limits.cells = 2
        limits.rows = 3
        limits.columns = 3
        limits.bytesInCell = 10
        limits.depth = 6
        limits.sheets = 1
        let cell = "<Cell><Data>x</Data></Cell>"
        #expect(try refusal(of: workbook("<Row>\(cell)\(cell)</Row>"), limits: limits) == nil)
        for text in [
            "<Row>\(cell)\(cell)\(cell)</Row>", "<Row/><Row/><Row/><Row/>",
            #"<Row><Cell ss:Index="4"/></Row>"#, "<Row><Cell><Data>12345678901</Data></Cell></Row>",
            "<Row><Cell><Data><html:B><html:I/></html:B></Data></Cell></Row>",
            "</Table></Worksheet><Worksheet><Table>",
        ] {
            #expect(try refusal(of: workbook(text), limits: limits)?.reason == .damaged, "\(text)")
        }
        limits.bytes = 20
        #expect(try refusal(of: Self.small, limits: limits)?.reason == .tooLarge)
    }

    @Test func `that nests without end`() throws {
        let text = workbook("<Row><Cell><Data>" + String(repeating: "<html:B>", count: 100_000))
        #expect(try refusal(of: text)?.message == "elements stand more than 32 deep in each other")
    }

    @Test(.timeLimit(.minutes(20)))
    func `with a million attributes`() throws {
        let attributes = (0..<1_000_000).map { " a\($0) = ''" }.joined()
        let error = try refusal(of: workbook("<Row\(attributes)/>"))
        #expect(error?.message == "an element has more than 1000 attributes")
    }

    @Test(.timeLimit(.minutes(20)))
    func `is not worn out by a long line of parent styles`() throws {
        let styles = (0..<30_000).map { "<Style ss:ID='\($0)' ss:Parent='\($0 + 1)'/>" }.joined()
        let cells = (0..<30_000).map { "<Row><Cell ss:StyleID='\($0)'/></Row>" }.joined()
        #expect(try refusal(of: workbook(cells, styles: styles)) == nil)
    }

    @Test func `with control characters`() throws {
        for text in ["\u{0}", "\u{1}", "\u{85}", "\u{7F}", "&#0;", "&#1;", "&#x85;"] {
            let error = try refusal(of: workbook("<Row><Cell><Data>a\(text)b</Data></Cell></Row>"))
            #expect(error?.reason == .damaged, "\(text.debugDescription)")
            #expect(error?.line == 4)
        }
    }

    @Test func `in invalid UTF-8, with the line`() throws {
        for bytes: [UInt8] in [[0xFF], [0xC3], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF5, 0x80, 0x80, 0x80]] {
            let parts = workbook("<Row><Cell><Data>@</Data></Cell></Row>").utf8.split(
                separator: UInt8(ascii: "@")
            )
            let error = try refusal(of: Array(parts[0]) + bytes + Array(parts[1]))
            #expect(error?.reason == .damaged, "\(bytes)")
            #expect(error?.line == 4)
        }
    }

    @Test(
        arguments: [
            ([0x50, 0x4B, 0x03, 0x04], ".xlsx"), ([0xD0, 0xCF, 0x11, 0xE0, 0xA1], "binary .xls"),
            ([0xFF, 0xFE, 0x41, 0x00], "UTF-16"), ([0xFE, 0xFF, 0x00, 0x41], "UTF-16"),
            ([0x3C, 0x00, 0x3F, 0x00], "UTF-16"), ([0x25, 0x50, 0x44, 0x46], "PDF"),
        ] as [([UInt8], String)]
    )
    func `of another kind, by its first bytes`(bytes: [UInt8], name: String) throws {
        let error = try #require(try refusal(of: bytes))
        #expect(error.reason == .unsupported)
        #expect(error.message.contains(name))
    }

    @Test(arguments: ["", " \r\n", "\u{FEFF}"])
    func `that is empty`(text: String) throws {
        #expect(try refusal(of: text)?.message == "the file is empty")
    }

    @Test func `that is a web page under the name of a table`() throws {
        let error = try refusal(of: "<html><body><table/></body></html>")
        #expect(
            error?.message == "this is XML, but no spreadsheet: it begins with “html” instead of “Workbook”"
        )
    }

    @Test func `of 50 MB before it is read`() throws {
        let path = Self.temporaryPath("large.xls")
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL, 0o600)
        try #require(descriptor >= 0)
        defer { unlink(path) }
        #expect(ftruncate(descriptor, 52_428_800) == 0)
        close(descriptor)
        let error = #expect(throws: ExchangeError.self) { try ExportFile(path: path) }
        #expect(error?.message == "the file has 50 MB, and 20 MB is the most that is read")
    }

    @Test func `that grows without end while it is read`() throws {
        let error = #expect(throws: ExchangeError.self) { try ExportFile(path: "/dev/zero") }
        #expect(error?.message == "the file is larger than 20 MB, the most that is read")
    }

    @Test func `that is not there`() throws {
        let path = Self.temporaryPath("nowhere.xls")
        let error = #expect(throws: ExchangeError.self) { try ExportFile(path: path) }
        #expect(error?.message == "\(path) cannot be read: No such file or directory")
        #expect(#expect(throws: ExchangeError.self) { try ExportFile(path: "a\0b") }?.reason == .unreadable)
    }

    @Test func `that is a folder`() throws {
        let error = #expect(throws: ExchangeError.self) { try ExportFile(path: Exports.path(of: "cedar")) }
        #expect(error?.reason == .unreadable)
    }

    private static func temporaryPath(_ name: String) -> String {
        let folder = getenv("TMPDIR").map { String(cString: $0) } ?? P_tmpdir
        return "\(folder)/\(UInt64.random(in: 0 ... .max))-\(name)"
    }
}
