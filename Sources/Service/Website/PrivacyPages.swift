import Exchange
import Hummingbird
import Logging
import Pages
import ReferralGroup
import Storage

/// What others see and saw of a person, told to that person.
struct PrivacyPages {
    private static let length = 50
    let database: Database

    func add(to routes: inout Routes) {
        routes.oneself(.get, "privacy", use: show)
        routes.oneself(.post, "privacy/data", use: download)
    }

    /// All that is kept about them, for somebody who has just shown that it is them.
    func download(_ request: Request, context: PersonContext) async throws -> Response {
        _ = try await request.form(context.anyone)
        guard context.isFresh else { return .prove }
        return try await context.ownData(in: database)
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
        return answer(request) { privacyPage(view, formToken: $0) }
    }
}

extension PersonContext {
    /// All that is kept about who asks, as a file.
    func ownData(in database: Database) async throws -> Response {
        let (person, records) = try await database.acting(as: actor, in: nil)
            .run(.oneself, .allKept(about: bearer.person))
        logger.notice("somebody took what is kept about them", metadata: ["person": "\(bearer.person)"])
        var response = Response(json: OwnDataFile.json(records, of: person.name, at: .now()))
        response.headers[.contentDisposition] = "attachment; filename=\"\(OwnDataFile.name)\""
        return response
    }
}
