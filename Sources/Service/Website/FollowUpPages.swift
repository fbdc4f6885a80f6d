import Hummingbird
import Pages
import ReferralGroup
import Storage

/// What a member has to follow up, as pages.
struct FollowUpPages {
    let database: Database

    func add(to routes: inout Routes) {
        routes.inChapter(.get, "follow-ups", needs: .recordOwnSlips, use: list)
        routes.inChapter(.get, "follow-ups/new", needs: .recordOwnSlips, use: new)
        routes.inChapter(.post, "follow-ups/new", needs: .recordOwnSlips, use: write)
        routes.inChapter(.post, "follow-ups/pace", needs: .recordOwnSlips, use: setPace)
        routes.inChapter(.get, "follow-ups/{id}", needs: .recordOwnSlips, use: show)
        routes.inChapter(.post, "follow-ups/{id}/end", needs: .recordOwnSlips, use: end)
        routes.inChapter(.post, "follow-ups/{id}/due", needs: .recordOwnSlips, use: putOff)
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
        let (person, chapter) = (try context.owner.person, context.chapter.id)
        let (agenda, ended, pace, today) = try await context.acting(in: database).run(
            .agenda(of: person, in: chapter),
            .endedFollowUps(of: person, in: chapter, limit: 20),
            .followUpsAWeek(of: person),
            .today(in: chapter)
        )
        return context.answer(request) {
            followUpsPage(agenda, ended, aWeek: pace, on: today, filled, for: $0)
        }
    }

    func new(_ request: Request, context: ChapterContext) async throws -> Response {
        let contact = try QueryParameters(request, known: ["contact"])
            .value("contact", SlipID.self, "the id of a contact")
        return try await new(contact, request, context, .blank)
    }

    private func new(
        _ contact: SlipID?,
        _ request: Request,
        _ context: ChapterContext,
        _ filled: Filled
    ) async throws -> Response {
        let acting = context.acting(in: database)
        guard let contact else {
            let today = try await acting.run(.today(in: context.chapter.id))
            return context.answer(request) {
                newFollowUpPage(contact: nil, due: today.advanced(by: 2), filled, for: $0)
            }
        }
        let (known, today) = try await acting.run(
            .contact(contact, of: context.owner.person, in: context.chapter.id),
            .today(in: context.chapter.id)
        )
        guard let known else { throw Problem.notFound }
        return context.answer(request) {
            newFollowUpPage(contact: known, due: today.advanced(by: 2), filled, for: $0)
        }
    }

    func write(_ request: Request, context: ChapterContext) async throws -> Response {
        try await context.keep(request, in: database) { body in
            (draft: try body.followUp(), body: body)
        } write: { written, transaction in
            let owner = try context.owner
            _ = try await transaction.write(
                written.draft,
                of: owner,
                in: context.chapter.id,
                asIn: written.body
            )
            return "\(context.folder)/follow-ups"
        } orElse: { filled in
            try await new(SlipID(filled["contact"]), request, context, filled)
        }
    }

    func setPace(_ request: Request, context: ChapterContext) async throws -> Response {
        try await context.keep(request, in: database) { body in
            let pace = try body.required(body.whole("a_week", FollowUp.paces), "a_week")
            try body.end()
            return pace
        } write: { pace, transaction in
            _ = try await transaction.run(.askFor(followUpsAWeek: pace, of: context.owner.person))
            return "\(context.folder)/follow-ups"
        } orElse: {
            try await list(request, context, $0)
        }
    }

    func show(_ request: Request, context: ChapterContext) async throws -> Response {
        _ = try QueryParameters(request, known: [])
        return try await show(request, context, .blank)
    }

    private func show(
        _ request: Request,
        _ context: ChapterContext,
        _ filled: Filled
    ) async throws -> Response {
        let id = try context.entryID
        let agenda = try await context.acting(in: database).run(
            .agenda(of: context.owner.person, in: context.chapter.id)
        )
        guard let followUp = agenda.first(where: { $0.id == id }) else { throw Problem.notFound }
        return context.answer(request) { followUpPage(followUp, filled, for: $0) }
    }

    func end(_ request: Request, context: ChapterContext) async throws -> Response {
        try await context.keep(request, in: database) {
            try $0.followUpEnd()
        } write: { end, transaction in
            let (id, person) = (try context.entryID, try context.owner.person)
            let isThere = try await beside([.slipOfTheFuture: "date"]) {
                try await transaction.run(.end(id, end, of: person, in: context.chapter.id))
            }
            guard isThere else { throw Problem.notFound }
            return "\(context.folder)/follow-ups"
        } orElse: {
            try await show(request, context, $0)
        }
    }

    func putOff(_ request: Request, context: ChapterContext) async throws -> Response {
        try await context.keep(request, in: database) { body in
            let day = try body.required(body.date("due"), "due")
            try body.end()
            return day
        } write: { day, transaction in
            let (id, person) = (try context.entryID, try context.owner.person)
            guard try await transaction.run(.putOff(id, to: day, of: person, in: context.chapter.id)) else {
                throw Problem.notFound
            }
            return "\(context.folder)/follow-ups"
        } orElse: {
            try await show(request, context, $0)
        }
    }
}
