import Pages
import ReferralGroup
import TestSupport
import Testing

@Suite struct `The page of a report` {
    @Test func `has a row for each row, one for all, and a bar for each`() throws {
        let page = try page(of: ["Anna Alt", "Ben Berg"])
        let tags = Tags(of: page)
        #expect(tags.problems == [])
        #expect(tags.names.count { $0 == "tr" } == 4)
        #expect(page.contains("<td>12.50</td>") && page.contains("<td class=\"minus\">\u{2212}3.00</td>"))
        #expect(page.contains("<th scope=\"row\">All</th>"))
        #expect(page.utf8.count(of: Array("<rect class=\"series0\"".utf8)) == 2)
        #expect(page.contains("<dt>Deposits</dt>"))
    }

    @Test(arguments: `Hostile names`.names)
    func `keeps a hostile name a text`(_ name: String) throws {
        let tags = Tags(of: try page(of: [name, "Ben Berg"]))
        let plain = Tags(of: try page(of: ["Anna Alt", "Ben Berg"]))
        #expect(tags.problems == [])
        #expect(tags.names == plain.names)
        #expect(tags.attributes == plain.attributes)
    }

    @Test func `says where there is nothing to show`() throws {
        #expect(try page(of: []).contains("There is nothing to show for these days."))
    }

    private func page(of names: [String]) throws -> String {
        let currency = try #require(Currency("EUR"))
        let chapter = Chapter(
            id: Chapter.ID(1),
            slug: try #require(Chapter.Slug("cedar")),
            name: names.first ?? "Cedar",
            timeZone: "Europe/Berlin",
            currency: currency,
            locale: "en",
            regular: nil,
            aliases: []
        )
        let shape = try #require(ReportShape.giving.tables.first)
        func row(_ member: Report.Cell, _ number: Int64) -> Report.Row {
            let figures: [Report.Cell] = [
                .number(Figure(number)), .number(Figure(7)), .none,
                .number(Figure(unscaled: 1250, scale: 2)),
                .number(Figure(unscaled: 1550, scale: 2)), .number(Figure(unscaled: -300, scale: 2)),
                .truth(true),
            ]
            return Report.Row(cells: [member] + figures)
        }
        let rows = names.enumerated().map { number, name in
            row(.member(Membership.ID(Int64(number + 1)), name: name), Int64(number))
        }
        let period = Period(
            months: 12,
            endingWith: try #require(Month("2026-10"))
        )
        let report = Report(
            .giving,
            of: chapter,
            in: period,
            asOf: try #require(Instant("2026-11-01T08:00:00Z")),
            tables: [Report.Table(shape, rows: rows, total: names.isEmpty ? nil : row(.none, 9))]
        )
        return reportPage(report).text
    }
}
