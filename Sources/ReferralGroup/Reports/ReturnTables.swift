extension ReportShape {
    /// The monthly return; its figures are computed together, so it has a type of its own.
    package static let monthlyROI = ReportShape(
        "roi",
        "Monthly return",
        "What members put into the chapter and what they got out: for the month, for twelve months, and since they joined.",
        months: 1,
        tables: [
            TableShape(
                "month",
                "The month",
                hasTotal: true,
                chart: .bars(["cost", "profit"]),
                columns: MonthlyROI.columns
            ),
            TableShape("trailing", "The last twelve months", hasTotal: true, columns: MonthlyROI.columns),
            TableShape("since_joining", "Since joining", hasTotal: true, columns: MonthlyROI.columns),
            TableShape("chapter", "The chapter", columns: MonthlyROI.columnsOfTheChapter),
        ]
    )
}

extension MonthlyROI {
    fileprivate static let columns = [
        Column("member", "Member", .member, ""),
        Column("dues", "Dues", .amount, "the membership fee, shared out over the days of membership"),
        Column(
            "fees",
            "Fees",
            .amount,
            "the meeting fee, for every meeting or only those attended, as the chapter decided"
        ),
        Column("spent", "Spent", .amount, "money that activities and one-to-ones cost"),
        Column(
            "hours",
            "Hours",
            .number,
            "meetings marked present or late, one-to-ones, activities and education"
        ),
        Column(
            "time",
            "Time",
            .amount,
            "hours × the value of an hour, the member’s own or else the chapter’s"
        ),
        Column("cost", "Cost", .amount, "dues + fees + spent + time"),
        Column("received", "Received", .amount, "closed business the member earned", isPrivate: true),
        Column("profit", "Profit", .amount, "received × the member’s margin", isPrivate: true),
        Column("given", "Given", .amount, "closed business for which others thanked the member"),
        Column("net", "Net", .amount, "profit − cost", isPrivate: true),
        Column(
            "roi",
            "ROI",
            .ratio,
            "return on cost: net / cost; 100% means that the cost came back twice",
            isPrivate: true
        ),
        Column(
            "rot",
            "ROT",
            .number,
            "return on time: profit / hours, money for an hour",
            isPrivate: true
        ),
        Column(
            "payback",
            "Paid back",
            .month,
            "the first month at whose end the net since joining was not below zero"
        ),
        Column("referrals_given", "Referrals given", .count, ""),
        Column("referrals_received", "received", .count, ""),
        Column("one_to_ones", "1-2-1", .count, ""),
        Column("meetings_held", "Meetings", .count, ""),
    ]

    fileprivate static let columnsOfTheChapter = [
        Column("days", "Days", .word, ""),
        Column("members", "Members", .count, ""),
        Column(
            "received_outside",
            "Received from outside",
            .amount,
            "the part of received that people outside the chapter gave",
            isPrivate: true
        ),
        Column("given_outside", "Given outside", .amount, "the part of given that earners outside thank for"),
        Column("given_former", "Given by former members", .amount, "not in the table: they have left"),
        Column("median_roi", "Median ROI", .ratio, "half of the members stand below it", isPrivate: true),
        Column(
            "lower_quartile_roi",
            "Lower quartile",
            .ratio,
            "a quarter of the members stand below it",
            isPrivate: true
        ),
        Column(
            "upper_quartile_roi",
            "Upper quartile",
            .ratio,
            "three quarters of the members stand below it",
            isPrivate: true
        ),
        Column(
            "seat_value",
            "A seat is worth",
            .amount,
            "what members gave in the last 12 months, divided by how many were active on average at the ends of the months: not on leave"
        ),
        Column("open_seat_month", "An open seat costs", .amount, "a twelfth of it, each month"),
    ]

    /// The same figures as tables, for every format that is made of tables.
    package var report: Report {
        let blocks = [inMonth, trailing, sinceJoining]
        let shapes = ReportShape.monthlyROI.tables
        let days = [months, "12 months to \(month)", "since joining"]
        var tables = zip(shapes, blocks).map { shape, block in
            Report.Table(shape, rows: block.members.map(\.row), total: block.totals.row)
        }
        if let shape = shapes.last {
            tables.append(
                Report.Table(
                    shape,
                    rows: zip(days, blocks).map { $1.totals.row(of: $0) },
                    total: nil
                )
            )
        }
        tables += closing?.tables ?? []
        let unconverted = inMonth.totals.unconverted
        return Report(
            .monthlyROI,
            of: chapter,
            named: chapterName,
            in: Period(from: since.firstDay, to: month.lastDay) ?? Period(months: 1, endingWith: month),
            currency: currency,
            asOf: asOf,
            tables: tables,
            notes: (closing?.notes ?? [])
                + (unconverted.isEmpty
                    ? [] : ["Left out for want of an exchange rate: \(unconverted.joined(separator: "; "))."])
        )
    }
}

extension MonthlyROI.Figures {
    fileprivate var cells: [Report.Cell] {
        [dues, fees, spent, hours, time, cost, received, profit, given, net, roi, rot].map(Report.Cell.init)
    }
}

extension MonthlyROI.Line {
    fileprivate var row: Report.Row {
        let counts = [referralsGiven, referralsReceived, oneToOnes, meetingsHeld]
        return Report.Row(
            cells: [.member(member, name: name)] + figures.cells + [payback.map { .month($0) } ?? .none]
                + counts.map { .number(Figure($0)) }
        )
    }
}

extension MonthlyROI.Totals {
    fileprivate var row: Report.Row {
        Report.Row(
            cells: [.none] + figures.cells + [Report.Cell](repeating: .none, count: 5),
            withheld: withheld
        )
    }

    fileprivate func row(of days: String) -> Report.Row {
        let quartiles = quartilesROI.count == 2 ? quartilesROI : [nil, nil]
        let figures =
            [receivedOutside, givenOutside, givenFormer, medianROI] + quartiles + [seatValue, openSeatMonth]
        return Report.Row(
            cells: [.text(days), .number(Figure(members))] + figures.map(Report.Cell.init),
            withheld: withheld
                + (withheld.contains("quartiles_roi") ? ["lower_quartile_roi", "upper_quartile_roi"] : [])
        )
    }
}
