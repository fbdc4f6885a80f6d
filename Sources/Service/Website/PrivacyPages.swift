import Hummingbird
import Pages
import ReferralGroup
import Storage

/// What others see and saw of a person, told to that person.
struct PrivacyPages {
    private static let length = 50
    let database: Database

    func add(to routes: inout Routes) {
        routes.oneself(.get, "privacy", use: show)
    }

    func show(_ request: Request, context: PersonContext) async throws -> Response {
        let before = try QueryParameters(request, known: ["before"])
            .value("before", AccessEvent.ID.self, "where the part before ended")
        let (memberships, events) = try await database.acting(as: context.actor, in: nil).run(
            .ownMemberships,
            .ownAccessLog(before: before, limit: Self.length + 1)
        )
        let names = Dictionary(memberships.map { ($0.chapter, $0.chapterName) }) { one, _ in one }
        let view = PrivacyView(
            sharing: memberships.filter { $0.endedOn == nil }.map {
                PrivacyView.Sharing(
                    chapter: $0.chapter,
                    chapterName: $0.chapterName,
                    member: $0.id,
                    isShared: $0.sharesFigures
                )
            },
            looks: events.prefix(Self.length).map { event in
                PrivacyView.Look(
                    id: event.id.description,
                    at: event.at,
                    reader: event.reader,
                    chapter: names[event.chapter] ?? event.chapter.description,
                    door: Door(rawValue: event.door),
                    seen: PrivacyView.Seen(rawValue: event.seen),
                    month: event.month
                )
            },
            isFirst: before == nil,
            hasMore: events.count > Self.length
        )
        return Response(page: privacyPage(view), for: request)
    }
}
