import Hummingbird
import Pages
import ReferralGroup
import Storage

/// The page that opens first.
struct Home {
    let database: Database

    func add(to routes: inout Routes) {
        routes.oneself(.get, "", use: chapters)
    }

    /// The chapters of whoever is signed in.
    func chapters(_ request: Request, context: PersonContext) async throws -> Response {
        let chapters = try await database.acting(as: context.actor, in: nil).run(.ownChapters)
        let links = chapters.map {
            ChapterLink(slug: $0.slug.description, name: $0.name, roles: $0.roles)
        }
        return Response(page: homePage(name: context.bearer.name, chapters: links))
    }
}
