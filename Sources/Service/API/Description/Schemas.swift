import ReferralGroup

extension Schema {
    /// What more than one resource speaks of.
    static let ofEverything: [(name: String, schema: Schema)] = [
        ("Problem", problem), ("Money", money), ("Party", party), ("Made", .answer(["id": .slipID])),
        ("MemberName", .answer(["id": .id, "name": .text])),
    ]

    private static let problem = Schema.answer(
        [
            "type": Schema(["type": "string", "format": "uri"]).saying(
                "Stable; its last part says what is wrong."
            ),
            "title": .text,
            "status": .whole(400...599),
            "detail": .text.saying("For people."),
        ],
        sometimes: [
            "request_id": .text.saying(
                "By which the operator finds it in the log; none where no route was asked."
            ),
            "errors": .list(
                of: .answer([
                    "pointer": .text.saying("A field of the body as a JSON Pointer, or a parameter."),
                    "code": .text,
                    "message": .text,
                ])
            ),
        ]
    )

    /// In a body and in lists; reports name their currency once.
    private static let money = Schema.draft(needs: [
        "amount": .matching(DecimalShape.amount.pattern).saying(
            "With no more decimals than the currency has."
        ),
        "currency": .currency.saying("The chapter's."),
    ]).like(["amount": "1200.00", "currency": "EUR"])

    private static let party = Schema.oneOf([
        .id.saying("The number of a membership.").like(12),
        .line(atMost: Body.longestParty).saying(
            "A member's full name or e-mail, `Name @ Chapter`, `visitor:Name` or `chapter`."
        ).like("Karl Kurz @ Cedar"),
    ]).saying("Somebody whom a slip names.")
}
