import Exchange
import Hummingbird
import Pages
import ReferralGroup
import Storage

/// Letters that warn of absences: drafted, read, and given.
struct LetterRoutes {
    let database: Database

    func add(to routes: inout Routes) {
        routes.inChapter(.get, "", needs: .seeRoster, use: list)
        routes.inChapter(.post, "", needs: .markAttendance, use: draft)
        routes.inChapter(.get, "{id}", needs: .markAttendance, use: show)
        routes.inChapter(.put, "{id}/delivery", needs: .markAttendance, use: give)
    }

    func list(_ request: Request, context: ChapterContext) async throws -> Response {
        let portion = try Portion(request)
        let letters = try await context.acting(in: database).run(
            .absenceLetters(of: context.chapter.id, portion.slice)
        )
        return Response(letters, of: portion, request, id: \.id) { $0.write(to: &$1) }
    }

    func show(_ request: Request, context: ChapterContext) async throws -> Response {
        _ = try QueryParameters(request, known: [])
        guard let id = context.parameters.get("id").flatMap({ SlipID($0) }),
            let letter = try await context.acting(in: database).run(
                .absenceLetter(id, in: context.chapter.id)
            )
        else { throw Problem.notFound }
        return Response(object: { letter.write(to: &$0) })
    }

    func draft(_ request: Request, context: ChapterContext) async throws -> Response {
        var body = try await Body(request)
        let day = try body.date("counted_on")
        let party = try await body.party("member", in: context.acting(in: database), on: day)
        let member = try body.required(party, "member").member(of: body, "member")
        try body.end()
        let unfit = body.unfit("member", "nobody of that number is a member that day")
        return try await context.write(request, body.bytes, in: database) { transaction in
            guard
                let id = try await transaction.run(
                    .draftLetter(to: member, countedOn: day, in: context.chapter.id)
                )
            else { throw unfit }
            return .made(id, at: request.place)
        }
    }

    /// A letter is given once; by mail it waits in the outbox.
    func give(_ request: Request, context: ChapterContext) async throws -> Response {
        var body = try await Body(request)
        let way = try body.required(body.word("by", AbsenceLetter.Way.self), "by")
        try body.end()
        let acting = context.acting(in: database)
        guard let id = context.parameters.get("id").flatMap({ SlipID($0) }),
            try await acting.run(.absenceLetter(id, in: context.chapter.id)) != nil
        else { throw Problem.notFound }
        return try await context.write(request, body.bytes, in: database) { transaction in
            guard try await transaction.run(.give(id, by: way, in: context.chapter.id)) else {
                throw Problem(
                    status: .conflict,
                    kind: "given",
                    detail: "This letter was given already; draft a new one."
                )
            }
            return KeptAnswer(status: 204, body: "")
        }
    }
}

extension AbsenceLetter {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.member("id", id.description)
        writer.member("date", draftedOn.description)
        writer.key("member")
        writer.object { writer in
            writer.key("id")
            writer.number(member.number)
            writer.member("name", name)
        }
        writer.member("counted_on", countedOn.description)
        writer.key("used")
        writer.number(used.description)
        writer.member("allowed", allowed)
        writer.member("language", language)
        writer.member("subject", subject)
        writer.member("text", text)
        writer.member("drafted_by", draftedBy)
        writer.member("given_on", givenOn?.description)
        writer.member("by", way?.rawValue)
    }
}
