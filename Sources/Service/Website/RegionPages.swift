import Hummingbird
import Pages
import Printing
import ReferralGroup
import Storage

/// The reports of regions as pages.
struct RegionPages {
    let database: Database

    func add(to routes: inout Routes) {
        routes.inRegion(.get, "", use: show)
        for shape in ReportShape.ofRegions {
            routes.inRegion(.get, "reports/\(shape.name)") { try await read(shape, $0, context: $1) }
        }
    }

    func show(_ request: Request, context: DirectorContext) async throws -> Response {
        _ = try QueryParameters(request, known: [])
        let (acting, region) = (database.acting(as: context.actor, in: nil), context.region)
        let chapters = try await acting.run(.chapters(of: region.id))
        return answer(request) { token in
            regionPage(
                slug: region.slug,
                name: region.name,
                chapters: chapters,
                for: Reader(name: context.actor.personName ?? "", formToken: token)
            )
        }
    }

    func read(_ shape: ReportShape, _ request: Request, context: DirectorContext) async throws -> Response {
        let acting = database.acting(as: context.actor, in: nil)
        let report = try await acting.report(shape, of: context.region, as: request).report.report
        return Response(report: reportPage(report), to: request, asOf: report.asOf)
    }
}
