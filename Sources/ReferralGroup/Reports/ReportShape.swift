/// What a report always says, whatever the chapter and the days: its tables, their columns, and what each means.
package struct ReportShape: Sendable {
    /// The word of addresses and commands; with a table's key it names the function of `Schema/Reports`.
    package let name: String
    package let title: String
    /// What the report is for, in a sentence or two.
    package let purpose: String
    /// How many calendar months it spans where nobody says from when to when; 0 where it is of today.
    package let months: Int
    /// Who may ask: a member who may not see the others' rows gets their own, and what all come to.
    package let permission: Permission
    package let scope: Scope
    /// What else somebody may ask for; the functions take their values, in this order, after the instant.
    package let options: [ReportOption]
    package let tables: [TableShape]
    /// The records behind the figures, a row for each that counts: `member`, `figure` and what it is.
    package let entries: TableShape?

    package init(
        _ name: String,
        _ title: String,
        _ purpose: String,
        months: Int,
        permission: Permission = .seeChapterTotals,
        scope: Scope = .chapter,
        options: [ReportOption] = [],
        tables: [TableShape],
        entries: TableShape? = nil
    ) {
        self.name = name
        self.title = title
        self.purpose = purpose
        self.months = months
        self.permission = permission
        self.scope = scope
        self.options = options
        self.tables = tables
        self.entries = entries
    }

    /// The columns of numbers, behind which its entries may be asked for one by one.
    package var figures: [String] {
        var found: [String] = []
        for column in tables.flatMap(\.columns) where column.measure.isNumber && !found.contains(column.key) {
            found.append(column.key)
        }
        return found
    }

    /// What a report is of; the word of addresses and of the API.
    package enum Scope: String, Sendable {
        case chapter, region
    }

    /// Every report of a chapter that is described this way.
    package static let all = [
        absences, giving, scorecard, consistency, quality, matrix, time, leadership, retention, visitors,
        seats, concentration, handover,
    ]

    /// Those of a region, for whoever directs it.
    package static let ofRegions = [region]
}

/// A choice that a report leaves to whoever asks.
package struct ReportOption: Sendable {
    /// The word of addresses and commands: `scheme`.
    package let name: String
    package let meaning: String
    /// What is taken where nobody chooses.
    package let fallback: String

    package init(_ name: String, _ meaning: String, fallback: String) {
        self.name = name
        self.meaning = meaning
        self.fallback = fallback
    }
}

/// The columns of a table of a report.
package struct TableShape: Sendable {
    /// The word of the API: `members`.
    package let key: String
    package let title: String
    package let columns: [Column]
    package let hasTotal: Bool
    package let chart: Chart?
    /// Why its private columns may be empty, as the beginning of a sentence.
    package let withheldBecause: String

    package init(
        _ key: String,
        _ title: String,
        hasTotal: Bool = false,
        chart: Chart? = nil,
        withheldBecause: String = "Fewer than 3 of the others earned",
        columns: [Column]
    ) {
        self.key = key
        self.title = title
        self.hasTotal = hasTotal
        self.chart = chart
        self.withheldBecause = withheldBecause
        self.columns = columns
    }

    /// What is drawn above the table, of the columns with these keys.
    package enum Chart: Sendable {
        /// A bar for each row, of every column named; the first column names the rows.
        case bars([String])
        /// Shares of a whole: a slice for each row.
        case pie(String)
        /// The first two columns span a field, a third shades it.
        case heat(String)
    }
}

/// A column of a table of a report.
package struct Column: Sendable {
    /// The word of the API and of the function's result: `referrals_given`.
    package let key: String
    package let heading: String
    package let measure: Measure
    /// The formula or the rule, in words a member understands.
    package let meaning: String
    /// Withheld where it would tell what one of a few people earned (domain page §5).
    package let isPrivate: Bool

    package init(
        _ key: String,
        _ heading: String,
        _ measure: Measure,
        _ meaning: String,
        isPrivate: Bool = false
    ) {
        self.key = key
        self.heading = heading
        self.measure = measure
        self.meaning = meaning
        self.isPrivate = isPrivate
    }

    /// What the cells of a column are.
    package enum Measure: Sendable {
        /// Somebody: the result has `<key>_id` and `<key>_name`.
        case member
        case text
        /// Text that is a word or a sentence of ours, and so has a name in every language.
        case word
        /// The key of a column of numbers, of the same report.
        case figure
        case count
        /// Money in the currency of the report.
        case amount
        /// A decimal number.
        case number
        /// A part of a whole or a return: 0.5 is shown as 50 %.
        case ratio
        case day
        case month
        case words
        case truth

        /// Whether its cells are set to the right.
        package var isNumber: Bool {
            switch self {
            case .count, .amount, .number, .ratio: true
            case .member, .text, .word, .figure, .day, .month, .words, .truth: false
            }
        }
    }
}
