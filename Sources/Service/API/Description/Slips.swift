import HTTPTypes
import ReferralGroup

extension SlipRoutes {
    static let descriptions = [oneToOnes, testimonials, introductions, education, visitors, activities, many]

    private static let minutes = Schema.whole(minutesOfADay)

    private static func slips(
        _ name: String,
        _ description: String,
        at path: String,
        _ one: String,
        _ schema: Schema,
        _ list: String,
        _ record: (Operation.Answer) -> Operation
    ) -> Resource {
        Resource(
            name,
            description,
            at: "chapters/{chapter}/\(path)",
            schemas: [one: schema],
            [
                .get("", list, "\(name), newest first", Parameter.portion, answers: .page(of: .named(one)))
                    .saying(toWhom)
                    .mayFail(.unprocessableContent),
                record(.made(links: [.init(name: "read\(one)")])),
                .get("{id}", "read\(one)", "One of the \(name.lowercased())", answers: .json(.named(one)))
                    .saying(toWhom),
            ]
        )
    }

    private static let toWhom = "All of the chapter's to whoever may see them, their own to others."

    private static let oneToOnes = slips(
        "One-to-ones",
        "Two members who took time for each other: one record that counts for both.",
        at: "one-to-ones",
        "OneToOne",
        .answer([
            "id": .slipID, "date": .date, "first": .text, "second": .text.orNull, "minutes": minutes.orNull,
            "place": .text.orNull,
        ]),
        "listOneToOnes"
    ) { made in
        .write(
            .post,
            "",
            "recordOneToOne",
            "Record a one-to-one",
            oneToOneDraft,
            example: ["second": "Karl Kurz @ Cedar", "minutes": 45, "place": "The corner café"],
            answers: made
        )
    }

    private static let testimonials = slips(
        "Testimonials",
        "A good word for somebody, before the chapter.",
        at: "testimonials",
        "Testimonial",
        .answer([
            "id": .slipID, "date": .date, "giver": .text, "receiver": .text.orNull, "text": .text.orNull,
        ]),
        "listTestimonials"
    ) { made in
        .write(
            .post,
            "",
            "recordTestimonial",
            "Record a testimonial",
            testimonialDraft,
            example: ["receiver": "Karl Kurz @ Cedar", "text": "On time, and clean."],
            answers: made
        )
    }

    private static let introductions = slips(
        "Introductions",
        "Two people brought together by a third.",
        at: "introductions",
        "Introduction",
        .answer([
            "id": .slipID, "date": .date, "connector": .text, "first": .text.orNull, "second": .text.orNull,
            "why": .text.orNull,
        ]),
        "listIntroductions"
    ) { made in
        .write(
            .post,
            "",
            "recordIntroduction",
            "Record an introduction",
            introductionDraft,
            example: [
                "first": "Karl Kurz @ Cedar", "second": "visitor:Vera Visitor", "why": "Both restore barns",
            ],
            answers: made
        )
    }

    private static let education = slips(
        "Education",
        "What members learned for the network.",
        at: "education",
        "Education",
        .answer([
            "id": .slipID, "date": .date, "member": .text, "hours": .figure.orNull.like("1.50"),
            "title": .text.orNull,
        ]),
        "listEducation"
    ) { made in
        .write(
            .post,
            "",
            "recordEducation",
            "Record education",
            educationDraft,
            example: ["hours": "1.5", "title": "Asking for introductions"],
            answers: made
        )
    }

    private static let visitors = slips(
        "Visitors",
        "Who came to see the chapter, or is asked to.",
        at: "visitors",
        "Visitor",
        .answer([
            "id": .slipID, "date": .date, "name": .text, "invited_by": .text.orNull,
            "kind": .word(VisitKind.self), "status": .word(VisitorStatus.self),
        ]),
        "listVisitors"
    ) { made in
        .write(
            .post,
            "",
            "registerVisitor",
            "Register a visitor",
            visitorDraft,
            example: [
                "name": "Lena Lang", "invited_by": "chapter", "profession": "Florist", "consent": true,
            ],
            answers: made
        )
    }

    private static let activities = slips(
        "Activities",
        "What members did for the network outside the meetings.",
        at: "activities",
        "Activity",
        .answer([
            "id": .slipID, "date": .date, "member": .text, "kind": .word(ActivityKind.self),
            "minutes": minutes.orNull, "purpose": .text.orNull,
        ]),
        "listActivities"
    ) { made in
        .write(
            .post,
            "",
            "logActivity",
            "Log an activity",
            activityDraft,
            example: ["kind": "event", "minutes": 120, "purpose": "Trade fair"],
            answers: made
        )
    }

    private static let oneToOneDraft = Schema.draft(
        needs: ["second": .named("Party")],
        takes: [
            "date": .date, "first": .named("Party"), "minutes": minutes.otherwise(60), "place": .line,
            "topics": .paragraphs, "cost_of_first": .named("Money"), "cost_of_second": .named("Money"),
        ]
    )

    private static let testimonialDraft = Schema.draft(
        needs: ["receiver": .named("Party")],
        takes: ["date": .date, "giver": .named("Party"), "text": .line]
    )

    private static let introductionDraft = Schema.draft(
        needs: ["first": .named("Party"), "second": .named("Party")],
        takes: ["date": .date, "connector": .named("Party"), "why": .line]
    )

    private static let educationDraft = Schema.draft(
        needs: ["hours": .matching(DecimalShape.hours.pattern).like("1.5")],
        takes: ["date": .date, "member": .named("Party"), "title": .line]
    )

    private static let visitorDraft = Schema.draft(
        needs: ["name": .line],
        takes: [
            "date": .date, "invited_by": .named("Party"),
            "kind": .word(VisitKind.self).otherwise("first"),
            "came": .truth.otherwise(false), "email": .email, "phone": .line, "company": .line,
            "profession": .line,
            "consent": .truth.otherwise(false).saying(
                "Whether they agreed that these data are kept."
            ),
            "further_visit_because": .line.saying(
                "Why they may come once more than the policy allows; for those who look after visitors."
            ),
        ]
    )

    private static let activityDraft = Schema.draft(
        needs: ["kind": .word(ActivityKind.self)],
        takes: [
            "date": .date, "member": .named("Party"), "minutes": minutes.otherwise(0),
            "money": .named("Money"),
            "downtime": .truth.otherwise(false).saying("Whether the time had no other use."),
            "purpose": .line, "met": .line, "lesson": .line,
        ]
    )

    private static let many = Resource(
        "Many slips",
        "Slips of every kind at once, all of them or none.",
        at: "chapters/{chapter}/slips",
        // Each with a name of its own: a generated client makes a type of it.
        schemas: [
            "ReferralSlip": ReferralRoutes.draft.ofKind(.referral),
            "ThanksSlip": ThanksRoutes.draft.ofKind(.thanks),
            "OneToOneSlip": oneToOneDraft.ofKind(.oneToOne),
            "TestimonialSlip": testimonialDraft.ofKind(.testimonial),
            "IntroductionSlip": introductionDraft.ofKind(.introduction),
            "EducationSlip": educationDraft.ofKind(.education),
            "VisitorSlip": visitorDraft.ofKind(.visitor),
            "ActivitySlip": activityDraft.ofKind(.activity),
            "SlipDraft": .oneOf(
                [
                    "ReferralSlip", "ThanksSlip", "OneToOneSlip", "TestimonialSlip", "IntroductionSlip",
                    "EducationSlip", "VisitorSlip", "ActivitySlip",
                ].map { .named($0) }
            ),
        ],
        [
            .write(
                .post,
                "",
                "recordSlips",
                "Record many slips",
                .draft(needs: [
                    "slips": .list(of: .named("SlipDraft"), atMost: Slip.most).ofSome
                ]),
                example: [
                    "slips": [
                        ["slip": "referral", "receiver": "Karl Kurz @ Cedar", "need": "a new roof"],
                        ["slip": "activity", "kind": "event", "minutes": 120],
                    ]
                ],
                answers: Operation.Answer(
                    status: .created,
                    description: "All were recorded, in this order.",
                    contents: [
                        (
                            "application/json",
                            .answer([
                                "slips": .list(
                                    of: .answer(["slip": .word(EntryKind.self), "id": .slipID])
                                )
                            ])
                        )
                    ]
                )
            )
            .saying("Where some are not right none is recorded, and `errors` names the place of each.")
        ]
    )
}
