import HTTPTypes
import ReferralGroup

extension PolicyRoutes {
    static let description = Resource(
        "Policy",
        "What a chapter decided about itself, from when on.",
        at: "chapters/{chapter}/policy",
        schemas: [
            "Policy": .answer(
                ["valid_from": .date],
                settings,
                weights,
                ["substitutes_allowed": substitutes.orNull]
            )
        ],
        [
            .get(
                "",
                "readPolicy",
                "The policy of a day",
                [.on],
                answers: .json(.named("Policy")).with(.eTag)
            ),
            .write(
                .put,
                "",
                "decidePolicy",
                "Decide some of it",
                .draft(
                    needs: [:],
                    takes: ["valid_from": .date.saying("Today without it.")],
                    settings,
                    weights,
                    ["substitutes_allowed": substitutes.saying("Null is without limit.")]
                ),
                example: ["valid_from": "2027-01-01", "absence_limit": 3, "late_weight": "0.5"],
                answers: .nothing
            )
            .saying("What the body does not name stays as it was that day.")
            .with(.ifMatch.required)
            .mayFail(.preconditionFailed, .preconditionRequired),
        ]
    )

    private static let substitutes = Schema.whole(0...366)

    private static let settings: KeyValuePairs<String, Schema> = [
        "membership_fee": .named("Money"), "months_covered": .whole(1...120), "meeting_fee": .named("Money"),
        "meeting_fee_due_for": .word(["every", "attended"]), "value_of_hour": .named("Money"),
        "absence_limit": .whole(0...366),
        "absence_window": .word(["rolling-26-weeks", "half-years", "12-months"]),
        "late_weight": .matching(#"^(0(\.[0-9]{1,2})?|1(\.0{1,2})?)$"#).like("0.5"),
        "contact_within_hours": .whole(1...8784), "visits_before_applying": .whole(1...52),
        "earned_is_seen_by": .word(["member", "leaders", "chapter"]),
        "needs_are_seen_in": .word(["chapter", "region"]),
        "term_starts": .list(of: .matching(dayOfTheYear).like("04-01"), atMost: 12).ofDifferent(atLeast: 1),
    ]

    /// What each deposit and withdrawal of social capital counts for.
    private static let weights: KeyValuePairs<String, Schema> = [
        "referral_given_weight": weight, "introduction_made_weight": weight, "visitor_weight": weight,
        "testimonial_weight": weight, "one_to_one_weight": weight, "office_month_weight": weight,
        "need_answered_weight": weight, "referral_received_weight": weight,
        "introduction_received_weight": weight, "need_posted_weight": weight,
    ]

    private static let weight = Schema.matching(#"^([0-9]{1,2}(\.[0-9]{1,2})?|100(\.0{1,2})?)$"#).like("0.5")

    private static let dayOfTheYear =
        "^((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))$"
}
