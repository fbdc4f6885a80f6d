import Hummingbird
import Pages
import ReferralGroup
import Storage

/// Who serves in which office, as pages.
struct OfficePages {
    let database: Database

    func add(to routes: inout Routes) {
        routes.inChapter(.get, "offices", needs: .seeRoster, use: list)
        routes.inChapter(.get, "offices/appoint", needs: .manageMembers, use: showAppoint)
        routes.inChapter(.post, "offices", needs: .manageMembers, use: appoint)
        routes.inChapter(.get, "offices/{id}/end", needs: .manageMembers, use: showEnd)
        routes.inChapter(.post, "offices/{id}/end", needs: .manageMembers, use: end)
    }

    func list(_ request: Request, context: ChapterContext) async throws -> Response {
        _ = try QueryParameters(request, known: [])
        let (terms, today) = try await context.acting(in: database).run(
            .offices(of: context.chapter.id),
            .today(in: context.chapter.id)
        )
        return context.answer(request) { officesPage(terms, on: today, for: $0) }
    }

    func showAppoint(_ request: Request, context: ChapterContext) async throws -> Response {
        try await showAppoint(request, context, .blank)
    }

    private func showAppoint(
        _ request: Request,
        _ context: ChapterContext,
        _ filled: Filled
    ) async throws -> Response {
        let parameters = try QueryParameters(request, known: ["role", "member"])
        let role = try parameters.word("role", OfficeRole.self)
        let member = try parameters.value("member", Membership.ID.self, "a member's number")
        let members = try await context.acting(in: database).run(.roster(of: context.chapter.id, on: nil))
        return context.answer(request) {
            appointPage(members: members, role: role, member: member, filled, for: $0)
        }
    }

    func appoint(_ request: Request, context: ChapterContext) async throws -> Response {
        try await context.keep(request, in: database) {
            try await $0.appointment(of: context, context.acting(in: database))
        } write: { draft, transaction in
            _ = try await beside([.termEndsBeforeItBegins: "to", .officeHeldAlready: "role"]) {
                try await transaction.appoint(draft, in: context.chapter.id)
            }
            return "\(context.folder)/offices"
        } orElse: {
            try await showAppoint(request, context, $0)
        }
    }

    func showEnd(_ request: Request, context: ChapterContext) async throws -> Response {
        _ = try QueryParameters(request, known: [])
        let term = try await term(context)
        return context.answer(request) { endTermPage(term, for: $0) }
    }

    func end(_ request: Request, context: ChapterContext) async throws -> Response {
        try await context.keep(request, in: database) { body in
            let term = try await term(context)
            let day = try body.date("on")
            try body.end()
            return (term: term, day: day)
        } write: { ending, transaction in
            _ = try await beside([.termEndsBeforeItBegins: "on"]) {
                try await transaction.run(.end(ending.term.id, on: ending.day, in: context.chapter.id))
            }
            return "\(context.folder)/offices"
        } orElse: { filled in
            let term = try await term(context)
            return context.answer(request) { endTermPage(term, filled, for: $0) }
        }
    }

    private func term(_ context: ChapterContext) async throws -> Term {
        guard let id = context.parameters.get("id").flatMap({ Term.ID($0) }),
            let term = try await context.acting(in: database).run(.office(id, in: context.chapter.id))
        else { throw Problem.notFound }
        return term
    }
}
