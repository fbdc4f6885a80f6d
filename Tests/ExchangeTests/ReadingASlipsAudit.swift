import Exchange
import ReferralGroup
import Testing

@Suite struct `Reading a slips audit` {
    private static let headings = [
        "From", "To", "Slip Type", "Inside/Outside", "TYFCB Amount", "CEU Credits", "Detail",
    ]

    private func slips(_ rows: [String]...) throws -> SlipsFile {
        try SlipsFile(Spreadsheet([Self.headings] + rows))
    }

    @Test(arguments: [
        ("Referral", "Tier 1 (inside)", SlipKind.referral(tier: 1)), ("ref", "inside", .referral(tier: 1)),
        ("REFERRAL ", "Tier 2 (outside)", .referral(tier: 2)), ("Ref", " Outside", .referral(tier: 2)),
        ("Referral", "Tier  3", .referral(tier: 3)), ("Referral", "tier 3+", .referral(tier: 3)),
        ("Referral", "Tier 4 (outside)", .referral(tier: 4)), ("Referral", "tier 1", .referral(tier: 1)),
        ("One-to-One", "", .oneToOne), ("oto", "", .oneToOne), ("1to1", "", .oneToOne),
        ("1-to-1", "", .oneToOne),
        ("One to  One", "", .oneToOne), ("Visitor", "", .visitor),
    ])
    func `knows the words for slips and tiers`(type: String, tier: String, kind: SlipKind) throws {
        let file = try slips(["Ines Dane", "Bo Ash", type, tier])
        #expect(file.problems == [])
        #expect(file.rows.map(\.kind) == [kind])
    }

    @Test(arguments: ["TYFCB", "Thank you for closed business", "Closed Business"])
    func `knows the words for thanks`(type: String) throws {
        let file = try slips(["", "Bo Ash", type, "", "1234.50"])
        #expect(file.problems == [])
        #expect(file.rows.map(\.kind) == [.thanks(amount: try #require(ExactDecimal("1234.5")))])
        #expect(file.rows[0].from == nil)
        #expect(file.rows[0].to?.name == "Bo Ash")
    }

    @Test func `reads education without a receiver`() throws {
        let file = try slips(["Ines Dane", "", "CEU", "", "", "1.5"])
        #expect(file.problems == [])
        #expect(file.rows.map(\.kind) == [.education(hours: try #require(ExactDecimal("1.5")))])
    }

    @Test(arguments: [
        ("", "the amount is missing"),
        ("-5.00", "“-5.00”: the amount cannot be negative"),
        ("-0", "“-0”: the amount cannot be negative"),
        ("1,234.50", "“1,234.50”: write the amount without commas and with a dot, as in 1234.50"),
        ("1234,50", "“1234,50”: write the amount without commas and with a dot, as in 1234.50"),
        ("1.234", "“1.234”: the amount has one or two decimals behind its dot"),
        ("12.", "“12.”: the amount has one or two decimals behind its dot"),
        (".50", "“.50” is no number"), ("1.2.3", "“1.2.3” is no number"), ("1e3", "“1e3” is no number"),
        ("EUR 5", "“EUR 5” is no number"), ("NaN", "“NaN” is no number"), ("５", "“５” is no number"),
        ("1\u{301}", "“1\u{301}” is no number"), ("+5", "“+5” is no number"), ("0x10", "“0x10” is no number"),
        ("10000000000000.01", "the amount is too large"),
        ("100000000000000000.00", "the amount is too large"),
        ("99999999999999999999999999", "the amount is too large"),
    ])
    func `refuses an amount that is none`(amount: String, message: String) throws {
        let file = try slips(["", "Bo Ash", "TYFCB", "", amount])
        #expect(file.rows == [])
        #expect(file.problems == [RowProblem(line: 2, column: "TYFCB Amount", message)])
    }

    @Test(arguments: [
        ("0.00", 0), ("5", 500), ("5.5", 550), (" 5.05 ", 505), ("10000000000000.00", 1_000_000_000_000_000),
    ])
    func `reads an amount to the cent`(written: String, cents: Int64) throws {
        let file = try slips(["", "Bo Ash", "TYFCB", "", written])
        guard case .thanks(let amount) = try #require(file.rows.first).kind else {
            Issue.record("no thanks")
            return
        }
        #expect(amount.minorUnits(digits: 2) == cents)
    }

    @Test func `collects every problem of every row and keeps the good rows`() throws {
        let file = try slips(
            ["Ines Dane", "", "Referral", "Tier 5 (inside)", "3.00"],
            ["Ines Dane", "Bo Ash", "One-to-One"],
            ["Ines Dane", "Bo Ash", "Tea"],
            ["", "", "Visitor"],
            ["*Ines Dane", "*Bo Ash", "One-to-One"],
            ["Ines Dane", "", "CEU", "", "", "0"],
            ["Ines\nDane", "Bo Ash", "One-to-One"],
            Self.headings,
            ["Ines Dane", "Bo Ash"],
        )
        #expect(file.rows.map(\.line) == [3])
        let problems = file.problems.map { "\($0.line) \($0.column ?? "-") \($0.message)" }
        #expect(
            problems == [
                "2 TYFCB Amount “3.00” has no meaning on a slip of type Referral",
                "2 Inside/Outside “Tier 5 (inside)” is no tier",
                "4 Slip Type “Tea” is no slip type",
                "5 From the name is missing",
                "5 To the name is missing",
                "6 - both people are marked as members of other chapters; one must be of this chapter",
                "7 CEU Credits education of no credits is none",
                "8 From the name holds a line break, a tab or another control character",
                "9 - the headings stand here a second time; keep one table per file",
                "10 Slip Type the slip type is missing",
            ]
        )
    }

    @Test func `knows the organisation from a person`() throws {
        let file = try slips(["*BNI", "Bo Ash", "Visitor"], ["*BNI Bo", "Bo Ash", "Visitor"])
        #expect(file.rows.map { $0.from?.isOrganisation } == [true, false])
        #expect(file.rows.map { $0.to?.isOrganisation } == [false, false])
    }

    @Test(arguments: [
        ("BNI Vineyard, South Quay, Borealis", "Vineyard", "South Quay, Borealis"),
        ("bni  Marble   Foundry", "Marble Foundry", ""), ("Willow, East Bay", "Willow", "East Bay"),
        ("BNIVineyard, X", "BNIVineyard", "X"), (" Willow BNI ,, Y", "Willow BNI", ", Y"),
    ])
    func `finds the other chapter in the detail`(detail: String, name: String, place: String) throws {
        let chapter = try #require(HomeChapter(detail: detail))
        #expect(chapter.name == name)
        #expect(chapter.place == place)
    }

    @Test(arguments: ["", " ", "BNI", "BNI , South Quay", ", South Quay"])
    func `finds no chapter where none is named`(detail: String) {
        #expect(HomeChapter(detail: detail) == nil)
    }

    @Test func `takes people of other chapters from columns of their own in CSV`() throws {
        let text = """
            From,To,Slip Type,Inside/Outside,From Chapter,To Chapter
            Ines Dane,Bo Ash,Referral,inside,,"BNI Willow, East Bay"
            Ines Dane,Bo Ash,One-to-One,,Cedar,
            Ines Dane,,CEU,,,Cedar
            """
        let file = try SlipsFile(spreadsheet(text))
        #expect(file.rows.map { $0.from?.isBold } == [false, true])
        #expect(file.rows.map { $0.to?.isBold } == [true, false])
        #expect(file.rows.map { $0.homeChapter?.name } == ["Willow", "Cedar"])
        #expect(
            file.problems.map(\.description) == [
                "row 4, CEU Credits: the number of credits is missing",
                "row 4, To Chapter: a chapter is named, but no person",
            ]
        )
    }

    @Test func `finds the table below titles and reads the meeting's day there`() throws {
        let file = try SlipsFile(
            Spreadsheet([
                ["", "", "Slips Audit Report"], ["Chapter:", "Cedar", "To", "nobody"], [],
                ["Meeting Date:", "", "20/08/2025"], ["From", "To"],
                ["", "From", "To*", "Slip  Type", "INSIDE/OUTSIDE", "Note"],
                ["", "Ines Dane", "Bo Ash", "oto", "", "seen"],
            ])
        )
        #expect(
            file.titleDates == [TitleDate(date: try #require(LocalDate("2025-08-20")), label: "Meeting Date")]
        )
        #expect(file.meetingDate == LocalDate("2025-08-20"))
        #expect(file.rows.map(\.line) == [7])
        #expect(file.unreadColumns == ["Note"])
    }

    @Test func `names no meeting's day where there are two, or none that exists`() throws {
        let table = [Self.headings]
        #expect(try SlipsFile(Spreadsheet([["19/08/2025 20/08/2025"]] + table)).meetingDate == nil)
        #expect(try SlipsFile(Spreadsheet([["31/02/2025 1/2/25 08/20/2025"]] + table)).titleDates == [])
        #expect(try SlipsFile(Spreadsheet(table)).meetingDate == nil)
    }

    @Test func `refuses another report`() throws {
        let error = #expect(throws: ExchangeError.self) {
            try SlipsFile(Spreadsheet([["First Name", "Last Name"]]))
        }
        #expect(error?.reason == .notThisReport)
        #expect(
            error?.message == "this is not a slips audit: no row has the headings “From”, “To”, “Slip Type”"
        )
        let twice = #expect(throws: ExchangeError.self) {
            try SlipsFile(Spreadsheet([Self.headings + ["from"]]))
        }
        #expect(twice?.message == "row 1 has two columns headed “From”")
        #expect(throws: ExchangeError.self) { try SlipsFile(Spreadsheet(sheets: [])) }
    }
}
