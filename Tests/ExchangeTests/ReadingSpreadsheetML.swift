import Exchange
import Testing

@Suite struct `Reading SpreadsheetML` {
    private let styles = """
        <Style ss:ID="Default"><Font ss:Size="10"/></Style>
        <Style ss:ID="strong"><Font ss:Bold="1"/></Style>
        <Style ss:ID="child" ss:Parent="strong"><Alignment/></Style>
        <Style ss:ID="light" ss:Parent="strong"><Font ss:Bold="0"/></Style>
        <Style ss:ID="one" ss:Parent="two"/><Style ss:ID="two" ss:Parent="one"/>
        """

    @Test func `keeps gaps, merged cells and row numbers`() throws {
        let text = workbook(
            """
            <Row ss:Index="3"><Cell ss:Index="2"><Data ss:Type="String">a</Data></Cell>
            <Cell ss:MergeAcross="2"><Data ss:Type="Number">1.50</Data></Cell>
            <Cell><Data ss:Type="DateTime">2025-08-20T00:00:00.000</Data></Cell></Row>
            <Row ss:Span="4"/>
            <Row><Cell ss:Index="4"><Data ss:Type="String">b</Data></Cell></Row>
            """
        )
        let rows = try #require(spreadsheet(text).sheets.first).rows
        #expect(
            rows == [
                Spreadsheet.Row(
                    number: 3,
                    cells: [
                        Spreadsheet.Cell(column: 2, text: "a"),
                        Spreadsheet.Cell(column: 3, text: "1.50", kind: .number),
                        Spreadsheet.Cell(column: 6, text: "2025-08-20T00:00:00.000", kind: .date),
                    ]
                ),
                Spreadsheet.Row(number: 9, cells: [Spreadsheet.Cell(column: 4, text: "b")]),
            ]
        )
        #expect(rows[0][3]?.text == "1.50")
        #expect(rows[0][4] == nil)
    }

    @Test(arguments: [
        ("strong", true), ("child", true), ("light", false), ("Default", false), ("one", false),
    ])
    func `resolves bold through styles and their parents`(style: String, isBold: Bool) throws {
        let cell = #"<Cell ss:StyleID="\#(style)"><Data ss:Type="String">Ines Dane</Data></Cell>"#
        let text = workbook("<Row>\(cell)</Row>", styles: styles)
        #expect(try spreadsheet(text).sheets[0].rows[0].cells[0].isBold == isBold)
    }

    @Test func `takes the style of the row, then of the column`() throws {
        let cell = #"<Cell><Data ss:Type="String">x</Data></Cell>"#
        let text = workbook(
            #"<Column/><Column ss:StyleID="strong" ss:Span="1"/>"#
                + #"<Row>\#(cell)\#(cell)\#(cell)\#(cell)</Row><Row ss:StyleID="strong">\#(cell)</Row>"#,
            styles: styles
        )
        let rows = try spreadsheet(text).sheets[0].rows
        #expect(rows[0].cells.map(\.isBold) == [false, true, true, false])
        #expect(rows[1].cells.map(\.isBold) == [true])
    }

    @Test func `refuses a style that the file does not define`() throws {
        let error = try refusal(of: workbook(#"<Row><Cell ss:StyleID="21"><Data>x</Data></Cell></Row>"#))
        #expect(error?.message == "a cell has the style “21”, which the file does not define")
    }

    @Test func `reads marked-up text whole, and markup as bold`() throws {
        let text = workbook(
            """
            <Row><Cell><Data ss:Type="String">Ines <html:B>D<html:I>an</html:I></html:B>e</Data></Cell>
            <Cell><Data><![CDATA[<Dane> & Co]]></Data></Cell>
            <Cell><Data>&lt;&#x41;&gt;</Data><Comment><Data>not this</Data></Comment></Cell></Row>
            """
        )
        let cells = try spreadsheet(text).sheets[0].rows[0].cells
        #expect(cells.map(\.text) == ["Ines Dane", "<Dane> & Co", "<A>"])
        #expect(cells.map(\.isBold) == [true, false, false])
    }

    @Test func `does not care for prefixes`() throws {
        let text = """
            <?xml version='1.0'?><x:Workbook xmlns:x="urn:schemas-microsoft-com:office:spreadsheet">
            <x:Worksheet x:Name="A"><x:Table><x:Row><x:Cell x:Index="2"><x:Data x:Type="Number">1</x:Data></x:Cell>
            </x:Row></x:Table></x:Worksheet><x:Worksheet x:Name="B"/></x:Workbook>
            """
        let sheets = try spreadsheet(text).sheets
        #expect(sheets.map(\.name) == ["A", "B"])
        #expect(sheets[0].rows[0].cells == [Spreadsheet.Cell(column: 2, text: "1", kind: .number)])
    }

    @Test func `passes over elements of other namespaces`() throws {
        let text = workbook(#"<Row><html:Cell><Data>x</Data></html:Cell><Cell><Data>y</Data></Cell></Row>"#)
        #expect(try spreadsheet(text).texts == [["y"]])
    }

    @Test func `reads the encoding that the file declares`() throws {
        let text = workbook("<Row><Cell><Data>J?rg</Data></Cell></Row>")
        let declared = text.replacing("UTF-8", with: "ISO-8859-1").utf8.map { $0 }
        let mark = try #require(declared.lastIndex(of: UInt8(ascii: "?")))
        var latin = declared
        latin[mark] = 0xF6
        #expect(try ExportFile(bytes: latin).spreadsheet().texts == [["Jörg"]])
    }

    @Test(arguments: ["\n", "\r", "\r\n"])
    func `counts lines whatever ends them`(end: String) throws {
        let lines = workbook("\n<Row>\n<Cell>\n<Data>x</Datum></Cell></Row>").split(separator: "\n")
        let error = try #require(try refusal(of: lines.joined(separator: end)))
        #expect(error.reason == .damaged)
        #expect(error.line == 7)
    }
}
