import ReferralGroup

/// Reads the rows of a slips audit one by one and remembers what is wrong with them.
struct SlipReader {
    let table: ReportTable
    private(set) var problems: [RowProblem] = []

    init(table: ReportTable) {
        self.table = table
    }

    /// The slip that a row holds; nil, with at least one problem more, where it holds none.
    mutating func slip(in row: Spreadsheet.Row) -> SlipRow? {
        let problemsBefore = problems.count
        let kind = kind(of: row)
        let from = person(.from, chapter: .fromChapter, in: row)
        let to = person(.to, chapter: .toChapter, in: row)
        if let kind {
            let named = problems[problemsBefore...].compactMap(\.column)
            checkPeople(from: from, to: to, for: kind, alreadyRefused: named, in: row)
        }
        guard let kind, problems.count == problemsBefore else { return nil }
        return SlipRow(line: row.number, kind: kind, from: from, to: to, detail: text(.detail, in: row))
    }

    private mutating func kind(of row: Spreadsheet.Row) -> SlipKind? {
        let written = text(.slipType, in: row)
        guard let type = SlipType(heading: written.heading) else {
            let message =
                written.trimmed.isEmpty ? "the slip type is missing" : "\(quoted(written)) is no slip type"
            report(message, .slipType, in: row)
            return nil
        }
        if type != .thanks { refuseNumber(.amount, on: type, in: row) }
        if type != .education { refuseNumber(.credits, on: type, in: row) }
        switch type {
        case .referral: return tier(in: row).map { .referral(tier: $0) }
        case .oneToOne: return .oneToOne
        case .thanks:
            return number(.amount, called: "amount", largest: StrictNumber.largestAmount, in: row).map {
                .thanks(amount: $0)
            }
        case .education:
            return hours(in: row).map { .education(hours: $0) }
        case .visitor: return .visitor
        }
    }

    private mutating func tier(in row: Spreadsheet.Row) -> Int? {
        let written = text(.tier, in: row)
        if let tier = Tier.number(written.heading) { return tier }
        let message =
            written.trimmed.isEmpty
            ? "a referral says whether it is inside (tier 1) or outside (tier 2)"
            : "\(quoted(written)) is no tier"
        report(message, .tier, in: row)
        return nil
    }

    private mutating func number(
        _ column: Column,
        called name: String,
        largest: Int64,
        in row: Spreadsheet.Row
    ) -> ExactDecimal? {
        switch StrictNumber.read(text(column, in: row), called: name, largest: largest) {
        case .success(let number):
            return number
        case .failure(let refusal):
            report(refusal.message, column, in: row)
            return nil
        }
    }

    private mutating func hours(in row: Spreadsheet.Row) -> ExactDecimal? {
        let hours = number(.credits, called: "number of credits", largest: StrictNumber.mostHours, in: row)
        guard hours?.isZero == true else { return hours }
        report("education of no credits is none", .credits, in: row)
        return nil
    }

    /// A number on a slip that has no use for it would be lost; the row is refused instead.
    private mutating func refuseNumber(_ column: Column, on type: SlipType, in row: Spreadsheet.Row) {
        let written = text(column, in: row)
        if written.trimmed.isEmpty || ExactDecimal(written)?.isZero == true { return }
        report("\(quoted(written)) has no meaning on a slip of type \(type)", column, in: row)
    }

    private mutating func person(_ column: Column, chapter: Column, in row: Spreadsheet.Row) -> PersonCell? {
        let home = text(chapter, in: row)
        let isOfAnotherChapter = !home.trimmed.isEmpty
        guard let cell = table.cell(column.name, in: row), PlainText.line(cell.text)?.isEmpty != true else {
            if isOfAnotherChapter { report("a chapter is named, but no person", chapter, in: row) }
            return nil
        }
        guard PlainText.line(cell.text) != nil else {
            report("the name holds a line break, a tab or another control character", column, in: row)
            return nil
        }
        return PersonCell(
            name: cell.text,
            isBold: cell.isBold || isOfAnotherChapter,
            chapter: isOfAnotherChapter ? home : nil
        )
    }

    private mutating func checkPeople(
        from: PersonCell?,
        to: PersonCell?,
        for kind: SlipKind,
        alreadyRefused columns: [String],
        in row: Spreadsheet.Row
    ) {
        if from == nil, kind.needsFrom, !columns.contains(Column.from.name) {
            report("the name is missing", .from, in: row)
        }
        if to == nil, kind.needsTo, !columns.contains(Column.to.name) {
            report("the name is missing", .to, in: row)
        }
        if from?.isBold == true, to?.isBold == true {
            report(
                "both people are marked as members of other chapters; one must be of this chapter",
                nil,
                in: row
            )
        }
    }

    private func text(_ column: Column, in row: Spreadsheet.Row) -> String {
        table.cell(column.name, in: row)?.text ?? ""
    }

    private mutating func report(_ message: String, _ column: Column?, in row: Spreadsheet.Row) {
        problems.append(RowProblem(line: row.number, column: column?.name, message))
    }
}

extension SlipReader {
    /// The columns of a slips audit, by the heading the export prints.
    fileprivate enum Column: String, CaseIterable {
        case from = "From"
        case to = "To"
        case slipType = "Slip Type"
        case tier = "Inside/Outside"
        case amount = "TYFCB Amount"
        case credits = "CEU Credits"
        case detail = "Detail"
        /// Only in CSV, which has no bold: the chapter of a person of another chapter.
        case fromChapter = "From Chapter"
        case toChapter = "To Chapter"

        var name: String { rawValue }

        var synonyms: [String] {
            switch self {
            case .slipType: ["type"]
            case .tier: ["inside / outside", "inside or outside", "tier"]
            case .amount: ["tyfcb", "amount"]
            case .credits: ["ceu", "ceus", "credits"]
            case .detail: ["details"]
            case .from, .to, .fromChapter, .toChapter: []
            }
        }

        var isMarker: Bool {
            self == .from || self == .to || self == .slipType
        }
    }

    static var columns: [ReportTable.Column] {
        Column.allCases.map {
            ReportTable.Column(
                name: $0.name,
                synonyms: $0.synonyms,
                standing: $0.isMarker ? .marker : .optional
            )
        }
    }
}

extension SlipKind {
    /// Who earned is secret, so thanks come from nobody.
    fileprivate var needsFrom: Bool {
        if case .thanks = self { return false }
        return true
    }

    fileprivate var needsTo: Bool {
        if case .education = self { return false }
        return true
    }
}
