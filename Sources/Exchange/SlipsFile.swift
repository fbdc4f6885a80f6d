import ReferralGroup

/// A weekly slips audit: what the members of one chapter did for one meeting.
///
/// Every row is either in `rows` or has at least one entry in `problems`; nothing is skipped in silence.
package struct SlipsFile: Hashable, Sendable {
    package let rows: [SlipRow]
    package let problems: [RowProblem]
    /// Days named above the table; often none.
    package let titleDates: [TitleDate]
    /// Headings of columns that hold something and are not read.
    package let unreadColumns: [String]

    /// Reads the rows below the headings; fails only where the spreadsheet is not a slips audit.
    package init(_ spreadsheet: Spreadsheet) throws {
        let table = try ReportTable(of: "a slips audit", with: SlipReader.columns, in: spreadsheet)
        var reader = SlipReader(table: table)
        rows = table.rows.compactMap { reader.slip(in: $0) }
        problems = (table.problems + reader.problems).sorted { $0.line < $1.line }
        titleDates = table.titleDates
        unreadColumns = table.unreadColumns
    }

    /// The meeting's day, where the file names exactly one day.
    package var meetingDate: LocalDate? {
        let days = Set(titleDates.map(\.date))
        return days.count == 1 ? days.first : nil
    }
}

/// One slip, as written.
package struct SlipRow: Hashable, Sendable {
    /// The row as a spreadsheet program numbers it, from 1.
    package let line: Int
    package let kind: SlipKind
    /// Who passed, met, invited or learned; empty for thanks, where the earner is secret.
    package let from: PersonCell?
    /// Who received, was met, was invited or is thanked; empty for education.
    package let to: PersonCell?
    /// Usually the home chapter of the person of another chapter: see `homeChapter`.
    package let detail: String

    /// The other chapter that this row names, if it names one.
    package var homeChapter: HomeChapter? {
        let written = [from?.chapter, to?.chapter].compactMap(\.self).first
        return HomeChapter(detail: written ?? detail)
    }
}

/// What a slip records, with what only its kind has.
package enum SlipKind: Hashable, Sendable {
    /// A referral; tier 1 is inside, tier 2 outside.
    case referral(tier: Int)
    case oneToOne
    /// Closed business in the chapter's currency, at most two decimals, not negative.
    case thanks(amount: ExactDecimal)
    case education(hours: ExactDecimal)
    case visitor
}

/// A person as a slip names them.
package struct PersonCell: Hashable, Sendable {
    /// As written, with doubled blanks and capitals.
    package let name: String
    /// Bold means of another chapter; in CSV, that the person's chapter is named in a column of its own.
    package let isBold: Bool
    /// The chapter that CSV names in `From Chapter` or `To Chapter`.
    package let chapter: String?

    package init(name: String, isBold: Bool, chapter: String? = nil) {
        self.name = name
        self.isBold = isBold
        self.chapter = chapter
    }

    /// Whether the organisation itself, not a person, stands in this place.
    package var isOrganisation: Bool {
        OrganisationWord.all.contains(name.heading)
    }
}
