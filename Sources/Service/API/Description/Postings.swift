import HTTPTypes
import ReferralGroup

extension PostingRoutes {
    static let descriptions = [needs, offers]

    private static let needs = Resource(
        "Needs",
        "What members want to buy; whoever answers one has given first.",
        at: "chapters/{chapter}/needs",
        schemas: [
            "Need": .answer(posting, ["answered_by": .text.orNull, "answered_on": .date.orNull]),
            "NeedMatch": .answer([
                "by": .word(NeedMatch.By.self), "member": .id.orNull, "name": .text, "about": .text,
            ]),
        ],
        [
            .get(
                "",
                "listNeeds",
                "Needs, newest first",
                Parameter.portion,
                answers: .page(of: .named("Need"))
            )
            .mayFail(.unprocessableContent),
            post(
                "postNeed",
                "Post a need",
                example: ["text": "An oven for thirty loaves", "profession": "kitchen fitter"],
                links: ["readNeed", "matchNeed", "answerNeed"]
            ),
            .get("{id}", "readNeed", "One need", answers: .json(.named("Need"))),
            .get(
                "{id}/matches",
                "matchNeed",
                "Who could answer a need, the closest first",
                answers: .json(.list(of: .named("NeedMatch")))
            )
            .saying(
                "By profession and by words that are alike, in the chapter's language: seats, offers that stand, profiles, and cards that members share. Of other chapters of the region, where both let their needs be seen there, seats and offers; who is of one has no number."
            ),
            .write(
                .put,
                "{id}/answer",
                "answerNeed",
                "Say who answered a need",
                .draft(needs: [:], takes: ["answered_by": .named("Party"), "date": .date]),
                example: ["answered_by": "Karl Kurz"],
                answers: .nothing
            ),
        ]
    )

    private static let offers = Resource(
        "Offers",
        "What members have to offer each other.",
        at: "chapters/{chapter}/offers",
        schemas: ["Offer": .answer(posting)],
        [
            .get(
                "",
                "listOffers",
                "Offers, newest first",
                Parameter.portion,
                answers: .page(of: .named("Offer"))
            )
            .mayFail(.unprocessableContent),
            post(
                "postOffer",
                "Post an offer",
                example: ["text": "Scaffolding, unused in winter"],
                links: ["readOffer"]
            ),
            .get("{id}", "readOffer", "One offer", answers: .json(.named("Offer"))),
        ]
    )

    private static let posting: KeyValuePairs<String, Schema> = [
        "id": .slipID, "date": .date, "member": .text, "text": .text, "profession": .text.orNull,
        "until": .date.orNull,
    ]

    private static func post(
        _ name: String,
        _ summary: String,
        example: DocumentValue,
        links: [String]
    ) -> Operation {
        .write(
            .post,
            "",
            name,
            summary,
            .draft(
                needs: ["text": .line],
                takes: ["date": .date, "member": .named("Party"), "profession": .line, "until": .date]
            ),
            example: example,
            answers: .made(links: links.map { .init(name: $0) })
        )
    }
}
