import HTTPTypes
import ReferralGroup

extension PlannerRoutes {
    static let descriptions = [planner, danceCard, profiles]

    private static let planner = Resource(
        "Planner",
        "Whom to meet next in a one-to-one: never or the longest ago met, then of one's own sphere, then open referrals.",
        at: "chapters/{chapter}/planner",
        schemas: [
            "Partner": .answer([
                "member": .id, "name": .text, "seat": .text.orNull, "last_met": .date.orNull,
                "open_referrals": .count, "sphere": .text.orNull, "is_on_leave": .truth,
            ])
        ],
        [.get("", "planOneToOnes", "Whom to meet next", answers: .json(.list(of: .named("Partner"))))]
    )

    private static let danceCard = Resource(
        "Dance card",
        "A one-to-one a week, so that everybody meets everybody.",
        at: "chapters/{chapter}/dance-card",
        schemas: ["Pair": .answer(["first": .text, "second": .text])],
        [
            .get(
                "",
                "readDanceCard",
                "Who meets whom in a week",
                [.on],
                answers: .json(.list(of: .named("Pair")))
            )
        ]
    )

    private static let profiles = Resource(
        "Profiles",
        "What members tell the others of themselves.",
        at: "chapters/{chapter}/members/{id}/profile",
        schemas: [
            "Profile": .answer(
                of: Profile().texts.map { ($0.field, .text.orNull) }
                    + [("purposes", .list(of: .word(Profile.Purpose.self)))]
            )
        ],
        [
            .get("", "readProfile", "What a member tells", answers: .json(.named("Profile"))),
            .write(
                .put,
                "",
                "tellOfOneself",
                "Write one's own anew",
                .draft(
                    needs: [:],
                    takes: [
                        "goals": .paragraphs, "accomplishments": .paragraphs, "interests": .paragraphs,
                        "networks": .paragraphs, "skills": .paragraphs, "ideal_referral": .paragraphs,
                        "purposes": .list(
                            of: .word(Profile.Purpose.self),
                            atMost: Profile.Purpose.allCases.count
                        ),
                    ]
                ),
                example: ["ideal_referral": "Bakers who renovate", "purposes": ["leads", "camaraderie"]],
                answers: .nothing
            ),
        ]
    )
}
