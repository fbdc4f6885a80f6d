import HTTPTypes
import ReferralGroup

extension OwnCalendarRoutes {
    static let description = Resource(
        "Own calendar",
        "The address at which programs subscribe to the meetings of one's chapters.",
        at: "me/calendar",
        schemas: [
            "Calendar": .answer(["since": .instant.orNull.saying("Null where it has no address.")]),
            "CalendarAddress": .answer([
                "address": .text.like(
                    "https://chapter.example.org/calendar/4pVdQ1mTz0cR8uYk2wXeLh6sJb9nGf3aOi7tBvCxDqE.ics"
                ),
                "since": .instant,
            ]),
        ],
        Operation.ofCalendar("OwnCalendar", "one's calendar")
    )
}

extension ChapterCalendarRoutes {
    static let description = Resource(
        "Chapter calendar",
        "The address at which everybody whom it is given subscribes to the meetings of a chapter; nobody is named there.",
        at: "chapters/{chapter}/calendar",
        Operation.ofCalendar("ChapterCalendar", "the chapter's calendar")
    )
}

extension Operation {
    fileprivate static func ofCalendar(_ name: String, _ what: String) -> [Operation] {
        [
            .get(
                "",
                "read\(name)",
                "Since when \(what) has an address",
                answers: .json(.named("Calendar"))
            ),
            .act(
                .put,
                "",
                "renew\(name)",
                "Give \(what) a new address",
                answers: .json(.named("CalendarAddress"), "Where it is found from now on.")
            )
            .saying(
                "The address is in this answer and nowhere else, so there is no Idempotency-Key. The one before leads nowhere from then on."
            ),
            .act(.delete, "", "end\(name)", "Take \(what) its address").mayFail(.notFound),
        ]
    }
}
