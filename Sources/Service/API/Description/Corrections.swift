import HTTPTypes
import ReferralGroup

extension CorrectionRoutes {
    static let description = Resource(
        "Corrections",
        "Entries that were wrong: taken out of the ledger with a reason, and kept.",
        at: "chapters/{chapter}/corrections",
        schemas: [
            "Correction": .answer([
                "id": .slipID, "slip": .word(EntryKind.self), "corrects": .slipID,
                "replacement": .slipID.orNull.saying("What took its place; null where nothing did."),
                "date": .date.saying("On which it counted."),
                "was": .text.saying("What it said, without who earned."), "reason": .text,
                "corrected_by": .text.orNull.saying("Null is the operator's shell."),
                "corrected_at": .instant,
            ])
        ],
        [
            .get(
                "",
                "listCorrections",
                "The newest thousand, of entries that counted on these days",
                [.from, .to],
                answers: .json(.list(of: .named("Correction")), "Newest first.")
            ),
            .write(
                .post,
                "",
                "correctSlip",
                "Take an entry out, and put another in its place",
                .draft(
                    needs: ["slip": .word(EntryKind.self), "corrects": .slipID, "reason": .line],
                    takes: [
                        "replacement": .named("SlipDraft").saying(
                            "The whole entry as it should have been, of the same kind; without it, it is taken back."
                        )
                    ]
                ),
                example: [
                    "slip": "education", "corrects": "0191f2a4-6c1e-4b6b-9a55-3f0f4a1c2d3e",
                    "reason": "It was an hour and a half",
                    "replacement": ["slip": "education", "hours": "1.5"],
                ],
                answers: Operation.Answer(
                    status: .created,
                    description: "It was corrected.",
                    contents: [
                        ("application/json", .answer(["id": .slipID, "replacement": .slipID.orNull]))
                    ]
                )
            ),
        ]
    )
}
