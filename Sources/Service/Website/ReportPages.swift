import Hummingbird
import Pages
import ReferralGroup
import Storage

/// The reports as pages.
struct ReportPages {
    let database: Database

    func add(to routes: inout Routes) {
        routes.inChapter(.get, "reports/roi", needs: .seeChapterTotals, use: roi)
    }

    func roi(_ request: Request, context: ChapterContext) async throws -> Response {
        let parameters = try QueryParameters(request, known: ["month", "as_of"])
        let acting = database.acting(as: context.actor, in: context.chapter.id)
        let asOf =
            try parameters.value("as_of", Instant.self, "an instant such as 2026-11-01T08:00:00Z") ?? .now()
        let month = try await parameters.month(else: { try await acting.lastMonth(in: context.chapter) })
        let report = try await acting.run(.monthlyROI(of: context.chapter, month: month, asOf: asOf))
        let page = monthlyROIPage(report).text
        return Response(report: Array(page.utf8), type: "text/html; charset=utf-8", to: request, asOf: asOf)
    }
}
