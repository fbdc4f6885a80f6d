import ReferralGroup
internal import Testing

/// The report of the worked month of the domain page, or a variation on it, without a database.
package struct SampleReport {
    private let chapterName: String
    private let members: [String]
    private let withheld: [String]
    private let unconverted: [String]
    private let asOf: String

    package init(
        chapterName: String = "Worked Example",
        members: [String] = ["Anna Alt", "Ben Berg"],
        withheld: [String] = [],
        unconverted: [String] = [],
        asOf: String = "2026-11-01T08:00:00Z"
    ) {
        self.chapterName = chapterName
        self.members = members
        self.withheld = withheld
        self.unconverted = unconverted
        self.asOf = asOf
    }

    package func report() throws -> MonthlyROI {
        try MonthlyROI(
            chapter: #require(Chapter.Slug("worked-example")),
            chapterName: chapterName,
            month: #require(Month("2026-10")),
            currency: #require(Currency("EUR")),
            asOf: #require(Instant(asOf)),
            inMonth: block(isMonth: true),
            trailing: block(isMonth: false),
            sinceJoining: block(isMonth: false)
        )
    }

    private static let anna = [
        "38.71", "15.00", "0.00", "1.50", "60.00", "113.71", "0.00", "0.00", "0.00", "-113.71", "-1.0000",
        "0.0000",
    ]
    private static let ben = [
        "75.00", "45.00", "29.50", "7.75", "310.00", "459.50", "2750.50", "1100.20", "1000.00", "640.70",
        "1.3943", "141.9613",
    ]
    private static let both = [
        "113.71", "60.00", "29.50", "9.25", "370.00", "573.21", "2750.50", "1100.20", "1000.00", "526.99",
        "0.9194", "118.9405",
    ]

    private func block(isMonth: Bool) throws -> MonthlyROI.Block {
        let isSeen = withheld.isEmpty
        let lines = try zip(members, [Self.anna, Self.ben]).enumerated().map { number, member in
            try MonthlyROI.Line(
                member: Membership.ID(Int64(number + 1)),
                name: member.0,
                figures: figures(member.1, isSeen: isSeen),
                payback: number == 1 && isSeen ? Month("2026-10") : nil,
                referralsGiven: 0,
                referralsReceived: 0,
                oneToOnes: number * 2,
                meetingsHeld: number * 2 + 1
            )
        }
        let totals = try MonthlyROI.Totals(
            members: lines.count,
            figures: figures(Self.both, isSeen: isSeen),
            receivedOutside: isSeen ? figure("2750.50") : nil,
            givenOutside: figure("1000.00"),
            givenFormer: figure("0.00"),
            medianROI: isSeen ? figure("0.1972") : nil,
            quartilesROI: isSeen ? [figure("-0.4014"), figure("0.7958")] : [nil, nil],
            withheld: withheld,
            unconverted: unconverted,
            seatValue: isMonth ? figure("500.00") : nil,
            openSeatMonth: isMonth ? figure("41.67") : nil
        )
        return MonthlyROI.Block(members: lines, totals: totals)
    }

    private func figures(_ texts: [String], isSeen: Bool) throws -> MonthlyROI.Figures {
        let all = try texts.map(figure)
        return MonthlyROI.Figures(
            dues: all[0],
            fees: all[1],
            spent: all[2],
            hours: all[3],
            time: all[4],
            cost: all[5],
            received: isSeen ? all[6] : nil,
            profit: isSeen ? all[7] : nil,
            given: all[8],
            net: isSeen ? all[9] : nil,
            roi: isSeen ? all[10] : nil,
            rot: isSeen ? all[11] : nil
        )
    }
}

/// The figure that `text` writes.
package func figure(_ text: String) throws -> Figure {
    try #require(Figure(text))
}
