import Postgres
import ReferralGroup

extension Query<MonthlyROI> {
    /// The monthly return as the one who acts may see it; the arithmetic is in `Schema/Reports/monthly_roi.sql`.
    package static func monthlyROI(of chapter: Chapter, month: Month, asOf: Instant) -> Self {
        Query<[ROIRow]>("SELECT * FROM monthly_roi(\(chapter.id), \(month), \(asOf))").exclusive.map { rows in
            try MonthlyROI(
                chapter: chapter.slug,
                chapterName: chapter.name,
                month: month,
                currency: chapter.currency,
                asOf: asOf,
                inMonth: MonthlyROI.Block(rows.filter { $0.block == "month" }),
                trailing: MonthlyROI.Block(rows.filter { $0.block == "trailing" }),
                sinceJoining: MonthlyROI.Block(rows.filter { $0.block == "since_joining" })
            )
        }
    }
}

/// A row of the report: a member's, or the total of its block.
private struct ROIRow: RowDecodable {
    let block: String
    let figures: MonthlyROI.Figures
    let line: MonthlyROI.Line?
    let totals: MonthlyROI.Totals?

    init(row: Row) throws {
        block = try row["block"]
        figures = try MonthlyROI.Figures(row: row)
        let member: Membership.ID? = try row["membership_id"]
        if let member {
            line = try MonthlyROI.Line(row: row, member: member, figures: figures)
            totals = nil
        } else {
            line = nil
            totals = try MonthlyROI.Totals(row: row, figures: figures)
        }
    }
}

extension MonthlyROI.Block {
    fileprivate init(_ rows: [ROIRow]) throws {
        guard let totals = rows.lazy.compactMap(\.totals).first else {
            throw WrongNumberOfRows(expected: "a total for each block", found: rows.count)
        }
        self.init(members: rows.compactMap(\.line), totals: totals)
    }
}

extension MonthlyROI.Figures {
    fileprivate init(row: Row) throws {
        try self.init(
            dues: row["dues"],
            fees: row["fees"],
            spent: row["spent"],
            hours: row["hours"],
            time: row["time"],
            cost: row["cost"],
            received: row["received"],
            profit: row["profit"],
            given: row["given"],
            net: row["net"],
            roi: row["roi"],
            rot: row["rot"]
        )
    }
}

extension MonthlyROI.Line {
    fileprivate init(row: Row, member: Membership.ID, figures: MonthlyROI.Figures) throws {
        try self.init(
            member: member,
            name: row["name"],
            figures: figures,
            payback: row["payback"],
            referralsGiven: row["referrals_given"],
            referralsReceived: row["referrals_received"],
            oneToOnes: row["one_to_ones"],
            meetingsHeld: row["meetings_held"]
        )
    }
}

extension MonthlyROI.Totals {
    fileprivate init(row: Row, figures: MonthlyROI.Figures) throws {
        try self.init(
            members: row["members"],
            figures: figures,
            receivedOutside: row["received_outside"],
            givenOutside: row["given_outside"],
            givenFormer: row["given_former"],
            medianROI: row["median_roi"],
            quartilesROI: [row["lower_quartile_roi"], row["upper_quartile_roi"]],
            withheld: row["withheld"],
            unconverted: row["unconverted"],
            seatValue: row["seat_value"],
            openSeatMonth: row["open_seat_month"]
        )
    }
}
