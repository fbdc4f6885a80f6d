extension ReportShape {
    /// Domain page §6, Giving; Exactly, 14 and 15.
    package static let giving = ReportShape(
        "giving",
        "Giving",
        "What members gave and took, and whether they gave before they asked: the ledger of social capital.",
        months: 12,
        tables: [
            TableShape(
                "members",
                "Members",
                hasTotal: true,
                chart: .bars(["deposits", "withdrawals"]),
                columns: [
                    Column("member", "Member", .member, ""),
                    Column(
                        "referrals_given",
                        "Referrals given",
                        .count,
                        "referrals passed to somebody who can take them, declined ones too"
                    ),
                    Column("referrals_received", "Received", .count, "referrals from others"),
                    Column("giving_ratio", "Given / received", .number, "referrals given / received"),
                    Column(
                        "deposits",
                        "Deposits",
                        .number,
                        "referrals given (a third for each step of warmth, none once declined; without a warmth as with 3), introductions, visitors who came, testimonials, one-to-ones, months in office and needs answered, each times its weight in the chapter’s policy"
                    ),
                    Column(
                        "withdrawals",
                        "Withdrawals",
                        .number,
                        "referrals and introductions received and needs posted, each times its weight"
                    ),
                    Column("social_capital", "Social capital", .number, "deposits − withdrawals"),
                    Column(
                        "gave_first",
                        "Gave first",
                        .truth,
                        "whether the first deposit of the membership came no later than the first withdrawal"
                    ),
                ]
            )
        ],
        entries: TableShape(
            "entries",
            "Every entry of the ledger",
            columns: [
                Column("member", "Member", .member, ""),
                Column("figure", "Counts in", .figure, "the column of the report"),
                Column("day", "Day", .day, ""),
                Column("kind", "What", .word, ""),
                Column("other", "With", .text, "the other side, or the office"),
                Column("points", "Points", .number, "a withdrawal is negative"),
                Column("record", "Record", .text, "its id, where it is a record"),
            ]
        )
    )
}
