import Pages
import ReferralGroup
import Testing

/// A monthly return of two members, small enough to read.
struct SampleReturn {
    var chapterName = "Alder"
    var names = ["Alice Archer", "Bob Baker"]
    var withheld: [String] = []
    var unconverted: [String] = []
    /// Of everything: with nothing, there is nothing to draw.
    var isEmpty = false
    var asOf = "2026-11-01T08:00:00Z"
    var since: String?
    var givenFormer = "0.00"
    var closing: MonthlyROI.Closing?

    func report() throws -> MonthlyROI {
        let block = try block()
        return MonthlyROI(
            chapter: try #require(Chapter.Slug("alder")),
            chapterName: chapterName,
            since: since.flatMap { Month($0) },
            month: try #require(Month("2026-10")),
            currency: try #require(Currency("EUR")),
            asOf: try #require(Instant(asOf)),
            inMonth: block,
            trailing: block,
            sinceJoining: block,
            closing: closing
        )
    }

    func page() throws -> String {
        try html().text
    }

    func html() throws -> HTML {
        monthlyROIPage(try report())
    }

    private func block() throws -> MonthlyROI.Block {
        let lines = try names.enumerated().map { index, name in
            MonthlyROI.Line(
                member: Membership.ID(Int64(index + 1)),
                name: name,
                figures: index == 0 ? try figures(earned: true) : try figures(earned: false),
                payback: index == 0 ? Month("2026-10") : nil,
                referralsGiven: 2,
                referralsReceived: 1,
                oneToOnes: 3,
                meetingsHeld: 4
            )
        }
        return MonthlyROI.Block(
            members: lines,
            totals: MonthlyROI.Totals(
                members: lines.count,
                figures: try figures(earned: true),
                receivedOutside: try figure("1234567.89"),
                givenOutside: try figure("0.00"),
                givenFormer: try figure(givenFormer),
                medianROI: try figure("0.1972"),
                quartilesROI: [try figure("-0.4014"), try figure("0.7958")],
                withheld: withheld,
                unconverted: unconverted,
                seatValue: try figure("500.00"),
                openSeatMonth: try figure("41.67")
            )
        )
    }

    private func figures(earned: Bool) throws -> MonthlyROI.Figures {
        let cost = try figure(isEmpty ? "0.00" : "573.21")
        return MonthlyROI.Figures(
            dues: try figure(isEmpty ? "0.00" : "75.00"),
            fees: try figure(isEmpty ? "0.00" : "45.00"),
            spent: try figure(isEmpty ? "0.00" : "83.21"),
            hours: try figure(isEmpty ? "0.00" : "9.25"),
            time: try figure(isEmpty ? "0.00" : "370.00"),
            cost: cost,
            received: earned && !isEmpty ? try figure("1234567.89") : nil,
            profit: earned && !isEmpty ? try figure("1100.20") : nil,
            given: try figure("0.00"),
            net: earned && !isEmpty ? try figure("-526.99") : nil,
            roi: earned && !isEmpty ? try figure("-0.9194") : nil,
            rot: nil
        )
    }

    private func figure(_ text: String) throws -> Figure {
        try #require(Figure(text))
    }
}
