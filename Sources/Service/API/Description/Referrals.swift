import HTTPTypes
import ReferralGroup

extension ReferralRoutes {
    static let description = Resource(
        "Referrals",
        "Business that members pass to each other, and what became of it.",
        at: "chapters/{chapter}/referrals",
        schemas: [
            "Referral": .answer([
                "id": .slipID, "date": .date, "giver": .text.like("Ines Dane"),
                "receiver": .text.orNull.like("Karl Kurz @ Cedar"),
                "unplaced_profession": .text.orNull.saying("What nobody in the chapter does."),
                "tier": tier, "need": .text.orNull.like("a new roof"), "warmth": warmth.orNull,
                "status": .word(Referral.Step.self),
                "provisional": .truth.saying("Until the sheet of its meeting is sealed."),
            ]),
            "ReferralDraft": draft,
        ],
        [
            .get(
                "",
                "listReferrals",
                "Referrals, newest first",
                Parameter.portion,
                answers: .page(of: .named("Referral"))
            )
            .saying("All of the chapter's to whoever may see its reports, their own to others.")
            .mayFail(.unprocessableContent),
            .write(
                .post,
                "",
                "passReferral",
                "Pass a referral",
                .named("ReferralDraft"),
                example: [
                    "receiver": "Karl Kurz @ Cedar", "need": "a new roof", "warmth": 4,
                    "prospect": ["name": "Lena Lang", "phone": "+49 30 5550101"],
                ],
                answers: .made(links: [
                    .init(name: "readReferral"),
                    .init(name: "moveReferral"),
                ])
            ),
            .get("{id}", "readReferral", "One referral", answers: .json(.named("Referral"))),
            .get(
                "{id}/steps",
                "listSteps",
                "What became of a referral, step by step",
                answers: .json(
                    .list(
                        of: .answer([
                            "step": .word(Referral.Step.self), "at": .instant, "by": .text.orNull,
                            "reason": .text.orNull,
                        ])
                    )
                )
            ),
            .write(
                .post,
                "{id}/steps",
                "moveReferral",
                "Say what became of a referral",
                .draft(
                    needs: ["step": .word(Referral.Step.self)],
                    takes: ["reason": .line.saying("Needed to decline it.")]
                ),
                example: ["step": "contacted"],
                answers: .nothing
            )
            .saying("The receiver moves it; the giver sees it move."),
        ]
    )

    static let draft = Schema.draft(
        needs: ["need": .line.like("a new roof")],
        takes: [
            "date": .date, "giver": .named("Party"), "receiver": .named("Party"),
            "unplaced_profession": .line.saying(
                "Instead of a receiver: what nobody in the chapter does."
            ),
            "tier": tier.otherwise(1), "warmth": warmth.otherwise(3),
            "opened_by": .line.saying("Who opened the door."), "prospect": prospect,
        ]
    )
    .withEither("receiver", or: "unplaced_profession")

    private static let tier = Schema.whole(tiers).saying(
        "1 is inside the chapter; beyond, how many doors away."
    )
    private static let warmth = Schema.whole(warmths)

    private static let prospect = Schema.draft(
        needs: ["name": .line],
        takes: ["company": .line, "phone": .line, "email": .email]
    ).saying("Whom it is about; for giver and receiver alone.")
}
