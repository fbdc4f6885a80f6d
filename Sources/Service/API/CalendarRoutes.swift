import Exchange
import HTTPTypes
import Hummingbird
import ReferralGroup
import Storage

/// The address of one's own calendar: since when there is one, a new one, none.
struct OwnCalendarRoutes {
    let doorkeeper: Doorkeeper

    func add(to routes: inout Routes) {
        routes.oneself(.get, "", use: show)
        routes.oneself(.put, "", use: renew)
        routes.oneself(.delete, "", use: end)
    }

    func show(_ request: Request, context: PersonContext) async throws -> Response {
        try await calendar(context).shown(request)
    }

    func renew(_ request: Request, context: PersonContext) async throws -> Response {
        try await calendar(context).renewed(request)
    }

    func end(_ request: Request, context: PersonContext) async throws -> Response {
        try await calendar(context).ended(request)
    }

    private func calendar(_ context: PersonContext) -> KeptCalendar {
        KeptCalendar(
            owner: .person(context.bearer.person),
            acting: doorkeeper.database.acting(as: context.actor, in: nil),
            baseURL: doorkeeper.house.baseURL
        )
    }
}

/// The address of a chapter's calendar, for those who look after its policy.
struct ChapterCalendarRoutes {
    let database: Database
    let baseURL: String

    func add(to routes: inout Routes) {
        routes.inChapter(.get, "", needs: .manageMembers, use: show)
        routes.inChapter(.put, "", needs: .manageMembers, use: renew)
        routes.inChapter(.delete, "", needs: .manageMembers, use: end)
    }

    func show(_ request: Request, context: ChapterContext) async throws -> Response {
        try await calendar(context).shown(request)
    }

    func renew(_ request: Request, context: ChapterContext) async throws -> Response {
        try await calendar(context).renewed(request)
    }

    func end(_ request: Request, context: ChapterContext) async throws -> Response {
        try await calendar(context).ended(request)
    }

    private func calendar(_ context: ChapterContext) -> KeptCalendar {
        KeptCalendar(
            owner: .chapter(context.chapter.id),
            acting: context.acting(in: database),
            baseURL: baseURL
        )
    }
}

/// The calendar of somebody, in the hands of who may give it an address.
private struct KeptCalendar {
    let owner: CalendarOwner
    let acting: ActingDatabase
    let baseURL: String

    func shown(_ request: Request) async throws -> Response {
        _ = try QueryParameters(request, known: [])
        let since = try await acting.run(.calendarMade(of: owner))
        return Response(object: { $0.member("since", since?.description) })
    }

    /// The address is in this answer, and nowhere else.
    func renewed(_ request: Request) async throws -> Response {
        _ = try QueryParameters(request, known: [])
        guard request.headers[.idempotencyKey] == nil else { throw Problem.secretIsNotKept }
        let (address, since) = try await acting.renewCalendar(of: owner, at: baseURL)
        return Response(object: { writer in
            writer.member("address", address)
            writer.member("since", since.description)
        })
    }

    func ended(_ request: Request) async throws -> Response {
        _ = try QueryParameters(request, known: [])
        guard try await acting.run(.endCalendar(of: owner)) else { throw Problem.notFound }
        return Response(status: .noContent)
    }
}
