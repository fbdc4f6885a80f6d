extension ReportShape {
    /// Domain page §6, Quality; Exactly, 14.
    package static let quality = ReportShape(
        "quality",
        "Quality of referrals",
        "What became of the referrals that members passed in these days, as it stands now: quality over quantity.",
        months: 12,
        tables: [
            TableShape(
                "members",
                "Members",
                hasTotal: true,
                chart: .bars(["referrals", "won"]),
                columns: [Column("member", "Given by", .member, "")] + outcomes + [
                    Column(
                        "hours_to_contact",
                        "Hours to contact",
                        .number,
                        "median from passed to the first other step, of those that took one"
                    ),
                    Column(
                        "days_to_won",
                        "Days to won",
                        .number,
                        "median from the day they were passed to the day of the last step to won"
                    ),
                    Column(
                        "value_per_referral",
                        "Value per referral",
                        .amount,
                        "closed business that cites the referrals / referrals",
                        isPrivate: true
                    ),
                ]
            ),
            TableShape(
                "warmth",
                "By warmth",
                chart: .bars(["referrals", "won"]),
                columns: [
                    Column("warmth", "Warmth", .text, "the effort of whoever gave it, from 1 to 5")
                ] + outcomes
            ),
            TableShape(
                "funnel",
                "How far they got",
                chart: .bars(["referrals", "without_declined"]),
                columns: [
                    Column("stage", "Stage", .word, ""),
                    Column(
                        "referrals",
                        "Referrals",
                        .count,
                        "that got so far or farther, whatever became of them later"
                    ),
                    Column("share", "Share", .ratio, "of those passed"),
                    Column(
                        "without_declined",
                        "Without declined",
                        .count,
                        "the same without those that are declined now"
                    ),
                    Column("share_without_declined", "Share", .ratio, "of those passed and not declined"),
                ]
            ),
        ],
        entries: TableShape(
            "entries",
            "The referrals behind it",
            columns: [
                Column("member", "Given by", .member, ""),
                Column("figure", "Counts in", .figure, "the column of the report"),
                Column("day", "Passed on", .day, ""),
                Column("receiver", "To", .text, ""),
                Column("warmth", "Warmth", .count, ""),
                Column("value", "Value", .number, "one referral, its hours or its days"),
                Column("record", "Record", .text, "the id of the referral"),
            ]
        )
    )

    private static let outcomes = [
        Column("referrals", "Referrals", .count, "passed to somebody who can take them"),
        Column("won", "Won", .count, "by the last step, as in all of these"),
        Column("lost", "Lost", .count, ""),
        Column("declined", "Declined", .count, "not qualified"),
        Column("open", "Open", .count, "neither won nor lost nor declined yet"),
        Column("win_rate", "Win rate", .ratio, "won / (won + lost + declined)"),
        Column("declined_rate", "Declined rate", .ratio, "declined / (won + lost + declined)"),
    ]
}
