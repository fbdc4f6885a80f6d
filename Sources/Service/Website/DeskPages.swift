import Hummingbird
import Pages
import ReferralGroup
import Storage

/// A member's own pages: what waits for them, what they log, the referrals they gave and received.
struct DeskPages {
    let database: Database

    func add(to routes: inout Routes) {
        routes.inChapter(.get, "", needs: .seeRoster, use: home)
        routes.inChapter(.get, "log", needs: .recordOwnSlips, use: kinds)
        for kind in EntryKind.allCases {
            routes.inChapter(.get, "log/\(kind.rawValue)", needs: .recordOwnSlips) {
                try await form(kind, $0, context: $1)
            }
            routes.inChapter(.post, "log/\(kind.rawValue)", needs: .recordOwnSlips) {
                try await enter(kind, $0, context: $1)
            }
        }
        routes.inChapter(.get, "referrals/{id}", needs: .seeRoster, use: referral)
        routes.inChapter(.post, "referrals/{id}/steps", needs: .recordOwnSlips, use: move)
    }

    func home(_ request: Request, context: ChapterContext) async throws -> Response {
        let kept = try QueryParameters(request, known: ["kept"]).value(
            "kept",
            EntryKind.self,
            "a kind of slip"
        )
        guard let member = context.actor.membership, let person = context.actor.person else {
            return .see("\(context.folder)/meetings/next")
        }
        // What leaders may see of others is none of this page's business, and no reading of it to be logged.
        let acting = context.acting(as: context.actor.asMember, in: database)
        let desk = try await acting.desk(of: member, person, in: context.chapter, now: .now())
        return context.answer(request) {
            deskPage(desk, currency: context.chapter.currency, kept: kept, for: $0)
        }
    }

    func kinds(_ request: Request, context: ChapterContext) async throws -> Response {
        context.answer(request) { logPage(for: $0) }
    }

    func form(_ kind: EntryKind, _ request: Request, context: ChapterContext) async throws -> Response {
        let parameters = try QueryParameters(request, known: ["date", "referral", "receiver", "second"])
        let day = try parameters.value("date", LocalDate.self, "a date such as 2026-10-28")
        var preset: [String: String] = [:]
        for name in ["referral", "receiver", "second"] {
            if let text = try parameters.value(name, String.self, "a text") { preset[name] = text }
        }
        return try await form(kind, request, context, Filled(preset), day: day)
    }

    private func form(
        _ kind: EntryKind,
        _ request: Request,
        _ context: ChapterContext,
        _ filled: Filled,
        day: LocalDate? = nil
    ) async throws -> Response {
        let chapter = context.chapter.id
        let (today, members, referrals) = try await context.acting(in: database).run(
            .today(in: chapter),
            .roster(of: chapter, on: nil),
            .thankable(by: context.actor.membership, in: chapter)
        )
        let choices = LogChoices(
            members: members.map(\.name),
            today: today,
            currency: context.chapter.currency,
            referrals: kind == .thanks ? referrals.map { ($0.id, $0.name) } : []
        )
        return context.answer(request) { logFormPage(kind, choices, filled, day: day, for: $0) }
    }

    func enter(_ kind: EntryKind, _ request: Request, context: ChapterContext) async throws -> Response {
        try await context.keep(request, in: database) { body in
            try await Slip(kind, in: body, of: context, context.acting(in: database))
        } write: { slip, transaction in
            _ = try await slip.enter(in: transaction)
            return "\(context.folder)?kept=\(kind.rawValue)"
        } orElse: {
            try await form(kind, request, context, $0)
        }
    }

    func referral(_ request: Request, context: ChapterContext) async throws -> Response {
        try await referral(request, context, .blank)
    }

    private func referral(
        _ request: Request,
        _ context: ChapterContext,
        _ filled: Filled
    ) async throws -> Response {
        guard let id = context.parameters.get("id").flatMap({ SlipID($0) }) else { throw Problem.notFound }
        let chapter = context.chapter.id
        let (referral, prospect, steps, receiver) = try await context.acting(in: database).run(
            .referral(id, in: chapter, concerning: context.ownOnly()),
            .prospect(of: id, in: chapter),
            .steps(of: id, in: chapter),
            .receiver(of: id, in: chapter, concerning: context.ownOnly())
        )
        guard let referral else { throw Problem.notFound }
        let mayMove =
            context.actor.may(.recordSlipsForMembers)
            || context.actor.membership != nil && receiver?.member == context.actor.membership
        return context.answer(request) {
            referralPage(
                referral,
                prospect: prospect,
                steps: steps,
                mayMove: mayMove,
                filled: filled,
                for: $0
            )
        }
    }

    func move(_ request: Request, context: ChapterContext) async throws -> Response {
        try await context.keep(request, in: database) { body in
            guard let id = context.parameters.get("id").flatMap({ SlipID($0) }) else {
                throw Problem.notFound
            }
            let step = try body.required(body.word("step", Referral.Step.self), "step")
            let reason = try body.line("reason")
            try body.end()
            guard
                let receiver = try await context.acting(in: database).run(
                    .receiver(of: id, in: context.chapter.id, concerning: context.ownOnly())
                )
            else { throw Problem.notFound }
            try context.mayRecord(for: [receiver.member.map { .member($0) }])
            return (id, step, reason)
        } write: { move, transaction in
            let (id, step, reason) = move
            guard try await transaction.run(.move(id, to: step, reason: reason)) else {
                throw Problem.notFound
            }
            return "\(context.folder)/referrals/\(id)"
        } orElse: {
            try await referral(request, context, $0)
        }
    }
}
