import Exchange
import Hummingbird
import Pages
import ReferralGroup
import Storage

/// What a member has to follow up.
struct FollowUpRoutes {
    let database: Database

    func add(to routes: inout Routes) {
        routes.inChapter(.get, "", needs: .recordOwnSlips, use: list)
        routes.inChapter(.post, "", needs: .recordOwnSlips, use: write)
        routes.inChapter(.get, "{id}", needs: .recordOwnSlips, use: show)
        routes.inChapter(.put, "{id}/due", needs: .recordOwnSlips, use: putOff)
        routes.inChapter(.put, "{id}/end", needs: .recordOwnSlips, use: end)
    }

    func list(_ request: Request, context: ChapterContext) async throws -> Response {
        _ = try QueryParameters(request, known: [])
        let agenda = try await agenda(context)
        return Response(json: agenda) { $0.write(to: &$1) }
    }

    func show(_ request: Request, context: ChapterContext) async throws -> Response {
        _ = try QueryParameters(request, known: [])
        let id = try context.entryID
        guard let followUp = try await agenda(context).first(where: { $0.id == id }) else {
            throw Problem.notFound
        }
        return Response(object: { followUp.write(to: &$0) })
    }

    private func agenda(_ context: ChapterContext) async throws -> [FollowUp] {
        try await context.acting(in: database).run(
            .agenda(of: context.owner.person, in: context.chapter.id)
        )
    }

    func write(_ request: Request, context: ChapterContext) async throws -> Response {
        var body = try await Body(request)
        let draft = try body.followUp()
        let owner = try context.owner
        return try await context.write(request, body.bytes, in: database) { transaction in
            .made(
                try await transaction.write(draft, of: owner, in: context.chapter.id, asIn: body),
                at: request.place
            )
        }
    }

    func putOff(_ request: Request, context: ChapterContext) async throws -> Response {
        var body = try await Body(request)
        let day = try body.required(body.date("due"), "due")
        try body.end()
        let (id, owner) = (try context.entryID, try context.owner)
        return try await context.write(request, body.bytes, in: database) { transaction in
            guard try await transaction.run(.putOff(id, to: day, of: owner.person, in: context.chapter.id))
            else {
                throw Problem.notFound
            }
            return .nothing
        }
    }

    func end(_ request: Request, context: ChapterContext) async throws -> Response {
        var body = try await Body(request)
        let end = try body.followUpEnd()
        let (id, owner) = (try context.entryID, try context.owner)
        return try await context.write(request, body.bytes, in: database) { transaction in
            guard try await transaction.run(.end(id, end, of: owner.person, in: context.chapter.id)) else {
                throw Problem.notFound
            }
            return .nothing
        }
    }
}

extension ActingTransaction {
    /// Writes down a follow-up, unless it is of a contact whom the member does not have.
    func write(
        _ draft: FollowUpDraft,
        of owner: (membership: Membership.ID, person: Person.ID),
        in chapter: Chapter.ID,
        asIn body: Body
    ) async throws -> SlipID {
        guard let id = try await run(.write(draft, of: owner.membership, owner.person, in: chapter)) else {
            throw body.unfit("contact", "there is no such contact")
        }
        return id
    }
}

extension Body {
    mutating func followUp() throws -> FollowUpDraft {
        let contact = try value("contact", SlipID.self, "the id of a contact")
        let text = try line("text")
        let draft = FollowUpDraft(
            contact: contact,
            text: text,
            channel: try word("channel", FollowUp.Channel.self) ?? .call,
            dueOn: try required(date("due"), "due")
        )
        try end()
        guard contact != nil || text != nil else { throw unfit("text", "say what to do, or name a contact") }
        return draft
    }

    mutating func followUpEnd() throws -> FollowUpEnd {
        let end = FollowUpEnd(
            try word("ending", FollowUp.Ending.self) ?? .done,
            channel: try word("channel", FollowUp.Channel.self),
            on: try date("date"),
            outcome: try line("outcome")
        )
        try self.end()
        return end
    }
}

extension FollowUp {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.member("id", id?.description)
        writer.member("due", dueOn.description)
        writer.member("this_week", isThisWeek)
        writer.member("channel", channel.rawValue)
        writer.member("about", about)
        writer.member("text", text)
        writer.member("cause", cause?.rawValue)
        writer.member("slip", slip?.description)
        writer.member("contact", contact?.description)
        writer.member("last_contact", lastOn?.description)
    }
}
