extension ReportShape {
    /// Domain page §3, Seat.
    package static let seats = ReportShape(
        "seats",
        "Seats",
        "Which professions the chapter lacks, the most missed first, and who held which seat.",
        months: 12,
        tables: [
            TableShape(
                "open",
                "Open seats",
                chart: .bars(["unplaced"]),
                columns: [
                    Column(
                        "seat",
                        "Seat",
                        .text,
                        "nobody holds it on the last day; listed, or missed by a referral"
                    ),
                    Column("open_since", "Open since", .day, "empty where nobody ever held it"),
                    Column("unplaced", "Unplaced referrals", .count, "of these days that nobody could take"),
                    Column(
                        "value",
                        "Their value",
                        .amount,
                        "unplaced referrals × closed business that members were thanked for / referrals that they passed, in these days"
                    ),
                ]
            ),
            TableShape(
                "history",
                "Who held which seat",
                columns: [
                    Column("seat", "Seat", .text, ""),
                    Column("member", "Member", .member, ""),
                    Column("from_on", "From", .day, "the day of joining"),
                    Column("to_on", "Until", .day, "empty where no end is set"),
                ]
            ),
        ],
        entries: TableShape(
            "entries",
            "The referrals that nobody could take",
            columns: [
                Column("member", "Given by", .member, ""),
                Column("figure", "Counts in", .figure, "the column of the report"),
                Column("day", "Passed on", .day, ""),
                Column("seat", "Seat", .text, "the profession that was missing"),
                Column("record", "Record", .text, "the id of the referral"),
            ]
        )
    )
}
