import HTTPTypes
import Hummingbird
import Identity
import Pages
import ReferralGroup
import Storage

/// What a person is told by mail: chosen at their account, and stopped by a link in a mail without signing in.
struct Notifications {
    let database: Database

    /// Below `account`.
    func add(to routes: inout Routes) {
        routes.oneself(.get, "notifications", use: show)
        routes.oneself(.post, "notifications", use: keep)
    }

    /// Below `mail/stop`.
    func addStopping(to routes: inout Routes) {
        routes.anyone(.get, "{secret}", use: showStop)
        routes.anyone(.post, "{secret}", use: stop)
    }

    func show(_ request: Request, context: PersonContext) async throws -> Response {
        _ = try QueryParameters(request, known: [])
        let wishes = try await acting(context).run(.ownNoticeWishes)
        return answer(request) { notificationsPage(wishes, formToken: $0) }
    }

    func keep(_ request: Request, context: PersonContext) async throws -> Response {
        let form = try await request.form(context.anyone)
        do {
            var body = Body(form)
            try await acting(context).run(.wish(try body.noticeWishes()))
        } catch {
            let problem = Problem(error)
            guard problem.status == .unprocessableContent else { throw error }
            let wishes = try await acting(context).run(.ownNoticeWishes)
            return answer(request, status: problem.status) {
                notificationsPage(wishes, Filled(form, problem), formToken: $0)
            }
        }
        let wishes = try await acting(context).run(.ownNoticeWishes)
        return answer(request) { notificationsPage(wishes, notice: "It is kept.", formToken: $0) }
    }

    /// A program that looks at every link of a mail stops nothing.
    func showStop(_ request: Request, context: AnyoneContext) async throws -> Response {
        guard let secret = context.secret,
            let stopped = try await nobody(context).run(.mailStopped(by: secret.hash))
        else { throw Problem.notFound }
        var kind: Notice.Kind?
        if case .kind(let one) = stopped { kind = one }
        let (shown, address) = (kind, "/mail/stop/\(secret.text)")
        return answer(request) { stopMailPage(shown, address: address, formToken: $0) }
    }

    /// By the button, or by a mail program that posts `List-Unsubscribe=One-Click` (RFC 8058); the secret is all it takes.
    func stop(_ request: Request, context: AnyoneContext) async throws -> Response {
        guard let secret = context.secret, try await nobody(context).run(.stopMail(by: secret.hash)) else {
            throw Problem.notFound
        }
        return Response(page: mailStoppedPage(), for: request)
    }

    private func nobody(_ context: AnyoneContext) -> ActingDatabase {
        database.acting(as: .nobody(door: .web, requestID: context.id), in: nil)
    }

    private func acting(_ context: PersonContext) -> ActingDatabase {
        database.acting(as: context.actor, in: nil)
    }
}

extension Body {
    /// A wish for every kind, and quiet hours or none.
    mutating func noticeWishes() throws -> NoticeWishes {
        var wishes = NoticeWishes(ways: [:], quiet: nil)
        for kind in Notice.Kind.allCases {
            wishes.ways[kind] = try required(word(kind.field, Notice.Way.self), kind.field)
        }
        let from = try value("quiet_from", LocalTime.self, "a time such as 21:00")
        let to = try value("quiet_to", LocalTime.self, "a time such as 07:00")
        try end()
        guard (from == nil) == (to == nil) else {
            throw unfit(from == nil ? "quiet_from" : "quiet_to", "quiet hours have a beginning and an end")
        }
        if let from, let to {
            guard from != to else {
                throw unfit("quiet_to", "quiet hours end at another time than they begin")
            }
            wishes.quiet = NoticeWishes.QuietHours(from: from, to: to)
        }
        return wishes
    }
}
