import Exchange
import Pages
import Printing
import ReferralGroup
import TestSupport
import Testing

/// The worked month of the domain page, as each format tells it.
@Suite struct `The same figures` {
    let returned: MonthlyROI
    /// Each member's figures by the words of the API, as JSON has them.
    let figures: [(name: String, values: [String: Double])]

    init() throws {
        returned = try SampleReport().report()
        let json = try JSON(String(decoding: returned.json, as: UTF8.self))
        figures = try #require(json["members"]).elements.map { member in
            (
                name: try #require(member["member"]?["name"]?.string),
                values: member.members.compactMapValues { $0.number ?? $0.string.flatMap { Double($0) } }
            )
        }
        #expect(figures.map(\.values.count) == [16, 16])
        #expect(figures[1].values["net"] == 640.70 && figures[1].values["roi"] == 1.3943)
    }

    @Test func `stand in CSV`() throws {
        let csv = returned.csv(of: nil).replacing("\r\n", with: "\n")
        let lines = csv.utf8.split(separator: 0x0a).map {
            String(Substring($0)).split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        }
        for (line, figures) in zip(lines.dropFirst(), figures) {
            #expect(line[0] == "month" && line[2] == figures.name)
            for (key, value) in figures.values {
                let place = try #require(lines[0].firstIndex(of: key))
                #expect(Double(line[place]) == value, "\(key)")
            }
        }
    }

    @Test func `stand in the table of a terminal`() throws {
        for (name, values) in figures {
            let line = try #require(returned.text.split(separator: "\n").first { $0.hasPrefix(name) })
            let cells = line.dropFirst(name.count).split(separator: " ").compactMap { Double($0) }
            for (key, value) in values where !Self.counts.contains(key) {
                #expect(cells.contains(value), "\(key)")
            }
        }
    }

    @Test func `stand in XLSX as numbers`() async throws {
        let book = try await returned.read(.xlsx, with: "workbook.py")
        let sheet = try #require(book["sheets"]?.elements.first)
        #expect(sheet["name"] == .string("The month"))
        try expect(sheet["rows"]?.elements.map { $0.elements.map { $0["value"] ?? .null } } ?? []) {
            $0.number
        }
    }

    @Test func `stand in HTML`() async throws {
        let page = try await returned.read(.html, with: "page.py")
        try expect(page["tables"]?.elements.first?.elements.map(\.elements) ?? []) { cell in
            cell.string.flatMap(Self.number)
        }
    }

    @Test func `stand in PDF`() async throws {
        let pages = try await returned.read(.pdf, with: "pdf.py")
        let text = try #require(pages.elements.first?.string)
        // Thousands stand apart by a space, which may be read as any other.
        let lines = text.split(separator: "\n").map { Self.withoutSpaces(String($0)) }
        let table = try #require(returned.report.tables.first)
        for row in table.rows + [try #require(table.total)] {
            let cells = zip(table.shape.columns, row.cells).map { column, cell in
                let word = Self.withoutSpaces(cell.word).replacing("-", with: "\u{2212}")
                if case .month(let month) = cell {
                    return Self.withoutSpaces(("\(month, .long)" as HTML).text)
                }
                guard column.measure == .ratio, case .number(let figure) = cell else { return word }
                let percent = Figure(unscaled: figure.unscaled, scale: figure.scale - 2).description
                return "\(percent.replacing("-", with: "\u{2212}"))%"
            }
            let line = cells.joined()
            #expect(lines.contains(cells[0] == "–" ? "All" + line.dropFirst() : line), "\(line)\n\(text)")
        }
    }

    private static func withoutSpaces(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.filter { !$0.properties.isWhitespace }))
    }

    private static let counts = ["referrals_given", "referrals_received", "one_to_ones", "meetings_held"]

    /// Holds the rows of a table, whose first has the headings, to the figures.
    private func expect(_ rows: [[JSON]], _ number: (JSON) -> Double?) throws {
        let headings = try #require(rows.first)
        let shape = try #require(returned.report.tables.first).shape
        for (row, (name, values)) in zip(rows.dropFirst(), figures) {
            #expect(row.contains(.string(name)))
            for (key, value) in values {
                let heading = try #require(shape.columns.first { $0.key == key }).heading
                let place = try #require(headings.firstIndex(of: .string(heading)))
                #expect(number(row[place]) == value, "\(key)")
            }
        }
    }

    /// What a reader takes from a cell: thousands stand apart, minus is a sign of its own, and percents are hundredths.
    private static func number(_ text: String) -> Double? {
        let plain = String(String.UnicodeScalarView(text.unicodeScalars.filter { $0 != "\u{202F}" }))
            .replacing("\u{2212}", with: "-")
        guard plain.utf8.last == UInt8(ascii: "%") else { return Double(plain) }
        return Double("\(plain.dropLast())e-2")
    }
}
