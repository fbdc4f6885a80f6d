extension ReportShape {
    /// Attendance and slips; whoever was no member has rows of their own, so it has a type of its own.
    package static let attendance = ReportShape(
        "attendance",
        "Attendance and slips",
        "Who came, and what each gave, received and did, by the meeting to which it belongs.",
        months: 1,
        tables: [
            TableShape(
                "members",
                "Members",
                hasTotal: true,
                columns: [
                    Column("name", "Name", .member, ""),
                    Column("present", "P", .count, "present"),
                    Column("absent", "A", .count, "absent"),
                    Column("late", "L", .count, "late"),
                    Column("medical", "M", .count, "medical leave"),
                    Column("substitute", "S", .count, "somebody else stood in"),
                    Column("referrals_given_inside", "RGI", .count, "referrals given inside the chapter"),
                    Column("referrals_given_outside", "RGO", .count, "referrals given outside"),
                    Column(
                        "referrals_received_inside",
                        "RRI",
                        .count,
                        "referrals received from inside the chapter"
                    ),
                    Column("referrals_received_outside", "RRO", .count, "referrals received from outside"),
                    Column("visitors", "V", .count, "visitors who came"),
                    Column("one_to_ones", "1-2-1", .count, "one-to-ones"),
                    Column("thanked_for", "TYFCB", .amount, "business for which they were thanked"),
                    Column("education", "CEU", .number, "hours of education"),
                    Column("testimonials", "T", .count, "testimonials given"),
                    Column("held", "Held", .count, "meetings held"),
                    Column("rate", "Rate", .ratio, "(P + L + S) / held"),
                ]
            )
        ]
    )
}

extension AttendanceSummary {
    /// The same figures as a table, for every format that is made of tables.
    package var report: Report {
        Report(
            .attendance,
            of: chapter,
            named: chapterName,
            in: Period(from: from, to: to) ?? Period(months: 1, endingWith: from.month),
            currency: currency,
            asOf: asOf,
            tables: ReportShape.attendance.tables.map { shape in
                Report.Table(
                    shape,
                    rows: rows.map { Report.Row(cells: [.member($0.member, name: $0.name)] + $0.cells) },
                    total: Report.Row(cells: [.none] + total.cells)
                )
            },
            notes: summaries.map(\.sentence)
        )
    }
}

extension AttendanceSummary.Row {
    fileprivate var cells: [Report.Cell] {
        let marks = [present, absent, late, medical, substitute]
        let referrals = [
            referralsGivenInside, referralsGivenOutside, referralsReceivedInside, referralsReceivedOutside,
        ]
        let counts = (marks + referrals + [visitors, oneToOnes]).map { Report.Cell.number(Figure($0)) }
        return counts + [
            .number(thankedFor), .number(education), .number(Figure(testimonials)), .number(Figure(held)),
            Report.Cell(rate),
        ]
    }
}

extension AttendanceSummary.ImportedSummary {
    /// Whether the summary stands for its days, and why not.
    package var sentence: String {
        isUsed
            ? "Import \(batch) stands for the days from \(from) to \(to); no mark or slip of those days is counted twice."
            : "Import \(batch) covers \(from) to \(to), of which this period holds only a part; its figures are left out."
    }
}
