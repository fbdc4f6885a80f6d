import HTTPTypes
import Hummingbird
import Identity
import Pages
import ReferralGroup
import Storage

/// Inviting somebody, by a member or for one.
struct InvitePages {
    let database: Database
    let baseURL: String
    static let fields: [Refusal: String] = [
        .noVisitsLeft: "name", .invitationToNoMeeting: "date", .invitationWithoutAddress: "email",
        .visitorWithoutName: "name",
    ]

    func add(to routes: inout Routes) {
        routes.inChapter(.get, "visitors/invite", needs: .recordOwnSlips, use: form)
        routes.inChapter(.post, "visitors/invite", needs: .recordOwnSlips, use: invite)
    }

    func form(_ request: Request, context: ChapterContext) async throws -> Response {
        let id = try QueryParameters(request, known: ["visitor"]).value(
            "visitor",
            SlipID.self,
            "a visitor's id"
        )
        return try await form(request, context, again: id, .blank)
    }

    private func form(
        _ request: Request,
        _ context: ChapterContext,
        again id: SlipID?,
        _ filled: Filled
    ) async throws -> Response {
        let chapter = context.chapter.id
        let own = try context.ownOnly(unless: .seeVisitors)
        let (meetings, members, visitors): ([Meeting], [Membership], [Visitor]) =
            try await context.acting(in: database).run(
                .meetings(of: chapter, daysBack: 0, daysAhead: 92),
                .roster(of: chapter, on: nil),
                .visitors(
                    of: chapter,
                    id.map { .one($0) } ?? LedgerSlice(from: .latest, to: .latest, limit: 0),
                    invitedBy: own
                )
            )
        if id != nil, visitors.isEmpty { throw Problem.notFound }
        let choices = InvitationChoices(
            meetings: meetings.filter { [.scheduled, .open].contains($0.status) },
            members: members,
            visitor: visitors.first,
            own: context.actor.membership
        )
        return context.answer(request) { invitePage(choices, filled, for: $0) }
    }

    /// The link is shown in the answer to the form; sent twice it invites once, and shows a further link of the same guest.
    func invite(_ request: Request, context: ChapterContext) async throws -> Response {
        let form = try await request.form(context.anyone)
        do {
            return try await invite(request, context, form)
        } catch {
            let problem = Problem(error)
            guard [.unprocessableContent, .conflict, .badRequest].contains(problem.status) else {
                throw error
            }
            var response = try await self.form(request, context, again: nil, Filled(form, problem))
            response.status = problem.status
            return response
        }
    }

    private func invite(
        _ request: Request,
        _ context: ChapterContext,
        _ form: FormFields
    ) async throws -> Response {
        let acting = context.acting(in: database)
        var body = Body(form)
        let draft = try await body.invitation(of: context, acting)
        try await context.admitInvitation(in: database)
        let key = IdempotencyKey("form-\(form["once"])", of: form.bytes(at: request.uri.path))
        var secret = Secret()
        var isNew = false
        let answer = try await beside(Self.fields) {
            try await acting.once(form["once"].isEmpty ? nil : key) { transaction in
                let invited = try await transaction.invite(draft, secret)
                isNew = true
                return KeptAnswer(status: 303, location: "\(invited.id)", body: "")
            }
        }
        guard let visitor = answer.location.flatMap({ SlipID($0) }) else { throw Problem.notFound }
        if !isNew {
            secret = Secret()
            _ = try await acting.transaction {
                try await $0.invite(visitor, secret, byMail: false, keepingEarlier: true)
            }
        }
        guard let invitation = try await acting.run(.invitation(hash: secret.hash)) else {
            throw Problem.notFound
        }
        let made = MadeInvitation(
            visitor: visitor,
            invitation: invitation,
            address: InvitedVisitor(id: visitor, secret: secret).address(at: baseURL),
            wasMailed: draft.byMail
        )
        return context.answer(request) { invitedPage(made, for: $0) }
    }
}

/// What a visitor's own link leads to: whoever has it reads it and answers, without signing in.
struct Invitations {
    let doorkeeper: Doorkeeper

    /// Below `invitation`.
    func add(to routes: inout Routes) {
        routes.open(.get, "{secret}", use: show)
        routes.anyone(.post, "{secret}", use: register)
        routes.anyone(.post, "{secret}/decline", use: decline)
    }

    /// A program that looks at every link of a mail answers nothing.
    func show(_ request: Request, context: AnyoneContext) async throws -> Response {
        try await show(request, context) { invitation, address, token in
            registrationPage(invitation, address: address, formToken: token)
        }
    }

    private func show(
        _ request: Request,
        _ context: AnyoneContext,
        status: HTTPResponse.Status = .ok,
        _ page: (Invitation, String, FormToken) -> HTML
    ) async throws -> Response {
        // What cannot be a secret is looked for like one that leads nowhere: the answer to both takes as long.
        let secret = context.secret ?? Secret()
        guard let invitation = try await nobody(request, context).run(.invitation(hash: secret.hash)) else {
            return try await nowhere(request, context)
        }
        return answer(request, status: status) { page(invitation, "/invitation/\(secret.text)", $0) }
    }

    func register(_ request: Request, context: AnyoneContext) async throws -> Response {
        try await keep(request, context) { body in
            let visitor = VisitorRegistration(
                name: try body.required(body.line("name"), "name"),
                company: try body.line("company"),
                profession: try body.line("profession"),
                email: try body.value("email", EmailAddress.self, "an e-mail address")?.description,
                phone: try body.line("phone")
            )
            let consent = try body.bool("consent") ?? false
            try body.end()
            guard consent else {
                throw body.unfit(
                    "consent",
                    "without it nothing of this may be kept; tick the box if you agree"
                )
            }
            return { try await $0.run(.register(visitor, at: $1)) }
        } orElse: { invitation, address, filled, token in
            registrationPage(invitation, address: address, filled, formToken: token)
        }
    }

    func decline(_ request: Request, context: AnyoneContext) async throws -> Response {
        try await keep(request, context) { body in
            let reason = try body.line("reason")
            try body.end()
            return { try await $0.run(.decline(at: $1, because: reason)) }
        } orElse: { invitation, address, filled, token in
            registrationPage(invitation, address: address, declining: filled, formToken: token)
        }
    }

    /// Keeps what a form says, and shows the page again; sent twice it says the same.
    private func keep(
        _ request: Request,
        _ context: AnyoneContext,
        read: (inout Body) throws -> (ActingDatabase, [UInt8]) async throws -> Bool,
        orElse page: (Invitation, String, Filled, FormToken) -> HTML
    ) async throws -> Response {
        let form = try await request.form(context)
        let secret = context.secret ?? Secret()
        do {
            var body = Body(form)
            let change = try read(&body)
            let visitor = context.visitor(request)
            try await doorkeeper.admit(
                visitor,
                [
                    Bucket("invitation-at", visitor.address, limit: 100, within: 900),
                    Bucket("invitation-of", "\(secret.hash)", limit: 30, within: 900),
                ]
            )
            guard try await change(nobody(request, context), secret.hash) else {
                return try await nowhere(request, context)
            }
            return .see("/invitation/\(secret.text)")
        } catch {
            let problem = Problem(error)
            guard problem.status == .unprocessableContent else { throw error }
            return try await show(request, context, status: problem.status) { invitation, address, token in
                page(invitation, address, Filled(form, problem), token)
            }
        }
    }

    /// One page for what is over, what was replaced and what never was.
    private func nowhere(_ request: Request, _ context: AnyoneContext) async throws -> Response {
        let visitor = context.visitor(request)
        // Only what leads nowhere counts here: many open their links from one address, those of a large provider say.
        try await doorkeeper.admit(
            visitor,
            [Bucket("invitation-nowhere-at", visitor.address, limit: 100, within: 900)]
        )
        return Response(
            page: problemPage(
                status: 404,
                title: "This invitation is over",
                detail:
                    "The day of the meeting has passed, or a newer link was made. Ask whoever invited you for another."
            ),
            for: request,
            status: .notFound
        )
    }

    private func nobody(_ request: Request, _ context: AnyoneContext) -> ActingDatabase {
        let visitor = context.visitor(request)
        return doorkeeper.database.acting(
            as: .nobody(door: visitor.door, requestID: visitor.requestID),
            in: nil,
            from: visitor.address
        )
    }
}
