import Hummingbird
import Pages
import ReferralGroup
import Storage

/// What a chapter decided about itself, and who changed what in it, as pages.
struct PolicyPages {
    let database: Database

    func add(to routes: inout Routes) {
        routes.inChapter(.get, "policy", needs: .seeRoster, use: show)
        routes.inChapter(.get, "policy/change", needs: .manageMembers, use: showChange)
        routes.inChapter(.post, "policy/change", needs: .manageMembers, use: change)
        routes.inChapter(.get, "audit", needs: .seeAuditTrail, use: audit)
    }

    func show(_ request: Request, context: ChapterContext) async throws -> Response {
        _ = try QueryParameters(request, known: [])
        let (versions, now) = try await context.acting(in: database).run(
            .policies(of: context.chapter),
            .policy(of: context.chapter, on: nil)
        )
        return context.answer(request) { policyPage(versions, now: now, for: $0) }
    }

    func showChange(_ request: Request, context: ChapterContext) async throws -> Response {
        _ = try QueryParameters(request, known: [])
        return try await showChange(request, context, .blank)
    }

    private func showChange(
        _ request: Request,
        _ context: ChapterContext,
        _ filled: Filled
    ) async throws -> Response {
        let policy = try await context.acting(in: database).run(.policy(of: context.chapter, on: nil))
        return context.answer(request) {
            changePolicyPage(policy, filled, in: context.chapter.currency, for: $0)
        }
    }

    /// Keeps what the form says otherwise than the policy of today: the rest stays as it is that day.
    func change(_ request: Request, context: ChapterContext) async throws -> Response {
        let acting = context.acting(in: database)
        return try await context.keep(request, in: database) { body in
            let day = try body.date("valid_from")
            let settings = try body.policySettings(in: context.chapter)
            try body.end()
            let before = Dictionary(
                uniqueKeysWithValues: try await acting.policy(of: context.chapter, on: nil)
            )
            let changed = settings.filter { before[$0.key] != $0.value }
            guard !changed.isEmpty else { throw body.unfit("", "nothing of it is changed") }
            return (day: day, settings: changed, body: body)
        } write: { draft, transaction in
            try await transaction.run(.lockPolicy(of: context.chapter.id))
            try await transaction.setPolicy(
                draft.settings,
                of: context.chapter,
                from: draft.day,
                asIn: draft.body
            )
            return "\(context.folder)/policy"
        } orElse: {
            try await showChange(request, context, $0)
        }
    }

    func audit(_ request: Request, context: ChapterContext) async throws -> Response {
        let parameters = try QueryParameters(request, known: ["entity", "door", "by", "before"])
        let entity = parameters.values("entity").first ?? ""
        let door = parameters.values("door").first ?? ""
        guard entity.isEmpty || AuditFilter.entities.contains(entity) else {
            throw Problem.parameter("entity", "there is no such kind of record")
        }
        guard door.isEmpty || Door(rawValue: door) != nil else {
            throw Problem.parameter("door", "give web, api, cli or import")
        }
        let filter = AuditFilter(
            entity: entity.isEmpty ? nil : entity,
            door: Door(rawValue: door),
            by: (parameters.values("by").first).flatMap { Membership.ID($0) }
        )
        let before = try parameters.value("before", Int64.self, "the number of a line")
        let (events, members) = try await context.acting(in: database).run(
            .auditTrail(of: context.chapter.id, filter, before: before, limit: AuditQuestion.pageLength + 1),
            .roster(of: context.chapter.id, on: nil, former: true)
        )
        let asked = AuditQuestion(filter, isFirstPage: before == nil)
        return context.answer(request) { auditPage(events, asked, members: members, for: $0) }
    }
}
