extension ReportShape {
    /// Domain page §1 and §4: chapters compared, and nothing of one person.
    package static let region = ReportShape(
        "region",
        "Region",
        "How the chapters of a region compare, one by one and in groups by size, weekday or age; nothing here is of one person.",
        months: 12,
        scope: .region,
        options: [
            ReportOption("by", "What chapters are grouped by: size, weekday or age.", fallback: "size"),
            ReportOption(
                "bounds",
                "Where one group ends and the next begins, such as 15,25: members for size, years for age; usual is 10,20,30,40 and 1,3,5,10.",
                fallback: "usual"
            ),
        ],
        tables: [
            TableShape(
                "chapters",
                "Chapters",
                hasTotal: true,
                chart: .bars(["referrals_per_member"]),
                withheldBecause: ColumnOfRegion.few,
                columns: [
                    Column("chapter", "Short name", .text, ""),
                    Column("name", "Chapter", .text, ""),
                    Column("group", "Group", .word, "the one it is compared in", isPrivate: true),
                ] + ColumnOfRegion.figures
            ),
            TableShape(
                "groups",
                "Groups",
                chart: .bars(["referrals_per_member"]),
                withheldBecause: ColumnOfRegion.few,
                columns: [
                    Column("group", "Group", .word, ""),
                    Column("chapters", "Chapters", .count, "fewer than 3 are not compared"),
                    Column("members", "Members", .count, "on the last day", isPrivate: true),
                    Column(
                        "members_per_chapter",
                        "Members a chapter",
                        .number,
                        "members / chapters",
                        isPrivate: true
                    ),
                    ColumnOfRegion.rate,
                    ColumnOfRegion.referralsPerMember,
                    Column(
                        "one_to_ones_per_member",
                        "1-2-1s a member",
                        .number,
                        "one-to-ones / members",
                        isPrivate: true
                    ),
                    Column(
                        "visitors_per_chapter",
                        "Visitors a chapter",
                        .number,
                        "visitors / chapters",
                        isPrivate: true
                    ),
                    ColumnOfRegion.thankedPerMember,
                    ColumnOfRegion.retention,
                ]
            ),
        ]
    )

    /// A region's year, a row for each chapter and month: as long as there are chapters, so that it comes as CSV alone,
    /// piece by piece.
    package static let monthsOfRegion = TableShape(
        "months",
        "Months",
        withheldBecause: ColumnOfRegion.few,
        columns: [
            Column("chapter", "Short name", .text, ""),
            Column("name", "Chapter", .text, ""),
            Column("month", "Month", .month, ""),
            Column("currency", "Currency", .text, "that of most chapters of the region"),
            ColumnOfRegion.members, ColumnOfRegion.meetings, ColumnOfRegion.rate, ColumnOfRegion.referrals,
            ColumnOfRegion.oneToOnes, ColumnOfRegion.visitors, ColumnOfRegion.thankedFor,
            ColumnOfRegion.joined, ColumnOfRegion.ended, ColumnOfRegion.unconverted,
        ]
    )
}

/// The columns that several tables have.
private enum ColumnOfRegion {
    static let figures = [
        members, meetings, rate, referrals, referralsPerMember, oneToOnes, visitors, thankedFor,
        thankedPerMember, joined, ended, retention, unconverted,
    ]

    static let few = "They would tell of fewer than 3 people or chapters"

    static let members = Column("members", "Members", .count, "on the last day", isPrivate: true)
    static let meetings = Column("meetings", "Meetings", .count, "regular, held", isPrivate: true)
    static let rate = Column(
        "rate",
        "Attendance",
        .ratio,
        "(present + late + substitute) / meetings held for each member",
        isPrivate: true
    )
    static let referrals = Column(
        "referrals",
        "Referrals",
        .count,
        "given, inside and outside, as the attendance summary counts all below, by meeting",
        isPrivate: true
    )
    static let referralsPerMember = Column(
        "referrals_per_member",
        "Referrals a member",
        .number,
        "referrals / members",
        isPrivate: true
    )
    static let oneToOnes = Column(
        "one_to_ones",
        "1-2-1s",
        .count,
        "one inside the chapter adds 2",
        isPrivate: true
    )
    static let visitors = Column("visitors", "Visitors", .count, "who came", isPrivate: true)
    static let thankedFor = Column(
        "thanked_for",
        "Thanked for",
        .amount,
        "closed business, converted at the rate of its day",
        isPrivate: true
    )
    static let thankedPerMember = Column(
        "thanked_per_member",
        "Thanked for, a member",
        .amount,
        "closed business / members",
        isPrivate: true
    )
    static let joined = Column(
        "joined",
        "Joined",
        .count,
        "memberships that began",
        isPrivate: true
    )
    static let ended = Column("ended", "Ended", .count, "memberships that ended", isPrivate: true)
    static let retention = Column(
        "retention",
        "Retention",
        .ratio,
        "members the day before who are members on the last day / members the day before",
        isPrivate: true
    )
    static let unconverted = Column(
        "unconverted",
        "Not converted",
        .count,
        "thanks left out for want of an exchange rate",
        isPrivate: true
    )
}
