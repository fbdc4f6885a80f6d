import Exchange
import HTTPTypes
import Hummingbird
import Pages
import ReferralGroup
import Storage

/// What a person keeps and sees of themselves: data, sessions, tokens, and who saw their private figures.
struct OwnRoutes {
    /// How long a token may be good for.
    static let days = 1...366
    let doorkeeper: Doorkeeper

    func add(to routes: inout Routes) {
        routes.oneself(.get, "", use: data)
        routes.oneself(.get, "sessions", use: sessions)
        routes.oneself(.get, "sessions/{id}", use: session)
        routes.oneself(.delete, "sessions/{id}", use: endSession)
        routes.oneself(.get, "tokens", use: tokens)
        routes.oneself(.post, "tokens", use: makeToken)
        routes.oneself(.get, "tokens/{id}", use: token)
        routes.oneself(.delete, "tokens/{id}", use: endToken)
        routes.oneself(.get, "access-log", use: accessLog)
        routes.oneself(.get, "data", use: everything)
        routes.oneself(.get, "notifications", use: notifications)
        routes.oneself(.put, "notifications", use: wish)
    }

    func data(_ request: Request, context: PersonContext) async throws -> Response {
        _ = try QueryParameters(request, known: [])
        let (person, factor, memberships, offices) = try await acting(context).run(
            .oneself,
            .ownSecondFactor,
            .ownMemberships,
            .ownOffices
        )
        var writer = JSONWriter()
        writer.object { writer in
            writer.key("id")
            writer.number(context.bearer.person.number)
            writer.member("name", person.name)
            writer.member("email", person.email?.description)
            writer.member("operator", person.isOperator)
            writer.member("second_factor", factor?.isConfirmed == true)
            writer.key("memberships")
            writer.array { writer in
                for membership in memberships { writer.object { membership.write(to: &$0) } }
            }
            writer.key("offices")
            writer.array { writer in
                for term in offices { writer.object { term.write(to: &$0) } }
            }
        }
        return Response(json: writer.bytes)
    }

    /// All that is kept about them, for somebody who has just shown that it is them.
    func everything(_ request: Request, context: PersonContext) async throws -> Response {
        _ = try QueryParameters(request, known: [])
        guard context.isFresh else {
            throw Problem.proofWanted(
                "What is kept about somebody is given to them at a browser, if they gave their password within the last quarter of an hour: give it again at /account/prove"
            )
        }
        return try await context.ownData(in: doorkeeper.database)
    }

    func sessions(_ request: Request, context: PersonContext) async throws -> Response {
        _ = try QueryParameters(request, known: [])
        let sessions = try await acting(context).run(.sessions(of: context.bearer.person))
        return Response(json: sessions) { $0.write(to: &$1, in: context) }
    }

    func session(_ request: Request, context: PersonContext) async throws -> Response {
        _ = try QueryParameters(request, known: [])
        let sessions = try await acting(context).run(.sessions(of: context.bearer.person))
        guard let id = context.parameters.get("id").flatMap({ Session.ID($0) }),
            let session = sessions.first(where: { $0.id == id })
        else { throw Problem.notFound }
        return Response(object: { session.write(to: &$0, in: context) })
    }

    func endSession(_ request: Request, context: PersonContext) async throws -> Response {
        _ = try QueryParameters(request, known: [])
        guard let id = context.parameters.get("id").flatMap({ Session.ID($0) }),
            try await acting(context).run(.endSession(id))
        else { throw Problem.notFound }
        return Response(status: .noContent)
    }

    func tokens(_ request: Request, context: PersonContext) async throws -> Response {
        _ = try QueryParameters(request, known: [])
        let tokens = try await acting(context).run(.tokens(of: context.bearer.person))
        return Response(json: tokens) { $0.write(to: &$1) }
    }

    func token(_ request: Request, context: PersonContext) async throws -> Response {
        _ = try QueryParameters(request, known: [])
        let tokens = try await acting(context).run(.tokens(of: context.bearer.person))
        guard let id = context.parameters.get("id").flatMap({ Int64($0) }),
            let token = tokens.first(where: { $0.id == id })
        else { throw Problem.notFound }
        return Response(object: { token.write(to: &$0) })
    }

    /// A token by a browser's session that was proved of late; its secret is in this answer, and nowhere else.
    func makeToken(_ request: Request, context: PersonContext) async throws -> Response {
        var body = try await Body(request)
        let name = try body.required(body.line("name"), "name")
        let days = try body.whole("days", Self.days) ?? 90
        let scope = try body.word("scope", TokenScope.self) ?? .everything
        try body.end()
        guard request.headers[.idempotencyKey] == nil else { throw Problem.secretIsNotKept }
        guard context.isFresh else {
            throw Problem.proofWanted(
                "A token is made at a browser, by somebody who gave their password within the last quarter of an hour: give it again at /account/prove"
            )
        }
        guard
            let token = try await doorkeeper.makeToken(
                named: name,
                days: days,
                isReadOnly: scope == .read,
                for: context
            )
        else { throw Problem.secondFactorWanted }
        var response = Response(object: { writer in
            writer.key("id")
            writer.number(token.id)
            writer.member("token", token.text)
        })
        response.status = .created
        response.headers[.location] = "\(request.place)/\(token.id)"
        return response
    }

    func endToken(_ request: Request, context: PersonContext) async throws -> Response {
        _ = try QueryParameters(request, known: [])
        guard let id = context.parameters.get("id").flatMap({ Int64($0) }),
            try await acting(context).run(.revokeToken(id))
        else { throw Problem.notFound }
        return Response(status: .noContent)
    }

    func accessLog(_ request: Request, context: PersonContext) async throws -> Response {
        let parameters = try QueryParameters(request, known: ["limit", "after"])
        let after = try parameters.value("after", AccessEvent.ID.self, "an id, as the Link header has it")
        let limit = try parameters.limit()
        let events = try await acting(context).run(.ownAccessLog(before: after, limit: limit + 1))
        var response = Response(json: Array(events.prefix(limit))) { event, writer in
            writer.key("id")
            writer.number(event.id.number)
            writer.member("at", event.at.description)
            writer.member("chapter", event.chapter.description)
            writer.member("by", event.reader)
            writer.member("door", event.door)
            writer.member("seen", event.seen)
            writer.member("month", event.month?.description)
        }
        if events.count > limit, let last = events.prefix(limit).last {
            response.linkNext("limit=\(limit)&after=\(last.id)", at: request)
        }
        return response
    }

    func notifications(_ request: Request, context: PersonContext) async throws -> Response {
        _ = try QueryParameters(request, known: [])
        let wishes = try await acting(context).run(.ownNoticeWishes)
        return Response(object: { writer in
            for kind in Notice.Kind.allCases { writer.member(kind.field, wishes.ways[kind]?.rawValue) }
            writer.member("quiet_from", wishes.quiet?.from.description)
            writer.member("quiet_to", wishes.quiet?.to.description)
        })
    }

    func wish(_ request: Request, context: PersonContext) async throws -> Response {
        var body = try await Body(request)
        try await acting(context).run(.wish(try body.noticeWishes()))
        return Response(status: .noContent)
    }

    private func acting(_ context: PersonContext) -> ActingDatabase {
        doorkeeper.database.acting(as: context.actor, in: nil)
    }
}

private enum TokenScope: String, CaseIterable {
    case everything, read
}

extension Problem {
    /// For what makes a secret, under an Idempotency-Key.
    static let secretIsNotKept = Problem(
        status: .badRequest,
        kind: "idempotency-key",
        detail: "Idempotency-Key: the answer holds a secret and is not kept; look at the list instead."
    )
    /// For what takes more than having signed in some time ago.
    fileprivate static func proofWanted(_ detail: Phrase) -> Problem {
        Problem(status: .forbidden, kind: "proof", detail: detail)
    }
    fileprivate static let secondFactorWanted = Problem(
        status: .forbidden,
        kind: "second-factor",
        detail: "An operator makes tokens with a second factor; set it up first, at /account"
    )
}

extension OwnMembership {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.member("chapter", chapter.description)
        writer.member("chapter_name", chapterName)
        writer.key("id")
        writer.number(id.number)
        writer.member("name", name)
        writer.member("seat", seat)
        writer.member("company", company)
        writer.member("joined", joinedOn.description)
        writer.member("renews", renewsOn?.description)
        writer.member("ended", endedOn?.description)
        writer.member("shares_figures", sharesFigures)
        writer.member("margin", margin?.percent)
        writer.key("value_of_hour")
        if let valueOfHour { writer.value(valueOfHour) } else { writer.null() }
    }
}

extension OwnTerm {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.member("chapter", chapter.description)
        writer.key("id")
        writer.number(id.number)
        writer.member("role", role.rawValue)
        writer.member("from", from.description)
        writer.member("to", to?.description)
    }
}

extension Session {
    fileprivate func write(to writer: inout JSONWriter, in context: PersonContext) {
        writer.key("id")
        writer.number(id.number)
        writer.member("created", createdAt.description)
        writer.member("seen", seenAt.description)
        writer.member("expires", expiresAt.description)
        writer.member("agent", agent)
        writer.member("address", address)
        writer.member("current", id == context.bearer.session)
    }
}

extension TokenRecord {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.key("id")
        writer.number(id)
        writer.member("name", name)
        writer.member("scope", isReadOnly ? "read" : "everything")
        writer.member("created", createdAt.description)
        writer.member("expires", expiresAt.description)
        writer.member("last_used", lastUsedAt?.description)
        writer.member("revoked", revokedAt?.description)
    }
}
