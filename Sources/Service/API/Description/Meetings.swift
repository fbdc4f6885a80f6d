import HTTPTypes
import ReferralGroup

extension MeetingRoutes {
    static let description = Resource(
        "Meetings",
        "Meetings and their sheets.",
        at: "chapters/{chapter}/meetings",
        schemas: [
            "Meeting": .answer(meeting),
            "Sheet": .answer(
                meeting,
                [
                    "marks": .list(
                        of: .answer([
                            "member": .id, "name": .text, "mark": .word(letters).orNull,
                            "stand_in": .text.orNull, "on_leave": .truth,
                        ])
                    )
                ]
            ),
        ],
        [
            .get(
                "",
                "listMeetings",
                "From three months ago to three months ahead, or of other days",
                [.from, .to],
                answers: .json(.list(of: .named("Meeting")), "In order of time.")
            )
            .mayFail(.unprocessableContent),
            .get(
                "{date}/attendance",
                "readSheet",
                "The sheet of a meeting",
                answers: .json(.named("Sheet")).with(.eTag)
            ),
            .write(
                .put,
                "{date}/attendance",
                "putSheet",
                "Mark everybody at once",
                .draft(needs: ["marks": marks]),
                example: [
                    "marks": [
                        ["member": 12, "mark": "P"], ["member": 13, "mark": "S", "stand_in": "Karl Kurz"],
                    ]
                ],
                answers: .nothing
            )
            .saying("By whoever saw the newest sheet.")
            .with(.ifMatch.required)
            .mayFail(.preconditionFailed, .preconditionRequired),
            .write(
                .patch,
                "{date}/attendance",
                "markSome",
                "Mark some",
                .draft(
                    needs: ["marks": marks],
                    takes: ["everybody_else": mark.saying("Whoever has no mark yet.")]
                ),
                example: ["marks": [["member": 12, "mark": "L"]], "everybody_else": "P"],
                answers: .nothing
            )
            .with(.ifMatch)
            .mayFail(.preconditionFailed),
            .act(.put, "{date}/seal", "sealSheet", "Seal the sheet")
                .saying("Refused, with the names, while somebody has no mark."),
            .act(
                .delete,
                "{date}/seal",
                "reopenSheet",
                "Open a sealed sheet again",
                [.query("reason", .line, "Why; the audit trail keeps it.").required]
            ),
        ]
    )

    private static let meeting: KeyValuePairs<String, Schema> = [
        "date": .date, "starts_at": .instant, "minutes": .whole(1...1440), "kind": .word(Meeting.Kind.self),
        "status": .word(Meeting.Status.self), "place": .text.orNull.like("Town hall"),
    ]

    private static let letters = Mark.allCases.map(\.letter)

    /// The word goes as well as the letter.
    private static let mark = Schema.word(letters + Mark.allCases.map(\.rawValue))

    private static let marks = Schema.list(
        of: .draft(
            needs: ["member": .id, "mark": mark],
            takes: ["stand_in": .line.saying("Who came for a member marked S.")]
        ),
        atMost: most
    )
}
