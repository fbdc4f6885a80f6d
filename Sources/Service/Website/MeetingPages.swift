import Exchange
import HTTPTypes
import Hummingbird
import Identity
import Pages
import ReferralGroup
import Storage

/// Meetings as pages: the calendar, the night, the sign at the door.
struct MeetingPages {
    let database: Database
    let baseURL: String
    let watch: SheetWatch

    func add(to routes: inout Routes) {
        routes.inChapter(.get, "meetings", needs: .seeRoster, use: list)
        routes.inChapter(.post, "meetings", needs: .markAttendance, use: schedule)
        routes.inChapter(.get, "meetings/next", needs: .seeRoster, use: next)
        routes.inChapter(.get, "meetings/{date}", needs: .seeRoster, use: show)
        routes.inChapter(.get, "meetings/{date}/paper", needs: .markAttendance, use: paper)
        routes.inChapter(.get, "meetings/{date}/events", needs: .markAttendance, use: events)
        routes.inChapter(.post, "meetings/{date}/marks", needs: .markAttendance, use: mark)
        routes.inChapter(.post, "meetings/{date}/everybody", needs: .markAttendance, use: markEverybody)
        routes.inChapter(.post, "meetings/{date}/visitors", needs: .markAttendance, use: tickVisitors)
        routes.inChapter(.post, "meetings/{date}/programme", needs: .markAttendance, use: setProgramme)
        routes.inChapter(.post, "meetings/{date}/seal", needs: .markAttendance, use: seal)
        routes.inChapter(.post, "meetings/{date}/reopen", needs: .markAttendance, use: reopen)
        routes.inChapter(.post, "meetings/{date}/cancel", needs: .markAttendance, use: cancel)
        routes.inChapter(.post, "meetings/{date}/absence", needs: .recordOwnSlips, use: announce)
        routes.inChapter(.post, "meetings/{date}/absence/withdraw", needs: .recordOwnSlips, use: withdraw)
        routes.inChapter(.get, "meetings/{date}/door", needs: .markAttendance, use: door)
        routes.inChapter(.post, "meetings/{date}/door", needs: .markAttendance, use: openDoor)
        routes.inChapter(.post, "meetings/{date}/door/close", needs: .markAttendance, use: closeDoor)
        routes.inChapter(.get, "meetings/{date}/check-in", needs: .recordOwnSlips, use: askCheckIn)
        routes.inChapter(.post, "meetings/{date}/check-in", needs: .recordOwnSlips, use: checkIn)
    }

    func list(_ request: Request, context: ChapterContext) async throws -> Response {
        try await list(request, context, .blank)
    }

    private func list(
        _ request: Request,
        _ context: ChapterContext,
        _ filled: Filled
    ) async throws -> Response {
        let (today, meetings) = try await context.acting(in: database).run(
            .today(in: context.chapter.id),
            .meetings(of: context.chapter.id, daysBack: 91, daysAhead: 366)
        )
        return context.answer(request) { meetingsPage(meetings, today: today, scheduling: filled, for: $0) }
    }

    func schedule(_ request: Request, context: ChapterContext) async throws -> Response {
        try await context.keep(request, in: database) { body in
            let from = try body.required(body.date("from"), "from")
            let to = try body.required(body.date("to"), "to")
            try body.end()
            guard from <= to else { throw body.wrong("to", "it lies before the first day") }
            guard to < from.advanced(by: 3 * 366) else {
                throw body.wrong("to", "at most three years at once")
            }
            guard let weekday = context.chapter.regular?.weekday else {
                throw body.wrong("from", "the chapter has no regular weekday and time yet")
            }
            return (from, to, from == to ? nil : weekday)
        } write: { days, transaction in
            let (from, to, weekday) = days
            _ = try await transaction.run(
                .schedule(from: from, to: to, weekday: weekday, in: context.chapter.id)
            )
            return "\(context.folder)/meetings"
        } orElse: {
            try await list(request, context, $0)
        }
    }

    /// Today's meeting, else the next one, else the last.
    func next(_ request: Request, context: ChapterContext) async throws -> Response {
        let day = try await context.acting(in: database).run(.dayOfNextMeeting(in: context.chapter.id))
        return .see("\(context.folder)/meetings\(day.map { "/\($0)" } ?? "")")
    }

    func show(_ request: Request, context: ChapterContext) async throws -> Response {
        try await show(request, context)
    }

    private func show(
        _ request: Request,
        _ context: ChapterContext,
        notes: [Phrase] = [],
        faults: Filled = .blank,
        status: HTTPResponse.Status = .ok
    ) async throws -> Response {
        let night = try await context.acting(in: database).meetingNight(on: context.day, of: context.chapter)
        return context.answer(request, status: status) {
            meetingPage(night, myself: context.actor.membership, notes: notes, faults: faults, for: $0)
        }
    }

    func paper(_ request: Request, context: ChapterContext) async throws -> Response {
        let night = try await context.acting(in: database).meetingNight(on: context.day, of: context.chapter)
        return context.answer(request) { paperSheetPage(night, for: $0) }
    }

    /// The sheet as it is, and again whenever it changes.
    func events(_ request: Request, context: ChapterContext) async throws -> Response {
        let acting = context.acting(in: database)
        let day = try context.day
        let meeting = try await acting.meeting(on: day)
        return watch.events(of: SheetChange(chapter: context.chapter.id, meeting: meeting.id)) {
            let (meetings, sheet) = try await acting.run(
                .meetings(of: context.chapter.id, from: day, to: day),
                .sheetNow(of: meeting.id, in: context.chapter.id)
            )
            return SheetState(sheet, status: meetings.first { $0.id == meeting.id }?.status ?? meeting.status)
        }
    }

    /// Sets the marks that somebody changed since they saw the sheet; a newer one of somebody else stays.
    func mark(_ request: Request, context: ChapterContext) async throws -> Response {
        let form = try await request.form(context.anyone)
        let wishes = try SheetWishes(form)
        let acting = context.acting(in: database)
        let meeting = try await acting.meeting(on: context.day)
        let key = IdempotencyKey("form-\(form["once"])", of: wishes.bytes(of: meeting))
        let answer: KeptAnswer
        do {
            answer = try await acting.once(form["once"].isEmpty ? nil : key) { transaction in
                try await transaction.run(.lock(meeting, in: context.chapter.id))
                let before = try await transaction.run(.sheet(of: meeting.id, in: context.chapter.id))
                let (drafts, others) = wishes.judged(by: before)
                if !drafts.isEmpty { _ = try await transaction.mark(drafts, on: meeting) }
                let after = try await transaction.run(.sheetNow(of: meeting.id, in: context.chapter.id))
                return KeptAnswer(
                    status: others.isEmpty ? 200 : 409,
                    body: SheetState(after, status: .open, others: others).json
                )
            }
        } catch let refused as Refused where !request.wantsJSON {
            return try await show(
                request,
                context,
                faults: Filled([:], faults: ["": Phrase(of: refused.message)]),
                status: .conflict
            )
        }
        if request.wantsJSON { return Response(answer) }
        guard answer.status == 409 else { return .see("\(context.place)#sheet") }
        return try await show(
            request,
            context,
            notes: ["Somebody else has marked some of them meanwhile; their marks stay. Look again."],
            status: .conflict
        )
    }

    func markEverybody(_ request: Request, context: ChapterContext) async throws -> Response {
        try await change(request, context, then: "#sheet") { acting, meeting, _ in
            _ = try await acting.mark([], everybodyElse: .present, on: meeting)
        }
    }

    func tickVisitors(_ request: Request, context: ChapterContext) async throws -> Response {
        try await change(request, context) { acting, meeting, form in
            let came = form.values.keys.compactMap { name -> SlipID? in
                name.utf8.starts(with: "came.".utf8) ? SlipID(String(name.dropFirst(5))) : nil
            }
            try await acting.run(.tickVisitors(came, on: meeting.date, in: context.chapter.id))
        }
    }

    func setProgramme(_ request: Request, context: ChapterContext) async throws -> Response {
        try await change(request, context) { acting, meeting, form in
            var body = Body(form)
            let part = try body.required(body.word("part", MeetingPart.Part.self), "part")
            let member = try body.value("member", Membership.ID.self, "a member")
            let topic = try body.line("topic")
            try body.end()
            let slot = MeetingPart(part: part, member: member, name: nil, topic: topic)
            try await acting.run(.set(slot, of: meeting, in: context.chapter.id))
        }
    }

    func seal(_ request: Request, context: ChapterContext) async throws -> Response {
        try await change(request, context) { acting, meeting, _ in try await acting.seal(meeting) }
    }

    func reopen(_ request: Request, context: ChapterContext) async throws -> Response {
        try await change(request, context) { acting, meeting, form in
            guard let reason = Body.line(form["reason"], atMost: Body.longestLine) else {
                throw Problem.field("reason", "say in one line why the sheet is opened again")
            }
            try await acting.reopen(meeting, because: reason)
        }
    }

    func cancel(_ request: Request, context: ChapterContext) async throws -> Response {
        try await change(request, context) { acting, meeting, form in
            try await acting.callOff(meeting, isHoliday: form["holiday"] == "true")
        }
    }

    func announce(_ request: Request, context: ChapterContext) async throws -> Response {
        try await change(request, context) { acting, meeting, form in
            var body = Body(form)
            let (standIn, reason) = (try body.line("stand_in"), try body.line("reason"))
            try body.end()
            guard let member = context.actor.membership else { throw Problem.notFound }
            let absence = AnnouncedAbsence(member: member, standIn: standIn, reason: reason)
            try await acting.run(.announce(absence, from: meeting, in: context.chapter.id))
        }
    }

    func withdraw(_ request: Request, context: ChapterContext) async throws -> Response {
        try await change(request, context) { acting, meeting, _ in
            guard let member = context.actor.membership else { throw Problem.notFound }
            try await acting.run(.withdrawAbsence(of: member, from: meeting, in: context.chapter.id))
        }
    }

    func door(_ request: Request, context: ChapterContext) async throws -> Response {
        let acting = context.acting(in: database)
        let night = try await acting.meetingNight(on: context.day, of: context.chapter)
        let sign = night.checkIn.flatMap { checkIn -> CheckInSign? in
            let address = "\(baseURL)\(context.place)/check-in?sign=\(checkIn.secret)"
            guard let code = QRCode(address), let startsAt = night.startsAt else { return nil }
            let grace =
                Int(
                    checkIn.onTimeUntil.microsecondsSinceEpoch - night.meeting.startsAt.microsecondsSinceEpoch
                ) / 60_000_000
            let until =
                LocalTime(minutesSinceMidnight: (startsAt.minutesSinceMidnight + grace) % 1440) ?? startsAt
            return CheckInSign(address: address, onTimeUntil: until, modules: code.modules)
        }
        return context.answer(request) { doorPage(night, sign: sign, for: $0) }
    }

    func openDoor(_ request: Request, context: ChapterContext) async throws -> Response {
        try await change(request, context, then: "/door") { acting, meeting, form in
            var body = Body(form)
            let grace = try body.whole("grace", 0...120) ?? 0
            try body.end()
            try await acting.run(
                .openCheckIn(of: meeting, secret: Secret().text, grace: grace, in: context.chapter.id)
            )
        }
    }

    func closeDoor(_ request: Request, context: ChapterContext) async throws -> Response {
        try await change(request, context, then: "/door") { acting, meeting, _ in
            try await acting.run(.closeCheckIn(of: meeting, in: context.chapter.id))
        }
    }

    /// Nothing happens before the button: what reads codes may follow links by itself.
    func askCheckIn(_ request: Request, context: ChapterContext) async throws -> Response {
        let sign = try QueryParameters(request, known: ["sign"]).value("sign", String.self, "the sign") ?? ""
        let day = try context.day
        return context.answer(request) {
            checkInPage(day: day, secret: sign, mark: nil, isAsked: true, for: $0)
        }
    }

    func checkIn(_ request: Request, context: ChapterContext) async throws -> Response {
        let form = try await request.form(context.anyone)
        let day = try context.day
        let mark = try await context.acting(in: database).run(
            .checkOneselfIn(on: day, secret: form["secret"], in: context.chapter.id)
        )
        return context.answer(request, status: mark == nil ? .unprocessableContent : .ok) {
            checkInPage(day: day, secret: "", mark: mark, isAsked: false, for: $0)
        }
    }

    /// Changes something of the meeting, and goes back to its page; where it is refused the page says why.
    private func change(
        _ request: Request,
        _ context: ChapterContext,
        then place: String = "",
        _ work: (ActingDatabase, Meeting, FormFields) async throws -> Void
    ) async throws -> Response {
        let form = try await request.form(context.anyone)
        let acting = context.acting(in: database)
        let meeting = try await acting.meeting(on: context.day)
        do {
            try await work(acting, meeting, form)
            return .see("\(context.place)\(place)")
        } catch {
            let problem = Problem(error)
            guard [.unprocessableContent, .conflict].contains(problem.status) else { throw error }
            return try await show(request, context, faults: Filled(form, problem), status: problem.status)
        }
    }
}

extension ChapterContext {
    /// The day in the address.
    fileprivate var day: LocalDate {
        get throws {
            guard let day = parameters.get("date").flatMap({ LocalDate($0) }) else { throw Problem.notFound }
            return day
        }
    }

    /// The address of the meeting.
    fileprivate var place: String {
        "/chapters/\(chapter.slug)/meetings/\(parameters.get("date") ?? "")"
    }
}

extension Response {
    /// Goes on to another page after something was done.
    static func see(_ place: String) -> Response {
        Response(status: .seeOther, headers: [.location: place])
    }
}

extension Request {
    /// Whether the script of a page asks, and not the browser itself.
    var wantsJSON: Bool {
        (headers[.accept] ?? "").lowercased().utf8.starts(with: "application/json".utf8)
    }
}
