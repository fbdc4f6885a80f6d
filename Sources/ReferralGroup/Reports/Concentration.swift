extension ReportShape {
    /// What the monthly return calls given, looked at for how few it comes from.
    package static let concentration = ReportShape(
        "concentration",
        "Concentration",
        "How much of the business that members gave came from a few of them: what the chapter would miss if they left.",
        months: 12,
        tables: [
            TableShape(
                "summary",
                "The chapter",
                columns: [
                    Column("given", "Given", .amount, "closed business for which members were thanked"),
                    Column("members", "Members", .count, "memberships with a day in the period"),
                    Column("givers", "Givers", .count, "of these, who gave anything"),
                    Column(
                        "top_three",
                        "Top three",
                        .ratio,
                        "the share of given that came from the three who gave most"
                    ),
                    Column(
                        "half_from",
                        "Half from",
                        .count,
                        "the fewest members who gave half of it together"
                    ),
                    Column("mean", "Mean", .amount, "given / members"),
                    Column("median", "Median", .amount, "half of the members gave less"),
                    Column("lower_quartile", "Lower quartile", .amount, "a quarter of the members gave less"),
                    Column(
                        "upper_quartile",
                        "Upper quartile",
                        .amount,
                        "three quarters of the members gave less"
                    ),
                    Column("unconverted", "Left out", .words, "records for which there is no exchange rate"),
                ]
            ),
            TableShape(
                "members",
                "Members",
                hasTotal: true,
                chart: .bars(["given"]),
                columns: [
                    Column("member", "Member", .member, ""),
                    Column("place", "Place", .count, "by what they gave; equals share one"),
                    Column("thanks", "Thanks", .count, "how many, those for which there is no rate too"),
                    Column("given", "Given", .amount, "closed business for which others thanked the member"),
                    Column("share", "Share", .ratio, "of what all gave"),
                    Column("running_share", "So far", .ratio, "the shares of this member and all above"),
                ]
            ),
        ],
        entries: TableShape(
            "entries",
            "The thanks behind it",
            columns: [
                Column("member", "Member", .member, ""),
                Column("figure", "Counts in", .figure, "the column of the report"),
                Column("day", "Day", .day, ""),
                Column(
                    "amount",
                    "Amount",
                    .amount,
                    "in the chapter’s currency; empty where there is no exchange rate"
                ),
                Column("said", "As said", .text, "the amount in its own currency, where that is another"),
                Column("rate", "Rate", .number, "what one unit of that currency was worth"),
                Column("rate_of", "Rate of", .day, "the newest on or before the day of the thanks"),
                Column("record", "Record", .text, "the id of the thanks"),
            ]
        )
    )
}
