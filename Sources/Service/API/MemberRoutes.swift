import Exchange
import Hummingbird
import ReferralGroup
import Storage

/// The members of a chapter, to each other.
struct MemberRoutes {
    let database: Database

    func add(to routes: inout Routes) {
        routes.inChapter(.get, "{id}", needs: .seeRoster, use: member)
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
        return Response(json: member.json)
    }
}

extension Membership {
    /// What members see of each other; the e-mail is not for programs to collect.
    fileprivate var json: [UInt8] {
        var writer = JSONWriter()
        writer.object { writer in
            writer.key("id")
            writer.number(id.number)
            writer.member("name", name)
            writer.member("seat", seat)
            writer.member("joined", joinedOn.description)
            writer.member("status", status.rawValue)
        }
        return writer.bytes
    }
}
