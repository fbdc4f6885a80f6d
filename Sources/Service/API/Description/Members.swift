import HTTPTypes
import ReferralGroup

extension MemberRoutes {
    static let description = Resource(
        "Members",
        "The members of a chapter, to each other and to those who seat them.",
        at: "chapters/{chapter}/members",
        id: .id,
        schemas: [
            "Member": .answer(
                [
                    "id": .id.like(12), "name": .text.like("Ines Dane"), "seat": .text.orNull.like("Roofer"),
                    "joined": .date, "status": .word(Membership.Status.self),
                ],
                sometimes: [
                    "email": .text.orNull.saying(
                        "To themselves and to who manages members, as all that follows."
                    ),
                    "company": .text.orNull, "renews": .date.orNull, "ended": .date.orNull,
                ]
            )
        ],
        [
            .get(
                "",
                "listMembers",
                "The roster of a day",
                [.on],
                answers: .json(.list(of: .named("Member")), "In order of name.")
            ),
            .write(
                .post,
                "",
                "seatMember",
                "Seat a new member",
                .draft(
                    needs: ["name": .line],
                    takes: [
                        "email": .email, "seat": .line, "company": .line, "joined": .date, "renews": .date,
                    ]
                ),
                example: ["name": "Lena Lang", "email": "lena@example.org", "seat": "Florist"],
                answers: .made(
                    .named("Member"),
                    links: ["readMember", "changeMember"].map { .init(name: $0) }
                )
            ),
            .get("{id}", "readMember", "One of the roster", answers: .json(.named("Member")).with(.eTag)),
            change,
            .get(
                "{id}/first-steps",
                "readFirstSteps",
                "What a new member does first, and what of it is done",
                answers: .json(
                    .list(
                        of: .answer([
                            "step": .word(FirstSteps.Step.self), "due": .date, "done": .date.orNull,
                        ])
                    )
                )
            )
            .saying("For the member, their mentor and those who may see the chapter's reports."),
            .write(
                .post,
                "{id}/leaves",
                "grantLeave",
                "Let a member stay away",
                .draft(needs: ["from": .date], takes: ["to": .date, "medical": .truth.otherwise(false)]),
                example: ["from": "2026-12-01", "to": "2026-12-31"],
                answers: .nothing
            ),
            .write(
                .post,
                "{id}/end",
                "endMembership",
                "End a membership",
                .draft(
                    needs: [:],
                    takes: [
                        "on": .date.saying("The last day; today without it."),
                        "code": .word(EndCode.self).saying("By what the retention report counts it."),
                        "reason": .line.saying("In words; another reason takes some."),
                    ]
                ),
                example: ["on": "2026-12-31", "code": "moved-away"],
                answers: .json(.answer(["ended": .date]), "The last day.")
            ),
            .write(
                .post,
                "{id}/rejoin",
                "rejoin",
                "Seat somebody who left again",
                .draft(needs: [:], takes: ["joined": .date, "seat": .line]),
                example: ["seat": "Florist"],
                answers: .made(.named("Member"), links: [.init(name: "readMember")])
            )
            .saying("A new membership; the old one stays."),
        ]
    )

    private static let change = Operation.write(
        .patch,
        "{id}",
        "changeMember",
        "Change a member",
        .draft(
            needs: [:],
            takes: [
                "seat": .line, "company": .line, "email": .email.saying("Where there is none."),
                "renews": .date,
                "mentor": .line.saying("Their e-mail, full name or number."),
                "margin": .matching(#"^(100(\.0{1,4})?|[0-9]{1,2}(\.[0-9]{1,4})?)%$"#).like("40%"),
                "value_of_hour": .named("Money"), "shares_figures": .truth,
                "from": .date.saying("From when on margin and value_of_hour hold."),
            ]
        ),
        example: ["seat": "Florist", "company": .null],
        answers: .nothing
    )
    .saying(
        "Leaders change seat, company, renews, mentor and a missing email; a member their own margin, value_of_hour and shares_figures. Null takes away."
    )
    .with(.ifMatch.required)
    .mayFail(.preconditionFailed, .preconditionRequired)
}
