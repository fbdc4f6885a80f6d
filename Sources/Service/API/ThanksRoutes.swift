import Exchange
import Hummingbird
import ReferralGroup
import Storage

/// Closed business, with thanks to whoever brought it.
struct ThanksRoutes {
    let database: Database

    func add(to routes: inout Routes) {
        routes.inChapter(.get, "", needs: .seeRoster, use: list)
        routes.inChapter(.post, "", needs: .recordOwnSlips, use: record)
        routes.inChapter(.get, "{id}", needs: .seeRoster, use: show)
    }

    func list(_ request: Request, context: ChapterContext) async throws -> Response {
        let portion = try Portion(request)
        let thanks = try await context.acting(in: database).run(
            .thanks(of: context.chapter.id, portion.slice, concerning: context.ownOnly())
        )
        return Response(thanks, of: portion, request, id: \.id) { $0.write(to: &$1) }
    }

    func show(_ request: Request, context: ChapterContext) async throws -> Response {
        let thanks = try await context.entry(request, in: database) {
            try .thanks(of: context.chapter.id, $0, concerning: context.ownOnly())
        }
        return Response(object: { thanks.write(to: &$0) })
    }

    func record(_ request: Request, context: ChapterContext) async throws -> Response {
        try await context.enter(.thanks, request, in: database)
    }
}

extension ClosedBusiness {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.member("id", id.description)
        writer.member("date", closedOn.description)
        writer.member("earner", earner)
        writer.member("thanked", thanked)
        writer.member("amount", amount)
        writer.member("repeat", isRepeat)
        writer.member("tier", number: tier)
        writer.member("provisional", isProvisional)
    }
}
