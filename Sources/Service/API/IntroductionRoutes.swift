import Exchange
import Hummingbird
import Pages
import ReferralGroup
import Storage

/// What those say to an introduction who have a part in it.
struct IntroductionRoutes {
    let database: Database

    func add(to routes: inout Routes) {
        routes.inChapter(.get, "own-introductions", needs: .recordOwnSlips, use: list)
        routes.inChapter(.put, "introductions/{id}/answer", needs: .recordOwnSlips, use: answer)
        routes.inChapter(.put, "introductions/{id}/outcome", needs: .recordOwnSlips, use: conclude)
    }

    func list(_ request: Request, context: ChapterContext) async throws -> Response {
        _ = try QueryParameters(request, known: [])
        let introductions = try await context.acting(in: database).run(
            .ownIntroductions(in: context.chapter.id)
        )
        return Response(json: introductions) { $0.write(to: &$1) }
    }

    func answer(_ request: Request, context: ChapterContext) async throws -> Response {
        var body = try await Body(request)
        let accepts = try body.introductionAnswer()
        let id = try context.entryID
        return try await context.write(request, body.bytes, in: database) { transaction in
            guard try await transaction.run(.answer(id, accepts: accepts, in: context.chapter.id)) else {
                throw Problem.notFound
            }
            return .nothing
        }
    }

    func conclude(_ request: Request, context: ChapterContext) async throws -> Response {
        var body = try await Body(request)
        let outcome = try body.introductionOutcome()
        let id = try context.entryID
        return try await context.write(request, body.bytes, in: database) { transaction in
            guard try await transaction.run(.conclude(id, outcome, in: context.chapter.id)) else {
                throw Problem.notFound
            }
            return .nothing
        }
    }
}

extension Body {
    mutating func introductionAnswer() throws -> Bool {
        let accepts = try required(bool("accepts"), "accepts")
        try end()
        return accepts
    }

    mutating func introductionOutcome() throws -> String {
        let outcome = try required(line("outcome"), "outcome")
        try end()
        return outcome
    }
}

extension Introduction {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.member("id", id.description)
        writer.member("date", madeOn.description)
        writer.member("connector", connector)
        writer.member("first", first.name)
        writer.member("second", second.name)
        writer.member("why", why)
        writer.member("outcome", outcome)
        writer.member("part", part.rawValue)
        for (name, side) in [("first_accepts", first), ("second_accepts", second)] {
            writer.key(name)
            if let accepts = side.accepts { writer.bool(accepts) } else { writer.null() }
        }
        writer.member("email", email)
        writer.key("phones")
        writer.array { writer in
            for phone in phones { writer.string(phone) }
        }
    }
}
