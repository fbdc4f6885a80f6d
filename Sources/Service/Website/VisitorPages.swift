import Hummingbird
import Pages
import ReferralGroup
import Storage

/// Visitors as pages: all to those who look after them, to others whom they brought.
struct VisitorPages {
    let database: Database

    func add(to routes: inout Routes) {
        routes.inChapter(.get, "visitors", needs: .seeRoster, use: list)
        routes.inChapter(.get, "visitors/{id}", needs: .seeRoster, use: show)
        routes.inChapter(.post, "visitors/{id}", needs: .seeVisitors, use: move)
    }

    func list(_ request: Request, context: ChapterContext) async throws -> Response {
        let parameters = try QueryParameters(request, known: ["status", "q", "after"])
        let slice = try parameters.slice(of: VisitorQuestion.pageLength)
        let asked = VisitorQuestion(
            status: try parameters.word("status", VisitorStatus.self),
            text: try parameters.searched(),
            isFirstPage: slice.after == nil
        )
        let own = try context.ownOnly(unless: .seeVisitors)
        let visitors: [Visitor] = try await context.acting(in: database).run(
            .visitors(
                of: context.chapter.id,
                slice,
                status: asked.status,
                matching: asked.text,
                invitedBy: own
            )
        )
        return context.answer(request) { visitorsPage(visitors, asked, for: $0) }
    }

    func show(_ request: Request, context: ChapterContext) async throws -> Response {
        _ = try QueryParameters(request, known: [])
        let visitor = try await context.visitor(in: database)
        return context.answer(request) { visitorPage(visitor, for: $0) }
    }

    func move(_ request: Request, context: ChapterContext) async throws -> Response {
        try await context.keep(request, in: database) { body in
            let visitor = try await context.visitor(in: database)
            let status = try body.required(body.word("status", VisitorStatus.self), "status")
            let reason = try body.line("reason")
            try body.end()
            return (visitor: visitor.id, status: status, reason: status == .lost ? reason : nil)
        } write: { draft, transaction in
            _ = try await beside([.losingWithoutReason: "reason"]) {
                try await transaction.run(
                    .move(draft.visitor, to: draft.status, reason: draft.reason, in: context.chapter.id)
                )
            }
            return "\(context.folder)/visitors/\(draft.visitor)"
        } orElse: { filled in
            let visitor = try await context.visitor(in: database)
            return context.answer(request) { visitorPage(visitor, filled, for: $0) }
        }
    }
}

extension ChapterContext {
    /// The visitor in the address, if it is for whoever asks to see them.
    func visitor(in database: Database) async throws -> Visitor {
        guard let id = parameters.get("id").flatMap({ SlipID($0) }),
            let visitor = try await visitor(id, in: database)
        else { throw Problem.notFound }
        return visitor
    }

    func visitor(_ id: SlipID, in database: Database) async throws -> Visitor? {
        let own = try ownOnly(unless: .seeVisitors)
        let found: [Visitor] = try await acting(in: database).run(
            .visitors(of: chapter.id, .one(id), invitedBy: own)
        )
        return found.first
    }
}
