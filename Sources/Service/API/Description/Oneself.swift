import HTTPTypes
import ReferralGroup

extension OwnRoutes {
    static let description = Resource(
        "Oneself",
        "What a person keeps and sees of themselves, in whichever chapter.",
        at: "me",
        id: .id,
        schemas: [
            "Person": .answer([
                "id": .id, "name": .text.like("Ines Dane"), "email": .text.orNull.like("ines@example.org"),
                "operator": .truth, "second_factor": .truth, "memberships": .list(of: membership),
                "offices": .list(of: term),
            ]),
            "Session": .answer([
                "id": .id, "created": .instant, "seen": .instant, "expires": .instant, "agent": .text.orNull,
                "address": .text.orNull, "current": .truth.saying("Whether it is the one that asks."),
            ]),
            "Token": .answer([
                "id": .id, "name": .text, "scope": scope, "created": .instant, "expires": .instant,
                "last_used": .instant.orNull, "revoked": .instant.orNull,
            ]),
            "Notifications": .answer(ways, ["quiet_from": time.orNull, "quiet_to": time.orNull]),
            "EverythingKept": .answer([
                "person": .text.like("Ines Dane"), "at": .instant,
                "kept": Schema([
                    "type": "object",
                    "additionalProperties": Schema.list(
                        of: .answer([
                            "chapter": .slug.orNull, "as": .text.like("giver"),
                            "row": Schema(["type": "object"]),
                        ])
                    ).value,
                ]).saying("By table; `as` is what one is in a row."),
            ]),
            "AccessEvent": .answer([
                "id": .id, "at": .instant, "chapter": .slug, "by": .text.orNull.like("Karl Kurz"),
                "door": .text, "seen": .text, "month": .month.orNull,
            ]),
        ],
        [
            .get("", "readOneself", "One's own data", answers: .json(.named("Person"))),
            .get(
                "sessions",
                "listSessions",
                "Where one is signed in",
                answers: .json(.list(of: .named("Session")))
            ),
            .get("sessions/{id}", "readSession", "One session", answers: .json(.named("Session")))
                .mayFail(.notFound),
            .act(.delete, "sessions/{id}", "endSession", "End a session").mayFail(.notFound),
            .get("tokens", "listTokens", "One's tokens", answers: .json(.list(of: .named("Token")))),
            makeToken,
            .get("tokens/{id}", "readToken", "One token, without its secret", answers: .json(.named("Token")))
                .mayFail(.notFound),
            .act(.delete, "tokens/{id}", "endToken", "End a token").mayFail(.notFound),
            .get(
                "access-log",
                "listAccess",
                "Who saw one's private figures, one's cards, or how to reach one, newest first",
                [
                    .limit,
                    .query("after", .id, "The last entry of the part before, as the Link header has it."),
                ],
                answers: .page(of: .named("AccessEvent"))
            ),
            .get(
                "data",
                "readEverything",
                "All that is kept about one, of every table",
                answers: .json(.named("EverythingKept"))
            ).saying(
                "By a session whose owner gave their password within the last quarter of an hour. It stands in the audit trail."
            ),
            .get(
                "notifications",
                "readNotifications",
                "What one is told by mail, how, and when not",
                answers: .json(.named("Notifications"))
            ),
            Operation(
                method: .put,
                path: "notifications",
                name: "chooseNotifications",
                summary: "Choose what one is told by mail",
                details: "Quiet hours have a beginning and an end, or neither; they may pass midnight.",
                body: (
                    .draft(needs: ways, takes: ["quiet_from": time, "quiet_to": time]),
                    [
                        "referral": "at-once", "thanks": "digest", "introduction": "at-once",
                        "one_to_one": "at-once", "weekly_reminder": "at-once", "monthly_return": "off",
                        "absence_warning": "at-once", "office_handover": "at-once",
                        "quiet_from": "21:00", "quiet_to": "07:00",
                    ]
                )
            ),
        ]
    )

    private static let makeToken = Operation(
        method: .post,
        path: "tokens",
        name: "makeToken",
        summary: "Make a token",
        details:
            "By a session whose owner gave their password within the last quarter of an hour. The secret is in this answer and nowhere else, so there is no Idempotency-Key.",
        body: (
            .draft(
                needs: ["name": .line.like("laptop")],
                takes: ["days": .whole(days).otherwise(90), "scope": scope.otherwise("everything")]
            ),
            ["name": "laptop", "days": 90, "scope": "read"]
        ),
        answer: .made(
            .answer(["id": .id, "token": .text]),
            links: ["readToken", "endToken"].map { .init(name: $0, isInChapter: false) }
        )
    )

    private static let way = Schema.word(Notice.Way.self)
    private static let time = Schema.matching("^([01][0-9]|2[0-3]):[0-5][0-9]$").like("21:00")
    private static let ways: KeyValuePairs<String, Schema> = [
        "referral": way, "thanks": way, "introduction": way, "one_to_one": way, "weekly_reminder": way,
        "monthly_return": way, "absence_warning": way,
        "office_handover": way,
    ]

    private static let scope = Schema.word(["everything", "read"])

    private static let membership = Schema.answer([
        "chapter": .slug, "chapter_name": .text, "id": .id, "name": .text, "seat": .text.orNull,
        "company": .text.orNull, "joined": .date, "renews": .date.orNull, "ended": .date.orNull,
        "shares_figures": .truth, "margin": .text.orNull.like("40%"),
        "value_of_hour": Schema.named("Money").orNull,
    ])

    private static let term = Schema.answer([
        "chapter": .slug, "id": .id, "role": .word(OfficeRole.self), "from": .date, "to": .date.orNull,
    ])
}
