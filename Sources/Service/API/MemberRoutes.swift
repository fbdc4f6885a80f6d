import Exchange
import HTTPTypes
import Hummingbird
import Pages
import ReferralGroup
import Storage

/// The members of a chapter, to each other and to those who seat them.
struct MemberRoutes {
    let database: Database

    func add(to routes: inout Routes) {
        routes.inChapter(.get, "", needs: .seeRoster, use: list)
        routes.inChapter(.post, "", needs: .manageMembers, use: seat)
        routes.inChapter(.get, "{id}", needs: .seeRoster, use: member)
        // Of themselves a member decides some things, and of others nothing: `set` judges each.
        routes.inChapter(.patch, "{id}", needs: .seeRoster, use: change)
        routes.inChapter(.get, "{id}/first-steps", needs: .seeRoster, use: firstSteps)
        routes.inChapter(.post, "{id}/leaves", needs: .manageMembers, use: leave)
        routes.inChapter(.post, "{id}/end", needs: .manageMembers, use: end)
        routes.inChapter(.post, "{id}/rejoin", needs: .manageMembers, use: rejoin)
    }

    /// The roster of today, or of another day, in order of name.
    func list(_ request: Request, context: ChapterContext) async throws -> Response {
        let parameters = try QueryParameters(request, known: ["on"])
        let day = try parameters.value("on", LocalDate.self, "a date such as 2026-10-28")
        let members = try await context.acting(in: database).run(.roster(of: context.chapter.id, on: day))
        return Response(json: members) { $0.write(to: &$1) }
    }

    func member(_ request: Request, context: ChapterContext) async throws -> Response {
        _ = try QueryParameters(request, known: [])
        return Response(tagged: try await found(context).json(for: context.actor))
    }

    func seat(_ request: Request, context: ChapterContext) async throws -> Response {
        var body = try await Body(request)
        let draft = try body.memberDraft()
        return try await context.write(request, body.bytes, in: database) { transaction in
            .seated(try await transaction.add(draft), at: request.place, context.actor)
        }
    }

    /// Changes what the body names; `margin` and `value_of_hour` hold from `from` on, or from today.
    func change(_ request: Request, context: ChapterContext) async throws -> Response {
        var body = try await Body(request)
        let precondition = try Precondition(request)
        let day = try body.date("from")
        let settings = try body.memberSettings(in: context.chapter)
        try body.end()
        guard !settings.isEmpty else { throw body.unfit("", "name at least one thing to change") }
        let member = try await found(context)
        return try await context.write(request, body.bytes, in: database) { transaction in
            try await transaction.run(.lock(member.id, in: context.chapter.id))
            guard let before = try await transaction.run(.member(member.id, in: context.chapter.id)) else {
                throw Problem.notFound
            }
            try precondition.check(before.json(for: context.actor).tag)
            try await transaction.set(settings, of: before, in: context, from: day, asIn: body)
            return KeptAnswer(status: 204, body: "")
        }
    }

    /// To the member, their mentor and those who may see the chapter's reports.
    func firstSteps(_ request: Request, context: ChapterContext) async throws -> Response {
        _ = try QueryParameters(request, known: [])
        let member = try await found(context)
        let steps = try await context.acting(in: database).run(
            .firstSteps(of: member.id, in: context.chapter.id)
        )
        guard !steps.isEmpty else { throw Problem.forbidden(.seeChapterReports) }
        return Response(json: steps) { progress, writer in
            writer.member("step", progress.step.rawValue)
            writer.member("due", progress.dueOn.description)
            writer.member("done", progress.doneOn?.description)
        }
    }

    func leave(_ request: Request, context: ChapterContext) async throws -> Response {
        var body = try await Body(request)
        let leave = try body.leave()
        let member = try await found(context)
        return try await context.write(request, body.bytes, in: database) { transaction in
            try await transaction.run(.leave(leave, of: member.id, in: context.chapter.id))
            return KeptAnswer(status: 204, body: "")
        }
    }

    func end(_ request: Request, context: ChapterContext) async throws -> Response {
        var body = try await Body(request)
        let day = try body.date("on")
        let code = try body.word("code", EndCode.self)
        let reason = try body.line("reason")
        try body.end()
        let member = try await found(context)
        return try await context.write(request, body.bytes, in: database) { transaction in
            let last = try await transaction.run(
                .end(member.id, on: day, because: code, reason: reason, in: context.chapter.id)
            )
            var writer = JSONWriter()
            writer.object { $0.member("ended", last.description) }
            return KeptAnswer(status: 200, body: writer.text)
        }
    }

    /// A new membership of somebody who left; the old one stays.
    func rejoin(_ request: Request, context: ChapterContext) async throws -> Response {
        var body = try await Body(request)
        let day = try body.date("joined")
        let seat = try body.line("seat")
        try body.end()
        let former = try await found(context)
        let members = String(request.place.dropLast("/\(former.id)/rejoin".utf8.count))
        return try await context.write(request, body.bytes, in: database) { transaction in
            .seated(
                try await transaction.rejoin(former, seat: seat, joinedOn: day),
                at: members,
                context.actor
            )
        }
    }

    private func found(_ context: ChapterContext) async throws -> Membership {
        try await context.member(in: database)
    }
}

extension ChapterContext {
    /// The member in the address.
    func member(in database: Database) async throws -> Membership {
        guard let id = parameters.get("id").flatMap({ Membership.ID($0) }),
            let member = try await acting(in: database).run(.member(id, in: chapter.id))
        else { throw Problem.notFound }
        return member
    }
}

extension ActingTransaction {
    /// Sets what a body names of a member.
    func set(
        _ settings: [(key: String, value: String)],
        of member: Membership,
        in context: ChapterContext,
        from day: LocalDate?,
        asIn body: Body
    ) async throws {
        // Whoever changes an address may become its person: who can sign in already does it themselves.
        if settings.contains(where: { $0.key == "email" }), context.actor.may(.manageMembers),
            try await run(.hasLogin(member.id))
        {
            throw body.unfit("email", "there is one already; its person changes it at their account")
        }
        do {
            try await set(settings, of: member, in: context.chapter, from: day)
        } catch Unknown.value(_, let key, let wanted) {
            throw body.wrong(key.underscored, "give \(wanted)")
        }
    }
}

extension Body {
    mutating func memberDraft() throws -> MemberDraft {
        let draft = MemberDraft(
            name: try required(line("name"), "name"),
            email: try value("email", EmailAddress.self, "an e-mail address"),
            seat: try line("seat"),
            company: try line("company"),
            joinedOn: try date("joined"),
            renewsOn: try date("renews")
        )
        try end()
        return draft
    }

    mutating func leave() throws -> Leave {
        let from = try required(date("from"), "from")
        let leave = Leave(from: from, to: try date("to"), isMedical: try bool("medical") ?? false)
        try end()
        return leave
    }

    /// What the body names, in the words of the shell; null takes away what may be missing.
    mutating func memberSettings(in chapter: Chapter) throws -> [(key: String, value: String)] {
        var settings: [(key: String, value: String)] = []
        for key in ["seat", "company", "mentor"] {
            if isNull(key) {
                settings.append((key, ""))
            } else if let line = try line(key) {
                settings.append((key, line))
            }
        }
        if let email = try text("email") { settings.append(("email", email)) }
        if isNull("renews") {
            settings.append(("renews", ""))
        } else if let date = try date("renews") {
            settings.append(("renews", date.description))
        }
        if let shares = try bool("shares_figures") {
            settings.append(("shares-figures", shares ? "yes" : "no"))
        }
        if let margin = try percentage("margin") { settings.append(("margin", margin)) }
        if let hour = try money("value_of_hour", in: chapter) {
            settings.append(("value-of-hour", hour.amount))
        }
        return settings
    }
}

extension KeptAnswer {
    fileprivate static func seated(_ member: Membership, at members: String, _ actor: Actor) -> KeptAnswer {
        KeptAnswer(
            status: 201,
            location: "\(members)/\(member.id)",
            body: String(decoding: member.json(for: actor), as: UTF8.self)
        )
    }
}

extension Membership {
    /// What members see of each other; the rest is for themselves and those who manage members, for an e-mail is not
    /// for programs to collect.
    fileprivate func json(for actor: Actor) -> [UInt8] {
        var writer = JSONWriter()
        writer.object { writer in
            write(to: &writer)
            guard actor.person == person || actor.may(.manageMembers) else { return }
            writer.member("email", email?.description)
            writer.member("company", company)
            writer.member("renews", renewsOn?.description)
            writer.member("ended", endedOn?.description)
        }
        return writer.bytes
    }

    fileprivate func write(to writer: inout JSONWriter) {
        writer.key("id")
        writer.number(id.number)
        writer.member("name", name)
        writer.member("seat", seat)
        writer.member("joined", joinedOn.description)
        writer.member("status", status.rawValue)
    }
}
