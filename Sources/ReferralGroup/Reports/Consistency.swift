extension ReportShape {
    /// Domain page §6, Consistency; Exactly, 16.
    package static let consistency = ReportShape(
        "consistency",
        "Consistency",
        "In how many months each member gave something, and who gives only when in need: networking is a year-round process.",
        months: 12,
        tables: [
            TableShape(
                "members",
                "Members",
                hasTotal: true,
                chart: .bars(["months_with_deposit", "months_as_member"]),
                columns: [
                    Column("member", "Member", .member, ""),
                    Column(
                        "months_with_deposit",
                        "Months with a deposit",
                        .count,
                        "months with at least one deposit of the ledger of social capital"
                    ),
                    Column(
                        "months_as_member",
                        "Months as a member",
                        .count,
                        "months with a day of membership that is not a day of leave"
                    ),
                    Column(
                        "consistency",
                        "Consistency",
                        .ratio,
                        "months with a deposit / months as a member"
                    ),
                    Column("deposits", "Deposits", .count, "how many, whatever they weigh, in those months"),
                    Column(
                        "only_when_in_need",
                        "Only when in need",
                        .truth,
                        "at least 6 months without a deposit, and 80 % of the deposits in any 3 months"
                    ),
                ]
            ),
            TableShape(
                "months",
                "Month by month",
                chart: .heat("deposits"),
                columns: [
                    Column("member", "Member", .member, ""),
                    Column("month", "Month", .month, "each in which the member was active"),
                    Column("deposits", "Deposits", .count, ""),
                ]
            ),
        ],
        entries: TableShape(
            "entries",
            "Every deposit",
            columns: [
                Column("member", "Member", .member, ""),
                Column("figure", "Counts in", .figure, "the column of the report"),
                Column("day", "Day", .day, ""),
                Column("kind", "What", .word, ""),
                Column("other", "With", .text, "the other side, or the office"),
                Column("record", "Record", .text, "its id, where it is a record"),
            ]
        )
    )
}
