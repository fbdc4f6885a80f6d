import Hummingbird
import Pages
import ReferralGroup
import Storage

/// The page that opens first.
struct Home {
    let doorkeeper: Doorkeeper

    func add(to routes: inout Routes) {
        routes.oneself(.get, "", use: chapters)
    }

    /// The chapters of whoever is signed in.
    func chapters(_ request: Request, context: PersonContext) async throws -> Response {
        let acting = doorkeeper.database.acting(as: context.actor, in: nil)
        let links = try await doorkeeper.chapters(of: acting).map {
            ChapterLink(
                slug: $0.slug.description,
                name: $0.name,
                roles: $0.roles,
                secondFactorIn: $0.secondFactorIn
            )
        }
        let regions = try await acting.run(.directedRegions).map {
            RegionLink(slug: $0.slug.description, name: $0.name)
        }
        if links.count == 1, regions.isEmpty, links[0].secondFactorIn == nil {
            return Response(status: .seeOther, headers: [.location: "/chapters/\(links[0].slug)"])
        }
        return Response(
            page: homePage(name: context.bearer.name, chapters: links, regions: regions),
            for: request
        )
    }
}
