import HTTPTypes
import Hummingbird
import Pages
import ReferralGroup
import Storage

/// The months of a chapter, closed and to be closed.
struct MonthForms {
    let database: Database

    func add(to routes: inout Routes) {
        routes.inChapter(.get, "months", needs: .seeRoster, use: list)
        routes.inChapter(.post, "months/{month}/close", needs: .closeMonths, use: close)
        routes.inChapter(.get, "months/{month}/reopen", needs: .closeMonths, use: showReopen)
        routes.inChapter(.post, "months/{month}/reopen", needs: .closeMonths, use: reopen)
    }

    /// Those that are closed, and of the last twelve those that are over and open.
    func list(_ request: Request, context: ChapterContext) async throws -> Response {
        _ = try QueryParameters(request, known: [])
        let (closed, today, first) = try await context.acting(in: database).run(
            .closedMonths,
            .today(in: context.chapter.id),
            .firstDay(of: context.chapter.id)
        )
        let standing = Set(closed.filter { $0.reopening == nil }.map(\.month))
        let open = (1...12).map { today.month.advanced(by: -$0) }.filter { month in
            first.map { $0 <= month.lastDay } ?? false && !standing.contains(month)
        }
        return context.answer(request) { monthsPage(closed: closed, open: open, for: $0) }
    }

    func close(_ request: Request, context: ChapterContext) async throws -> Response {
        _ = try await request.form(context.anyone)
        let month = try context.month
        try await context.acting(in: database).transaction { _ = try await $0.close(month) }
        return .see(month, of: context)
    }

    func showReopen(_ request: Request, context: ChapterContext) async throws -> Response {
        _ = try QueryParameters(request, known: [])
        let month = try context.month
        return context.answer(request) { reopenPage(month, for: $0) }
    }

    func reopen(_ request: Request, context: ChapterContext) async throws -> Response {
        try await context.keep(request, in: database) { body in
            let month = try context.month
            let reason = try body.required(body.line("reason"), "reason")
            try body.end()
            return (month: month, reason: reason)
        } write: { draft, transaction in
            try await transaction.reopen(draft.month, because: draft.reason)
            return context.place(of: draft.month)
        } orElse: { filled in
            let month = try context.month
            return context.answer(request) { reopenPage(month, filled, for: $0) }
        }
    }
}

extension ChapterContext {
    fileprivate func place(of month: Month) -> String {
        "\(folder)/reports/roi?month=\(month)"
    }
}

extension Response {
    fileprivate static func see(_ month: Month, of context: ChapterContext) -> Response {
        Response(status: .seeOther, headers: [.location: context.place(of: month)])
    }
}
