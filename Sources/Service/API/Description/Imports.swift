import HTTPTypes
import ReferralGroup

extension ImportRoutes {
    static let description = Resource(
        "Imports",
        "Exports of other tools: a file goes in as a whole or not at all, and can be taken back.",
        at: "chapters/{chapter}/imports",
        id: .id,
        schemas: [
            "Import": .answer([
                "id": .id, "kind": kind, "file": .text.like("slips.csv"), "from": .date, "to": .date,
                "rows": .count, "imported": .instant, "undone": .instant.orNull,
            ]),
            "ImportOutcome": .answer([
                "result": .word(["imported", "already-imported", "would-import", "refused"]),
                "import": .id.orNull,
                "rows": .list(
                    of: .answer([
                        "row": .count.saying("As a spreadsheet program numbers it; 0 is the file."),
                        "refused": .truth, "message": .text,
                    ])
                ),
                "new_members": .list(of: .text),
            ]),
        ],
        [
            .get("", "listImports", "What was imported", answers: .json(.list(of: .named("Import")))),
            bring,
            .get("{id}", "readImport", "One import", answers: .json(.named("Import"))),
            .act(.delete, "{id}", "undoImport", "Take an import back, with everything it brought"),
        ]
    )

    private static let formers = Schema.list(of: .line, atMost: ImportQuestion.mostFormers)
    private static let kind = Schema.word(ImportBatch.Kind.self)

    private static let bring = Operation(
        method: .post,
        path: "",
        name: "importFile",
        summary: "Bring in a file",
        details:
            "The file is the body, or the field `file` of a form, whose fields `former` hold more names than an address can. A file that was brought in before comes in once. Where rows cannot go in nothing does, and `errors` names each.",
        parameters: [
            Parameter(
                name: "kind",
                place: .query,
                description: "What the file is.",
                schema: kind,
                isRequired: true
            ),
            Parameter(name: "name", place: .query, description: "How the file is called.", schema: .line),
            Parameter(
                name: "from",
                place: .query,
                description: "The first day of a summary, where the file does not say it.",
                schema: .date
            ),
            Parameter(name: "to", place: .query, description: "The last one, likewise.", schema: .date),
            Parameter(
                name: "meeting",
                place: .query,
                description: "The meeting of slips, where the file does not say it.",
                schema: .date
            ),
            Parameter(
                name: "former",
                place: .query,
                description: "Names of the file that belong to former members.",
                schema: formers
            ),
            Parameter(
                name: "dry_run",
                place: .query,
                description: "Say what would happen to each row, and change nothing.",
                schema: .truth
            ),
        ],
        fileTypes: types,
        form: Schema([
            "type": "object",
            "properties": [
                "file": ["type": "string", "format": "binary"],
                "former": formers.value,
            ],
            "required": ["file"], "additionalProperties": false,
        ]),
        answer: Operation.Answer(
            status: .ok,
            description: "What would become of each row, or the import that there is already.",
            contents: [("application/json", .named("ImportOutcome"))]
        ),
        others: [.made(.named("ImportOutcome"))],
        problems: [.conflict]
    )
}
