import ReferralGroup

extension SlipsFile {
    /// The slips in the words of the domain, with amounts in the chapter's currency.
    package func slips(in currency: Currency) -> (slips: [ImportedSlip], problems: [RowProblem]) {
        var problems = problems
        let slips = rows.compactMap { row -> ImportedSlip? in
            guard let kind = row.kind(in: currency) else {
                problems.append(
                    RowProblem(line: row.line, "the amount has more decimals than \(currency) has")
                )
                return nil
            }
            return ImportedSlip(
                line: row.line,
                kind: kind,
                from: row.from.map(ImportedName.init),
                to: row.to.map(ImportedName.init),
                home: row.homeChapter?.name
            )
        }
        return (slips, problems)
    }
}

extension SlipRow {
    fileprivate func kind(in currency: Currency) -> ImportedSlip.Kind? {
        switch kind {
        case .referral(let tier): .referral(tier: tier)
        case .oneToOne: .oneToOne
        case .education(let hours): .education(units: hours.figure)
        case .visitor: .visitor
        case .thanks(let amount):
            amount.minorUnits(digits: currency.decimals).map {
                .thanks(Money(minorUnits: $0, currency: currency))
            }
        }
    }
}

extension ImportedName {
    fileprivate init(_ cell: PersonCell) {
        self.init(text: cell.name, belongs: cell.isOrganisation ? .chapter : cell.isBold ? .elsewhere : .here)
    }
}

extension SummaryFile {
    /// The rows in the words of the domain, with what the total holds beyond them as a row of former members.
    package func rows(in currency: Currency) -> (rows: [ImportedSummaryRow], problems: [RowProblem]) {
        var problems = problems
        var rows: [ImportedSummaryRow] = []
        func add(_ row: SummaryRow, _ owner: ImportedSummaryRow.Owner) {
            guard let figures = ImportedFigures(row.figures, in: currency) else {
                problems.append(
                    RowProblem(line: row.line, column: "TYFCB", "the amount does not fit \(currency)")
                )
                return
            }
            rows.append(ImportedSummaryRow(line: row.line, owner: owner, figures: figures))
        }
        for member in members { add(member, .member(name: "\(member.firstName) \(member.lastName)")) }
        if let visitors { add(visitors.withoutMeetings, .visitors) }
        if let organisation { add(organisation.withoutMeetings, .otherChapters) }
        if let total, let reconciliation {
            var beyond: [SummaryColumn: ExactDecimal] = [:]
            for line in reconciliation.lines { beyond[line.column] = line.formerMembers }
            if beyond.values.contains(where: { $0 != .zero }) {
                add(
                    SummaryRow(
                        line: total.line,
                        firstName: "",
                        lastName: "",
                        figures: SummaryFigures(beyond)
                    ),
                    .formerMembers
                )
            }
        }
        return (rows, problems)
    }
}

extension SummaryRow {
    /// The P of a row that is no person is the number of meetings, nobody's attendance.
    fileprivate var withoutMeetings: SummaryRow {
        SummaryRow(
            line: line,
            firstName: firstName,
            lastName: lastName,
            figures: figures.setting(.present, to: .zero)
        )
    }
}

extension ImportedFigures {
    fileprivate init?(_ figures: SummaryFigures, in currency: Currency) {
        guard let thanks = figures[.thanks].minorUnits(digits: currency.decimals) else { return nil }
        func count(_ column: SummaryColumn) -> Int { Int(figures.count(column)) }
        self.init(
            present: count(.present),
            absent: count(.absent),
            late: count(.late),
            medical: count(.medical),
            substitute: count(.substitute),
            referralsGivenInside: count(.referralsGivenInside),
            referralsGivenOutside: count(.referralsGivenOutside),
            referralsReceivedInside: count(.referralsReceivedInside),
            referralsReceivedOutside: count(.referralsReceivedOutside),
            visitors: count(.visitors),
            oneToOnes: count(.oneToOnes),
            thankedFor: Money(minorUnits: thanks, currency: currency),
            education: figures[.education].figure,
            testimonials: count(.testimonials)
        )
    }
}
