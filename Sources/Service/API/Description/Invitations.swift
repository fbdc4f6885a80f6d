import HTTPTypes
import ReferralGroup

extension InvitationRoutes {
    static let description = Resource(
        "Invitations",
        "A link of their own for a visitor: there they see where and when, and say whether they come.",
        at: "chapters/{chapter}",
        schemas: [
            "Invitation": .answer([
                "address": .text.like(
                    "https://chapter.example.org/invitation/4pVdQ1mTz0cR8uYk2wXeLh6sJb9nGf3aOi7tBvCxDqE"
                ),
                "last_day": .date.saying("The day of the visit; the link is good until it is over."),
                "visits": .count.saying("How often they were here as a visitor."),
                "visits_allowed": .count.saying("How often the policy allows it before they apply."),
                "seat_held": .truth.saying("Whether a member holds the seat of their profession."),
            ])
        ],
        [
            Operation(
                method: .put,
                path: "visitors/{id}/invitation",
                name: "inviteVisitor",
                summary: "Give a visitor a link of their own",
                details:
                    "One's own guests, or all of those who look after visitors. The address is in this answer and nowhere else, so there is no Idempotency-Key. The links before lead nowhere from then on.",
                body: (
                    .draft(needs: [:], takes: ["greeting": .line, "by_mail": .truth]),
                    ["greeting": "You asked about roofs", "by_mail": true]
                ),
                answer: .json(.named("Invitation"))
            )
        ]
    )
}
