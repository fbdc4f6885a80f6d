import Hummingbird
import Pages
import ReferralGroup
import Storage

/// The members of a chapter as pages, and what is done with a membership.
struct MemberPages {
    let database: Database
    private static let fields: [Refusal: String] = [
        .seatTaken: "seat", .emailTaken: "email", .loginElsewhere: "email", .memberWithoutName: "name",
        .leaveEndsBeforeItBegins: "to", .leavesOverlap: "from", .marginImplausible: "margin",
        .valueOfHourImplausible: "value_of_hour", .leavingForAnotherReason: "reason",
        .mentorIsOneself: "mentor", .endsBeforeItBegins: "on",
    ]

    func add(to routes: inout Routes) {
        routes.inChapter(.get, "members", needs: .seeRoster, use: list)
        routes.inChapter(.get, "members/new", needs: .manageMembers, use: new)
        routes.inChapter(.post, "members", needs: .manageMembers, use: seat)
        routes.inChapter(.get, "members/{id}", needs: .seeRoster, use: show)
        routes.inChapter(.get, "members/{id}/first-steps", needs: .seeRoster, use: firstSteps)
        // Of themselves a member decides some things, and of others nothing.
        routes.inChapter(.get, "members/{id}/change", needs: .seeRoster, use: showChange)
        routes.inChapter(.post, "members/{id}/change", needs: .seeRoster, use: change)
        routes.inChapter(.get, "members/{id}/leave", needs: .manageMembers) {
            try await form($0, $1) { leavePage($0, $1, for: $2) }
        }
        routes.inChapter(.post, "members/{id}/leave", needs: .manageMembers, use: leave)
        routes.inChapter(.get, "members/{id}/end", needs: .manageMembers) {
            try await form($0, $1) { endMemberPage($0, $1, for: $2) }
        }
        routes.inChapter(.post, "members/{id}/end", needs: .manageMembers, use: end)
        routes.inChapter(.get, "members/{id}/rejoin", needs: .manageMembers) {
            try await form($0, $1) { rejoinPage($0, $1, for: $2) }
        }
        routes.inChapter(.post, "members/{id}/rejoin", needs: .manageMembers, use: rejoin)
    }

    func list(_ request: Request, context: ChapterContext) async throws -> Response {
        let parameters = try QueryParameters(request, known: ["q", "who", "page"])
        let asked = RosterQuestion(
            part: try parameters.word("who", RosterPart.self) ?? .present,
            text: try parameters.searched(),
            page: try parameters.page()
        )
        let members = try await context.acting(in: database).run(
            .members(
                asked.part,
                matching: asked.text,
                of: context.chapter.id,
                skipping: (asked.page - 1) * RosterQuestion.pageLength,
                limit: RosterQuestion.pageLength + 1
            )
        )
        return context.answer(request) { membersPage(members, asked, for: $0) }
    }

    func show(_ request: Request, context: ChapterContext) async throws -> Response {
        _ = try QueryParameters(request, known: [])
        guard let id = context.parameters.get("id").flatMap({ Membership.ID($0) }) else {
            throw Problem.notFound
        }
        let chapter = context.chapter.id
        let (member, profile, leaves, terms, today) = try await context.acting(in: database).run(
            .member(id, in: chapter),
            .profile(of: id, in: context.chapter),
            .leaves(of: id, in: chapter),
            .offices(of: id, in: chapter),
            .today(in: chapter)
        )
        guard let member, let profile else { throw Problem.notFound }
        let view = MemberView(
            member: member,
            profile: profile,
            leaves: leaves,
            terms: terms,
            today: today,
            isOneself: member.person == context.actor.person,
            isMentor: profile.mentorPerson != nil && profile.mentorPerson == context.actor.person
        )
        return context.answer(request) { memberPage(view, for: $0) }
    }

    func firstSteps(_ request: Request, context: ChapterContext) async throws -> Response {
        _ = try QueryParameters(request, known: [])
        guard let id = context.parameters.get("id").flatMap({ Membership.ID($0) }) else {
            throw Problem.notFound
        }
        let (member, profile, steps, today) = try await context.acting(in: database).run(
            .member(id, in: context.chapter.id),
            .profile(of: id, in: context.chapter),
            .firstSteps(of: id, in: context.chapter.id),
            .today(in: context.chapter.id)
        )
        guard let member else { throw Problem.notFound }
        guard !steps.isEmpty else { throw Problem.forbidden(.seeChapterReports) }
        let isOneself = member.person == context.actor.person
        return context.answer(request) {
            firstStepsPage(
                steps,
                of: member,
                mentor: profile?.mentor,
                isOneself: isOneself,
                on: today,
                for: $0
            )
        }
    }

    func new(_ request: Request, context: ChapterContext) async throws -> Response {
        try await new(request, context, .blank)
    }

    private func new(_ request: Request, _ context: ChapterContext, _ filled: Filled) async throws -> Response
    {
        let seats = try await context.acting(in: database).run(.openSeats(of: context.chapter.id))
        return context.answer(request) { newMemberPage(filled, seats: seats, for: $0) }
    }

    func seat(_ request: Request, context: ChapterContext) async throws -> Response {
        try await context.keep(request, in: database) {
            try $0.memberDraft()
        } write: { draft, transaction in
            try await beside(Self.fields) {
                "\(context.folder)/members/\(try await transaction.add(draft).id)"
            }
        } orElse: {
            try await new(request, context, $0)
        }
    }

    func showChange(_ request: Request, context: ChapterContext) async throws -> Response {
        try await showChange(request, context, .blank)
    }

    private func showChange(
        _ request: Request,
        _ context: ChapterContext,
        _ filled: Filled
    ) async throws -> Response {
        guard let id = context.parameters.get("id").flatMap({ Membership.ID($0) }) else {
            throw Problem.notFound
        }
        let (found, its, members): (Membership?, MemberProfile?, [Membership]) =
            try await context.acting(in: database).run(
                .member(id, in: context.chapter.id),
                .profile(of: id, in: context.chapter),
                .roster(of: context.chapter.id, on: nil)
            )
        guard let member = found, let profile = its else { throw Problem.notFound }
        try Self.mayChange(member, context)
        return context.answer(request) {
            changeMemberPage(member, profile, members: members, filled, in: context.chapter.currency, for: $0)
        }
    }

    func change(_ request: Request, context: ChapterContext) async throws -> Response {
        try await context.keep(request, in: database) { body in
            let member = try await changeable(context)
            let day = try body.date("from")
            let settings = try body.memberSettings(in: context.chapter)
            try body.end()
            return (member: member, day: day, settings: settings.filter { !member.has($0) }, body: body)
        } write: { draft, transaction in
            try await beside(Self.fields) {
                try await transaction.set(
                    draft.settings,
                    of: draft.member,
                    in: context,
                    from: draft.day,
                    asIn: draft.body
                )
                return "\(context.folder)/members/\(draft.member.id)"
            }
        } orElse: {
            try await showChange(request, context, $0)
        }
    }

    /// The member in the address, if it is for whoever asks to change anything of them.
    private func changeable(_ context: ChapterContext) async throws -> Membership {
        let member = try await context.member(in: database)
        try Self.mayChange(member, context)
        return member
    }

    private static func mayChange(_ member: Membership, _ context: ChapterContext) throws {
        if member.person != context.actor.person { try context.actor.demand(.manageMembers) }
    }

    func leave(_ request: Request, context: ChapterContext) async throws -> Response {
        try await keep(request, context) {
            try $0.leave()
        } write: { leave, member, transaction in
            try await transaction.run(.leave(leave, of: member.id, in: context.chapter.id))
            return member.id
        } page: {
            leavePage($0, $1, for: $2)
        }
    }

    func end(_ request: Request, context: ChapterContext) async throws -> Response {
        try await keep(request, context) { body in
            let draft = (
                day: try body.date("on"),
                code: try body.required(body.word("code", EndCode.self), "code"),
                reason: try body.line("reason")
            )
            try body.end()
            return draft
        } write: { draft, member, transaction in
            _ = try await transaction.run(
                .end(
                    member.id,
                    on: draft.day,
                    because: draft.code,
                    reason: draft.reason,
                    in: context.chapter.id
                )
            )
            return member.id
        } page: {
            endMemberPage($0, $1, for: $2)
        }
    }

    func rejoin(_ request: Request, context: ChapterContext) async throws -> Response {
        try await keep(request, context) { body in
            let draft = (day: try body.date("joined"), seat: try body.line("seat"))
            try body.end()
            return draft
        } write: { draft, member, transaction in
            try await transaction.rejoin(member, seat: draft.seat, joinedOn: draft.day).id
        } page: {
            rejoinPage($0, $1, for: $2)
        }
    }

    private func form(
        _ request: Request,
        _ context: ChapterContext,
        _ page: (Membership, Filled, Reader) -> HTML
    ) async throws -> Response {
        _ = try QueryParameters(request, known: [])
        let member = try await context.member(in: database)
        return context.answer(request) { page(member, .blank, $0) }
    }

    /// Keeps what a form says of the member in the address, and goes on to the membership that `write` returns.
    private func keep<Draft>(
        _ request: Request,
        _ context: ChapterContext,
        read: (inout Body) async throws -> Draft,
        write: (Draft, Membership, ActingTransaction) async throws -> Membership.ID,
        page: (Membership, Filled, Reader) -> HTML
    ) async throws -> Response {
        try await context.keep(request, in: database) { body in
            (member: try await context.member(in: database), draft: try await read(&body))
        } write: { kept, transaction in
            try await beside(Self.fields) {
                "\(context.folder)/members/\(try await write(kept.draft, kept.member, transaction))"
            }
        } orElse: { filled in
            let member = try await context.member(in: database)
            return context.answer(request) { page(member, filled, $0) }
        }
    }
}

extension Membership {
    /// Whether a setting says what is so already.
    fileprivate func has(_ setting: (key: String, value: String)) -> Bool {
        switch MemberSetting(rawValue: setting.key) {
        case .seat: setting.value == seat ?? ""
        case .company: setting.value == company ?? ""
        case .renews: setting.value == renewsOn?.description ?? ""
        case .email, .mentor, .sharesFigures, .margin, .valueOfHour, nil: false
        }
    }
}
