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
                    Column("role", "Office", .text, ""),
                    Column("member", "Member", .member, ""),
                    Column("from_on", "From", .day, ""),
                    Column("to_on", "To", .day, "empty where no end is set"),
                    Column("standing", "Standing", .text, "on the last day of the report"),
                ]
            ),
            TableShape(
                "tasks",
                "Open tasks",
                columns: [
                    Column("task", "What waits", .text, ""),
                    Column(
                        "member",
                        "For",
                        .member,
                        "who received the referral, invited the visitor, or posted the need"
                    ),
                    Column("since", "Since", .day, ""),
                    Column(
                        "due_on",
                        "Due",
                        .day,
                        "a first contact as the policy says; a referral stands still after 90 days without a step"
                    ),
                    Column("record", "Record", .text, "its id, or the office"),
                ]
            ),
            TableShape(
                "meetings",
                "Sheets that are not sealed",
                columns: [
                    Column("day", "Day", .day, ""),
                    Column("kind", "Kind", .text, ""),
                    Column("status", "Standing", .text, ""),
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
                    Column("standing", "Standing", .text, "at the limit: one more would be over it"),
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
        ]
    )
}
