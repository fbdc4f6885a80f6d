import Exchange
import Pages
import Printing
import ReferralGroup
import TestSupport
import Testing

@Suite struct `A workbook` {
    private static let shape = ReportShape(
        "sample",
        "Sample",
        "Every kind of cell.",
        months: 1,
        tables: [
            TableShape(
                "rows",
                "A/B: [the rows] of a table with a name too long",
                hasTotal: true,
                columns: [
                    Column("member", "Member", .member, ""), Column("amount", "Amount", .amount, "money"),
                    Column("ratio", "Share", .ratio, "of all"), Column("count", "Count", .count, ""),
                    Column("hours", "Hours", .number, ""), Column("day", "Day", .day, ""),
                    Column("month", "Month", .month, ""), Column("words", "Words", .words, ""),
                    Column("truth", "Is it?", .truth, ""),
                ]
            )
        ]
    )

    @Test func `has numbers that are numbers, days that are days, and text that is text`() async throws {
        let sheet = try await sheet(of: report(name: "Ben Berg", amount: "-1234.50"))
        #expect(
            kinds(sheet, 1) == [
                "number", "text", "number", "number", "number", "number", "day", "day", "text", "truth",
            ]
        )
        #expect(values(sheet, 1)[1] == .string("Ben Berg"))
        #expect(values(sheet, 1)[2...5] == [.number(-1234.5), .number(0.25), .number(3), .number(1.25)])
        #expect(values(sheet, 1)[6...7] == [.string("2026-10-28"), .string("2026-10-01")])
        #expect(values(sheet, 1)[8...9] == [.string("one; two"), .truth(true)])
        #expect(
            formats(sheet, 1)[2...7] == [
                "#,##0.00;[Red]-#,##0.00", "0.00%;[Red]-0.00%", "#,##0;[Red]-#,##0",
                "#,##0.00;[Red]-#,##0.00",
                "yyyy-mm-dd", "yyyy-mm",
            ]
        )
        #expect(values(sheet, 2)[0...2] == [.null, .string("Total"), .number(-1234.5)])
    }

    @Test(arguments: [
        "=1+1", "=\u{301}1+1", "+49 30 1", "-1", "@SUM(1)", "=HYPERLINK(\"http://x.example\")",
        "http://x.example",
        "mailto:a@b.example", "{=1}", "'", "<b>&amp;", "\u{FF1D}1", "a\u{FFFE}b", "",
    ])
    func `never takes a name for more than text`(_ name: String) async throws {
        let row = try await sheet(of: report(name: name, amount: "1.00"))["rows"]?.elements[1].elements
        let cell = try #require(row?[1])
        #expect(cell["kind"] == .string(name.isEmpty ? "none" : "text"))
        #expect(cell["value"]?.string ?? "" == name.replacing("\u{FFFE}", with: "\u{FFFD}"))
    }

    @Test func `has as many decimals as the currency`() async throws {
        for (currency, amount, format) in [
            ("JPY", "1200", "#,##0;[Red]-#,##0"), ("KWD", "1.250", "#,##0.000;[Red]-#,##0.000"),
        ] {
            let sheet = try await sheet(of: report(name: "x", amount: amount, currency: currency))
            #expect(formats(sheet, 1)[2] == format)
        }
    }

    @Test func `loses no digit of a large number, and says so`() async throws {
        let exact = try await sheet(of: report(name: "x", amount: "9999999999999.99"))
        #expect(values(exact, 1)[2] == .number(9999999999999.99))
        let book = try await report(name: "x", amount: "12345678901234.56").read(.xlsx, with: "workbook.py")
        let sheet = try #require(book["sheets"]?.elements.first)
        #expect(values(sheet, 1)[2] == .string("12345678901234.56"))
        let about = try #require(book["sheets"]?.elements.last)
        #expect(texts(about).contains { $0.contains("more than 15 digits") })
    }

    @Test func `is ready to be printed and read`() async throws {
        let sheet = try await sheet(of: report(name: "Ben & Berg", amount: "1.00"))
        #expect(sheet["name"] == .string("A-B- -the rows- of a table with"))
        #expect(sheet["frozen"] == .string("C2"))
        #expect(sheet["repeated"] == .string("$1:$1"))
        #expect(sheet["orientation"] == .string("landscape"))
        // One page wide, which is what a file says that says nothing, and any number high.
        #expect(sheet["pages"] == .array([.null, .number(0)]))
        #expect(sheet["area"]?.string?.hasSuffix("$A$1:$J$3") == true)
        #expect(sheet["footer"]?.elements.first?.string?.contains("Ben && Berta") == true, "\(sheet)")
        #expect(sheet["widths"]?.elements.contains { ($0.number ?? 0) > 10 } == true)
    }

    @Test func `says what it is about, and what its columns mean`() async throws {
        let book = try await SampleReport(unconverted: ["thanks 7"]).report().read(.xlsx, with: "workbook.py")
        #expect(
            book["sheets"]?.elements.map { $0["name"] } == [
                .string("The month"), .string("The last twelve months"), .string("Since joining"),
                .string("The chapter"),
                .string("About"),
            ]
        )
        let words = texts(try #require(book["sheets"]?.elements.last))
        for word in [
            "Monthly return", "Worked Example", "2026-10-01", "2026-10-31", "EUR", "2026-11-01T08:00:00Z",
            "Left out for want of an exchange rate: thanks 7.", "received × the member’s margin", "profit",
        ] {
            #expect(words.contains(word), "\(word)")
        }
    }

    @Test func `says what we wrote in the reader's language, and names as they are`() async throws {
        let report = try report(name: "Column", amount: "-1234.50")
        let german = try #require(Language(code: "de"))
        let bytes = try await report.written(as: .xlsx, in: german, by: .ofTheTests)
        let book = try await Reading.read(bytes, with: "workbook.py")
        #expect(book["sheets"]?.elements.last?["name"] == .string("Erläuterung"))
        let rows = try #require(book["sheets"]?.elements.first)
        #expect(values(rows, 0)[0...2] == [.string("Nr."), .string("Mitglied"), .string("Betrag")])
        #expect(values(rows, 1)[1] == .string("Column"), "somebody's name is no word of ours")
        #expect(values(rows, 2)[1] == .string("Summe"))
        #expect(texts(try #require(book["sheets"]?.elements.last)).contains("Spalte"))
    }

    @Test func `is the same file for the same report`() throws {
        let one = try report(name: "Ben", amount: "1.00").xlsx()
        #expect(try report(name: "Ben", amount: "1.00").xlsx() == one)
        #expect(try report(name: "Bea", amount: "1.00").xlsx() != one)
    }

    private func report(name: String, amount: String, currency: String = "EUR") throws -> Report {
        let cells: [Report.Cell] = try [
            .number(figure(amount)), .number(figure("0.2500")), .number(figure("3")), .number(figure("1.25")),
            .day(#require(LocalDate("2026-10-28"))), .month(#require(Month("2026-10"))),
            .words(["one", "two"]),
            .truth(true),
        ]
        let table = try Report.Table(
            #require(Self.shape.tables.first),
            rows: [Report.Row(cells: [.member(Membership.ID(7), name: name)] + cells)],
            total: Report.Row(cells: [.none] + cells)
        )
        return try Report(
            Self.shape,
            of: #require(Chapter.Slug("cedar")),
            named: "Ben & Berta",
            in: Period(months: 1, endingWith: #require(Month("2026-10"))),
            currency: #require(Currency(currency)),
            asOf: #require(Instant("2026-11-01T08:00:00Z")),
            tables: [table]
        )
    }

    private func sheet(of report: Report) async throws -> JSON {
        try #require(try await report.read(.xlsx, with: "workbook.py")["sheets"]?.elements.first)
    }

    private func column(_ sheet: JSON, _ row: Int, _ name: String) -> [JSON] {
        sheet["rows"]?.elements[row].elements.map { $0[name] ?? .null } ?? []
    }

    private func kinds(_ sheet: JSON, _ row: Int) -> [String?] { column(sheet, row, "kind").map(\.string) }

    private func formats(_ sheet: JSON, _ row: Int) -> [String?] {
        column(sheet, row, "format").map(\.string)
    }

    private func values(_ sheet: JSON, _ row: Int) -> [JSON] { column(sheet, row, "value") }

    private func texts(_ sheet: JSON) -> [String] {
        sheet["rows"]?.elements.flatMap { $0.elements.compactMap { $0["value"]?.string } } ?? []
    }
}
