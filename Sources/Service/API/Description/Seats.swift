import HTTPTypes
import ReferralGroup

extension SeatRoutes {
    static let description = Resource(
        "Seats",
        "The chapter's list of professions. A sphere is what those have in common whose clients are the same people.",
        at: "chapters/{chapter}/seats",
        schemas: [
            "Seat": .answer([
                "id": .id, "seat": .text, "sphere": .text.orNull, "holder": .text.orNull,
            ])
        ],
        [
            .get("", "listSeats", "Every profession, by sphere", answers: .json(.list(of: .named("Seat")))),
            .write(
                .put,
                "{id}/sphere",
                "putSeatIntoSphere",
                "Say of which sphere a seat is; of none, where nothing is said",
                .draft(needs: [:], takes: ["sphere": .line]),
                example: ["sphere": "Building"],
                answers: .nothing
            ),
        ]
    )
}
