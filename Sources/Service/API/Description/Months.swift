import HTTPTypes
import ReferralGroup

extension MonthRoutes {
    static let description = Resource(
        "Months",
        "Months that are closed: their return is stored as it was, and told with what came since.",
        at: "chapters/{chapter}/months",
        schemas: [
            "ClosedMonth": .answer([
                "number": .count.saying("1, 2, 3 … in a chapter; a month closed again has a new one."),
                "month": .month, "closed_at": .instant,
                "closed_by": .text.orNull.saying("Null is the operator's shell."),
                "sha256": sha256,
                "changes": .count.saying(
                    "How many records that count in it were made, changed or taken back since."
                ),
                "reopened_at": .instant.orNull, "reopened_by": .text.orNull, "reopened_because": .text.orNull,
            ])
        ],
        [
            .get(
                "",
                "listMonths",
                "Every month that was closed, the last first",
                answers: .json(.list(of: .named("ClosedMonth")))
            ),
            .act(
                .put,
                "{month}/close",
                "closeMonth",
                "Close a month that is over",
                [.idempotencyKey],
                answers: .json(
                    .answer([
                        "number": .count,
                        "unsealed": .list(of: .date).saying(
                            "Days of its meetings whose sheets are not sealed."
                        ),
                    ]),
                    "It is closed."
                )
            )
            .mayFail(.unprocessableContent),
            .act(
                .delete,
                "{month}/close",
                "reopenMonth",
                "Open a closed month again",
                [
                    .query("reason", .line, "Why; it is kept.").required, .idempotencyKey,
                ]
            )
            .saying("What was stored stays; closing it again gives a new number.")
            .mayFail(.unprocessableContent),
        ]
    )

    static let sha256 = Schema.matching("^[0-9a-f]{64}$").saying(
        "Of what is stored, and of the one closed before it."
    )
}
