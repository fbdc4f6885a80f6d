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
        let draft = try await body.application(in: context.acting(in: database))
        return try await context.write(request, body.bytes, in: database) { transaction in
            .made(try await transaction.run(.open(draft, in: context.chapter.id)), at: request.place)
        }
    }

    func note(_ request: Request, context: ChapterContext) async throws -> Response {
        var body = try await Body(request)
        let reference = try body.reference()
        let application = try await application(context)
        return try await context.write(request, body.bytes, in: database) { transaction in
            try await transaction.note(reference, of: application.id, in: context.chapter.id)
            return KeptAnswer(status: 204, body: "")
        }
    }

    /// Nobody votes for another.
    func vote(_ request: Request, context: ChapterContext) async throws -> Response {
        var body = try await Body(request)
        let vote = try body.vote()
        let application = try await application(context)
        let member = try await context.voter(in: database, asIn: body)
        return try await context.write(request, body.bytes, in: database) { transaction in
            try await transaction.run(.vote(vote, by: member, on: application.id, in: context.chapter.id))
            return KeptAnswer(status: 204, body: "")
        }
    }

    func decide(_ request: Request, context: ChapterContext) async throws -> Response {
        var body = try await Body(request)
        let verdict = try body.verdict()
        let id = try await application(context).id
        return try await context.write(request, body.bytes, in: database) { transaction in
            try await transaction.decide(id, verdict, in: context.chapter.id)
            return KeptAnswer(status: 204, body: "")
        }
    }

    func induct(_ request: Request, context: ChapterContext) async throws -> Response {
        var body = try await Body(request)
        let inducted = try await body.inducted(in: context.acting(in: database))
        let (id, chapter) = (try await application(context).id, context.chapter.id)
        return try await context.write(request, body.bytes, in: database) { transaction in
            try await transaction.induct(id, inducted, in: chapter)
            return KeptAnswer(status: 204, body: "")
        }
    }

    private func application(_ context: ChapterContext) async throws -> MembershipApplication {
        try await context.application(in: database)
    }
}

extension ChapterContext {
    /// The application in the address.
    func application(in database: Database) async throws -> MembershipApplication {
        guard let id = parameters.get("id").flatMap({ SlipID($0) }),
            let application = try await acting(in: database).run(.application(id, in: chapter.id))
        else { throw Problem.notFound }
        return application
    }

    /// Nobody votes for another.
    func voter(in database: Database, asIn body: Body) async throws -> Membership {
        guard let own = actor.membership,
            let member = try await acting(in: database).run(.member(own, in: chapter.id))
        else { throw body.unfit("vote", "only a member of the committee votes") }
        return member
    }
}

extension ActingTransaction {
    /// Decides an application, unless that was done before.
    func decide(_ application: SlipID, _ verdict: Verdict, in chapter: Chapter.ID) async throws {
        let isDecided = try await run(
            .decide(application, verdict.decision, because: verdict.reason, on: verdict.date, in: chapter)
        )
        guard isDecided else {
            throw Problem(
                status: .conflict,
                kind: "decided",
                detail: "This application is decided already; open a new one."
            )
        }
    }
}

extension ActingTransaction {
    /// Names the membership that an application became, and who looks after the new member.
    func induct(_ application: SlipID, _ inducted: Inducted, in chapter: Chapter.ID) async throws {
        guard try await run(.induct(application, as: inducted.member, in: chapter)) else {
            throw Problem.notFound
        }
        guard let mentor = inducted.mentor else { return }
        try await run(.nameMentor(mentor, of: inducted.member, in: chapter))
    }
}

/// The membership that an application became.
struct Inducted {
    let member: Membership.ID
    let mentor: Membership.ID?
}

/// What the committee decided, why and when.
struct Verdict {
    let decision: MembershipApplication.Decision
    let reason: String?
    let date: LocalDate?
}

extension Body {
    mutating func application(in acting: ActingDatabase) async throws -> MembershipApplicationDraft {
        let date = try date("date")
        let sponsor = try await party("sponsor", in: acting, on: date)
        let draft = MembershipApplicationDraft(
            name: try required(line("name"), "name"),
            seat: try required(line("seat"), "seat"),
            company: try line("company"),
            email: try line("email"),
            phone: try line("phone"),
            sponsor: try sponsor.map { try $0.member(of: self, "sponsor") },
            appliedOn: date,
            notes: try line("notes")
        )
        try end()
        return draft
    }

    mutating func reference() throws -> MembershipApplication.Reference {
        let reference = MembershipApplication.Reference(
            name: try required(line("name"), "name"),
            contact: try line("contact"),
            checkedOn: try date("date"),
            outcome: try line("outcome")
        )
        try end()
        return reference
    }

    mutating func vote() throws -> MembershipApplication.Vote {
        let vote = try required(word("vote", MembershipApplication.Vote.self), "vote")
        try end()
        return vote
    }

    mutating func verdict() throws -> Verdict {
        let decision = try required(word("decision", MembershipApplication.Decision.self), "decision")
        let verdict = Verdict(decision: decision, reason: try line("reason"), date: try date("date"))
        try end()
        return verdict
    }

    mutating func inducted(in acting: ActingDatabase) async throws -> Inducted {
        let party = try await party("member", in: acting, on: nil)
        let guide = try await self.party("mentor", in: acting, on: nil)
        let member = try required(party, "member").member(of: self, "member")
        let mentor = try guide.map { try $0.member(of: self, "mentor") }
        try end()
        return Inducted(member: member, mentor: mentor)
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
        writer.member("seat_held", isSeatHeld)
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

extension ActingTransaction {
    /// Notes what somebody said who was asked; how they are reached is one field, whatever stands in it.
    func note(
        _ reference: MembershipApplication.Reference,
        of application: SlipID,
        in chapter: Chapter.ID
    ) async throws {
        try await beside([.emailKeptOut: "/contact", .phoneKeptOut: "/contact"]) {
            try await run(.note(reference, of: application, in: chapter))
        }
    }
}
