extension ReportShape {
    /// Domain page §6; Exactly, 18.
    package static let retention = ReportShape(
        "retention",
        "Retention",
        "How many of those who were members before these days still are on the last of them, and why the others left.",
        months: 12,
        tables: [
            TableShape(
                "people",
                "The chapter",
                columns: [
                    Column(
                        "at_start",
                        "At the start",
                        .count,
                        "members on the day before; people, not memberships"
                    ),
                    Column(
                        "stayed",
                        "Stayed",
                        .count,
                        "of these, members on the last day, on leave and overdue too"
                    ),
                    Column("left", "Left", .count, "of these, the others; who went to another chapter left"),
                    Column("joined", "Joined", .count, "members on the last day who were none at the start"),
                    Column("at_end", "At the end", .count, "stayed + joined"),
                    Column("retention", "Retention", .ratio, "stayed / at the start"),
                ]
            ),
            TableShape(
                "reasons",
                "Why they left",
                chart: .bars(["people"]),
                columns: [
                    Column("reason", "Reason", .text, "of the last end of a membership"),
                    Column("people", "People", .count, ""),
                    Column("share", "Share", .ratio, "of those who left"),
                ]
            ),
            TableShape("seats", "By seat", columns: [Column("seat", "Seat", .text, "")] + stays),
            TableShape(
                "sponsors",
                "By sponsor",
                columns: [Column("member", "Sponsor", .member, "who brought them in")] + stays
            ),
            TableShape(
                "mentors",
                "By mentor",
                columns: [Column("member", "Mentor", .member, "who looked after them")] + stays
            ),
        ],
        entries: TableShape(
            "entries",
            "The people behind it",
            columns: [
                Column("member", "Member", .member, ""),
                Column("figure", "Counts in", .figure, "the column of the report"),
                Column("day", "Day", .day, "on which they joined or left"),
                Column("seat", "Seat", .text, ""),
                Column("reason", "Reason", .text, ""),
            ]
        )
    )

    private static let stays = [
        Column("at_start", "At the start", .count, ""),
        Column("stayed", "Stayed", .count, ""),
        Column("retention", "Retention", .ratio, "stayed / at the start"),
    ]
}
