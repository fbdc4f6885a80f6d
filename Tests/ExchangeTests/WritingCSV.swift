import Exchange
import Testing

@Suite struct `Writing CSV` {
    @Test func `quotes what needs it and ends rows with CR LF`() {
        var csv = CSVWriter(header: ["member", "net"])
        csv.append([.text("Dane, \"Ines\""), .number("-640.70")])
        csv.append([.text("a\nb"), .empty])
        csv.append([.list(["Bo", "=1", "a,b"]), .text("")])
        #expect(
            csv.text == "member,net\r\n\"Dane, \"\"Ines\"\"\",-640.70\r\n\"a\nb\",\r\n\"Bo; '=1; a,b\",\r\n"
        )
    }

    @Test(arguments: [
        "=1+1", "+49 30 1", "-1", "@A1", "\t=1", "\r=1", "\n=1", "\0=1", "＝1", "＋1", "－1", "＠1",
        "=\u{301}1", "-\u{FE0F}1",
    ])
    func `defuses text that could be a formula`(text: String) throws {
        var csv = CSVWriter(header: [text])
        csv.append([.number(text + "x")])
        csv.append([.list([text])])
        let lines = Array(csv.bytes)
        for field in lines.split(separator: 0x0A).filter({ $0.count > 1 }) where text.utf8.first != 0x0A {
            let content = field.first == UInt8(ascii: "\"") ? field.dropFirst() : field
            #expect(content.first == UInt8(ascii: "'"), "\(text.debugDescription)")
        }
    }

    @Test(arguments: ["0", "-0.4014", "12", "99999999999999999999999999.5"])
    func `leaves typed numbers as they are`(number: String) {
        var csv = CSVWriter(header: ["n"])
        csv.append([.number(number)])
        #expect(csv.text == "n\r\n\(number)\r\n")
    }

    @Test(arguments: ["-1+cmd", "-", "-.5", "-1.", "1,5", "-1.5.2", "-１"])
    func `treats a number that is none as text`(number: String) {
        var csv = CSVWriter(header: ["n"])
        csv.append([.number(number)])
        #expect(!csv.text.utf8.elementsEqual("n\r\n\(number)\r\n".utf8))
    }

    @Test(arguments: SlipCounts.all)
    func `gives an export back as it was`(_ export: SlipCounts) throws {
        let original = try Exports.spreadsheet(export.file)
        var csv = CSVWriter(header: original.texts[0] + ["From Chapter", "To Chapter"])
        for row in original.sheets[0].rows.dropFirst() {
            let cells = (1...7).map { row[$0].map { CSVWriter.Field.text($0.text) } ?? .empty }
            let chapters = (1...2).map {
                row[$0]?.isBold == true ? CSVWriter.Field.text("Elsewhere") : .empty
            }
            csv.append(cells + chapters)
        }
        let expected = try SlipsFile(original)
        let found = try SlipsFile(ExportFile(bytes: csv.bytes).spreadsheet())
        #expect(found.problems == [])
        #expect(found.rows.map(\.kind) == expected.rows.map(\.kind))
        #expect(found.rows.map(\.line) == expected.rows.map(\.line))
        #expect(found.rows.map { $0.from?.name } == expected.rows.map { $0.from?.name })
        #expect(found.rows.map { $0.to?.isBold } == expected.rows.map { $0.to?.isBold })
        #expect(found.rows.map(\.detail) == expected.rows.map(\.detail))
    }
}
