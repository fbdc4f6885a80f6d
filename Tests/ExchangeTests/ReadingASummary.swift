import Exchange
import ReferralGroup
import Testing

@Suite struct `Reading a chapter's summary` {
    private static let headings =
        ["First Name", "Last Name", "P", "A", "L", "M", "S", "RGI", "RGO", "RRI", "RRO", "V", "1-2-1"]
        + ["TYFCB", "CEU", "Custom"]

    /// A row of ones, but for the columns named.
    private func row(_ first: String, _ last: String, _ values: [String: String] = [:]) -> [String] {
        [first, last] + Self.headings.dropFirst(2).map { values[$0] ?? "1" }
    }

    private func summary(_ rows: [String]...) throws -> SummaryFile {
        try SummaryFile(Spreadsheet([Self.headings] + rows))
    }

    @Test func `tells members from the rows at the end`() throws {
        let file = try summary(
            row("Ines", "Dane", ["TYFCB": "12.34"]),
            row("Total", "Recall"),
            row("Visitors", "", ["P": "24"]),
            row("BNI", "", ["P": "24"]),
            row("Total", "", ["P": "5", "V": "6", "TYFCB": "20.00"])
        )
        #expect(file.problems == [])
        #expect(file.members.map(\.lastName) == ["Dane", "Recall"])
        #expect(file.members[0].figures[.thanks].minorUnits(digits: 2) == 1234)
        #expect(file.visitors?.figures.count(.present) == 24)
        let lines = try #require(file.reconciliation).lines
        let former = Dictionary(uniqueKeysWithValues: lines.map { ($0.column, $0.formerMembers.description) })
        #expect(former[.present] == "3")
        #expect(former[.visitors] == "2")
        #expect(former[.thanks] == "4.66")
        #expect(former[.absent] == "-3")
    }

    @Test func `does without the rows of visitors and other chapters`() throws {
        let file = try summary(row("Ines", "Dane"), row("Total", ""))
        #expect(file.problems == [])
        #expect(file.reconciliation?.lines.allSatisfy(\.formerMembers.isZero) == true)
    }

    @Test func `reports every problem of every row`() throws {
        let file = try summary(
            row("Ines", "Dane"),
            row("Total", ""),
            row("Bo", "Ash", ["P": "1.5", "RGI": "", "TYFCB": "1,000.00", "CEU": "-1"]),
            row("ines ", "DANE"),
            row("", ""),
            Self.headings,
            row("Visitors", "", ["P": "2000000"])
        )
        #expect(file.members.map(\.line) == [2, 5])
        #expect(
            file.problems.map(\.description) == [
                "row 3, First Name: “Total” is no person and belongs at the end of the table",
                "row 4, P: 1.5 is no count",
                "row 4, RGI: the number is missing",
                "row 4, TYFCB: “1,000.00”: write the number without commas and with a dot, as in 1234.50",
                "row 4, CEU: “-1”: the number cannot be negative",
                "row 5: this member stands in row 2 already",
                "row 6, First Name: the name is missing",
                "row 7: the headings stand here a second time; keep one table per file",
                "row 8, P: the number is too large",
            ]
        )
    }

    @Test func `misses a total`() throws {
        let file = try summary(row("Ines", "Dane"))
        #expect(
            file.problems.map(\.description) == [
                "row 2: the file does not end with a row “Total”; it may be cut off"
            ]
        )
        #expect(file.reconciliation == nil)
    }

    @Test func `reads the period from the rows above, and a last column headed T`() throws {
        let headings = Array(Self.headings.dropLast()) + ["T"]
        let file = try SummaryFile(
            Spreadsheet([
                ["Chapter Summary"], ["From:", "25/02/2025", "To:", "25/08/2025"], headings, row("Total", ""),
            ])
        )
        #expect(file.firstDay == LocalDate("2025-02-25"))
        #expect(file.lastDay == LocalDate("2025-08-25"))
        let other = try SummaryFile(Spreadsheet([["From 25/02/2025 to 25/08/2025"], headings]))
        #expect(other.firstDay == LocalDate("2025-02-25"))
        #expect(other.lastDay == LocalDate("2025-08-25"))
    }

    @Test func `refuses a table that lacks columns`() throws {
        let headings = Self.headings.filter { $0 != "RRI" && $0 != "Custom" }
        let error = #expect(throws: ExchangeError.self) { try SummaryFile(Spreadsheet([headings])) }
        #expect(error?.message == "this is not a chapter summary: the headings in row 1 lack “RRI”, “T”")
    }
}
