import ReferralGroup

/// Reads the rows of a summary and remembers what is wrong with them.
struct SummaryReader {
    private(set) var members: [SummaryRow] = []
    private(set) var visitors: SummaryRow?
    private(set) var organisation: SummaryRow?
    private(set) var total: SummaryRow?
    private(set) var problems: [RowProblem] = []
    private let table: ReportTable

    init(table: ReportTable) {
        self.table = table
    }

    /// Reads every row: those of members, then the run of rows at the end that are not people.
    mutating func read() {
        let rowsAtEnd = Set(closingRows().map(\.number))
        var lineOfMember: [FoldedName: Int] = [:]
        for row in table.rows {
            let summary = summary(of: row)
            if rowsAtEnd.contains(row.number) {
                close(with: summary, of: row)
            } else if let summary, isPerson(summary) {
                let name = FoldedName("\(summary.firstName) \(summary.lastName)")
                if let earlier = lineOfMember.updateValue(row.number, forKey: name) {
                    report("this member stands in row \(earlier) already", nil, in: row)
                }
                members.append(summary)
            }
        }
        if total == nil, !problems.contains(where: { rowsAtEnd.contains($0.line) }) {
            let last = table.rows.last?.number ?? 1
            problems.append(
                RowProblem(line: last, "the file does not end with a row “Total”; it may be cut off")
            )
        }
    }

    /// A row that is no person, as its first name says; only at the end, and only without a last name.
    private enum ClosingRow {
        case visitors, organisation, total

        init?(firstName: String) {
            switch firstName.heading {
            case "visitors": self = .visitors
            case "total": self = .total
            case let name where OrganisationWord.all.contains(name): self = .organisation
            default: return nil
            }
        }
    }

    private func closingRow(_ row: Spreadsheet.Row) -> ClosingRow? {
        guard text(Self.lastName, in: row).trimmedBytes.isEmpty else { return nil }
        return ClosingRow(firstName: text(Self.firstName, in: row))
    }

    /// The last rows, each kind at most once.
    private func closingRows() -> [Spreadsheet.Row] {
        var seen: Set<ClosingRow> = []
        return table.rows.reversed().prefix { row in
            closingRow(row).map { seen.insert($0).inserted } ?? false
        }
    }

    private mutating func close(with summary: SummaryRow?, of row: Spreadsheet.Row) {
        switch closingRow(row) {
        case .visitors: visitors = summary
        case .organisation: organisation = summary
        case .total: total = summary
        case nil: break
        }
    }

    private mutating func isPerson(_ summary: SummaryRow) -> Bool {
        if summary.lastName.trimmedBytes.isEmpty, ClosingRow(firstName: summary.firstName) != nil {
            let message = "\(quoted(summary.firstName)) is no person and belongs at the end of the table"
            problems.append(RowProblem(line: summary.line, column: Self.firstName, message))
            return false
        }
        return true
    }

    /// The row's names and figures; nil, with at least one problem more, where one of them is unreadable.
    private mutating func summary(of row: Spreadsheet.Row) -> SummaryRow? {
        let problemsBefore = problems.count
        guard row.number <= Self.lastRow else {
            report("a chapter's summary ends before row \(Self.lastRow)", nil, in: row)
            return nil
        }
        let firstName = name(Self.firstName, in: row)
        let lastName = name(Self.lastName, in: row)
        if PlainText.line(firstName + lastName)?.isEmpty == true {
            report("the name is missing", Self.firstName, in: row)
        }
        let figures = figures(in: row)
        guard problems.count == problemsBefore else { return nil }
        return SummaryRow(line: row.number, firstName: firstName, lastName: lastName, figures: figures)
    }

    private mutating func name(_ column: String, in row: Spreadsheet.Row) -> String {
        let name = text(column, in: row)
        if PlainText.line(name) == nil {
            report("the name holds a line break, a tab or another control character", column, in: row)
        }
        return name
    }

    private mutating func figures(in row: Spreadsheet.Row) -> SummaryFigures {
        var values: [SummaryColumn: ExactDecimal] = [:]
        for column in SummaryColumn.allCases {
            switch StrictNumber.read(
                text(column.rawValue, in: row),
                called: "number",
                largest: column.largest
            ) {
            case .failure(let refusal):
                report(refusal.message, column.rawValue, in: row)
            case .success(let number) where column.isCount && number.whole == nil:
                report("\(number) is no count", column.rawValue, in: row)
            case .success(let number):
                values[column] = number
            }
        }
        return SummaryFigures(values)
    }

    private func text(_ column: String, in row: Spreadsheet.Row) -> String {
        table.cell(column, in: row)?.text ?? ""
    }

    private mutating func report(_ message: String, _ column: String?, in row: Spreadsheet.Row) {
        problems.append(RowProblem(line: row.number, column: column, message))
    }
}

extension SummaryColumn {
    fileprivate var largest: Int64 {
        self == .thanks ? StrictNumber.largestAmount : StrictNumber.largestFigure
    }
}

extension SummaryReader {
    /// Far more than a chapter has members.
    fileprivate static var lastRow: Int { 10_000 }
    fileprivate static var firstName: String { "First Name" }
    fileprivate static var lastName: String { "Last Name" }

    static var columns: [ReportTable.Column] {
        let names = [firstName, lastName].map { ReportTable.Column(name: $0, standing: .marker) }
        let figures = SummaryColumn.allCases.map { column in
            ReportTable.Column(
                name: column.rawValue,
                synonyms: column == .testimonials ? ["custom"] : [],
                standing: .required
            )
        }
        return names + figures
    }
}
