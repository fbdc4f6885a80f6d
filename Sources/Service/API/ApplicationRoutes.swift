import Exchange
import Hummingbird
import Pages
import ReferralGroup
import Storage

/// Who wants a seat, and what the committee says to it.
struct ApplicationRoutes {
    let database: Database

    func add(to routes: inout Routes) {
        routes.inChapter(.get, "", needs: .seeApplications, use: list)
        routes.inChapter(.post, "", needs: .decideApplications, use: open)
        routes.inChapter(.get, "{id}", needs: .seeApplications, use: show)
        routes.inChapter(.post, "{id}/references", needs: .decideApplications, use: note)
        routes.inChapter(.put, "{id}/vote", needs: .decideApplications, use: vote)
        routes.inChapter(.put, "{id}/decision", needs: .decideApplications, use: decide)
        routes.inChapter(.put, "{id}/induction", needs: .decideApplications, use: induct)
    }

    func list(_ request: Request, context: ChapterContext) async throws -> Response {
        let parameters = try QueryParameters(request, known: ["pending"])
        let pending = try parameters.value("pending", Bool.self, "true or false") ?? false
        let applications = try await context.acting(in: database).run(
            .applications(of: context.chapter.id, pending: pending)
        )
        return Response(json: applications) { $0.write(to: &$1) }
    }

    func show(_ request: Request, context: ChapterContext) async throws -> Response {
        _ = try QueryParameters(request, known: [])
        let application = try await application(context)
        return Response(object: { application.write(to: &$0) })
    }

    func open(_ request: Request, context: ChapterContext) async throws -> Response {
        var body = try await Body(request)
        let date = try body.date("date")
        let sponsor = try await body.party("sponsor", in: context.acting(in: database), on: date)
        let draft = MembershipApplicationDraft(
            name: try body.required(body.line("name"), "name"),
            seat: try body.required(body.line("seat"), "seat"),
            company: try body.line("company"),
            email: try body.line("email"),
            phone: try body.line("phone"),
            sponsor: try sponsor.map { try $0.member(of: body, "sponsor") },
            appliedOn: date,
            notes: try body.line("notes")
        )
        try body.end()
        return try await context.write(request, body.bytes, in: database) { transaction in
            .made(try await transaction.run(.open(draft, in: context.chapter.id)), at: request.place)
        }
    }

    func note(_ request: Request, context: ChapterContext) async throws -> Response {
        var body = try await Body(request)
        let reference = MembershipApplication.Reference(
            name: try body.required(body.line("name"), "name"),
            contact: try body.line("contact"),
            checkedOn: try body.date("date"),
            outcome: try body.line("outcome")
        )
        try body.end()
        let application = try await application(context)
        return try await context.write(request, body.bytes, in: database) { transaction in
            try await transaction.run(.note(reference, of: application.id, in: context.chapter.id))
            return KeptAnswer(status: 204, body: "")
        }
    }

    /// Nobody votes for another.
    func vote(_ request: Request, context: ChapterContext) async throws -> Response {
        var body = try await Body(request)
        let vote = try body.required(body.word("vote", MembershipApplication.Vote.self), "vote")
        try body.end()
        let application = try await application(context)
        guard let own = context.actor.membership,
            let member = try await context.acting(in: database).run(.member(own, in: context.chapter.id))
        else { throw body.unfit("vote", "only a member of the committee votes") }
        return try await context.write(request, body.bytes, in: database) { transaction in
            try await transaction.run(.vote(vote, by: member, on: application.id, in: context.chapter.id))
            return KeptAnswer(status: 204, body: "")
        }
    }

    func decide(_ request: Request, context: ChapterContext) async throws -> Response {
        var body = try await Body(request)
        let decision = try body.required(
            body.word("decision", MembershipApplication.Decision.self),
            "decision"
        )
        let (reason, date) = (try body.line("reason"), try body.date("date"))
        try body.end()
        let (id, chapter) = (try await application(context).id, context.chapter.id)
        return try await context.write(request, body.bytes, in: database) { transaction in
            guard try await transaction.run(.decide(id, decision, because: reason, on: date, in: chapter))
            else {
                throw Problem(
                    status: .conflict,
                    kind: "decided",
                    detail: "This application is decided already; open a new one."
                )
            }
            return KeptAnswer(status: 204, body: "")
        }
    }

    func induct(_ request: Request, context: ChapterContext) async throws -> Response {
        var body = try await Body(request)
        let party = try await body.party("member", in: context.acting(in: database), on: nil)
        let member = try body.required(party, "member").member(of: body, "member")
        try body.end()
        let (id, chapter) = (try await application(context).id, context.chapter.id)
        return try await context.write(request, body.bytes, in: database) { transaction in
            guard try await transaction.run(.induct(id, as: member, in: chapter)) else {
                throw Problem.notFound
            }
            return KeptAnswer(status: 204, body: "")
        }
    }

    private func application(_ context: ChapterContext) async throws -> MembershipApplication {
        guard let id = context.parameters.get("id").flatMap({ SlipID($0) }),
            let application = try await context.acting(in: database).run(
                .application(id, in: context.chapter.id)
            )
        else { throw Problem.notFound }
        return application
    }
}

extension Party {
    /// The membership that a field names; anybody else does not fit there.
    func member(of body: Body, _ field: String) throws -> Membership.ID {
        guard case .member(let id) = self else { throw body.unfit(field, "give a member's number or name") }
        return id
    }
}

extension MembershipApplication {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.member("id", id.description)
        writer.member("date", appliedOn.description)
        writer.member("name", name)
        writer.member("seat", seat)
        writer.member("company", company)
        writer.member("email", email)
        writer.member("phone", phone)
        writer.member("sponsor", sponsor)
        writer.member("references", references)
        writer.member("yes", yes)
        writer.member("no", no)
        writer.member("decision", decision?.rawValue)
        writer.member("decided_on", decidedOn?.description)
        writer.member("reason", reason)
        writer.member("member", number: membership.map { Int($0.number) })
        writer.member("notes", notes)
    }
}
