import HTTPTypes
import ReferralGroup

extension IntroductionRoutes {
    static let descriptions = [own, answers]

    private static let own = Resource(
        "Own introductions",
        "Those in which one has a part; how to reach the other is told once both have accepted.",
        at: "chapters/{chapter}/own-introductions",
        schemas: [
            "OwnIntroduction": .answer([
                "id": .slipID, "date": .date, "connector": .text.orNull, "first": .text.orNull,
                "second": .text.orNull, "why": .text.orNull, "outcome": .text.orNull,
                "part": .word(["connector", "first", "second"]), "first_accepts": .truth.orNull,
                "second_accepts": .truth.orNull, "email": .text.orNull, "phones": .list(of: .text),
            ])
        ],
        [
            .get(
                "",
                "listOwnIntroductions",
                "One's introductions, newest first",
                answers: .json(.list(of: .named("OwnIntroduction")))
            )
        ]
    )

    private static let answers = Resource(
        "Answers to introductions",
        "Whether one would like to be introduced, and what came of it.",
        at: "chapters/{chapter}/introductions/{id}",
        schemas: [:],
        [
            .write(
                .put,
                "answer",
                "answerIntroduction",
                "Say whether one would like to be introduced",
                .draft(needs: ["accepts": .truth], takes: [:]),
                example: ["accepts": true],
                answers: .nothing
            ),
            .write(
                .put,
                "outcome",
                "concludeIntroduction",
                "Say what came of it",
                .draft(needs: ["outcome": .line], takes: [:]),
                example: ["outcome": "They build a barn together"],
                answers: .nothing
            ),
        ]
    )
}
