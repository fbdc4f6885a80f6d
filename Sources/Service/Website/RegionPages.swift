import Hummingbird
import Pages
import Printing
import ReferralGroup
import Storage

/// The reports of regions as pages.
struct RegionPages {
    let database: Database

    func add(to routes: inout Routes) {
        for shape in ReportShape.ofRegions {
            routes.inRegion(.get, "reports/\(shape.name)") { try await read(shape, $0, context: $1) }
        }
    }

    func read(_ shape: ReportShape, _ request: Request, context: DirectorContext) async throws -> Response {
        let acting = database.acting(as: context.actor, in: nil)
        let report = try await acting.report(shape, of: context.region, as: request).report.report
        return Response(report: reportPage(report), to: request, asOf: report.asOf)
    }
}
