import Exchange
import Hummingbird
import ReferralGroup
import Storage

/// One-to-ones, testimonials, education, visitors and activities.
struct SlipRoutes {
    static let minutesOfADay = 0...1440
    let database: Database

    func add(to routes: inout Routes) {
        routes.inChapter(.get, "one-to-ones", needs: .seeChapterReports, use: oneToOnes)
        routes.inChapter(.post, "one-to-ones", needs: .recordOwnSlips, use: recordOneToOne)
        routes.inChapter(.get, "testimonials", needs: .seeChapterReports, use: testimonials)
        routes.inChapter(.post, "testimonials", needs: .recordOwnSlips, use: recordTestimonial)
        routes.inChapter(.get, "education", needs: .seeChapterReports, use: education)
        routes.inChapter(.post, "education", needs: .recordOwnSlips, use: recordEducation)
        routes.inChapter(.get, "visitors", needs: .seeVisitors, use: visitors)
        routes.inChapter(.post, "visitors", needs: .recordOwnSlips, use: registerVisitor)
        routes.inChapter(.get, "activities", needs: .seeChapterReports, use: activities)
        routes.inChapter(.post, "activities", needs: .recordOwnSlips, use: logActivity)
    }

    func oneToOnes(_ request: Request, context: ChapterContext) async throws -> Response {
        try await list(request, context, { .oneToOnes(of: $0, $1) }) { line, writer in
            writer.member("first", line.who)
            writer.member("second", line.other)
            writer.member("minutes", number: line.measure.flatMap { Int($0) })
            writer.member("place", line.note)
        }
    }

    func recordOneToOne(_ request: Request, context: ChapterContext) async throws -> Response {
        var body = try await Body(request)
        let acting = context.acting(in: database)
        let date = try body.date("date")
        let first = try await body.party("first", in: acting, on: date)
        let second = try await body.party("second", in: acting, on: date)
        let nothing = Money(minorUnits: 0, currency: context.chapter.currency)
        let draft = OneToOneDraft(
            first: try first ?? context.oneself(body, "first"),
            second: try body.required(second, "second"),
            metOn: date,
            minutes: try body.whole("minutes", Self.minutesOfADay) ?? 60,
            place: try body.line("place"),
            costOfFirst: try body.money("cost_of_first", in: context.chapter) ?? nothing,
            costOfSecond: try body.money("cost_of_second", in: context.chapter) ?? nothing
        )
        try body.end()
        try context.mayRecord(for: [draft.first, draft.second])
        return try await context.write(request, body.bytes, in: database) { transaction in
            .made(try await transaction.record(draft), at: request.place)
        }
    }

    func testimonials(_ request: Request, context: ChapterContext) async throws -> Response {
        try await list(request, context, { .testimonials(of: $0, $1) }) { line, writer in
            writer.member("giver", line.who)
            writer.member("receiver", line.other)
            writer.member("text", line.note)
        }
    }

    func recordTestimonial(_ request: Request, context: ChapterContext) async throws -> Response {
        var body = try await Body(request)
        let acting = context.acting(in: database)
        let date = try body.date("date")
        let giver = try await body.party("giver", in: acting, on: date)
        let receiver = try await body.party("receiver", in: acting, on: date)
        let draft = TestimonialDraft(
            giver: try giver ?? context.oneself(body, "giver"),
            receiver: try body.required(receiver, "receiver"),
            text: try body.line("text"),
            givenOn: date
        )
        try body.end()
        try context.mayRecord(for: [draft.giver])
        return try await context.write(request, body.bytes, in: database) { transaction in
            .made(try await transaction.record(draft), at: request.place)
        }
    }

    func education(_ request: Request, context: ChapterContext) async throws -> Response {
        try await list(request, context, { .education(of: $0, $1) }) { line, writer in
            writer.member("member", line.who)
            writer.member("hours", line.measure)
            writer.member("title", line.note)
        }
    }

    func recordEducation(_ request: Request, context: ChapterContext) async throws -> Response {
        var body = try await Body(request)
        let date = try body.date("date")
        let member = try await body.member("member", in: context, database, on: date)
        let hours = try body.required(body.text("hours"), "hours")
        guard DecimalShape.hours.fits(hours), let units = Figure(hours) else {
            throw body.wrong("hours", "give hours in quotes, such as \"1.5\"")
        }
        let draft = EducationDraft(member: member, units: units, title: try body.line("title"), doneOn: date)
        try body.end()
        try context.mayRecord(for: [.member(member)], needs: .recordEducationForMembers)
        return try await context.write(request, body.bytes, in: database) { transaction in
            .made(try await transaction.record(draft), at: request.place)
        }
    }

    func visitors(_ request: Request, context: ChapterContext) async throws -> Response {
        try await list(request, context, { .visitors(of: $0, $1) }) { line, writer in
            writer.member("name", line.who)
            writer.member("invited_by", line.other)
            writer.member("kind", line.measure)
            writer.member("status", line.note)
        }
    }

    func registerVisitor(_ request: Request, context: ChapterContext) async throws -> Response {
        var body = try await Body(request)
        let acting = context.acting(in: database)
        let date = try body.date("date")
        let inviter = try await body.party("invited_by", in: acting, on: date)
        if case .visitor = inviter { throw body.unfit("invited_by", "a visitor cannot invite") }
        let draft = VisitorDraft(
            name: try body.required(body.line("name"), "name"),
            inviter: try inviter ?? context.oneself(body, "invited_by"),
            kind: try body.word("kind", VisitKind.self) ?? .first,
            visitOn: date,
            came: try body.bool("came") ?? false,
            email: try body.value("email", EmailAddress.self, "an e-mail address")?.description,
            phone: try body.line("phone"),
            company: try body.line("company"),
            profession: try body.line("profession"),
            hasConsented: try body.bool("consent") ?? false
        )
        try body.end()
        try context.mayRecord(for: [draft.inviter], needs: .seeVisitors)
        return try await context.write(request, body.bytes, in: database) { transaction in
            .made(try await transaction.register(draft), at: request.place)
        }
    }

    func activities(_ request: Request, context: ChapterContext) async throws -> Response {
        try await list(request, context, { .activities(of: $0, $1) }) { line, writer in
            writer.member("member", line.who)
            writer.member("kind", line.other)
            writer.member("minutes", number: line.measure.flatMap { Int($0) })
            writer.member("purpose", line.note)
        }
    }

    func logActivity(_ request: Request, context: ChapterContext) async throws -> Response {
        var body = try await Body(request)
        let date = try body.date("date")
        let member = try await body.member("member", in: context, database, on: date)
        let draft = ActivityDraft(
            member: member,
            kind: try body.required(body.word("kind", ActivityKind.self), "kind"),
            doneOn: date,
            minutes: try body.whole("minutes", Self.minutesOfADay) ?? 0,
            money: try body.money("money", in: context.chapter)
                ?? Money(minorUnits: 0, currency: context.chapter.currency),
            isDowntime: try body.bool("downtime") ?? false,
            purpose: try body.line("purpose"),
            met: try body.line("met"),
            lesson: try body.line("lesson")
        )
        try body.end()
        try context.mayRecord(for: [.member(member)])
        return try await context.write(request, body.bytes, in: database) { transaction in
            .made(try await transaction.log(draft), at: request.place)
        }
    }

    private func list(
        _ request: Request,
        _ context: ChapterContext,
        _ query: (Chapter.ID, LedgerSlice) -> LedgerQuery,
        _ write: (LedgerLine, inout JSONWriter) -> Void
    ) async throws -> Response {
        let portion = try Portion(request)
        let lines = try await context.acting(in: database).run(query(context.chapter.id, portion.slice))
        return Response(lines, of: portion, request, id: \.id) { line, writer in
            writer.member("id", line.id.description)
            writer.member("date", line.day.description)
            write(line, &writer)
        }
    }
}

extension Body {
    /// A member of the chapter; without one, whoever writes.
    fileprivate mutating func member(
        _ name: String,
        in context: ChapterContext,
        _ database: Database,
        on day: LocalDate?
    ) async throws -> Membership.ID {
        let named = try await party(name, in: context.acting(in: database), on: day)
        guard case .member(let id) = try named ?? context.oneself(self, name) else {
            throw unfit(name, "give a member's number or name")
        }
        return id
    }
}
