import Exchange
import Fetching
import HTTPTypes
import Hummingbird
import Pages
import ReferralGroup
import Storage

/// The programs that a chapter tells what happens in it.
struct WebhookRoutes {
    let database: Database
    let reach: Reach

    func add(to routes: inout Routes) {
        routes.inChapter(.get, "", needs: .manageMembers, use: list)
        routes.inChapter(.post, "", needs: .manageMembers, use: make)
        routes.inChapter(.get, "{id}", needs: .manageMembers, use: show)
        routes.inChapter(.delete, "{id}", needs: .manageMembers, use: remove)
        routes.inChapter(.put, "{id}/secret", needs: .manageMembers, use: renew)
        routes.inChapter(.put, "{id}/switch", needs: .manageMembers, use: turn)
        routes.inChapter(.post, "{id}/ping", needs: .manageMembers, use: ping)
        routes.inChapter(.post, "{id}/retry", needs: .manageMembers, use: retry)
        routes.inChapter(.get, "{id}/deliveries", needs: .manageMembers, use: deliveries)
    }

    func list(_ request: Request, context: ChapterContext) async throws -> Response {
        _ = try QueryParameters(request, known: [])
        let webhooks = try await context.acting(in: database).run(.webhooks(of: context.chapter.id))
        return Response(json: webhooks) { $0.write(to: &$1) }
    }

    func show(_ request: Request, context: ChapterContext) async throws -> Response {
        _ = try QueryParameters(request, known: [])
        let webhook = try await context.acting(in: database).run(
            .webhook(context.entryID, of: context.chapter.id)
        )
        guard let webhook else { throw Problem.notFound }
        return Response(object: { webhook.write(to: &$0) })
    }

    func deliveries(_ request: Request, context: ChapterContext) async throws -> Response {
        _ = try QueryParameters(request, known: [])
        let (webhook, deliveries) = try await context.acting(in: database).run(
            .webhook(context.entryID, of: context.chapter.id),
            .deliveries(of: context.entryID, in: context.chapter.id, limit: 200)
        )
        guard webhook != nil else { throw Problem.notFound }
        return Response(json: deliveries) { $0.write(to: &$1) }
    }

    /// The secret is in this answer, and nowhere else.
    func make(_ request: Request, context: ChapterContext) async throws -> Response {
        var body = try await Body(request)
        let draft = try body.webhook(within: reach)
        guard request.headers[.idempotencyKey] == nil else { throw Problem.secretIsNotKept }
        let (id, secret) = try await context.acting(in: database)
            .makeWebhook(at: draft.address, events: draft.events)
        var response = Response(object: { writer in
            writer.member("id", id.description)
            writer.member("secret", secret)
        })
        response.status = .created
        response.headers[.location] = "\(request.place)/\(id)"
        return response
    }

    func renew(_ request: Request, context: ChapterContext) async throws -> Response {
        _ = try QueryParameters(request, known: [])
        guard request.headers[.idempotencyKey] == nil else { throw Problem.secretIsNotKept }
        guard let secret = try await context.acting(in: database).renewWebhook(context.entryID) else {
            throw Problem.notFound
        }
        return Response(object: { $0.member("secret", secret) })
    }

    func remove(_ request: Request, context: ChapterContext) async throws -> Response {
        _ = try QueryParameters(request, known: [])
        guard try await context.acting(in: database).run(.removeWebhook(context.entryID)) else {
            throw Problem.notFound
        }
        return Response(status: .noContent)
    }

    func turn(_ request: Request, context: ChapterContext) async throws -> Response {
        var body = try await Body(request)
        let isOn = try body.required(body.bool("on"), "on")
        try body.end()
        let id = try context.entryID
        return try await context.write(request, body.bytes, in: database) { transaction in
            guard try await transaction.run(.switchWebhook(id, on: isOn)) else { throw Problem.notFound }
            return .nothing
        }
    }

    func retry(_ request: Request, context: ChapterContext) async throws -> Response {
        var body = try await Body(request)
        let delivery = try body.delivery()
        let id = try context.entryID
        return try await context.write(request, body.bytes, in: database) { transaction in
            guard try await transaction.run(.retryDelivery(delivery, of: id)) else { throw Problem.notFound }
            return .nothing
        }
    }

    func ping(_ request: Request, context: ChapterContext) async throws -> Response {
        let body = try await Body(request)
        try body.end()
        let id = try context.entryID
        return try await context.write(request, body.bytes, in: database) { transaction in
            guard try await transaction.run(.pingWebhook(id)) else { throw Problem.notFound }
            return .nothing
        }
    }
}

extension Body {
    /// Which delivery is to be tried again.
    mutating func delivery() throws -> Int64 {
        let delivery = try required(whole("delivery", 1...Int.max), "delivery")
        try end()
        return Int64(delivery)
    }
}

extension Webhook {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.member("id", id.description)
        writer.member("address", address)
        writer.key("events")
        writer.array { writer in
            for event in events { writer.string(event.rawValue) }
        }
        writer.key("on")
        writer.bool(isOn)
        writer.member("made", madeAt.description)
        writer.member("made_by", madeBy)
        writer.member("former_secret_until", formerSecretUntil?.description)
        writer.member("failing_since", failingSince?.description)
        writer.member("off_since", offAt?.description)
        writer.member("off_because", offBecause?.rawValue)
    }
}

extension WebhookDelivery {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.key("id")
        writer.number(id)
        writer.member("event", event.description)
        writer.member("type", kind)
        writer.member("at", createdAt.description)
        writer.member("standing", standing.rawValue)
        writer.member("tries", number: tries)
        writer.member("tried", triedAt?.description)
        writer.member("answered", number: answered)
        writer.member("trouble", lastTrouble)
        writer.member("next_try", standing == .waits ? nextTryAt.description : nil)
    }
}
