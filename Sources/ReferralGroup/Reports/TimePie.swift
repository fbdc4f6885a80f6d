extension ReportShape {
    /// Domain page §6, Time pie; Exactly, 7 and 17.
    package static let time = ReportShape(
        "time",
        "Time",
        "What members spent their hours on, and what an hour brought: time is an investment.",
        months: 12,
        tables: [
            TableShape(
                "kinds",
                "The pie of time",
                hasTotal: true,
                chart: .pie("minutes"),
                columns: [
                    Column("kind", "Kind", .word, ""),
                    Column(
                        "minutes",
                        "Minutes",
                        .number,
                        "meetings marked present or late, one-to-ones, activities, and 60 for each education unit"
                    ),
                    Column("hours", "Hours", .number, "minutes / 60"),
                    Column("share", "Share", .ratio, "of all minutes"),
                    downtime,
                ]
            ),
            TableShape(
                "members",
                "Hours of each member",
                hasTotal: true,
                chart: .bars(["hours"]),
                columns: [
                    Column("member", "Member", .member, ""),
                    Column("hours", "Hours", .number, "as in the monthly return"),
                    Column("meetings", "Meetings", .number, "hours of each kind, as in all of these"),
                    Column("one_to_ones", "One-to-ones", .number, ""),
                    Column("events", "Events", .number, ""),
                    Column("meals", "Meals", .number, ""),
                    Column("calls_and_notes", "Calls and notes", .number, ""),
                    Column("education", "Education", .number, ""),
                    Column("leadership", "Leadership", .number, ""),
                    Column("other", "Other", .number, ""),
                    downtime,
                    Column("rot", "Return on time", .number, "profit / hours", isPrivate: true),
                ]
            ),
            TableShape(
                "purposes",
                "By purpose",
                chart: .bars(["hours"]),
                columns: [
                    Column("purpose", "Purpose", .text, "as noted of activities; of nothing else it is"),
                    Column("hours", "Hours", .number, "of the members whom you may see"),
                    Column("share", "Share", .ratio, "of these hours"),
                    downtime,
                    Column(
                        "rot",
                        "Return on time",
                        .number,
                        "profit / hours, where every hour of a member brought the same",
                        isPrivate: true
                    ),
                ]
            ),
        ],
        entries: TableShape(
            "entries",
            "The records behind it",
            columns: [
                Column("member", "Member", .member, ""),
                Column("figure", "Counts in", .figure, "the column of the report"),
                Column("day", "Day", .day, ""),
                Column("minutes", "Minutes", .number, ""),
                Column("purpose", "Purpose", .text, ""),
                Column("downtime", "Downtime", .truth, "of activities only"),
                Column("record", "Record", .text, "its id"),
            ]
        )
    )

    private static let downtime = Column(
        "downtime_share",
        "In downtime",
        .ratio,
        "minutes of activities outside working hours / minutes of activities"
    )
}
