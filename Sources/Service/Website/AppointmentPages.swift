import Hummingbird
import Pages
import ReferralGroup
import Storage

/// Invitations to one-to-ones: sent and answered on the pages of the planner.
struct AppointmentPages {
    let database: Database
    private static let fields: [Refusal: String] = [
        .appointmentOfThePast: "on", .appointmentOfNoMember: "on",
    ]

    func add(to routes: inout Routes) {
        routes.inChapter(.post, "planner/{id}/invite", needs: .recordOwnSlips, use: invite)
        routes.inChapter(.post, "appointments/{id}/accept", needs: .recordOwnSlips, use: accept)
        routes.inChapter(.post, "appointments/{id}/call-off", needs: .recordOwnSlips, use: callOff)
    }

    func invite(_ request: Request, context: ChapterContext) async throws -> Response {
        guard let id = context.parameters.get("id").flatMap({ Membership.ID($0) }) else {
            throw Problem.notFound
        }
        return try await context.keep(request, in: database) {
            try $0.appointment()
        } write: { draft, transaction in
            let owner = try context.owner.membership
            _ = try await beside(Self.fields) {
                try await transaction.run(.invite(id, by: owner, to: draft, in: context.chapter.id))
            }
            return "\(context.folder)/planner"
        } orElse: { filled in
            try await PlannerPages(database: database).prepare(request, context: context, filled)
        }
    }

    func accept(_ request: Request, context: ChapterContext) async throws -> Response {
        try await answer(request, context) { try await $1.run(.accept($0, in: context.chapter.id)) }
    }

    func callOff(_ request: Request, context: ChapterContext) async throws -> Response {
        try await answer(request, context) { try await $1.run(.callOff($0, in: context.chapter.id)) }
    }

    /// What was answered already, from another device say, shows as it is.
    private func answer(
        _ request: Request,
        _ context: ChapterContext,
        _ work: (SlipID, ActingTransaction) async throws -> Bool
    ) async throws -> Response {
        let id = try context.entryID
        return try await context.keep(request, in: database) {
            try $0.end()
        } write: { _, transaction in
            guard try await work(id, transaction) else { throw Problem.notFound }
            return "\(context.folder)/planner"
        } orElse: { _ in
            .see("\(context.folder)/planner")
        }
    }
}
