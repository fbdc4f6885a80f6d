import Exchange
import Hummingbird
import ReferralGroup
import Storage

/// The members of a chapter, to each other.
struct MemberRoutes {
    let database: Database

    func add(to routes: inout Routes) {
        routes.inChapter(.get, "", needs: .seeRoster, use: list)
        routes.inChapter(.get, "{id}", needs: .seeRoster, use: member)
    }

    /// The roster of today, or of another day, in order of name.
    func list(_ request: Request, context: ChapterContext) async throws -> Response {
        let parameters = try QueryParameters(request, known: ["on"])
        let day = try parameters.value("on", LocalDate.self, "a date such as 2026-10-28")
        let members = try await context.acting(in: database).run(.roster(of: context.chapter.id, on: day))
        return Response(json: members) { $0.write(to: &$1) }
    }

    func member(_ request: Request, context: ChapterContext) async throws -> Response {
        _ = try QueryParameters(request, known: [])
        guard let id = context.parameters.get("id").flatMap({ Membership.ID($0) }) else {
            throw Problem.notFound
        }
        let acting = database.acting(as: context.actor, in: context.chapter.id)
        guard let member = try await acting.run(.member(id, in: context.chapter.id)) else {
            throw Problem.notFound
        }
        var writer = JSONWriter()
        writer.object { member.write(to: &$0) }
        return Response(json: writer.bytes)
    }
}

extension Membership {
    /// What members see of each other; the e-mail is not for programs to collect.
    fileprivate func write(to writer: inout JSONWriter) {
        writer.key("id")
        writer.number(id.number)
        writer.member("name", name)
        writer.member("seat", seat)
        writer.member("joined", joinedOn.description)
        writer.member("status", status.rawValue)
    }
}
