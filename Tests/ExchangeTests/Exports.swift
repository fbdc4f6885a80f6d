import Exchange

/// The exports of four chapters that stand in `Tests/Exports`, byte for byte as the reporting screen wrote them.
enum Exports {
    static func spreadsheet(_ file: String) throws -> Spreadsheet {
        try ExportFile(path: path(of: file)).spreadsheet()
    }

    static func path(of file: String) -> String {
        let tests = #filePath.utf8.split(separator: UInt8(ascii: "/")).dropLast(2).map {
            String(Substring($0))
        }
        return "/" + (tests + ["Exports", file]).joined(separator: "/")
    }
}

/// What a slips audit holds, counted by another program: Python's XML parser and `decimal`.
struct SlipCounts: Sendable {
    let file: String
    let inside: Int
    let outside: Int
    let oneToOnes: Int
    let thanks: Int
    let education: Int
    let visitors: Int
    let cents: Int64
    let hours: Int64
    let boldFrom: Int
    let boldTo: Int
    let organisation: Int
    let details: Int

    static let all = [
        SlipCounts(
            file: "cedar/Slips_Audit_Report_08-25-2025_2-33_PM.xls",
            inside: 17,
            outside: 12,
            oneToOnes: 39,
            thanks: 7,
            education: 19,
            visitors: 6,
            cents: 1090590,
            hours: 58,
            boldFrom: 25,
            boldTo: 21,
            organisation: 2,
            details: 47
        ),
        SlipCounts(
            file: "cedar/Slips_Audit_Report_08-25-2025_2-34_PM.xls",
            inside: 6,
            outside: 9,
            oneToOnes: 23,
            thanks: 8,
            education: 27,
            visitors: 1,
            cents: 4056900,
            hours: 116,
            boldFrom: 6,
            boldTo: 12,
            organisation: 1,
            details: 21
        ),
        SlipCounts(
            file: "juniper/Slips_Audit_Report_08-25-2025_2-28_PM (1).xls",
            inside: 13,
            outside: 11,
            oneToOnes: 26,
            thanks: 8,
            education: 15,
            visitors: 2,
            cents: 3207750,
            hours: 66,
            boldFrom: 14,
            boldTo: 10,
            organisation: 0,
            details: 29
        ),
        SlipCounts(
            file: "juniper/Slips_Audit_Report_08-25-2025_2-28_PM (2).xls",
            inside: 19,
            outside: 25,
            oneToOnes: 45,
            thanks: 17,
            education: 24,
            visitors: 3,
            cents: 6337410,
            hours: 101,
            boldFrom: 21,
            boldTo: 26,
            organisation: 0,
            details: 51
        ),
        SlipCounts(
            file: "juniper/Slips_Audit_Report_08-25-2025_2-28_PM.xls",
            inside: 15,
            outside: 15,
            oneToOnes: 26,
            thanks: 17,
            education: 17,
            visitors: 4,
            cents: 2422380,
            hours: 72,
            boldFrom: 10,
            boldTo: 13,
            organisation: 0,
            details: 25
        ),
        SlipCounts(
            file: "marble-foundry/Slips_Audit_Report_08-25-2025_2-31_PM (1).xls",
            inside: 9,
            outside: 11,
            oneToOnes: 14,
            thanks: 4,
            education: 13,
            visitors: 0,
            cents: 895020,
            hours: 29,
            boldFrom: 8,
            boldTo: 9,
            organisation: 0,
            details: 17
        ),
        SlipCounts(
            file: "marble-foundry/Slips_Audit_Report_08-25-2025_2-31_PM (2).xls",
            inside: 27,
            outside: 16,
            oneToOnes: 22,
            thanks: 19,
            education: 22,
            visitors: 5,
            cents: 4845930,
            hours: 58,
            boldFrom: 15,
            boldTo: 22,
            organisation: 1,
            details: 39
        ),
        SlipCounts(
            file: "marble-foundry/Slips_Audit_Report_08-25-2025_2-31_PM.xls",
            inside: 13,
            outside: 9,
            oneToOnes: 22,
            thanks: 5,
            education: 27,
            visitors: 3,
            cents: 13890000,
            hours: 48,
            boldFrom: 12,
            boldTo: 11,
            organisation: 2,
            details: 23
        ),
        SlipCounts(
            file: "northgate/Slips_Audit_Report_08-25-2025_2-29_PM (1).xls",
            inside: 16,
            outside: 24,
            oneToOnes: 34,
            thanks: 18,
            education: 31,
            visitors: 0,
            cents: 3482550,
            hours: 39,
            boldFrom: 19,
            boldTo: 27,
            organisation: 0,
            details: 55
        ),
        SlipCounts(
            file: "northgate/Slips_Audit_Report_08-25-2025_2-29_PM (2).xls",
            inside: 21,
            outside: 29,
            oneToOnes: 34,
            thanks: 9,
            education: 29,
            visitors: 6,
            cents: 1440300,
            hours: 46,
            boldFrom: 20,
            boldTo: 32,
            organisation: 3,
            details: 53
        ),
        SlipCounts(
            file: "northgate/Slips_Audit_Report_08-25-2025_2-29_PM (3).xls",
            inside: 18,
            outside: 22,
            oneToOnes: 35,
            thanks: 9,
            education: 31,
            visitors: 6,
            cents: 1047180,
            hours: 37,
            boldFrom: 23,
            boldTo: 32,
            organisation: 3,
            details: 53
        ),
        SlipCounts(
            file: "northgate/Slips_Audit_Report_08-25-2025_2-29_PM.xls",
            inside: 19,
            outside: 21,
            oneToOnes: 41,
            thanks: 12,
            education: 31,
            visitors: 4,
            cents: 4225500,
            hours: 42,
            boldFrom: 15,
            boldTo: 47,
            organisation: 0,
            details: 62
        ),
    ]
}

/// What a summary holds, counted by another program; figures in order of `SummaryColumn`.
struct SummaryCounts: Sendable {
    let file: String
    let members: Int
    let sum: String
    let total: String
    let former: String

    static let all = [
        SummaryCounts(
            file: "cedar/Chapter_Summary_PALMS_Report.xls",
            members: 21,
            sum: "398 10 0 31 57 197 380 331 248 42 903 899009.7 1510 20",
            total: "438 25 0 52 63 228 407 353 275 47 1006 1158477.3 1602 20",
            former: "40 15 0 21 6 31 27 22 27 3 101 77631 92 0"
        ),
        SummaryCounts(
            file: "juniper/Chapter_Summary_PALMS_Report.xls",
            members: 26,
            sum: "400 16 13 11 64 177 357 221 382 33 1177 1133251.8 1033 18",
            total: "426 19 13 11 74 185 369 222 390 57 1271 1149300.3 1100 19",
            former: "26 3 0 0 10 8 10 1 8 18 93 13604.1 63 1"
        ),
        SummaryCounts(
            file: "marble-foundry/Chapter_Summary_PALMS_Report.xls",
            members: 24,
            sum: "412 10 7 9 53 329 385 272 386 16 1260 4757440.5 1964 15",
            total: "433 12 8 9 59 337 407 281 415 20 1321 6171054 2044 16",
            former: "21 2 1 0 6 8 21 9 29 2 59 1410643.5 80 1"
        ),
        SummaryCounts(
            file: "northgate/Chapter_Summary_PALMS_Report.xls",
            members: 22,
            sum: "330 7 0 2 35 237 568 198 394 43 1180 1610326.8 1245 27",
            total: "421 20 0 7 44 282 587 256 436 117 1379 1750354.8 1460 28",
            former: "91 13 0 5 9 45 19 58 42 9 198 115458.9 215 1"
        ),
    ]
}
