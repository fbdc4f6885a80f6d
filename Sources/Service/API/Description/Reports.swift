import HTTPTypes
import ReferralGroup

extension ReportRoutes {
    static let description = Resource(
        "Reports",
        "What the records add up to. Ratios are null where there is nothing to divide by, and so is what is withheld.",
        at: "chapters/{chapter}/reports",
        schemas: [
            "MonthlyROI": .answer(
                [
                    "chapter": .slug, "month": .month, "currency": .currency, "as_of": .instant,
                    "closed": .instant.orNull,
                ],
                ["members": .list(of: .named("ReturnOfMember")), "totals": .answer(totals, ofMonth)],
                ["trailing": .named("ReturnOfPeriod"), "since_joining": .named("ReturnOfPeriod")]
            ),
            "ReturnOfPeriod": .answer([
                "members": .list(of: .named("ReturnOfMember")), "totals": .answer(totals),
            ]),
            "ReturnOfMember": .answer(
                ["member": .named("MemberName")],
                figures,
                [
                    "payback": .month.orNull.saying("When the net since joining reached zero."),
                    "referrals_given": .count, "referrals_received": .count, "one_to_ones": .count,
                    "meetings_held": .count,
                ]
            ),
            "AttendanceSummary": .answer([
                "chapter": .slug, "from": .date, "to": .date, "currency": .currency, "as_of": .instant,
                "members": .list(of: .answer(["member": .named("MemberName")], attendance)),
                "others": .list(
                    of: .answer(["kind": .word(AttendanceSummary.Kind.self), "name": .text], attendance)
                ),
                "total": .answer(attendance),
                "summaries": .list(
                    of: .answer([
                        "import": .id, "from": .date, "to": .date, "used": .truth, "note": .text,
                    ])
                ),
            ]),
        ],
        variants(
            "roi",
            "ROI",
            "The monthly return of a chapter and its members",
            [.month, .asOf, .ifNoneMatch],
            .named("MonthlyROI")
        )
            + variants(
                "attendance",
                "Attendance",
                "Attendance and slips of a month or other days",
                [.month, .from, .to, .asOf, .ifNoneMatch],
                .named("AttendanceSummary")
            )
    )

    /// By what the reader accepts, or by the suffix of the address.
    private static func variants(
        _ path: String,
        _ name: String,
        _ summary: String,
        _ parameters: [Parameter],
        _ schema: Schema
    ) -> [Operation] {
        let csv = Operation.Answer(status: .ok, description: summary, contents: [("text/csv", .text)])
        let json = Operation.Answer.json(schema, summary)
        let operations: [Operation] = [
            .get(path, "read\(name)", summary, parameters, answers: json.or("text/csv", .text).tagged),
            .get("\(path).json", "read\(name)AsJSON", summary, parameters, answers: json.tagged),
            .get("\(path).csv", "read\(name)AsCSV", summary, parameters, answers: csv.tagged),
        ]
        return operations.map { $0.mayFail(.unprocessableContent) }
    }

    private static let figures: KeyValuePairs<String, Schema> = [
        "dues": .amount, "fees": .amount, "spent": .amount, "hours": .figure, "time": .amount,
        "cost": .amount,
        "received": .amount.orNull, "profit": .amount.orNull, "given": .amount, "net": .amount.orNull,
        "roi": .ratio.orNull, "rot": .ratio.orNull,
    ]

    private static let totals: KeyValuePairs<String, Schema> = [
        "members": .count, "dues": .amount, "fees": .amount, "spent": .amount, "hours": .figure,
        "time": .amount, "cost": .amount, "received": .amount.orNull, "profit": .amount.orNull,
        "given": .amount, "net": .amount.orNull, "roi": .ratio.orNull, "rot": .ratio.orNull,
        "received_outside": .amount.orNull, "given_outside": .amount, "given_former": .amount,
        "median_roi": .ratio.orNull, "quartiles_roi": .list(of: .ratio.orNull),
        "withheld": .list(of: .text).saying("The names of what the reader may not see."),
        "unconverted": .list(of: .text).saying("Records left out for want of an exchange rate."),
    ]

    private static let ofMonth: KeyValuePairs<String, Schema> = [
        "seat_value": .amount.orNull, "open_seat_month": .amount.orNull,
    ]

    private static let attendance: KeyValuePairs<String, Schema> = [
        "present": .count, "absent": .count, "late": .count, "medical": .count, "substitute": .count,
        "referrals_given_inside": .count, "referrals_given_outside": .count,
        "referrals_received_inside": .count, "referrals_received_outside": .count, "visitors": .count,
        "one_to_ones": .count, "thanked_for": .amount, "education": Schema(["type": "number"]),
        "testimonials": .count, "held": .count, "rate": .ratio.orNull,
    ]
}
