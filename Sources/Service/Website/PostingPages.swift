import Hummingbird
import Pages
import ReferralGroup
import Storage

/// Seats, and what members need and offer, as pages.
struct PostingPages {
    let database: Database
    private static let fields: [Refusal: String] = [
        .postingEndsBeforeItBegins: "until", .needAnsweredByOneself: "answered_by",
        .postingWithoutText: "text",
    ]

    func add(to routes: inout Routes) {
        routes.inChapter(.get, "seats", needs: .seeRoster, use: seats)
        routes.inChapter(.get, "postings", needs: .seeRoster, use: list)
        routes.inChapter(.get, "postings/new", needs: .recordOwnSlips, use: new)
        routes.inChapter(.post, "postings/new", needs: .recordOwnSlips, use: post)
        routes.inChapter(.get, "postings/{id}", needs: .seeRoster, use: show)
        routes.inChapter(.get, "postings/{id}/answer", needs: .recordOwnSlips, use: showAnswer)
        routes.inChapter(.post, "postings/{id}/answer", needs: .recordOwnSlips, use: answer)
    }

    func seats(_ request: Request, context: ChapterContext) async throws -> Response {
        _ = try QueryParameters(request, known: [])
        let (open, held) = try await context.acting(in: database).run(
            .openSeats(of: context.chapter.id),
            .heldSeats(of: context.chapter.id)
        )
        return context.answer(request) {
            seatsPage(open: open, held: held, in: context.chapter.currency, for: $0)
        }
    }

    func list(_ request: Request, context: ChapterContext) async throws -> Response {
        let parameters = try QueryParameters(request, known: ["kind", "q", "after"])
        let slice = try parameters.slice(of: PostingQuestion.pageLength)
        let asked = PostingQuestion(
            kind: try parameters.word("kind", Posting.Kind.self) ?? .need,
            text: try parameters.searched(),
            isFirstPage: slice.after == nil
        )
        let (postings, today) = try await context.acting(in: database).run(
            .postings(asked.kind, of: context.chapter.id, slice, matching: asked.text),
            .today(in: context.chapter.id)
        )
        return context.answer(request) {
            postingsPage(postings, asked, of: context.actor.membership, on: today, for: $0)
        }
    }

    func new(_ request: Request, context: ChapterContext) async throws -> Response {
        try await new(Self.kind(request), request, context, .blank)
    }

    private static func kind(_ request: Request) throws -> Posting.Kind {
        try QueryParameters(request, known: ["kind"]).word("kind", Posting.Kind.self) ?? .need
    }

    private func new(
        _ kind: Posting.Kind,
        _ request: Request,
        _ context: ChapterContext,
        _ filled: Filled
    ) async throws -> Response {
        let members = try await context.acting(in: database).run(.roster(of: context.chapter.id, on: nil))
        return context.answer(request) { newPostingPage(kind, members: members, filled, for: $0) }
    }

    func post(_ request: Request, context: ChapterContext) async throws -> Response {
        let kind = try Self.kind(request)
        return try await context.keep(request, in: database) {
            try await $0.posting(kind, of: context, context.acting(in: database))
        } write: { draft, transaction in
            _ = try await beside(Self.fields) {
                try await transaction.run(.post(draft, in: context.chapter.id))
            }
            return "\(context.folder)/postings?kind=\(kind.rawValue)"
        } orElse: {
            try await new(kind, request, context, $0)
        }
    }

    /// A need, with who could answer it.
    func show(_ request: Request, context: ChapterContext) async throws -> Response {
        _ = try QueryParameters(request, known: [])
        let (found, matches) = try await context.acting(in: database).run(
            .posting(context.needID, .need, in: context.chapter.id),
            .matches(of: context.needID, in: context.chapter.id)
        )
        guard let need = found else { throw Problem.notFound }
        let mayAnswer = (try? context.mayAnswer(need)) != nil
        return context.answer(request) { needPage(need, matches, mayAnswer: mayAnswer, for: $0) }
    }

    func showAnswer(_ request: Request, context: ChapterContext) async throws -> Response {
        _ = try QueryParameters(request, known: [])
        return try await showAnswer(request, context, .blank)
    }

    private func showAnswer(
        _ request: Request,
        _ context: ChapterContext,
        _ filled: Filled
    ) async throws -> Response {
        let (found, members) = try await context.acting(in: database).run(
            .posting(context.needID, .need, in: context.chapter.id),
            .roster(of: context.chapter.id, on: nil)
        )
        let need = try context.mayAnswer(found)
        return context.answer(request) { answerPage(need, members: members, filled, for: $0) }
    }

    func answer(_ request: Request, context: ChapterContext) async throws -> Response {
        try await context.keep(request, in: database) {
            (
                need: try await context.need(in: database),
                said: try await $0.answer(in: context.acting(in: database))
            )
        } write: { answer, transaction in
            _ = try await beside(Self.fields) {
                try await transaction.run(
                    .answer(answer.need.id, by: answer.said.by, on: answer.said.on, in: context.chapter.id)
                )
            }
            return "\(context.folder)/postings?kind=need"
        } orElse: {
            try await showAnswer(request, context, $0)
        }
    }
}
