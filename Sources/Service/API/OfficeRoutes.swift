import Exchange
import Hummingbird
import Pages
import ReferralGroup
import Storage

/// Who serves in which office, and when.
struct OfficeRoutes {
    let database: Database

    func add(to routes: inout Routes) {
        routes.inChapter(.get, "", needs: .seeRoster, use: list)
        routes.inChapter(.post, "", needs: .manageMembers, use: appoint)
        routes.inChapter(.get, "{id}", needs: .seeRoster, use: show)
        routes.inChapter(.delete, "{id}", needs: .manageMembers, use: end)
    }

    func list(_ request: Request, context: ChapterContext) async throws -> Response {
        _ = try QueryParameters(request, known: [])
        let terms = try await context.acting(in: database).run(.offices(of: context.chapter.id))
        return Response(json: terms) { $0.write(to: &$1) }
    }

    func show(_ request: Request, context: ChapterContext) async throws -> Response {
        _ = try QueryParameters(request, known: [])
        guard let id = context.parameters.get("id").flatMap({ Term.ID($0) }),
            let term = try await context.acting(in: database).run(.office(id, in: context.chapter.id))
        else { throw Problem.notFound }
        var writer = JSONWriter()
        writer.object { term.write(to: &$0) }
        return Response(json: writer.bytes)
    }

    func appoint(_ request: Request, context: ChapterContext) async throws -> Response {
        var body = try await Body(request)
        let draft = try await body.appointment(of: context, context.acting(in: database))
        return try await context.write(request, body.bytes, in: database) { transaction in
            let term = try await transaction.appoint(draft, in: context.chapter.id)
            var writer = JSONWriter()
            writer.object { term.write(to: &$0) }
            return KeptAnswer(status: 201, location: "\(request.place)/\(term.id)", body: writer.text)
        }
    }

    /// The last day of the term is `on`, or today; what was done in it stays.
    func end(_ request: Request, context: ChapterContext) async throws -> Response {
        let parameters = try QueryParameters(request, known: ["on"])
        let day = try parameters.value("on", LocalDate.self, "a date such as 2026-12-31")
        guard let id = context.parameters.get("id").flatMap({ Term.ID($0) }),
            try await context.acting(in: database).run(.end(id, on: day, in: context.chapter.id)) != nil
        else { throw Problem.notFound }
        return Response(status: .noContent)
    }
}

/// A term of office about to begin.
struct OfficeDraft {
    let member: Membership
    let role: OfficeRole
    let from: LocalDate?
    let to: LocalDate?
}

extension ActingTransaction {
    func appoint(_ draft: OfficeDraft, in chapter: Chapter.ID) async throws -> Term {
        try await run(.appoint(draft.member, as: draft.role, from: draft.from, to: draft.to, in: chapter))
    }
}

extension Body {
    mutating func appointment(
        of context: ChapterContext,
        _ acting: ActingDatabase
    ) async throws -> OfficeDraft {
        let from = try date("from")
        let party = try await party("member", in: acting, on: from)
        guard case .member(let id) = try required(party, "member"),
            let member = try await acting.run(.member(id, in: context.chapter.id))
        else { throw unfit("member", "give a member's number or name") }
        let role = try required(word("role", OfficeRole.self), "role")
        let draft = OfficeDraft(member: member, role: role, from: from, to: try date("to"))
        try end()
        return draft
    }
}

extension Term {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.key("id")
        writer.number(id.number)
        writer.member("role", role.rawValue)
        writer.key("member")
        writer.number(member.number)
        writer.member("name", name)
        writer.member("from", from.description)
        writer.member("to", to?.description)
    }
}
