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
        routes.operators(.get, "versions", use: versions)
    }

    func chapters(_ request: Request, context: OperatorContext) async throws -> Response {
        let parameters = try QueryParameters(request, known: ["q", "page"])
        let (text, page) = (try parameters.searched(), try parameters.page())
        let chapters = try await acting(context).run(.chapters)
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
        let regions = try await acting(context).run(.regions).map {
            RegionLink(slug: $0.slug.description, name: $0.name)
        }
        return context.answer(request) { newChapterPage(regions: regions, filled, for: $0) }
    }

    func createChapter(_ request: Request, context: OperatorContext) async throws -> Response {
        try await context.keep(request) { body in
            let (draft, leader) = try body.chapter()
            let chapter = try await beside([
                .chapterSlugTaken: "slug", .chapterWithoutName: "name", .timeZoneUnknown: "time_zone",
            ]) { try await acting(context).create(draft) }
            if let leader { try await seat(leader, in: chapter, context) }
            return "/operator/chapters"
        } orElse: {
            try await newChapter(request, context, $0)
        }
    }

    /// Lets a chapter begin: its first member is its president, and gets a mail.
    private func seat(_ leader: MemberDraft, in chapter: Chapter, _ context: OperatorContext) async throws {
        let acting = doorkeeper.database.acting(as: context.actor, in: chapter.id)
        try await acting.transaction { transaction in
            let member = try await transaction.add(leader)
            _ = try await transaction.run(
                .appoint(member, as: .president, from: nil, to: nil, in: chapter.id)
            )
        }
        guard let email = leader.email else { return }
        _ = try await self.acting(context).makeLink(
            .invitation,
            for: email,
            baseURL: doorkeeper.house.baseURL
        )
    }

    func people(_ request: Request, context: OperatorContext) async throws -> Response {
        let parameters = try QueryParameters(request, known: ["q", "page", "invited"])
        let (text, page) = (try parameters.searched(), try parameters.page())
        let people = try await acting(context).run(
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
        try await context.keep(request) { body in
            let address = try body.value("email", EmailAddress.self, "an e-mail address")
            let email = try body.required(address, "email")
            let name = try body.line("name")
            try body.end()
            let known = try await acting(context).run(
                .people(matching: email.description, skipping: 0, limit: 50)
            )
            guard name != nil || known.contains(where: { $0.email == email }) else {
                throw body.unfit("name", "nobody has this address yet; say who they are")
            }
            _ = try await acting(context).run(
                .invite(email, named: name ?? email.description, asOperator: false)
            )
            let link = try await acting(context).makeLink(
                .invitation,
                for: email,
                baseURL: doorkeeper.house.baseURL
            )
            guard link != nil else { throw body.unfit("email", "this person is kept out") }
            return "/operator/people?invited=\(percentEncoded(email.description))"
        } orElse: { filled in
            context.answer(request) { invitePage(filled, for: $0) }
        }
    }

    func mail(_ request: Request, context: OperatorContext) async throws -> Response {
        _ = try QueryParameters(request, known: [])
        let mails = try await acting(context).run(.mailQueue(limit: 200))
        return context.answer(request) { mailPage(mails, for: $0) }
    }

    func versions(_ request: Request, context: OperatorContext) async throws -> Response {
        _ = try QueryParameters(request, known: [])
        let versions = try await acting(context).run(.versions)
        return context.answer(request) { versionsPage(program: Release.version, versions, for: $0) }
    }

    private func acting(_ context: OperatorContext) -> ActingDatabase {
        doorkeeper.database.acting(as: context.actor, in: nil)
    }
}

extension OperatorContext {
    fileprivate func answer(
        _ request: Request,
        status: HTTPResponse.Status = .ok,
        _ page: (Reader) -> HTML
    ) -> Response {
        Service.answer(request, status: status) { page(Reader(name: actor.personName ?? "", formToken: $0)) }
    }

    /// Does what a form says and goes on; where something is wrong with it the form comes again, filled in.
    fileprivate func keep(
        _ request: Request,
        _ work: (inout Body) async throws -> String,
        orElse page: (Filled) async throws -> Response
    ) async throws -> Response {
        let form = try await request.form(anyone)
        do {
            var body = Body(form)
            return Response(status: .seeOther, headers: [.location: try await work(&body)])
        } catch {
            let problem = Problem(error)
            guard [.unprocessableContent, .conflict, .badRequest].contains(problem.status) else {
                throw error
            }
            var response = try await page(Filled(form, problem))
            response.status = problem.status
            return response
        }
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
