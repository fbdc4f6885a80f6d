import Hummingbird
import Pages
import ReferralGroup
import Storage

/// Introductions as pages of those who have a part in them.
struct IntroductionPages {
    let database: Database

    func add(to routes: inout Routes) {
        routes.inChapter(.get, "introductions", needs: .recordOwnSlips, use: list)
        routes.inChapter(.post, "introductions/{id}/answer", needs: .recordOwnSlips, use: answer)
        routes.inChapter(.post, "introductions/{id}/outcome", needs: .recordOwnSlips, use: conclude)
    }

    func list(_ request: Request, context: ChapterContext) async throws -> Response {
        _ = try QueryParameters(request, known: [])
        return try await list(request, context, .blank)
    }

    private func list(
        _ request: Request,
        _ context: ChapterContext,
        _ filled: Filled
    ) async throws -> Response {
        let introductions = try await context.acting(in: database).run(
            .ownIntroductions(in: context.chapter.id)
        )
        let id = context.parameters.get("id").flatMap { SlipID($0) }
        return context.answer(request) { introductionsPage(introductions, filled, wrongIn: id, for: $0) }
    }

    func answer(_ request: Request, context: ChapterContext) async throws -> Response {
        try await context.keep(request, in: database) {
            try $0.introductionAnswer()
        } write: { accepts, transaction in
            let id = try context.entryID
            guard try await transaction.run(.answer(id, accepts: accepts, in: context.chapter.id)) else {
                throw Problem.notFound
            }
            return "\(context.folder)/introductions"
        } orElse: {
            try await list(request, context, $0)
        }
    }

    func conclude(_ request: Request, context: ChapterContext) async throws -> Response {
        try await context.keep(request, in: database) {
            try $0.introductionOutcome()
        } write: { outcome, transaction in
            let id = try context.entryID
            guard try await transaction.run(.conclude(id, outcome, in: context.chapter.id)) else {
                throw Problem.notFound
            }
            return "\(context.folder)/introductions"
        } orElse: {
            try await list(request, context, $0)
        }
    }
}
