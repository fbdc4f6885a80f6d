import Exchange
import Hummingbird
import Pages
import ReferralGroup
import Storage

/// What members need and offer.
struct PostingRoutes {
    let database: Database

    func add(to routes: inout Routes) {
        for kind in Posting.Kind.allCases {
            routes.inChapter(.get, "\(kind)s", needs: .seeRoster) { try await list(kind, $0, context: $1) }
            routes.inChapter(.post, "\(kind)s", needs: .recordOwnSlips) {
                try await post(kind, $0, context: $1)
            }
            routes.inChapter(.get, "\(kind)s/{id}", needs: .seeRoster) {
                try await show(kind, $0, context: $1)
            }
        }
        routes.inChapter(.get, "needs/{id}/matches", needs: .seeRoster, use: matches)
        routes.inChapter(.put, "needs/{id}/answer", needs: .recordOwnSlips, use: answer)
    }

    func list(_ kind: Posting.Kind, _ request: Request, context: ChapterContext) async throws -> Response {
        let portion = try Portion(request)
        let postings = try await context.acting(in: database).run(
            .postings(kind, of: context.chapter.id, portion.slice)
        )
        return Response(postings, of: portion, request, id: \.id) { $0.write(to: &$1) }
    }

    func show(_ kind: Posting.Kind, _ request: Request, context: ChapterContext) async throws -> Response {
        let posting = try await context.entry(request, in: database) {
            .postings(kind, of: context.chapter.id, $0)
        }
        return Response(object: { posting.write(to: &$0) })
    }

    func post(_ kind: Posting.Kind, _ request: Request, context: ChapterContext) async throws -> Response {
        var body = try await Body(request)
        let draft = try await body.posting(kind, of: context, context.acting(in: database))
        return try await context.write(request, body.bytes, in: database) { transaction in
            .made(try await transaction.run(.post(draft, in: context.chapter.id)), at: request.place)
        }
    }

    /// Who could answer a need, the closest first.
    func matches(_ request: Request, context: ChapterContext) async throws -> Response {
        _ = try QueryParameters(request, known: [])
        let (need, matches) = try await context.acting(in: database).run(
            .posting(context.needID, .need, in: context.chapter.id),
            .matches(of: context.needID, in: context.chapter.id)
        )
        guard need != nil else { throw Problem.notFound }
        return Response(json: matches) { match, writer in
            writer.member("by", match.by.rawValue)
            writer.member("member", number: match.member.map { Int($0.number) })
            writer.member("name", match.name)
            writer.member("about", match.about)
        }
    }

    /// Whoever posted a need says who answered it.
    func answer(_ request: Request, context: ChapterContext) async throws -> Response {
        var body = try await Body(request)
        let (answerer, date) = try await body.answer(in: context.acting(in: database))
        let need = try await context.need(in: database)
        return try await context.write(request, body.bytes, in: database) { transaction in
            guard try await transaction.run(.answer(need.id, by: answerer, on: date, in: context.chapter.id))
            else { throw Problem.notFound }
            return KeptAnswer(status: 204, body: "")
        }
    }
}

extension ChapterContext {
    /// The need in the address, of somebody for whom they may write.
    func need(in database: Database) async throws -> Posting {
        try mayAnswer(await acting(in: database).run(.posting(needID, .need, in: chapter.id)))
    }

    var needID: SlipID {
        get throws {
            guard let id = parameters.get("id").flatMap({ SlipID($0) }) else { throw Problem.notFound }
            return id
        }
    }

    /// The need, if it is for whoever asks to answer for it.
    func mayAnswer(_ need: Posting?) throws -> Posting {
        guard let need else { throw Problem.notFound }
        try mayRecord(for: [.member(need.member)])
        return need
    }
}

extension Body {
    mutating func posting(
        _ kind: Posting.Kind,
        of context: ChapterContext,
        _ acting: ActingDatabase
    ) async throws -> PostingDraft {
        let date = try date("date")
        let draft = PostingDraft(
            kind: kind,
            member: try await member("member", of: context, acting, on: date),
            text: try required(line("text"), "text"),
            profession: try line("profession"),
            postedOn: date,
            until: try self.date("until")
        )
        try end()
        try context.mayRecord(for: [.member(draft.member)])
        return draft
    }

    /// Which member answered a need, nil for somebody else, and on which day.
    mutating func answer(in acting: ActingDatabase) async throws -> (by: Membership.ID?, on: LocalDate?) {
        let date = try date("date")
        let named = try await party("answered_by", in: acting, on: date)
        try end()
        switch named {
        case nil: return (nil, date)
        case .member(let id): return (id, date)
        default: throw unfit("answered_by", "give a member's number or name, or leave it out")
        }
    }
}

extension Posting {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.member("id", id.description)
        writer.member("date", postedOn.description)
        writer.member("member", name)
        writer.member("text", text)
        writer.member("profession", profession)
        writer.member("until", until?.description)
        guard kind == .need else { return }
        writer.member("answered_by", answeredBy)
        writer.member("answered_on", answeredOn?.description)
    }
}
