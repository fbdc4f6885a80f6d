extension ReportShape {
    /// Domain page §6, Scorecards; Exactly, 19.
    package static let scorecard = ReportShape(
        "scorecard",
        "Scorecard",
        "Points for what each member did in six months, the colour they come to, and what would earn more.",
        months: 6,
        options: [
            ReportOption(
                "scheme",
                "the scorecard: weekly-five, lights-2025, lights-2012, or one of the chapter’s own",
                fallback: "lights-2025"
            )
        ],
        tables: [
            TableShape(
                "members",
                "Members",
                chart: .bars(["score"]),
                columns: [
                    Column("member", "Member", .member, ""),
                    Column(
                        "score",
                        "Score",
                        .count,
                        "the sum of the parts; none without a week that has a mark"
                    ),
                    Column("colour", "Colour", .word, "green, yellow, red or grey, by the scorecard’s bands"),
                    Column(
                        "weeks",
                        "Weeks",
                        .count,
                        "ISO weeks with a mark at a held meeting, at most 26; what counts per week is divided by them"
                    ),
                    Column(
                        "next_part",
                        "Next step",
                        .word,
                        "the part whose next step takes the fewest further records, with the weeks unchanged"
                    ),
                    Column(
                        "next_needs",
                        "Takes",
                        .count,
                        "further records; for money one thanks that is large enough"
                    ),
                    Column("next_points", "Earns", .count, "further points"),
                ]
            ),
            TableShape(
                "parts",
                "How the score comes about",
                columns: [
                    Column("member", "Member", .member, ""),
                    Column("part", "Part", .word, ""),
                    Column(
                        "counted",
                        "Counted",
                        .number,
                        "as in the attendance summary; money in major units"
                    ),
                    Column("base", "Per", .number, "weeks, months (weeks × 12/52), meetings held, or 1"),
                    Column("value", "Value", .number, "counted / per, compared with the steps exactly"),
                    Column("points", "Points", .count, ""),
                    Column("most", "Of", .count, "the most that the part can earn"),
                    Column("next_needs", "Next takes", .count, "further records to the next step"),
                    Column("next_points", "Earns", .count, "further points"),
                    Column("note", "Note", .word, ""),
                ]
            ),
        ]
    )
}
