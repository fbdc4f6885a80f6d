import Exchange
import Hummingbird
import ReferralGroup
import Storage

/// Who serves in which office, and when.
struct OfficeRoutes {
    let database: Database

    func add(to routes: inout Routes) {
        routes.inChapter(.get, "", needs: .seeRoster, use: list)
        routes.inChapter(.post, "", needs: .manageMembers, use: appoint)
    }

    func list(_ request: Request, context: ChapterContext) async throws -> Response {
        _ = try QueryParameters(request, known: [])
        let terms = try await context.acting(in: database).run(.offices(of: context.chapter.id))
        return Response(json: terms) { term, writer in
            writer.member("role", term.role.rawValue)
            writer.key("member")
            writer.number(term.member.number)
            writer.member("name", term.name)
            writer.member("from", term.from.description)
            writer.member("to", term.to?.description)
        }
    }

    func appoint(_ request: Request, context: ChapterContext) async throws -> Response {
        var body = try await Body(request)
        let acting = context.acting(in: database)
        let from = try body.date("from")
        guard case .member(let id)? = try await body.party("member", in: acting, on: from),
            let member = try await acting.run(.member(id, in: context.chapter.id))
        else { throw body.wrong("member", "give a member's number or name") }
        let role = try body.required(body.word("role", OfficeRole.self), "role")
        let to = try body.date("to")
        try body.end()
        return try await context.write(request, body.bytes, in: database) { transaction in
            let day = try await transaction.run(
                .appoint(member, as: role, from: from, to: to, in: context.chapter.id)
            )
            var writer = JSONWriter()
            writer.object { writer in
                writer.member("role", role.rawValue)
                writer.member("from", day.description)
            }
            return KeptAnswer(status: 201, body: writer.text)
        }
    }
}
