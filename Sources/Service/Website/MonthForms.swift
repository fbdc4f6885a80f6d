import HTTPTypes
import Hummingbird
import Pages
import ReferralGroup
import Storage

/// Closing a month at its page.
struct MonthForms {
    let database: Database

    func add(to routes: inout Routes) {
        routes.inChapter(.post, "months/{month}/close", needs: .closeMonths, use: close)
        routes.inChapter(.post, "months/{month}/reopen", needs: .closeMonths, use: reopen)
    }

    func close(_ request: Request, context: ChapterContext) async throws -> Response {
        _ = try await request.form(context.anyone)
        let month = try context.month
        try await context.acting(in: database).transaction { _ = try await $0.close(month) }
        return .see(month, of: context.chapter)
    }

    func reopen(_ request: Request, context: ChapterContext) async throws -> Response {
        let form = try await request.form(context.anyone)
        let month = try context.month
        guard let reason = Body.line(form["reason"], atMost: Body.longestLine) else {
            throw Problem.field("reason", "say in one line why the month is opened again")
        }
        try await context.acting(in: database).transaction { try await $0.reopen(month, because: reason) }
        return .see(month, of: context.chapter)
    }
}

extension Response {
    fileprivate static func see(_ month: Month, of chapter: Chapter) -> Response {
        Response(
            status: .seeOther,
            headers: [.location: "/chapters/\(chapter.slug)/reports/roi?month=\(month)"]
        )
    }
}
