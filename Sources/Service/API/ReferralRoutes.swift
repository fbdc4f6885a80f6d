import Exchange
import Hummingbird
import ReferralGroup
import Storage

/// What members do with referrals.
struct ReferralRoutes {
    static let tiers = 1...9
    static let warmths = 1...5
    let database: Database

    func add(to routes: inout Routes) {
        routes.inChapter(.get, "", needs: .seeRoster, use: list)
        routes.inChapter(.post, "", needs: .recordOwnSlips, use: pass)
        routes.inChapter(.get, "{id}", needs: .seeRoster, use: show)
        routes.inChapter(.get, "{id}/steps", needs: .seeRoster, use: steps)
        routes.inChapter(.post, "{id}/steps", needs: .recordOwnSlips, use: move)
    }

    /// All of the chapter's to who may see its reports, to others their own.
    func list(_ request: Request, context: ChapterContext) async throws -> Response {
        let portion = try Portion(request)
        let referrals = try await context.acting(in: database).run(
            .referrals(of: context.chapter.id, portion.slice, concerning: context.ownOnly())
        )
        return Response(referrals, of: portion, request, id: \.id) { $0.write(to: &$1) }
    }

    func show(_ request: Request, context: ChapterContext) async throws -> Response {
        let referral = try await context.entry(request, in: database) {
            try .referrals(of: context.chapter.id, $0, concerning: context.ownOnly())
        }
        return Response(object: { referral.write(to: &$0) })
    }

    func pass(_ request: Request, context: ChapterContext) async throws -> Response {
        try await context.enter(.referral, request, in: database)
    }

    func steps(_ request: Request, context: ChapterContext) async throws -> Response {
        _ = try QueryParameters(request, known: [])
        guard let id = context.parameters.get("id").flatMap({ SlipID($0) }) else { throw Problem.notFound }
        let (referral, steps) = try await context.acting(in: database).run(
            .referral(id, in: context.chapter.id, concerning: context.ownOnly()),
            .steps(of: id, in: context.chapter.id)
        )
        guard referral != nil else { throw Problem.notFound }
        return Response(json: steps) { step, writer in
            writer.member("step", step.step.rawValue)
            writer.member("at", step.at.description)
            writer.member("by", step.by)
            writer.member("reason", step.reason)
        }
    }

    /// The receiver moves it; the giver sees it move.
    func move(_ request: Request, context: ChapterContext) async throws -> Response {
        var body = try await Body(request)
        let step = try body.required(body.word("step", Referral.Step.self), "step")
        let reason = try body.line("reason")
        try body.end()
        guard let id = context.parameters.get("id").flatMap({ SlipID($0) }),
            let receiver = try await context.acting(in: database).run(
                .receiver(of: id, in: context.chapter.id, concerning: context.ownOnly())
            )
        else { throw Problem.notFound }
        try context.mayRecord(for: [receiver.member.map { .member($0) }])
        return try await context.write(request, body.bytes, in: database) { transaction in
            guard try await transaction.run(.move(id, to: step, reason: reason)) else {
                throw Problem.notFound
            }
            return KeptAnswer(status: 204, body: "")
        }
    }
}

extension Referral {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.member("id", id.description)
        writer.member("date", passedOn.description)
        writer.member("giver", giver)
        writer.member("receiver", receiver)
        writer.member("unplaced_profession", unplacedProfession)
        writer.member("tier", tier)
        writer.member("need", need)
        writer.member("warmth", number: warmth)
        writer.member("status", status.rawValue)
        writer.member("provisional", isProvisional)
    }
}
