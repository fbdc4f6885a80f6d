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
    }

    func list(_ request: Request, context: ChapterContext) async throws -> Response {
        let portion = try Portion(request)
        let thanks = try await context.acting(in: database).run(
            .thanks(of: context.chapter.id, portion.slice, concerning: context.ownOnly)
        )
        return Response(thanks, of: portion, request, id: \.id) { thanks, writer in
            writer.member("id", thanks.id.description)
            writer.member("date", thanks.closedOn.description)
            writer.member("earner", thanks.earner)
            writer.member("thanked", thanks.thanked)
            writer.member("amount", thanks.amount)
            writer.member("repeat", thanks.isRepeat)
            writer.member("tier", number: thanks.tier)
            writer.member("provisional", thanks.isProvisional)
        }
    }

    func record(_ request: Request, context: ChapterContext) async throws -> Response {
        try await context.enter(.thanks, request, in: database)
    }
}
