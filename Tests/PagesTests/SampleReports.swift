import Pages
import ReferralGroup
import Testing

/// A report of each kind, with a cell of each measure, on a screen and on paper.
enum SampleReports {
    static func all() throws -> [(name: String, page: HTML)] {
        let shapes = ReportShape.all + ReportShape.ofRegions
        return try shapes.flatMap { shape in
            let report = try sample(of: shape, shape.tables)
            let entries = try sample(of: shape, shape.entries.map { [$0] } ?? [])
            return [
                (shape.name, reportPage(report)), ("\(shape.name) on paper", reportDocument(report)),
                ("entries of \(shape.name)", reportDocument(entries)),
            ]
        } + returns()
    }

    private static func returns() throws -> [(name: String, page: HTML)] {
        let restated = try SamplePages.closedReturn(restated: SamplePages.restated()).report
        var attendance = try sample(of: .attendance, ReportShape.attendance.tables)
        attendance = Report(
            .attendance,
            of: attendance.chapter,
            named: attendance.chapterName,
            in: attendance.period,
            currency: attendance.currency,
            asOf: attendance.asOf,
            tables: attendance.tables,
            notes: [true, false].map { isUsed in
                AttendanceSummary.ImportedSummary(
                    batch: 3,
                    from: attendance.period.from,
                    to: attendance.period.to,
                    isUsed: isUsed
                ).sentence
            }
        )
        return [
            ("roi on paper", reportDocument(restated)), ("attendance on paper", reportDocument(attendance)),
        ]
    }

    private static func sample(of shape: ReportShape, _ tables: [TableShape]) throws -> Report {
        let month = try #require(Month("2026-10"))
        return try Report(
            shape,
            of: #require(Chapter.Slug("alder")),
            named: "Alder",
            in: Period(months: 2, endingWith: month),
            currency: #require(Currency("EUR")),
            asOf: #require(Instant("2026-11-01T08:00:00Z")),
            choices: shape.options.map(\.fallback),
            tables: tables.map { table in
                let rows = try (0..<3).map { number in
                    Report.Row(cells: try table.columns.map { try cell(of: $0, number) })
                }
                let total = Report.Row(
                    cells: [.none] + table.columns.dropFirst().map { _ in Report.Cell.none },
                    withheld: table.columns.filter(\.isPrivate).map(\.key)
                )
                return Report.Table(table, rows: rows, total: table.hasTotal ? total : nil)
            }
        )
    }

    private static func cell(of column: Column, _ number: Int) throws -> Report.Cell {
        switch column.measure {
        case .member:
            .member(
                number == 0 ? nil : Membership.ID(Int64(number)),
                name: ["nobody", "Alice", "Bob"][number]
            )
        case .text: .text(["none", "Alder", "Birch"][number])
        case .word: .text(column.key == "sentence" ? "2 of 3 used" : "not known")
        case .figure: .text("open_referrals")
        case .count: .number(Figure(Int64(number)))
        case .amount, .number: .number(try #require(Figure("1234.50")))
        case .ratio: .number(try #require(Figure("0.1234")))
        case .day: .day(try #require(LocalDate("2026-10-28")))
        case .month: .month(try #require(Month("2026-10")))
        case .words: .words(["Mentor", "thanks of 2026-10-20 in SEK"])
        case .truth: .truth(number == 1)
        }
    }
}
