import Fetching
import Hummingbird
import Pages
import ReferralGroup
import Storage

/// The programs that a chapter tells what happens in it, as pages.
struct WebhookPages {
    let database: Database
    let reach: Reach

    func add(to routes: inout Routes) {
        routes.inChapter(.get, "webhooks", needs: .manageMembers, use: list)
        routes.inChapter(.get, "webhooks/new", needs: .manageMembers, use: new)
        routes.inChapter(.post, "webhooks/new", needs: .manageMembers, use: make)
        routes.inChapter(.get, "webhooks/{id}", needs: .manageMembers, use: show)
        routes.inChapter(.post, "webhooks/{id}/ping", needs: .manageMembers, use: ping)
        routes.inChapter(.post, "webhooks/{id}/retry", needs: .manageMembers, use: retry)
        routes.inChapter(.post, "webhooks/{id}/secret", needs: .manageMembers, use: renew)
        routes.inChapter(.post, "webhooks/{id}/off", needs: .manageMembers, use: switchOff)
        routes.inChapter(.post, "webhooks/{id}/on", needs: .manageMembers, use: switchOn)
        routes.inChapter(.get, "webhooks/{id}/remove", needs: .manageMembers, use: showRemove)
        routes.inChapter(.post, "webhooks/{id}/remove", needs: .manageMembers, use: remove)
    }

    func list(_ request: Request, context: ChapterContext) async throws -> Response {
        _ = try QueryParameters(request, known: [])
        let webhooks = try await context.acting(in: database).run(.webhooks(of: context.chapter.id))
        return context.answer(request) { webhooksPage(webhooks, for: $0) }
    }

    func new(_ request: Request, context: ChapterContext) async throws -> Response {
        _ = try QueryParameters(request, known: [])
        return context.answer(request) { newWebhookPage(for: $0) }
    }

    /// The secret is on the page that answers, and nowhere else.
    func make(_ request: Request, context: ChapterContext) async throws -> Response {
        let form = try await request.form(context.anyone)
        do {
            var body = Body(form)
            let draft = try body.webhook(within: reach)
            let (id, secret) = try await beside([.webhookKnownAlready: "address"]) {
                try await context.acting(in: database).makeWebhook(at: draft.address, events: draft.events)
            }
            return context.answer(request) { webhookSecretPage(secret, of: id, isNew: true, for: $0) }
        } catch {
            let problem = Problem(error)
            guard [.unprocessableContent, .conflict].contains(problem.status) else { throw error }
            return context.answer(request, status: problem.status) {
                newWebhookPage(Filled(form, problem), for: $0)
            }
        }
    }

    func show(_ request: Request, context: ChapterContext) async throws -> Response {
        _ = try QueryParameters(request, known: [])
        return try await show(request, context, .blank)
    }

    private func show(
        _ request: Request,
        _ context: ChapterContext,
        _ problem: Filled
    ) async throws -> Response {
        let (webhook, deliveries) = try await context.acting(in: database).run(
            .webhook(context.entryID, of: context.chapter.id),
            .deliveries(of: context.entryID, in: context.chapter.id)
        )
        guard let webhook else { throw Problem.notFound }
        return context.answer(request) { webhookPage(webhook, deliveries, problem: problem, for: $0) }
    }

    func ping(_ request: Request, context: ChapterContext) async throws -> Response {
        try await act(request, context) { body, transaction, id in
            try body.end()
            guard try await transaction.run(.pingWebhook(id)) else { throw Problem.notFound }
        }
    }

    func retry(_ request: Request, context: ChapterContext) async throws -> Response {
        try await act(request, context) { body, transaction, id in
            let delivery = try body.delivery()
            guard try await transaction.run(.retryDelivery(delivery, of: id)) else { throw Problem.notFound }
        }
    }

    func switchOff(_ request: Request, context: ChapterContext) async throws -> Response {
        try await act(request, context) { body, transaction, id in
            try body.end()
            guard try await transaction.run(.switchWebhook(id, on: false)) else { throw Problem.notFound }
        }
    }

    func switchOn(_ request: Request, context: ChapterContext) async throws -> Response {
        try await act(request, context) { body, transaction, id in
            try body.end()
            guard try await transaction.run(.switchWebhook(id, on: true)) else { throw Problem.notFound }
        }
    }

    /// Does something with the webhook in the address, once, and shows it again.
    private func act(
        _ request: Request,
        _ context: ChapterContext,
        _ work: (inout Body, ActingTransaction, SlipID) async throws -> Void
    ) async throws -> Response {
        let id = try context.entryID
        return try await context.keep(request, in: database) {
            $0
        } write: { body, transaction in
            var body = body
            try await work(&body, transaction, id)
            return "\(context.folder)/webhooks/\(id)"
        } orElse: {
            try await show(request, context, $0)
        }
    }

    func renew(_ request: Request, context: ChapterContext) async throws -> Response {
        _ = try await request.form(context.anyone)
        let id = try context.entryID
        guard let secret = try await context.acting(in: database).renewWebhook(id) else {
            throw Problem.notFound
        }
        return context.answer(request) { webhookSecretPage(secret, of: id, isNew: false, for: $0) }
    }

    func showRemove(_ request: Request, context: ChapterContext) async throws -> Response {
        _ = try QueryParameters(request, known: [])
        let webhook = try await context.acting(in: database).run(
            .webhook(context.entryID, of: context.chapter.id)
        )
        guard let webhook else { throw Problem.notFound }
        return context.answer(request) { removeWebhookPage(webhook, for: $0) }
    }

    func remove(_ request: Request, context: ChapterContext) async throws -> Response {
        _ = try await request.form(context.anyone)
        guard try await context.acting(in: database).run(.removeWebhook(context.entryID)) else {
            throw Problem.notFound
        }
        return .see("\(context.folder)/webhooks")
    }
}
