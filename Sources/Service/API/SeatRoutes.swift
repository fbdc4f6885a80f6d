import Exchange
import Hummingbird
import Pages
import ReferralGroup
import Storage

/// The chapter's list of professions, and of which sphere each is.
struct SeatRoutes {
    let database: Database

    func add(to routes: inout Routes) {
        routes.inChapter(.get, "", needs: .seeRoster, use: list)
        routes.inChapter(.put, "{id}/sphere", needs: .manageMembers, use: put)
    }

    func list(_ request: Request, context: ChapterContext) async throws -> Response {
        _ = try QueryParameters(request, known: [])
        let seats = try await context.acting(in: database).run(.seats(of: context.chapter.id))
        return Response(json: seats) { $0.write(to: &$1) }
    }

    func put(_ request: Request, context: ChapterContext) async throws -> Response {
        var body = try await Body(request)
        let sphere = try body.line("sphere")
        try body.end()
        guard let id = context.parameters.get("id").flatMap({ Seat.ID($0) }) else { throw Problem.notFound }
        return try await context.write(request, body.bytes, in: database) { transaction in
            guard try await transaction.run(.put(id, into: sphere, in: context.chapter.id)) else {
                throw Problem.notFound
            }
            return .nothing
        }
    }
}

extension Seat {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.member("id", number: Int(id.number))
        writer.member("seat", title)
        writer.member("sphere", sphere)
        writer.member("holder", holder)
    }
}
