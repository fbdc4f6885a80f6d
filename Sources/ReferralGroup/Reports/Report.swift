/// What a report says of a chapter and a period: tables of figures, and what their words mean.
///
/// Figures are computed and rounded by PostgreSQL; every door and format shows these cells and no others.
package struct Report: Sendable {
    package let shape: ReportShape
    package let chapter: Chapter.Slug
    package let chapterName: String
    package let period: Period
    package let currency: Currency
    package let asOf: Instant
    /// What was chosen, for each option of the shape.
    package let choices: [String]
    /// In the order of the shape's.
    package let tables: [Table]

    package init(
        _ shape: ReportShape,
        of chapter: Chapter,
        in period: Period,
        asOf: Instant,
        choices: [String] = [],
        tables: [Table]
    ) {
        self.shape = shape
        self.chapter = chapter.slug
        self.chapterName = chapter.name
        self.period = period
        self.currency = chapter.currency
        self.asOf = asOf
        self.choices = choices
        self.tables = tables
    }

    /// The rows of a table, and what they come to.
    package struct Table: Sendable {
        package let shape: TableShape
        package let rows: [Row]
        package let total: Row?

        package init(_ shape: TableShape, rows: [Row], total: Row?) {
            self.shape = shape
            self.rows = rows
            self.total = total
        }

        /// What the table's total leaves out, and why; nil where it leaves out nothing.
        package var withheldSentence: String? {
            guard let withheld = total?.withheld, !withheld.isEmpty else { return nil }
            let headings = shape.columns.filter { withheld.contains($0.key) }.map(\.heading)
            return
                "Fewer than 3 of the others earned, so these are withheld: \(headings.joined(separator: ", "))."
        }
    }

    /// A cell for each column of its table.
    package struct Row: Sendable {
        package let cells: [Cell]
        /// The columns that are empty because the reader may not know them (domain page §5).
        package let withheld: [String]

        package init(cells: [Cell], withheld: [String] = []) {
            self.cells = cells
            self.withheld = withheld
        }
    }

    package enum Cell: Hashable, Sendable {
        /// No value: nothing to divide by, not known, or not the reader's to see.
        case none
        case text(String)
        /// Somebody; without an id they are no member of the chapter.
        case member(Membership.ID?, name: String)
        case number(Figure)
        case day(LocalDate)
        case month(Month)
        case words([String])
        case truth(Bool)
    }
}

/// Days from the first to the last, both included.
package struct Period: Hashable, Sendable {
    package let from: LocalDate
    package let to: LocalDate

    /// Nil where the last day comes before the first.
    package init?(from: LocalDate, to: LocalDate) {
        guard from <= to else { return nil }
        self.from = from
        self.to = to
    }

    /// So many calendar months, the last of which is `month`.
    package init(months: Int, endingWith month: Month) {
        from = month.advanced(by: 1 - max(months, 1)).firstDay
        to = month.lastDay
    }
}
