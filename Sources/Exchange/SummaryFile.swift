import ReferralGroup

/// A chapter's summary of a period, one row per member.
package struct SummaryFile: Hashable, Sendable {
    package let members: [SummaryRow]
    /// What came from visitors; its P is the number of meetings.
    package let visitors: SummaryRow?
    /// What came from other chapters and the organisation; its P is the number of meetings.
    package let organisation: SummaryRow?
    package let total: SummaryRow?
    package let problems: [RowProblem]
    /// Days named above the table; often none.
    package let titleDates: [TitleDate]
    /// Headings of columns that hold something and are not read.
    package let unreadColumns: [String]

    /// Reads the rows below the headings; fails only where the spreadsheet is no summary.
    package init(_ spreadsheet: Spreadsheet) throws {
        let table = try ReportTable(of: "a chapter summary", with: SummaryReader.columns, in: spreadsheet)
        var reader = SummaryReader(table: table)
        reader.read()
        members = reader.members
        visitors = reader.visitors
        organisation = reader.organisation
        total = reader.total
        problems = (table.problems + reader.problems).sorted { $0.line < $1.line }
        titleDates = table.titleDates
        unreadColumns = table.unreadColumns
    }

    /// The first day of the period, where the file names it.
    package var firstDay: LocalDate? {
        titleDates.first { $0.label.heading.utf8.elementsEqual("from".utf8) }?.date
    }

    /// The last day of the period, where the file names it.
    package var lastDay: LocalDate? {
        titleDates.first { $0.label.heading.utf8.elementsEqual("to".utf8) }?.date
    }
}

/// One row of a summary, as written.
package struct SummaryRow: Hashable, Sendable {
    /// The row as a spreadsheet program numbers it, from 1.
    package let line: Int
    /// As written, with doubled blanks and capitals.
    package let firstName: String
    package let lastName: String
    package let figures: SummaryFigures
}

/// A column of figures; its raw value is its heading.
package enum SummaryColumn: String, CaseIterable, Hashable, Sendable {
    case present = "P"
    case absent = "A"
    case late = "L"
    case medical = "M"
    case substitute = "S"
    case referralsGivenInside = "RGI"
    case referralsGivenOutside = "RGO"
    case referralsReceivedInside = "RRI"
    case referralsReceivedOutside = "RRO"
    case visitors = "V"
    case oneToOnes = "1-2-1"
    case thanks = "TYFCB"
    case education = "CEU"
    /// Headed `T` or `Custom`.
    case testimonials = "T"

    /// Whether it counts things, so that a fraction is an error; the others are money and hours.
    package var isCount: Bool {
        self != .thanks && self != .education
    }
}

/// The figures of one row: a number for every column, never negative.
package struct SummaryFigures: Hashable, Sendable {
    private let values: [SummaryColumn: ExactDecimal]

    init(_ values: [SummaryColumn: ExactDecimal]) {
        self.values = values
    }

    package subscript(column: SummaryColumn) -> ExactDecimal {
        values[column, default: .zero]
    }

    func setting(_ column: SummaryColumn, to value: ExactDecimal) -> SummaryFigures {
        var values = values
        values[column] = value
        return SummaryFigures(values)
    }

    /// The figure of a column that counts things.
    package func count(_ column: SummaryColumn) -> Int {
        Int(self[column].whole ?? 0)
    }
}
