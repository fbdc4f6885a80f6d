import HTTPTypes
import ReferralGroup

extension ContactRoutes {
    static let descriptions = [contacts, shared]

    private static let contacts = Resource(
        "Contacts",
        "A member's own trusted network: nobody else sees it, but for the cards that they share.",
        at: "chapters/{chapter}/contacts",
        schemas: [
            "Contact": .answer(
                ["id": .slipID],
                card,
                [
                    "met": .date, "met_where": .text.orNull, "notes": .text.orNull, "cadence": .count.orNull,
                    "shared": .truth, "member": .text.orNull, "last_contact": .date,
                    "next_contact": .date.orNull,
                ]
            )
        ],
        [
            .get(
                "",
                "listContacts",
                "One's contacts, in order of name",
                part,
                answers: .page(of: .named("Contact"))
            ).mayFail(.unprocessableContent),
            .write(
                .post,
                "",
                "keepContact",
                "Keep a contact",
                .draft(
                    needs: ["name": .line],
                    takes: taken,
                    ["member": .named("Party"), "visitor": .slipID]
                ),
                example: [
                    "name": "Karla Klug", "profession": "Surveyor", "met_where": "Chamber evening",
                    "cadence": 90,
                ],
                answers: .made(links: [.init(name: "readContact"), .init(name: "forgetContact")])
            )
            .saying(
                "Who was met just now is to be written to: a follow-up comes by itself. `cadence` is the days after which it is time to be in touch again."
            ),
            .get("{id}", "readContact", "One contact", answers: .json(.named("Contact"))),
            .get(
                "{id}/card.vcf",
                "readCard",
                "A contact for an address book",
                answers: Operation.Answer(
                    status: .ok,
                    description: "A vCard 4.0: of one's own contact with its notes, of a shared one without.",
                    contents: [("text/vcard", .text)]
                )
            ),
            .write(
                .put,
                "{id}",
                "changeContact",
                "Write a contact anew",
                .draft(needs: ["name": .line], takes: taken),
                example: ["name": "Karla Klug", "cadence": 30],
                answers: .nothing
            ),
            .act(.delete, "{id}", "forgetContact", "Forget a contact: what was kept of them goes"),
            .write(
                .post,
                "{id}/touches",
                "touchContact",
                "Say that one was in touch",
                .draft(
                    needs: [:],
                    takes: ["channel": .word(FollowUp.Channel.self), "date": .date, "outcome": .line]
                ),
                example: ["channel": "coffee", "outcome": "Looks for an office"],
                answers: .nothing
            ),
        ]
    )

    private static let shared = Resource(
        "Shared contacts",
        "Cards that members let the chapter see, without what stands on their backs.",
        at: "chapters/{chapter}/shared-contacts",
        schemas: ["SharedContact": .answer(["id": .slipID, "shared_by": .text], card)],
        [
            .get(
                "",
                "listSharedContacts",
                "Shared cards, in order of name",
                part,
                answers: .page(of: .named("SharedContact"))
            ).mayFail(.unprocessableContent)
        ]
    )

    private static let card: KeyValuePairs<String, Schema> = [
        "name": .text, "company": .text.orNull, "profession": .text.orNull, "phone": .text.orNull,
        "email": .text.orNull,
    ]

    private static let taken: KeyValuePairs<String, Schema> = [
        "company": .line, "profession": .line, "phone": .line, "email": .email, "met": .date,
        "met_where": .line, "notes": .paragraphs, "cadence": .whole(BackOfCard.cadences), "shared": .truth,
    ]

    private static let part = [
        Parameter.limit,
        .query("after", .slipID, "The last entry of the part before, as the Link header has it."),
    ]
}

extension FollowUpRoutes {
    static let description = Resource(
        "Follow-ups",
        "What one has still to do about somebody, the most urgent first.",
        at: "chapters/{chapter}/follow-ups",
        schemas: [
            "FollowUp": .answer([
                "id": .slipID.orNull, "due": .date, "this_week": .truth,
                "channel": .word(FollowUp.Channel.self),
                "about": .text.orNull, "text": .text.orNull, "cause": .word(FollowUp.Cause.self).orNull,
                "slip": .slipID.orNull, "contact": .slipID.orNull, "last_contact": .date.orNull,
            ])
        ],
        [
            .get("", "listFollowUps", "What is open", answers: .json(.list(of: .named("FollowUp"))))
                .saying(
                    "Of a contact with whom it is time to be in touch again nothing is written down: it has no id, and its cause is cadence. `this_week` is never true for more than one chose to be asked for."
                ),
            .write(
                .post,
                "",
                "writeFollowUp",
                "Write one down",
                .draft(
                    needs: ["due": .date],
                    takes: ["contact": .slipID, "text": .line, "channel": .word(FollowUp.Channel.self)]
                ),
                example: ["due": "2026-11-04", "text": "Send the article on flat roofs", "channel": "email"],
                answers: .made(links: [.init(name: "readFollowUp"), .init(name: "endFollowUp")])
            ),
            .get("{id}", "readFollowUp", "One that is open", answers: .json(.named("FollowUp"))),
            .write(
                .put,
                "{id}/due",
                "putOffFollowUp",
                "Put it off",
                .draft(needs: ["due": .date], takes: [:]),
                example: ["due": "2026-11-11"],
                answers: .nothing
            ),
            .write(
                .put,
                "{id}/end",
                "endFollowUp",
                "Say that it is done, or not needed any more",
                .draft(
                    needs: [:],
                    takes: [
                        "ending": .word(FollowUp.Ending.self), "channel": .word(FollowUp.Channel.self),
                        "date": .date, "outcome": .line,
                    ]
                ),
                example: ["ending": "done", "channel": "call", "outcome": "Meets me on Friday"],
                answers: .nothing
            ),
        ]
    )
}
