extension MonthlyROI.Closing {
    /// What the formats say that are made of tables and sentences.
    package var notes: [String] {
        [sentence] + (restated?.sentences ?? [])
    }

    /// What is other now, and what made it, where anything is.
    var tables: [Report.Table] {
        guard let restated else { return [] }
        let days = ["The month", "Twelve months", "Since joining"]
        let differences = zip(days, restated.blocks).map { Report.Row(days: $0, $1.difference) }
        let changes = restated.changes.map { change in
            Report.Row(cells: [
                .text(change.at.description), .text(change.entity), .day(change.day), .text(change.change),
                .text(change.id),
            ])
        }
        return [
            Report.Table(Self.restated, rows: differences, total: nil),
            Report.Table(Self.changes, rows: changes, total: nil),
        ]
    }

    private static let restated = TableShape(
        "restated",
        "Restated since it was closed",
        columns: [
            Column("days", "Days", .word, ""), Column("members", "Members", .count, ""),
            Column("dues", "Dues", .amount, ""), Column("fees", "Fees", .amount, ""),
            Column("spent", "Spent", .amount, ""), Column("hours", "Hours", .number, ""),
            Column("time", "Time", .amount, ""), Column("cost", "Cost", .amount, ""),
            Column("received", "Received", .amount, "", isPrivate: true),
            Column("profit", "Profit", .amount, "", isPrivate: true),
            Column("given", "Given", .amount, ""),
            Column("net", "Net", .amount, "", isPrivate: true),
            Column("roi", "ROI", .ratio, "", isPrivate: true),
            Column("rot", "ROT", .number, "", isPrivate: true),
            Column("given_former", "Given by former members", .amount, ""),
            Column("referrals_given", "Referrals given", .count, ""),
            Column("referrals_received", "received", .count, ""), Column("one_to_ones", "1-2-1", .count, ""),
            Column("meetings_held", "Meetings", .count, ""),
        ]
    )

    private static let changes = TableShape(
        "restated_entries",
        "What made it other",
        columns: [
            Column("at", "When", .word, ""), Column("entity", "What", .word, ""),
            Column("day", "Counts from", .day, ""), Column("change", "Was", .word, ""),
            Column("id", "Which", .text, ""),
        ]
    )
}

extension Report.Row {
    fileprivate init(days: String, _ difference: MonthlyROI.Difference) {
        let (totals, figures) = (difference.totals, difference.totals.figures)
        let amounts: [Figure?] = [
            figures.dues, figures.fees, figures.spent, figures.hours, figures.time, figures.cost,
            figures.received, figures.profit, figures.given, figures.net, figures.roi, figures.rot,
            totals.givenFormer,
        ]
        let counts = [
            difference.referralsGiven, difference.referralsReceived, difference.oneToOnes,
            difference.meetingsHeld,
        ]
        self.init(
            cells: [.text(days), .number(Figure(totals.members))] + amounts.map(Report.Cell.init)
                + counts.map { .number(Figure($0)) },
            withheld: totals.withheld
        )
    }
}
