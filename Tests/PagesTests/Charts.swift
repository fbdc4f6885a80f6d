import Pages
import ReferralGroup
import TestSupport
import Testing

@Suite struct `A chart` {
    @Test func `sets members against months, the darker the more`() throws {
        let page = try page(
            of: try #require(ReportShape.consistency.tables.last),
            [
                ("Anna Alt", "2026-09", 3), ("Anna Alt", "2026-10", 0), ("Ben Berg", "2026-09", 1),
                ("Ben Berg", "2026-10", 2),
            ]
            .map { name, month, deposits in
                [
                    .member(Membership.ID(1), name: name), .month(try #require(Month(month))),
                    .number(Figure(deposits)),
                ]
            }
        )
        #expect(Tags(of: page).problems == [])
        #expect(page.contains("<title>Anna Alt to September 2026: 3</title>"))
        #expect(page.contains("<title>Ben Berg to October 2026: 2</title>"))
        #expect(!page.contains("<title>Anna Alt to October 2026"), "a month of nothing is empty")
        for heat in ["heat10", "heat7", "heat4"] { #expect(page.contains("class=\"\(heat)\"")) }
        #expect(page.contains(">09</text>") && page.contains(">10</text>"))
        #expect(page.contains("September 2026 to October 2026; the darker, the more."))
    }

    @Test func `sets members against members in one order`() throws {
        let (anna, ben) = (
            Report.Cell.member(Membership.ID(1), name: "Anna Alt"),
            Report.Cell.member(Membership.ID(2), name: "Ben Berg")
        )
        let rest: [Report.Cell] = [.number(Figure(0)), .truth(false), .number(Figure(0)), .none]
        let page = try page(
            of: try #require(ReportShape.matrix.tables.first),
            [[ben, anna, .number(Figure(4))] + rest]
        )
        #expect(Tags(of: page).problems == [])
        #expect(page.contains("<title>Ben Berg to Anna Alt: 4</title>"))
        #expect(page.contains(">1 Ben Berg</text>") && page.contains(">2 Anna Alt</text>"))
    }

    @Test func `names one column of five where there is no room for all`() throws {
        let rest: [Report.Cell] = [.number(Figure(0)), .truth(false), .number(Figure(0)), .none]
        let members = (1...20).map { Report.Cell.member(Membership.ID($0), name: "Member \($0)") }
        let page = try page(
            of: try #require(ReportShape.matrix.tables.first),
            zip(members, members.dropFirst()).map { [$0, $1, .number(Figure(1))] + rest }
        )
        let named = page.split(separator: "<text class=\"axis\"").dropFirst().compactMap { text in
            text.split(separator: ">").dropFirst().first?.split(separator: "<").first.map(String.init)
        }
        #expect(named == ["1", "5", "10", "15", "20"])
    }

    @Test func `of bars leaves room for the figures beside them`() throws {
        let shape = try #require(ReportShape.giving.tables.first)
        let cells = shape.columns.map { column -> Report.Cell in
            column.key == "member" ? .member(Membership.ID(1), name: "Anna Alt") : .number(Figure(123_456))
        }
        let page = try page(of: shape, [cells])
        let widths = page.split(separator: "<rect class=\"series0\"").dropFirst().compactMap { text in
            text.split(separator: "width=\"").dropFirst().first?.split(separator: "%").first.flatMap {
                Double($0)
            }
        }
        // Two figures with a dot between them leave less than the 38 percent that one short figure does.
        #expect(widths.count == 1 && widths.allSatisfy { (12..<30).contains($0) }, "\(widths)")
    }

    private func page(of shape: TableShape, _ rows: [[Report.Cell]]) throws -> String {
        let chapter = Chapter(
            id: Chapter.ID(1),
            slug: try #require(Chapter.Slug("cedar")),
            name: "Cedar",
            timeZone: "Europe/Berlin",
            currency: try #require(Currency("EUR")),
            locale: "en",
            regular: nil,
            aliases: []
        )
        let report = Report(
            .consistency,
            of: chapter,
            in: Period(months: 12, endingWith: try #require(Month("2026-10"))),
            asOf: try #require(Instant("2026-11-01T08:00:00Z")),
            tables: [Report.Table(shape, rows: rows.map { Report.Row(cells: $0) }, total: nil)]
        )
        return reportPage(report).text
    }
}
