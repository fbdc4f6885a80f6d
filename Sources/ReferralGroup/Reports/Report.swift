/// What a report says of a chapter, or of a region, and a period: tables of figures, and what their words mean.
///
/// Figures are computed and rounded by PostgreSQL; every door and format shows these cells and no others.
package struct Report: Sendable {
    package let shape: ReportShape
    /// Or the region, where the shape is of one.
    package let chapter: Chapter.Slug
    package let chapterName: String
    package let period: Period
    package let currency: Currency
    package let asOf: Instant
    /// What was chosen, for each option of the shape.
    package let choices: [String]
    /// In the order of the shape's.
    package let tables: [Table]
    /// Sentences about these very figures: what was left out, and what stands for what.
    package let notes: [String]

    package init(
        _ shape: ReportShape,
        of chapter: Chapter,
        in period: Period,
        asOf: Instant,
        choices: [String] = [],
        tables: [Table]
    ) {
        self.init(
            shape,
            of: chapter.slug,
            named: chapter.name,
            in: period,
            currency: chapter.currency,
            asOf: asOf,
            choices: choices,
            tables: tables
        )
    }

    package init(
        _ shape: ReportShape,
        of chapter: Chapter.Slug,
        named chapterName: String,
        in period: Period,
        currency: Currency,
        asOf: Instant,
        choices: [String] = [],
        tables: [Table],
        notes: [String] = []
    ) {
        self.shape = shape
        self.chapter = chapter
        self.chapterName = chapterName
        self.period = period
        self.currency = currency
        self.asOf = asOf
        self.choices = choices
        self.tables = tables
        self.notes = notes
    }

    /// Of what, and of which days, in the letters of every file system: `cedar-roi-2026-10`.
    package var fileName: String {
        let isOfEntries = shape.entries != nil && tables.first?.shape.key == shape.entries?.key
        return "\(chapter)-\(shape.name)\(isOfEntries ? "-entries" : "")-\(period.fileName)"
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
            return "\(shape.withheldBecause), so these are withheld: \(headings.joined(separator: ", "))."
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

        package init(_ figure: Figure?) {
            self = figure.map { .number($0) } ?? .none
        }
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

    /// A single day.
    package init(_ day: LocalDate) {
        (from, to) = (day, day)
    }

    /// `2026-10-01 to 2026-10-31`, or a day alone.
    package var words: String {
        from == to ? "\(from)" : "\(from) to \(to)"
    }

    /// So many calendar months, the last of which is `month`.
    package init(months: Int, endingWith month: Month) {
        from = month.advanced(by: 1 - max(months, 1)).firstDay
        to = month.lastDay
    }

    /// A month, the first and the last month, or the first and the last day.
    fileprivate var fileName: String {
        guard from != to else { return "\(from)" }
        let (first, last) = (from.month, to.month)
        guard from == first.firstDay, to == last.lastDay else { return "\(from)-to-\(to)" }
        return first == last ? "\(first)" : "\(first)-to-\(last)"
    }
}
