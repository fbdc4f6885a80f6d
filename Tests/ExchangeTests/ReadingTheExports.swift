import Exchange
import Testing

@Suite struct `Reading the exports of four chapters` {
    @Test(arguments: SlipCounts.all)
    func `finds every slip of every kind`(_ expected: SlipCounts) throws {
        let slips = try SlipsFile(Exports.spreadsheet(expected.file))
        #expect(slips.problems == [])
        #expect(slips.unreadColumns == [])
        #expect(slips.titleDates == [])
        let kinds = slips.rows.map(\.kind)
        #expect(kinds.count { $0 == .referral(tier: 1) } == expected.inside)
        #expect(kinds.count { $0 == .referral(tier: 2) } == expected.outside)
        #expect(kinds.count { $0 == .oneToOne } == expected.oneToOnes)
        #expect(kinds.count { $0 == .visitor } == expected.visitors)
        let amounts = kinds.compactMap { if case .thanks(let amount) = $0 { amount } else { nil } }
        #expect(amounts.count == expected.thanks)
        #expect(amounts.compactMap { $0.minorUnits(digits: 2) }.reduce(0, +) == expected.cents)
        let hours = kinds.compactMap { if case .education(let hours) = $0 { hours } else { nil } }
        #expect(hours.count == expected.education)
        #expect(hours.compactMap(\.whole).reduce(0, +) == expected.hours)
    }

    @Test(arguments: SlipCounts.all)
    func `tells who belongs to another chapter`(_ expected: SlipCounts) throws {
        let slips = try SlipsFile(Exports.spreadsheet(expected.file)).rows
        #expect(slips.count { $0.from?.isBold == true } == expected.boldFrom)
        #expect(slips.count { $0.to?.isBold == true } == expected.boldTo)
        let people = slips.flatMap { [$0.from, $0.to].compactMap(\.self) }
        #expect(people.count(where: \.isOrganisation) == expected.organisation)
        #expect(slips.count { !$0.detail.isEmpty } == expected.details)
        #expect(slips.count { $0.homeChapter != nil } == expected.details)
        #expect(slips.allSatisfy { $0.homeChapter?.name.utf8.starts(with: "BNI".utf8) != true })
    }

    @Test(arguments: SummaryCounts.all)
    func `reconciles the summary with its total`(_ expected: SummaryCounts) throws {
        let summary = try SummaryFile(Exports.spreadsheet(expected.file))
        #expect(summary.problems == [])
        #expect(summary.unreadColumns == [])
        #expect(summary.members.count == expected.members)
        let lines = try #require(summary.reconciliation).lines
        #expect(lines.map(\.column) == SummaryColumn.allCases)
        #expect(lines.map(\.members.description).joined(separator: " ") == expected.sum)
        #expect(lines.map(\.total.description).joined(separator: " ") == expected.total)
        #expect(lines.map(\.formerMembers.description).joined(separator: " ") == expected.former)
    }

    @Test(arguments: SummaryCounts.all)
    func `takes the number of meetings from the rows that are no people`(_ expected: SummaryCounts) throws {
        let summary = try SummaryFile(Exports.spreadsheet(expected.file))
        let visitors = try #require(summary.visitors)
        let organisation = try #require(summary.organisation)
        #expect(visitors.figures.count(.present) == organisation.figures.count(.present))
        #expect(visitors.figures.count(.present) >= 21)
    }

    @Test func `keeps names, rows and details as they are written`() throws {
        let slips = try SlipsFile(Exports.spreadsheet("cedar/Slips_Audit_Report_08-25-2025_2-33_PM.xls")).rows
        let slip = try #require(slips.first { $0.line == 64 })
        #expect(slip.kind == .oneToOne)
        #expect(slip.to == PersonCell(name: "Idris  Ash", isBold: true))
        #expect(slip.homeChapter == HomeChapter(detail: "Upland Tidewater, North Quay 6, Dorado"))
        #expect(slip.homeChapter?.name == "Upland Tidewater")
        #expect(slip.homeChapter?.place == "North Quay 6, Dorado")
    }
}
