import Hummingbird
import Pages
import ReferralGroup
import Storage

/// The reports as pages.
struct ReportPages {
    let database: Database

    func add(to routes: inout Routes) {
        routes.inChapter(.get, "reports/roi", needs: .seeChapterTotals, use: roi)
        for shape in ReportShape.all {
            routes.inChapter(.get, "reports/\(shape.name)", needs: shape.permission) {
                try await read(shape, $0, context: $1)
            }
        }
    }

    func read(_ shape: ReportShape, _ request: Request, context: ChapterContext) async throws -> Response {
        let parameters = try QueryParameters(
            request,
            known: Set(["month", "from", "to", "as_of"] + shape.options.map(\.name))
        )
        let acting = database.acting(as: context.actor, in: context.chapter.id)
        let asOf = try parameters.asOf()
        let period = try await parameters.period(of: shape.months, in: context.chapter, acting)
        let report = try await acting.report(
            shape,
            of: context.chapter,
            in: period,
            asOf: asOf,
            choosing: parameters.choices(of: shape)
        )
        let page = reportPage(report).text
        return Response(report: Array(page.utf8), type: "text/html; charset=utf-8", to: request, asOf: asOf)
    }

    func roi(_ request: Request, context: ChapterContext) async throws -> Response {
        let parameters = try QueryParameters(request, known: ["month", "as_of"])
        let acting = database.acting(as: context.actor, in: context.chapter.id)
        let asOf = try parameters.asOf()
        let month = try await parameters.month(else: { try await acting.lastMonth(in: context.chapter) })
        let report = try await acting.run(.monthlyROI(of: context.chapter, month: month, asOf: asOf))
        let page = monthlyROIPage(report).text
        return Response(report: Array(page.utf8), type: "text/html; charset=utf-8", to: request, asOf: asOf)
    }
}
