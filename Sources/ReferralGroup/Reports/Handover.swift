extension ReportShape {
    /// Domain page §1: hand the chapter to the next team without losing anything.
    package static let handover = ReportShape(
        "handover",
        "Handover",
        "What the next team needs: who serves and until when, what waits for somebody, and what runs out, at the end of a day.",
        months: 0,
        permission: .seeChapterReports,
        tables: [
            TableShape(
                "terms",
                "Terms of office",
                columns: [
                    Column("role", "Office", .word, ""),
                    Column("member", "Member", .member, ""),
                    Column("from_on", "From", .day, ""),
                    Column("to_on", "Until", .day, "empty where no end is set"),
                    Column(
                        "standing",
                        "Standing",
                        .word,
                        "on the last day of the report; vacant: a leading office that nobody holds"
                    ),
                ]
            ),
            TableShape(
                "tasks",
                "Open tasks",
                hasTotal: true,
                columns: [
                    Column(
                        "member",
                        "For",
                        .member,
                        "who received the referrals, invited the visitors, or posted the needs; which they are stands among the entries"
                    ),
                    Column(
                        "open_referrals",
                        "Open referrals",
                        .count,
                        "passed until that day, and neither won, lost nor declined; without those of an import"
                    ),
                    Column(
                        "not_followed_up",
                        "Not followed up",
                        .count,
                        "of these, without a first contact within the policy’s hours"
                    ),
                    Column("stand_still", "Stand still", .count, "of these, without a step for 90 days"),
                    Column("oldest_days", "Oldest, days", .count, "since the oldest of them was passed"),
                    Column("visitors", "Visitors", .count, "who came, and whom nobody contacted"),
                    Column("needs", "Needs", .count, "that nobody answered"),
                ]
            ),
            TableShape(
                "meetings",
                "Sheets that are not sealed",
                columns: [
                    Column("day", "Day", .day, ""),
                    Column("kind", "Kind", .word, ""),
                    Column("status", "Standing", .word, ""),
                    Column(
                        "marks_missing",
                        "Marks missing",
                        .count,
                        "of members of that day who are not on leave"
                    ),
                ]
            ),
            TableShape(
                "applications",
                "Pending applications",
                columns: [
                    Column("name", "Applicant", .text, "for those who may see applications"),
                    Column("seat", "Seat", .text, ""),
                    Column("applied_on", "Applied", .day, ""),
                    Column("sponsor", "Sponsor", .member, ""),
                    Column("checked", "References", .count, "those that were asked"),
                    Column(
                        "yes",
                        "Yes",
                        .count,
                        "votes; conflicts of interest and abstentions count for neither"
                    ),
                    Column("no", "No", .count, ""),
                ]
            ),
            TableShape(
                "arrears",
                "Dues in arrears",
                hasTotal: true,
                columns: [
                    Column("member", "Member", .member, "for those who may see dues"),
                    Column(
                        "arrears",
                        "Arrears",
                        .amount,
                        "invoices due before the last day − payments, which settle the oldest first"
                    ),
                    Column("due_since", "Due since", .day, "of the oldest invoice that is not settled"),
                ]
            ),
            TableShape(
                "absences",
                "Absences near the limit",
                columns: [
                    Column("member", "Member", .member, ""),
                    Column("used", "Used", .number, "as the report of absences counts them"),
                    Column("allowed", "Allowed", .count, ""),
                    Column("next_drop", "Drops out", .day, "the day on which the oldest one counts no more"),
                    Column("standing", "Standing", .word, "at the limit: one more would be over it"),
                ]
            ),
            TableShape(
                "renewals",
                "Renewals within 90 days",
                columns: [
                    Column("member", "Member", .member, ""),
                    Column("renews_on", "Renews on", .day, ""),
                    Column("days", "In days", .number, "less than 0: overdue"),
                ]
            ),
        ],
        entries: TableShape(
            "entries",
            "Every open task",
            columns: [
                Column("member", "For", .member, "who received, invited or posted it"),
                Column("figure", "Counts in", .figure, "the column of the report"),
                Column("day", "Since", .day, ""),
                Column("standing", "Standing", .word, ""),
                Column("due_on", "Due", .day, "the first contact, or the next step of a referral"),
                Column("days", "Days", .count, "since then, until the day of the report"),
                Column("giver", "Given by", .text, "who gave the referral, where it was a member"),
                Column("record", "Record", .text, "its id"),
            ]
        )
    )
}
