extension ReportShape {
    /// Domain page §6, attendance summary; Exactly, 12.
    package static let absences = ReportShape(
        "absences",
        "Absences",
        "How many of the absences that the chapter allows each member has used, and when the next one drops out.",
        months: 1,
        tables: [
            TableShape(
                "members",
                "Members",
                chart: .bars(["used"]),
                columns: [
                    Column("member", "Member", .member, ""),
                    Column(
                        "used",
                        "Used",
                        .number,
                        "absences, and late marks at their weight, at meetings held in the policy’s window that ends with the last day"
                    ),
                    Column("allowed", "Allowed", .count, "the policy’s limit of that day"),
                    Column("next_drop", "Drops out", .day, "the day on which the oldest one counts no more"),
                    Column("standing", "Standing", .word, "at the limit: one more would be over it"),
                    Column(
                        "substitutes",
                        "Substitutes",
                        .count,
                        "meetings in the window at which somebody stood in"
                    ),
                    Column("substitutes_allowed", "Allowed", .count, "– is any number"),
                    Column("sentence", "In a sentence", .word, ""),
                    Column(
                        "since",
                        "Window since",
                        .day,
                        "its first day; of an imported summary all days count or none"
                    ),
                    Column(
                        "last_letter",
                        "Last letter",
                        .day,
                        "the day on which the last warning was given, or drafted where it was not"
                    ),
                ]
            )
        ],
        entries: TableShape(
            "entries",
            "Every mark that counts",
            columns: [
                Column("member", "Member", .member, ""),
                Column("figure", "Counts in", .figure, "the column of the report"),
                Column("day", "Day", .day, "not known of an imported summary"),
                Column("mark", "Mark", .word, ""),
                Column("number", "Marks", .count, ""),
                Column("used", "Used", .number, ""),
                Column("drops_on", "Drops out", .day, ""),
            ]
        )
    )
}
