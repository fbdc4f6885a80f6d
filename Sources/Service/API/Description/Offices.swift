import HTTPTypes
import ReferralGroup

extension OfficeRoutes {
    static let description = Resource(
        "Offices",
        "Who serves in which office, and when.",
        at: "chapters/{chapter}/offices",
        id: .id,
        schemas: [
            "Term": .answer([
                "id": .id, "role": .word(OfficeRole.self), "member": .id, "name": .text.like("Ines Dane"),
                "from": .date, "to": .date.orNull.saying("The last day; null while nobody said it."),
            ])
        ],
        [
            .get("", "listOffices", "All terms of all offices", answers: .json(.list(of: .named("Term")))),
            .write(
                .post,
                "",
                "appoint",
                "Appoint a member",
                .draft(
                    needs: ["member": .named("Party"), "role": .word(OfficeRole.self)],
                    takes: ["from": .date, "to": .date]
                ),
                example: ["member": 12, "role": "mentor", "from": "2026-11-01"],
                answers: .made(
                    .named("Term"),
                    links: [
                        .init(name: "readOffice"), .init(name: "endOffice"),
                    ]
                )
            ),
            .get("{id}", "readOffice", "One term", answers: .json(.named("Term"))),
            .act(
                .delete,
                "{id}",
                "endOffice",
                "End a term",
                [.query("on", .date, "The last day of the term; today without it.")]
            )
            .saying("What was done in it stays.")
            .mayFail(.unprocessableContent),
        ]
    )
}
