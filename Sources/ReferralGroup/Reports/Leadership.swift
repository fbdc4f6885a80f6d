extension ReportShape {
    /// Domain page §6, Leadership; Exactly, 15 and 18.
    package static let leadership = ReportShape(
        "leadership",
        "Leadership",
        "Who served the chapter how long, and who left once they had stepped down: leadership is service.",
        months: 12,
        tables: [
            TableShape(
                "members",
                "Members",
                hasTotal: true,
                chart: .bars(["months_in_office", "months_since_joining"]),
                columns: [
                    Column("member", "Member", .member, ""),
                    Column(
                        "months_in_office",
                        "Months in office",
                        .count,
                        "calendar months of these days with a day in any office, however many"
                    ),
                    Column(
                        "months_since_joining",
                        "Since joining",
                        .count,
                        "the same of the whole membership"
                    ),
                    Column("roles", "Offices", .words, "those ever held in this membership"),
                    Column("last_day", "Last day", .day, "of the office that ended last"),
                    Column(
                        "left_after_stepping_down",
                        "Left after stepping down",
                        .truth,
                        "whether the membership ended within 90 days after an office; a transfer is no leaving"
                    ),
                ]
            ),
            TableShape(
                "terms",
                "Terms",
                columns: [
                    Column("role", "Office", .word, ""),
                    Column("member", "Member", .member, ""),
                    Column("from_on", "From", .day, ""),
                    Column("to_on", "Until", .day, "empty where no end is set"),
                ]
            ),
        ]
    )
}
