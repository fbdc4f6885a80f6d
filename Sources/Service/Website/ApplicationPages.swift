import Hummingbird
import Pages
import ReferralGroup
import Storage

/// Applications as pages, for those who may see what is confidential.
struct ApplicationPages {
    let database: Database
    private static let fields: [Refusal: String] = [
        .applicantWithoutName: "name", .applicationForNoSeat: "seat", .slipOfTheFuture: "date",
        .decliningApplicantWithoutReason: "reason", .decidedBeforeItCame: "date",
        .referenceWithoutName: "name",
        .inductionWithoutAcceptance: "member", .mentorIsOneself: "mentor",
    ]

    func add(to routes: inout Routes) {
        routes.inChapter(.get, "applications", needs: .seeApplications, use: list)
        routes.inChapter(.get, "applications/new", needs: .decideApplications, use: new)
        routes.inChapter(.post, "applications/new", needs: .decideApplications, use: open)
        routes.inChapter(.get, "applications/{id}", needs: .seeApplications, use: show)
        routes.inChapter(.get, "applications/{id}/references", needs: .decideApplications) {
            try await form($0, $1) { referencePage($0, $1, for: $2) }
        }
        routes.inChapter(.post, "applications/{id}/references", needs: .decideApplications, use: note)
        routes.inChapter(.post, "applications/{id}/vote", needs: .decideApplications, use: vote)
        routes.inChapter(.get, "applications/{id}/decision", needs: .decideApplications) {
            try await form($0, $1) { decisionPage($0, $1, for: $2) }
        }
        routes.inChapter(.post, "applications/{id}/decision", needs: .decideApplications, use: decide)
        routes.inChapter(.get, "applications/{id}/induction", needs: .decideApplications, use: showInduction)
        routes.inChapter(.post, "applications/{id}/induction", needs: .decideApplications, use: induct)
    }

    func list(_ request: Request, context: ChapterContext) async throws -> Response {
        let parameters = try QueryParameters(request, known: ["pending", "page"])
        let pending = try parameters.value("pending", Bool.self, "true or false") ?? true
        let page = try parameters.page()
        let applications = try await context.acting(in: database).run(
            .applications(of: context.chapter.id, pending: pending)
        )
        return context.answer(request) {
            applicationsPage(applications, pending: pending, page: page, for: $0)
        }
    }

    func show(_ request: Request, context: ChapterContext) async throws -> Response {
        _ = try QueryParameters(request, known: [])
        return try await show(request, context, .blank)
    }

    private func show(
        _ request: Request,
        _ context: ChapterContext,
        _ problem: Filled
    ) async throws -> Response {
        guard let id = context.parameters.get("id").flatMap({ SlipID($0) }) else { throw Problem.notFound }
        let (application, references, votes) = try await context.acting(in: database).run(
            .application(id, in: context.chapter.id),
            .references(of: id, in: context.chapter.id),
            .votes(on: id, in: context.chapter.id)
        )
        guard let application else { throw Problem.notFound }
        let view = ApplicationView(
            application,
            references: references,
            votes: votes,
            own: context.actor.membership
        )
        return context.answer(request) { applicationPage(view, problem: problem, for: $0) }
    }

    func new(_ request: Request, context: ChapterContext) async throws -> Response {
        try await new(of: try await visitor(request, context), request, context, .blank)
    }

    /// The visitor who applies, where the address names one.
    private func visitor(_ request: Request, _ context: ChapterContext) async throws -> Visitor? {
        let id = try QueryParameters(request, known: ["visitor"]).value(
            "visitor",
            SlipID.self,
            "a visitor's id"
        )
        guard let id else { return nil }
        guard let visitor = try await context.visitor(id, in: database) else { throw Problem.notFound }
        return visitor
    }

    private func new(
        of visitor: Visitor?,
        _ request: Request,
        _ context: ChapterContext,
        _ filled: Filled
    ) async throws -> Response {
        let (members, seats) = try await context.acting(in: database).run(
            .roster(of: context.chapter.id, on: nil),
            .openSeats(of: context.chapter.id)
        )
        return context.answer(request) {
            newApplicationPage(visitor, members: members, seats: seats, filled, for: $0)
        }
    }

    func open(_ request: Request, context: ChapterContext) async throws -> Response {
        try await context.keep(request, in: database) {
            let visitor = try await visitor(request, context)?.id
            return try await $0.application(in: context.acting(in: database)).of(visitor)
        } write: { draft, transaction in
            try await beside(Self.fields) {
                let id = try await transaction.run(.open(draft, in: context.chapter.id))
                if let visitor = draft.visitor {
                    try await transaction.run(
                        .move(visitor, to: .applied, reason: nil, in: context.chapter.id)
                    )
                }
                return "\(context.folder)/applications/\(id)"
            }
        } orElse: {
            try await new(of: visitor(request, context), request, context, $0)
        }
    }

    func note(_ request: Request, context: ChapterContext) async throws -> Response {
        try await keep(request, context) {
            try $0.reference()
        } write: { reference, application, transaction in
            try await transaction.note(reference, of: application.id, in: context.chapter.id)
        } page: { application, filled in
            context.answer(request) { referencePage(application, filled, for: $0) }
        }
    }

    func vote(_ request: Request, context: ChapterContext) async throws -> Response {
        try await keep(request, context) { body in
            let vote = try body.vote()
            return (vote: vote, member: try await context.voter(in: database, asIn: body))
        } write: { draft, application, transaction in
            try await transaction.run(
                .vote(draft.vote, by: draft.member, on: application.id, in: context.chapter.id)
            )
        } page: {
            try await show(request, context, $1)
        }
    }

    func decide(_ request: Request, context: ChapterContext) async throws -> Response {
        try await keep(request, context) {
            try $0.verdict()
        } write: { verdict, application, transaction in
            try await transaction.decide(application.id, verdict, in: context.chapter.id)
        } page: { application, filled in
            context.answer(request) { decisionPage(application, filled, for: $0) }
        }
    }

    func showInduction(_ request: Request, context: ChapterContext) async throws -> Response {
        _ = try QueryParameters(request, known: [])
        return try await showInduction(of: context.application(in: database), request, context, .blank)
    }

    private func showInduction(
        of application: MembershipApplication,
        _ request: Request,
        _ context: ChapterContext,
        _ filled: Filled
    ) async throws -> Response {
        let members = try await context.acting(in: database).run(.roster(of: context.chapter.id, on: nil))
        return context.answer(request) { inductionPage(application, members: members, filled, for: $0) }
    }

    func induct(_ request: Request, context: ChapterContext) async throws -> Response {
        try await keep(request, context) {
            try await $0.inducted(in: context.acting(in: database))
        } write: { inducted, application, transaction in
            try await transaction.induct(application.id, inducted, in: context.chapter.id)
            try await transaction.run(.visitorJoined(by: application.id, in: context.chapter.id))
        } page: {
            try await showInduction(of: $0, request, context, $1)
        }
    }

    private func form(
        _ request: Request,
        _ context: ChapterContext,
        _ page: (MembershipApplication, Filled, Reader) -> HTML
    ) async throws -> Response {
        _ = try QueryParameters(request, known: [])
        let application = try await context.application(in: database)
        return context.answer(request) { page(application, .blank, $0) }
    }

    /// Keeps what a form says of the application in the address, and goes back to it.
    private func keep<Draft>(
        _ request: Request,
        _ context: ChapterContext,
        read: (inout Body) async throws -> Draft,
        write: (Draft, MembershipApplication, ActingTransaction) async throws -> Void,
        page: (MembershipApplication, Filled) async throws -> Response
    ) async throws -> Response {
        try await context.keep(request, in: database) { body in
            (of: try await context.application(in: database), draft: try await read(&body))
        } write: { kept, transaction in
            try await beside(Self.fields) { try await write(kept.draft, kept.of, transaction) }
            return "\(context.folder)/applications/\(kept.of.id)"
        } orElse: {
            try await page(context.application(in: database), $0)
        }
    }
}
