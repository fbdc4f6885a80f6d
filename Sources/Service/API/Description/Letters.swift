import HTTPTypes
import ReferralGroup

extension LetterRoutes {
    static let description = Resource(
        "Absence letters",
        "Letters that warn of absences before the limit is passed; to a member their own, once they were given.",
        at: "chapters/{chapter}/absence-letters",
        schemas: [
            "AbsenceLetter": .answer([
                "id": .slipID, "date": .date, "member": .named("MemberName"), "counted_on": .date,
                "used": Schema(["type": "number"]), "allowed": .count, "language": .text, "subject": .text,
                "text": .text, "drafted_by": .text.orNull, "given_on": .date.orNull,
                "by": .word(AbsenceLetter.Way.self).orNull,
            ])
        ],
        [
            .get(
                "",
                "listAbsenceLetters",
                "Letters, newest first",
                Parameter.portion,
                answers: .page(of: .named("AbsenceLetter"))
            ).mayFail(.unprocessableContent),
            .write(
                .post,
                "",
                "draftAbsenceLetter",
                "Draft a letter in the member's language",
                .draft(needs: ["member": .named("Party")], takes: ["counted_on": .date]),
                example: ["member": 12],
                answers: .made(links: [.init(name: "readAbsenceLetter"), .init(name: "giveAbsenceLetter")])
            )
            .saying("It is kept, and sent to nobody."),
            .get("{id}", "readAbsenceLetter", "One letter", answers: .json(.named("AbsenceLetter"))),
            .write(
                .put,
                "{id}/delivery",
                "giveAbsenceLetter",
                "Say that it was given by hand, or send it by mail",
                .draft(needs: ["by": .word(AbsenceLetter.Way.self)], takes: [:]),
                example: ["by": "mail"],
                answers: .nothing
            ),
        ]
    )
}
