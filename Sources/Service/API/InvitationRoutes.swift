import Exchange
import HTTPTypes
import Hummingbird
import Identity
import Pages
import ReferralGroup
import Storage

/// Links of their own for visitors, as programs ask for them.
struct InvitationRoutes {
    let database: Database
    let baseURL: String

    func add(to routes: inout Routes) {
        routes.inChapter(.put, "visitors/{id}/invitation", needs: .recordOwnSlips, use: invite)
    }

    /// The address is in this answer, and nowhere else but in the mail.
    func invite(_ request: Request, context: ChapterContext) async throws -> Response {
        guard request.headers[.idempotencyKey] == nil else { throw Problem.secretIsNotKept }
        var body = try await Body(request)
        let greeting = try body.line("greeting")
        let byMail = try body.bool("by_mail") ?? false
        try body.end()
        let visitor = try await context.visitor(in: database)
        if byMail, visitor.email == nil {
            throw body.unfit("by_mail", "nobody knows an e-mail of this visitor")
        }
        try await context.admitInvitation(in: database)
        let secret = Secret()
        let invited = try await context.acting(in: database).transaction { transaction in
            try await transaction.run(.greet(visitor.id, with: greeting, in: context.chapter.id))
            return try await transaction.invite(visitor.id, secret, byMail: byMail)
        }
        return Response(object: { writer in
            writer.member("address", invited.address(at: baseURL))
            writer.member("last_day", visitor.visitOn.description)
            writer.member("visits", number: visitor.visits)
            writer.member("visits_allowed", number: visitor.visitsAllowed)
            writer.member("seat_held", visitor.isSeatHeld)
        })
    }
}
