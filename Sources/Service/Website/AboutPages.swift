import Hummingbird
import Pages
import ReferralGroup
import Storage

/// The way to everything of a chapter.
struct AboutPages {
    let database: Database

    func add(to routes: inout Routes) {
        routes.inChapter(.get, "about", needs: .seeRoster, use: about)
    }

    func about(_ request: Request, context: ChapterContext) async throws -> Response {
        _ = try QueryParameters(request, known: [])
        let overview = try await context.acting(in: database).run(.overview(of: context.chapter.id))
        return context.answer(request) { aboutPage(context.chapter, overview, for: $0) }
    }
}
