import HTTPTypes
import ReferralGroup

extension ThanksRoutes {
    static let description = Resource(
        "Thanks",
        "Closed business, with thanks to whoever brought it.",
        at: "chapters/{chapter}/thanks",
        schemas: [
            "Thanks": .answer([
                "id": .slipID, "date": .date,
                "earner": .text.orNull.saying("Null where the reader may not know."), "thanked": .text,
                "amount": .named("Money"), "repeat": .truth, "tier": .whole(ReferralRoutes.tiers).orNull,
                "provisional": .truth.saying("Until the sheet of its meeting is sealed."),
            ])
        ],
        [
            .get(
                "",
                "listThanks",
                "Thanks, newest first",
                Parameter.portion,
                answers: .page(of: .named("Thanks"))
            )
            .saying("All of the chapter's to whoever may see its reports, their own to others.")
            .mayFail(.unprocessableContent),
            .write(
                .post,
                "",
                "recordThanks",
                "Record closed business",
                draft,
                example: ["thanked": "chapter", "amount": ["amount": "1200.00", "currency": "EUR"]],
                answers: .made(links: [.init(name: "readThanks")])
            ),
            .get("{id}", "readThanks", "One closed business", answers: .json(.named("Thanks"))),
        ]
    )

    static let draft = Schema.draft(
        needs: ["thanked": .named("Party"), "amount": .named("Money")],
        takes: [
            "date": .date, "earner": .named("Party"),
            "referral": .slipID.saying("Of which it came."),
            "repeat": .truth.otherwise(false).saying("Whether the customer comes again."),
            "tier": .whole(ReferralRoutes.tiers),
        ]
    )
}
