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
        let acting = context.acting(in: database)
        let asOf = try parameters.asOf()
        let period = try await parameters.period(of: shape.months, in: context.chapter, acting)
        let report = try await acting.report(
            shape,
            of: context.chapter,
            in: period,
            asOf: asOf,
            choosing: parameters.choices(of: shape)
        )
        return Response(
            report: reportPage(report, beside: context.reports, for: context.reader(FormToken(""))),
            to: request,
            asOf: asOf
        )
    }

    func roi(_ request: Request, context: ChapterContext) async throws -> Response {
        let asked = try await MonthlyReturnAsked(request, context, database)
        let report = asked.report
        let page = monthlyROIPage(
            report,
            closing: asked.isOfNow ? try await form(request, context, report) : nil,
            beside: context.reports,
            for: context.reader(FormToken(""))
        )
        return Response(report: page, to: request, asOf: report.asOf)
    }

    /// For a leader at a browser.
    private func form(
        _ request: Request,
        _ context: ChapterContext,
        _ report: MonthlyROI
    ) async throws -> ClosingForm? {
        guard context.actor.may(.closeMonths), let token = request.formToken else { return nil }
        let today = try await context.acting(in: database).run(.today(in: context.chapter.id))
        return ClosingForm(formToken: FormToken(token), isOver: report.month.lastDay < today)
    }
}

extension ChapterContext {
    /// Those that they may see.
    fileprivate var reports: [ReportShape] {
        ReportShape.all.filter { actor.may($0.permission) }
    }
}

/// The monthly return, as its address asks for it.
struct MonthlyReturnAsked {
    let report: MonthlyROI
    /// Whether it is what the month has now, and not of another moment, or beside what is stored.
    let isOfNow: Bool

    init(_ request: Request, _ context: ChapterContext, _ database: Database) async throws {
        let parameters = try QueryParameters(
            request,
            known: ["month", "from", "to", "as_of", "live", "member"]
        )
        let asOf = try parameters.value("as_of", Instant.self, "an instant such as 2026-11-01T08:00:00Z")
        let isLive = try parameters.value("live", Bool.self, "true or false") ?? false
        let acting = context.acting(in: database)
        let months = try await parameters.months(in: context.chapter, acting)
        let member = try parameters.value("member", Membership.ID.self, "a member's id")
        let returned = try await acting.monthlyROI(
            of: context.chapter,
            since: months.first,
            month: months.last,
            asOf: asOf,
            isLive: isLive,
            now: .now()
        )
        report = member.map(returned.only) ?? returned
        isOfNow = asOf == nil && !isLive && member == nil && months.first == months.last
    }
}
