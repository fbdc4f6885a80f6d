import Foundation
import Postgres
import ReferralGroup
import Storage
import TestSupport
import Testing

@Suite(.freshDatabase)
struct `The worked month` {
    let worked: WorkedMonth
    let expected: PrintedReport

    init() async throws {
        worked = try await WorkedMonth()
        let page = URL(filePath: #filePath).deletingLastPathComponent().appending(
            path: "../worked-month.json"
        )
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        expected = try decoder.decode(PrintedReport.self, from: Data(contentsOf: page))
    }

    @Test func `comes out as the domain page says`() async throws {
        try await compare(as: worked.shell)
    }

    @Test func `is the same for its president, for only he earned`() async throws {
        let email = try #require(worked.ben.email)
        let bearer: Bearer? = try await worked.shell.run(.actingAs(email, slug: worked.chapter.slug))
        let ben = Actor(try #require(bearer), door: .api)
        try await compare(as: worked.scratch.database.acting(as: ben, in: worked.chapter.id))
    }

    @Test func `withholds what Ben earned from Anna, and shows her own`() async throws {
        let email = try #require(worked.anna.email)
        let bearer: Bearer? = try await worked.shell.run(.actingAs(email, slug: worked.chapter.slug))
        let anna = worked.scratch.database.acting(
            as: Actor(try #require(bearer), door: .api),
            in: worked.chapter.id
        )
        let report = try await anna.run(
            .monthlyROI(of: worked.chapter, month: october, asOf: WorkedMonth.asOf)
        )
        #expect(report.inMonth.members.map(\.name) == ["Anna Alt"])
        #expect(report.inMonth.members.first?.figures.net?.description == "-113.71")
        #expect(report.inMonth.totals.figures.received == nil)
        #expect(report.inMonth.totals.figures.given.description == "1000.00")
        #expect(report.inMonth.totals.withheld.contains("received"))
    }

    @Test(arguments: ["UTC", "Pacific/Kiritimati", "Pacific/Pago_Pago", "Europe/Berlin"])
    func `is the same in every zone of the session`(_ zone: String) async throws {
        let report = try await worked.shell.transaction { session in
            _ = try await session.run(Query<String>(value: "SELECT set_config('TimeZone', \(zone), true)"))
            return try await session.run(
                Query<MonthlyROI>.monthlyROI(of: worked.chapter, month: october, asOf: WorkedMonth.asOf)
            )
        }
        compare(report)
    }

    private var october: Month {
        LocalDate.day("2026-10-01").month
    }

    private func compare(as reader: ActingDatabase) async throws {
        let report = try await reader.run(
            .monthlyROI(of: worked.chapter, month: october, asOf: WorkedMonth.asOf)
        )
        compare(report)
    }

    private func compare(_ report: MonthlyROI) {
        #expect(report.chapter.description == expected.chapter)
        #expect(report.month.description == expected.month)
        #expect(report.currency.code == expected.currency)
        #expect(report.asOf.description == expected.asOf)
        expected.compare(
            report.inMonth,
            with: PrintedReport.Block(members: expected.members, totals: expected.totals)
        )
        expected.compare(report.trailing, with: expected.trailing)
        expected.compare(report.sinceJoining, with: expected.sinceJoining)
    }
}

/// The page's JSON, read by other means than those that write ours.
struct PrintedReport: Decodable {
    let chapter: String
    let month: String
    let currency: String
    let asOf: String
    let members: [Line]
    let totals: Totals
    let trailing: Block
    let sinceJoining: Block

    struct Block: Decodable {
        let members: [Line]
        let totals: Totals
    }

    struct Line: Decodable {
        let member: Name
        let dues, fees, spent, hours, time, cost, received, profit, given, net: String
        let roi, rot: Double
        let payback: String?
        let referralsGiven, referralsReceived, oneToOnes, meetingsHeld: Int

        struct Name: Decodable {
            let name: String
        }
    }

    struct Totals: Decodable {
        let members: Int
        let dues, fees, spent, hours, time, cost, received, profit, given, net: String
        let roi, rot: Double
        let receivedOutside, givenOutside, givenFormer: String
        let medianRoi: Double
        let quartilesRoi: [Double]
        let withheld, unconverted: [String]
        let seatValue, openSeatMonth: String?
    }

    func compare(_ block: MonthlyROI.Block, with page: Block) {
        #expect(block.members.map(\.name) == page.members.map(\.member.name))
        for (line, expected) in zip(block.members, page.members) {
            #expect(
                words(line.figures) == [
                    expected.dues, expected.fees, expected.spent, expected.hours, expected.time,
                    expected.cost,
                    expected.received, expected.profit, expected.given, expected.net,
                    ratio(expected.roi), ratio(expected.rot),
                ]
            )
            #expect(line.payback?.description == expected.payback)
            #expect(line.referralsGiven == expected.referralsGiven)
            #expect(line.referralsReceived == expected.referralsReceived)
            #expect(line.oneToOnes == expected.oneToOnes)
            #expect(line.meetingsHeld == expected.meetingsHeld)
        }
        let (totals, expected) = (block.totals, page.totals)
        #expect(totals.members == expected.members)
        #expect(
            words(totals.figures) == [
                expected.dues, expected.fees, expected.spent, expected.hours, expected.time, expected.cost,
                expected.received, expected.profit, expected.given, expected.net,
                ratio(expected.roi), ratio(expected.rot),
            ]
        )
        #expect(totals.receivedOutside?.description == expected.receivedOutside)
        #expect(totals.givenOutside.description == expected.givenOutside)
        #expect(totals.givenFormer.description == expected.givenFormer)
        #expect(totals.medianROI?.description == ratio(expected.medianRoi))
        #expect(totals.quartilesROI.map { $0?.description } == expected.quartilesRoi.map(ratio))
        #expect(totals.withheld == expected.withheld)
        #expect(totals.unconverted == expected.unconverted)
        #expect(totals.seatValue?.description == expected.seatValue)
        #expect(totals.openSeatMonth?.description == expected.openSeatMonth)
    }

    private func words(_ figures: MonthlyROI.Figures) -> [String?] {
        [
            figures.dues, figures.fees, figures.spent, figures.hours, figures.time, figures.cost,
            figures.received,
            figures.profit, figures.given, figures.net, figures.roi, figures.rot,
        ].map { $0?.description }
    }

    private func ratio(_ number: Double) -> String {
        String(format: "%.4f", number)
    }
}
