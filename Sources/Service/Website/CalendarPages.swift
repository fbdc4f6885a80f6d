import Exchange
import Hummingbird
import Pages
import ReferralGroup
import Storage

/// A person's calendar as a page: an address for it, shown once, a new one, none.
struct OwnCalendarPages {
    let doorkeeper: Doorkeeper

    func add(to routes: inout Routes) {
        routes.oneself(.get, "calendar", use: show)
        routes.oneself(.post, "calendar", use: renew)
        routes.oneself(.post, "calendar/end", use: end)
    }

    func show(_ request: Request, context: PersonContext) async throws -> Response {
        _ = try QueryParameters(request, known: [])
        let since = try await acting(context).run(.calendarMade(of: .person(context.bearer.person)))
        return answer(request) { ownCalendarPage(since: since, formToken: $0) }
    }

    func renew(_ request: Request, context: PersonContext) async throws -> Response {
        _ = try await request.form(context.anyone)
        let address = try await acting(context).renewCalendar(
            of: .person(context.bearer.person),
            at: doorkeeper.house.baseURL
        ).address
        return Response(page: ownCalendarAddressPage(CalendarAddress(address)), for: request)
    }

    func end(_ request: Request, context: PersonContext) async throws -> Response {
        _ = try await request.form(context.anyone)
        _ = try await acting(context).run(.endCalendar(of: .person(context.bearer.person)))
        return .see("/account/calendar")
    }

    private func acting(_ context: PersonContext) -> ActingDatabase {
        doorkeeper.database.acting(as: context.actor, in: nil)
    }
}

/// The same of a chapter, for those who look after its policy.
struct ChapterCalendarPages {
    let database: Database
    let baseURL: String

    func add(to routes: inout Routes) {
        routes.inChapter(.get, "calendar", needs: .manageMembers, use: show)
        routes.inChapter(.post, "calendar", needs: .manageMembers, use: renew)
        routes.inChapter(.post, "calendar/end", needs: .manageMembers, use: end)
    }

    func show(_ request: Request, context: ChapterContext) async throws -> Response {
        _ = try QueryParameters(request, known: [])
        let since = try await context.acting(in: database).run(.calendarMade(of: context.calendar))
        return context.answer(request) { chapterCalendarPage(since: since, for: $0) }
    }

    func renew(_ request: Request, context: ChapterContext) async throws -> Response {
        _ = try await request.form(context.anyone)
        let address = try await context.acting(in: database)
            .renewCalendar(of: context.calendar, at: baseURL).address
        return context.answer(request) { chapterCalendarAddressPage(CalendarAddress(address), for: $0) }
    }

    func end(_ request: Request, context: ChapterContext) async throws -> Response {
        _ = try await request.form(context.anyone)
        _ = try await context.acting(in: database).run(.endCalendar(of: context.calendar))
        return .see("\(context.folder)/calendar")
    }
}

extension ChapterContext {
    fileprivate var calendar: CalendarOwner {
        .chapter(chapter.id)
    }
}

extension CalendarAddress {
    /// With the code that phones read it from.
    fileprivate init(_ address: String) {
        self.init(
            address,
            modules: QRCode(CalendarAddress.subscription(to: address))?.modules ?? []
        )
    }
}
