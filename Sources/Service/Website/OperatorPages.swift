import HTTPTypes
import Hummingbird
import Identity
import Pages
import Postman
import ReferralGroup
import Storage

/// What an operator looks after: chapters, people, mail, versions.
struct OperatorPages {
    let doorkeeper: Doorkeeper

    func add(to routes: inout Routes) {
        routes.operators(.get, "") { _, _ in
            Response(status: .seeOther, headers: [.location: "/operator/chapters"])
        }
        routes.operators(.get, "chapters", use: chapters)
        routes.operators(.get, "chapters/new", use: newChapter)
        routes.operators(.post, "chapters", use: createChapter)
        routes.operators(.get, "people", use: people)
        routes.operators(.get, "people/invite", use: showInvite)
        routes.operators(.post, "people/invite", use: invite)
        routes.operators(.get, "mail", use: mail)
        routes.operators(.get, "jobs", use: jobs)
        routes.operators(.post, "jobs/{id}/retry", use: retry)
        routes.operators(.get, "versions", use: versions)
    }

    func chapters(_ request: Request, context: OperatorContext) async throws -> Response {
        let parameters = try QueryParameters(request, known: ["q", "page"])
        let (text, page) = (try parameters.searched(), try parameters.page())
        let chapters = try await context.acting(in: database).run(.chapters)
        return context.answer(request) { chaptersPage(chapters, matching: text, page: page, for: $0) }
    }

    func newChapter(_ request: Request, context: OperatorContext) async throws -> Response {
        _ = try QueryParameters(request, known: [])
        return try await newChapter(request, context, .blank)
    }

    private func newChapter(
        _ request: Request,
        _ context: OperatorContext,
        _ filled: Filled
    ) async throws -> Response {
        let regions = try await context.acting(in: database).run(.regions).map {
            RegionLink(slug: $0.slug.description, name: $0.name)
        }
        return context.answer(request) { newChapterPage(regions: regions, filled, for: $0) }
    }

    func createChapter(_ request: Request, context: OperatorContext) async throws -> Response {
        try await context.keep(request, in: database) { body in
            try body.chapter()
        } write: { draft, transaction in
            let (chapter, leader) = draft
            try await beside([
                .chapterSlugTaken: "slug", .chapterWithoutName: "name", .timeZoneUnknown: "time_zone",
            ]) { _ = try await transaction.create(chapter, presidedBy: leader) }
            if let email = leader?.email {
                _ = try await transaction.makeLink(
                    .invitation,
                    for: email,
                    baseURL: doorkeeper.house.baseURL
                )
            }
            return "/operator/chapters"
        } orElse: {
            try await newChapter(request, context, $0)
        }
    }

    func people(_ request: Request, context: OperatorContext) async throws -> Response {
        let parameters = try QueryParameters(request, known: ["q", "page", "invited"])
        let (text, page) = (try parameters.searched(), try parameters.page())
        let people = try await context.acting(in: database).run(
            .people(matching: text, skipping: (page - 1) * 50, limit: 51)
        )
        let invited = parameters.values("invited").first.flatMap { EmailAddress($0) }
        let notice: Phrase? = invited.map { "A mail to \($0) waits to be sent." }
        return context.answer(request) {
            peoplePage(people, matching: text, page: page, notice: notice, for: $0)
        }
    }

    func showInvite(_ request: Request, context: OperatorContext) async throws -> Response {
        let parameters = try QueryParameters(request, known: ["email"])
        let email = parameters.values("email").first.flatMap { EmailAddress($0) }
        return context.answer(request) { invitePage(email: email?.description ?? "", for: $0) }
    }

    func invite(_ request: Request, context: OperatorContext) async throws -> Response {
        try await context.keep(request, in: database) { body in
            let address = try body.value("email", EmailAddress.self, "an e-mail address")
            let (email, name) = (try body.required(address, "email"), try body.line("name"))
            try body.end()
            return (email, name)
        } write: { draft, transaction in
            let (email, name) = draft
            let known = try await transaction.run(
                .people(matching: email.description, skipping: 0, limit: 50)
            )
            guard name != nil || known.contains(where: { $0.email == email }) else {
                throw Problem.unfit("name", "nobody has this address yet; say who they are")
            }
            _ = try await transaction.run(
                .invite(email, named: name ?? email.description, asOperator: false)
            )
            let link = try await transaction.makeLink(
                .invitation,
                for: email,
                baseURL: doorkeeper.house.baseURL
            )
            guard link != nil else { throw Problem.unfit("email", "this person is kept out") }
            return "/operator/people?invited=\(percentEncoded(email.description))"
        } orElse: { filled in
            context.answer(request) { invitePage(filled, for: $0) }
        }
    }

    func mail(_ request: Request, context: OperatorContext) async throws -> Response {
        _ = try QueryParameters(request, known: [])
        let mails = try await context.acting(in: database).run(.mailQueue(limit: 200))
        return context.answer(request) { mailPage(mails, for: $0) }
    }

    func jobs(_ request: Request, context: OperatorContext) async throws -> Response {
        _ = try QueryParameters(request, known: [])
        let jobs = try await context.acting(in: database).run(.jobs(limit: 200, lately: 50))
        return context.answer(request) { jobsPage(jobs, for: $0) }
    }

    func retry(_ request: Request, context: OperatorContext) async throws -> Response {
        _ = try await request.form(context.anyone)
        guard let id = context.anyone.parameters.get("id").flatMap({ Int64($0) }),
            try await context.acting(in: database).run(.retryJobs(only: id)) > 0
        else { throw Problem.notFound }
        return .see("/operator/jobs")
    }

    func versions(_ request: Request, context: OperatorContext) async throws -> Response {
        _ = try QueryParameters(request, known: [])
        let versions = try await context.acting(in: database).run(.versions)
        return context.answer(request) { versionsPage(program: Release.version, versions, for: $0) }
    }

    private var database: Database {
        doorkeeper.database
    }
}

extension Body {
    /// A chapter, and who is to lead it first.
    fileprivate mutating func chapter() throws -> (ChapterDraft, leader: MemberDraft?) {
        let slug = try value("slug", Chapter.Slug.self, "small letters, digits and hyphens")
        let currency = try value("currency", Currency.self, "a code such as EUR")
        let draft = ChapterDraft(
            slug: try required(slug, "slug"),
            name: try required(line("name"), "name"),
            timeZone: try required(line("time_zone"), "time_zone"),
            currency: try required(currency, "currency"),
            weekday: try word("weekday", Weekday.self),
            time: try value("time", LocalTime.self, "a time such as 07:00"),
            minutes: try whole("minutes", 1...1440) ?? 90,
            place: try line("place"),
            region: try value("region", Chapter.Slug.self, "a region's short name")
        )
        let (name, email) = (try line("leader"), try value("email", EmailAddress.self, "an e-mail address"))
        try end()
        guard (name == nil) == (email == nil) else {
            throw unfit(name == nil ? "leader" : "email", "a president needs a name and an e-mail")
        }
        return (draft, name.map { MemberDraft(name: $0, email: email, joinedOn: nil) })
    }
}
