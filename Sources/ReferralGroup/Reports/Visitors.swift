extension ReportShape {
    /// Domain page §3, Visitor; §6, Exactly, 6.
    package static let visitors = ReportShape(
        "visitors",
        "Visitors",
        "Who brought visitors, and how many of them joined. A second visit is no failure: whoever came twice is one visitor.",
        months: 12,
        tables: [
            TableShape(
                "inviters",
                "By inviter",
                hasTotal: true,
                chart: .bars(["visitors", "joined"]),
                columns: [
                    Column(
                        "inviter",
                        "Invited by",
                        .member,
                        "of a visitor who came twice, to the first visit"
                    ),
                    Column("visits", "Visits", .count, "that took place, substitutes not counted"),
                    Column(
                        "visitors",
                        "Visitors",
                        .count,
                        "people who came for the first time in these days, by name"
                    ),
                    Column("came_again", "Came again", .count, "visitors who came more than once"),
                    Column("applied", "Applied", .count, "and not yet joined"),
                    Column("joined", "Joined", .count, ""),
                    Column("lost", "Lost", .count, "by the last of their visits"),
                    Column("open", "Open", .count, "neither applied nor joined nor lost"),
                    Column("conversion", "Conversion", .ratio, "joined / visitors"),
                ]
            )
        ],
        entries: TableShape(
            "entries",
            "The visits behind it",
            columns: [
                Column("member", "Invited by", .member, ""),
                Column("figure", "Counts in", .figure, "the column of the report"),
                Column("day", "Day", .day, ""),
                Column("visitor", "Visitor", .text, ""),
                Column("kind", "Kind", .word, ""),
                Column("record", "Record", .text, "the id of the visit"),
            ]
        )
    )
}
