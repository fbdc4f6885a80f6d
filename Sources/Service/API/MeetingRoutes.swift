import Exchange
import HTTPTypes
import Hummingbird
import Pages
import ReferralGroup
import Storage

/// Meetings and their sheets.
struct MeetingRoutes {
    /// How many marks come at once.
    static let most = 1000
    let database: Database

    func add(to routes: inout Routes) {
        routes.inChapter(.get, "", needs: .seeRoster, use: list)
        routes.inChapter(.get, "{date}/attendance", needs: .seeRoster, use: sheet)
        routes.inChapter(.put, "{date}/attendance", needs: .markAttendance, use: putSheet)
        routes.inChapter(.patch, "{date}/attendance", needs: .markAttendance, use: markSome)
        routes.inChapter(.put, "{date}/seal", needs: .markAttendance, use: seal)
        routes.inChapter(.delete, "{date}/seal", needs: .markAttendance, use: reopen)
    }

    func list(_ request: Request, context: ChapterContext) async throws -> Response {
        let parameters = try QueryParameters(request, known: ["from", "to"])
        let from = try parameters.value("from", LocalDate.self, "a date such as 2026-10-01")
        let to = try parameters.value("to", LocalDate.self, "a date such as 2026-10-31")
        let acting = context.acting(in: database)
        let today = try await acting.run(.today(in: context.chapter.id))
        let meetings = try await acting.run(
            .meetings(
                of: context.chapter.id,
                from: from ?? today.advanced(by: -91),
                to: to ?? today.advanced(by: 91)
            )
        )
        return Response(json: meetings) { $0.write(to: &$1) }
    }

    func sheet(_ request: Request, context: ChapterContext) async throws -> Response {
        _ = try QueryParameters(request, known: [])
        let acting = context.acting(in: database)
        let meeting = try await meeting(acting, context)
        let lines = try await acting.run(.sheet(of: meeting.id, in: context.chapter.id))
        return Response(sheet: lines, of: meeting)
    }

    /// A whole sheet at once, by whoever has seen the newest: If-Match says which one they saw.
    func putSheet(_ request: Request, context: ChapterContext) async throws -> Response {
        var body = try await Body(request)
        let marks = try body.marks(atMost: Self.most)
        try body.end()
        let seen = try Precondition(request)
        return try await mark(marks, request, context, body, ifMatch: seen, isWhole: true)
    }

    func markSome(_ request: Request, context: ChapterContext) async throws -> Response {
        var body = try await Body(request)
        let marks = try body.marks(atMost: Self.most)
        let everybodyElse = try body.mark("everybody_else")
        try body.end()
        return try await mark(
            marks,
            everybodyElse: everybodyElse,
            request,
            context,
            body,
            ifMatch: Precondition.given(request)
        )
    }

    func seal(_ request: Request, context: ChapterContext) async throws -> Response {
        let acting = context.acting(in: database)
        try await acting.seal(try await meeting(acting, context))
        return Response(status: .noContent)
    }

    func reopen(_ request: Request, context: ChapterContext) async throws -> Response {
        let parameters = try QueryParameters(request, known: ["reason"])
        guard
            let reason = try parameters.value("reason", String.self, "why").flatMap({
                Body.line($0, atMost: Body.longestLine)
            })
        else { throw Problem.parameter("reason", "say in one line why the sheet is opened again") }
        let acting = context.acting(in: database)
        try await acting.reopen(try await meeting(acting, context), because: reason)
        return Response(status: .noContent)
    }

    private func mark(
        _ marks: [MarkDraft],
        everybodyElse: Mark? = nil,
        _ request: Request,
        _ context: ChapterContext,
        _ body: Body,
        ifMatch: Precondition?,
        isWhole: Bool = false
    ) async throws -> Response {
        let acting = context.acting(in: database)
        let meeting = try await meeting(acting, context)
        let expected = try await acting.run(.sheet(of: meeting.id, in: context.chapter.id))
        let known = Set(expected.map(\.member))
        if isWhole {
            let marked = Set(marks.map(\.member))
            if let missing = expected.first(where: { !$0.isOnLeave && !marked.contains($0.member) }) {
                throw Problem.unfit(
                    "/marks",
                    "\(missing.name) is missing; give everybody a mark, or PATCH some"
                )
            }
        }
        if let place = marks.firstIndex(where: { !known.contains($0.member) }) {
            throw Problem.unfit("/marks/\(place)/member", "there is no member of that number on this sheet")
        }
        return try await context.write(request, body.bytes, in: database) { transaction in
            // Whoever marks waits for whoever marks already, so that of two nothing is lost unseen.
            try await transaction.run(.lock(meeting, in: context.chapter.id))
            let before = try await transaction.run(.sheet(of: meeting.id, in: context.chapter.id))
            try ifMatch?.check(before.etag)
            _ = try await transaction.mark(marks, everybodyElse: everybodyElse, on: meeting)
            return KeptAnswer(status: 204, body: "")
        }
    }

    private func meeting(_ acting: ActingDatabase, _ context: ChapterContext) async throws -> Meeting {
        guard let date = context.parameters.get("date").flatMap({ LocalDate($0) }) else {
            throw Problem.notFound
        }
        return try await acting.meeting(on: date)
    }
}

extension Body {
    fileprivate mutating func mark(_ name: String) throws -> Mark? {
        guard let text = try text(name) else { return nil }
        guard let mark = Mark.allCases.first(where: { $0.letter == text || $0.rawValue == text }) else {
            throw wrong(name, "give P, A, L, M or S")
        }
        return mark
    }

    fileprivate mutating func marks(atMost most: Int) throws -> [MarkDraft] {
        let objects = try required(objects("marks", atMost: most), "marks")
        return try objects.map { object in
            var object = object
            guard let number = try object.whole("member", 1...Int.max) else {
                throw object.wrong("member", "give a member's number")
            }
            let mark = try object.required(
                object.mark("mark"),
                "mark"
            )
            let standIn = try object.line("stand_in")
            try object.end()
            return MarkDraft(member: Membership.ID(Int64(number)), mark: mark, standIn: standIn)
        }
    }
}

extension [SheetLine] {
    /// Another one for every other state of the sheet.
    fileprivate var etag: String {
        let text = map { "\($0.member) \($0.mark?.letter ?? "-") \($0.standIn ?? "")" }.joined(
            separator: "\n"
        )
        return "\"\(fingerprint(of: text).prefix(32))\""
    }
}

extension Meeting {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.member("date", date.description)
        writer.member("starts_at", startsAt.description)
        writer.member("minutes", minutes)
        writer.member("kind", kind.rawValue)
        writer.member("status", status.rawValue)
        writer.member("place", place)
    }
}

extension Response {
    fileprivate init(sheet lines: [SheetLine], of meeting: Meeting) {
        var writer = JSONWriter()
        writer.object { writer in
            meeting.write(to: &writer)
            writer.key("marks")
            writer.array { writer in
                for line in lines {
                    writer.object { writer in
                        writer.key("member")
                        writer.number(line.member.number)
                        writer.member("name", line.name)
                        writer.member("mark", line.mark?.letter)
                        writer.member("stand_in", line.standIn)
                        writer.member("on_leave", line.isOnLeave)
                    }
                }
            }
        }
        self.init(json: writer.bytes)
        headers[.eTag] = lines.etag
    }
}
