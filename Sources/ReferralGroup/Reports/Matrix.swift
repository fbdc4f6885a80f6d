extension ReportShape {
    /// Domain page §6, Depth and coverage; Exactly, 17.
    package static let matrix = ReportShape(
        "matrix",
        "Who gave to whom",
        "Referrals, one-to-ones and business between members, both ways: where the relationships are, and where none is.",
        months: 12,
        tables: [
            TableShape(
                "pairs",
                "From each to each",
                hasTotal: true,
                chart: .heat("referrals"),
                columns: [
                    Column("giver", "From", .member, ""),
                    Column("receiver", "To", .member, ""),
                    Column("referrals", "Referrals", .count, "that the one passed to the other"),
                    Column("referrals_back", "Back", .count, "that the other passed to the one"),
                    Column("both_ways", "Both ways", .truth, "whether referrals went both ways"),
                    Column(
                        "one_to_ones",
                        "One-to-ones",
                        .count,
                        "of the two; each stands for both, so that the total counts it twice"
                    ),
                    Column(
                        "value",
                        "Value",
                        .amount,
                        "closed business for which the one was thanked by the other",
                        isPrivate: true
                    ),
                ]
            ),
            TableShape(
                "members",
                "Depth and coverage",
                chart: .bars(["met", "others"]),
                columns: [
                    Column("member", "Member", .member, ""),
                    Column(
                        "depth",
                        "Depth",
                        .count,
                        "present members with whom business went both ways since the member joined",
                        isPrivate: true
                    ),
                    Column("met", "Met", .count, "present members met in a one-to-one in these days"),
                    Column(
                        "others",
                        "Others",
                        .count,
                        "members on the last day who are not on leave, without oneself"
                    ),
                    Column("coverage", "Coverage", .ratio, "met / others"),
                    Column(
                        "next_partner",
                        "Next partner",
                        .member,
                        "the one never met, or longest ago; among equals the one with most open referrals"
                    ),
                    Column("last_met", "Last met", .day, "the next partner, in a one-to-one"),
                ]
            ),
            TableShape(
                "gaps",
                "Nothing between them yet",
                columns: [
                    Column("member", "Member", .member, ""),
                    Column(
                        "other",
                        "And",
                        .member,
                        "present members who never passed each other a referral nor met in a one-to-one"
                    ),
                    Column("since", "Both members since", .day, ""),
                ]
            ),
        ],
        entries: TableShape(
            "entries",
            "The referrals and one-to-ones behind it",
            columns: [
                Column("member", "From", .member, ""),
                Column("figure", "Counts in", .figure, "the column of the report"),
                Column("day", "Day", .day, ""),
                Column("other", "To", .text, ""),
                Column("record", "Record", .text, "its id"),
            ]
        )
    )
}
