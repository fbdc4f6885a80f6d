import Postgres
import ReferralGroup

extension Query<MonthlyROI> {
    /// The monthly return as the one who acts may see it; the arithmetic is in `Schema/Reports/monthly_roi.sql`.
    package static func monthlyROI(of chapter: Chapter, month: Month, asOf: Instant) -> Self {
        Query<[ROIRow]>("SELECT * FROM monthly_roi(\(chapter.id), \(month), \(asOf))").exclusive.map {
            try MonthlyROI($0, of: chapter, month: month, asOf: asOf)
        }
    }

    /// The same of all months from `since` to `month`, closed or not.
    package static func monthlyROI(of chapter: Chapter, since: Month, month: Month, asOf: Instant) -> Self {
        let call: SQL = "monthly_roi(\(chapter.id), \(month), \(asOf), from_month => \(since))"
        return Query<[ROIRow]>("SELECT * FROM \(call)").exclusive.map {
            try MonthlyROI($0, of: chapter, since: since, month: month, asOf: asOf)
        }
    }

    /// The stored return of a closed month, as the one who acts may see it.
    static func monthlyROI(of chapter: Chapter, closed: ClosedMonth) -> Self {
        let (month, asOf, number) = (closed.month, closed.closedAt, Int32(clamping: closed.number))
        return Query<[ROIRow]>("SELECT * FROM monthly_roi(\(chapter.id), \(month), \(asOf), \(number))")
            .exclusive.map {
                try MonthlyROI(
                    $0,
                    of: chapter,
                    month: month,
                    asOf: asOf,
                    closing: MonthlyROI.Closing(closed, restated: nil)
                )
            }
    }
}

extension Query<[Restatement]> {
    /// What the totals of a closed month would be more, or less, now: a row for each block.
    static func restatement(of chapter: Chapter, closed: ClosedMonth) -> Self {
        let number = Int32(clamping: closed.number)
        return Query("SELECT * FROM restated_roi(\(chapter.id), \(number))").exclusive
    }
}

extension MonthlyROI.Restated {
    init(_ rows: [Restatement], changes: [MonthlyROI.Change]) throws {
        func difference(_ block: String) throws -> MonthlyROI.Difference {
            guard let row = rows.first(where: { $0.block == block }) else {
                throw WrongNumberOfRows(expected: "a row for each block", found: rows.count)
            }
            return row.difference
        }
        try self.init(
            inMonth: difference("month"),
            trailing: difference("trailing"),
            sinceJoining: difference("since_joining"),
            changes: changes
        )
    }
}

extension MonthlyROI {
    fileprivate init(
        _ rows: [ROIRow],
        of chapter: Chapter,
        since: Month? = nil,
        month: Month,
        asOf: Instant,
        closing: Closing? = nil
    ) throws {
        try self.init(
            chapter: chapter.slug,
            chapterName: chapter.name,
            since: since,
            month: month,
            currency: chapter.currency,
            asOf: asOf,
            inMonth: Block("month", of: rows),
            trailing: Block("trailing", of: rows),
            sinceJoining: Block("since_joining", of: rows),
            closing: closing
        )
    }
}

/// How much more the totals of a block are now than they are stored.
struct Restatement: RowDecodable {
    let block: String
    let difference: MonthlyROI.Difference

    init(row: Row) throws {
        block = try row["block"]
        difference = try MonthlyROI.Difference(
            totals: MonthlyROI.Totals(row: row, figures: MonthlyROI.Figures(row: row)),
            referralsGiven: row["referrals_given"],
            referralsReceived: row["referrals_received"],
            oneToOnes: row["one_to_ones"],
            meetingsHeld: row["meetings_held"]
        )
    }
}

/// A row of the report: a member's, or the total of its block.
private struct ROIRow: RowDecodable {
    let block: String
    let content: Content

    enum Content {
        case line(MonthlyROI.Line)
        case totals(MonthlyROI.Totals)
    }

    init(row: Row) throws {
        block = try row["block"]
        let member: Membership.ID? = try row["membership_id"]
        let figures = try MonthlyROI.Figures(row: row)
        content =
            if let member {
                try .line(MonthlyROI.Line(row: row, member: member, figures: figures))
            } else {
                try .totals(MonthlyROI.Totals(row: row, figures: figures))
            }
    }
}

extension MonthlyROI.Block {
    /// The block of that name among the rows of all.
    fileprivate init(_ block: String, of rows: [ROIRow]) throws {
        var members: [MonthlyROI.Line] = []
        var totals: MonthlyROI.Totals?
        for row in rows where row.block == block {
            switch row.content {
            case .line(let line): members.append(line)
            case .totals(let found): totals = found
            }
        }
        guard let totals else {
            throw WrongNumberOfRows(expected: "a total for each block", found: rows.count)
        }
        self.init(members: members, totals: totals)
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
