import Exchange
import HTTPTypes
import Hummingbird
import Identity
import NIOCore
import Pages
import ReferralGroup
import Storage

/// The calendars that phones subscribe to: whoever knows the address of one reads it, without signing in.
struct CalendarFeeds {
    let doorkeeper: Doorkeeper

    func add(to routes: inout Routes) {
        routes.open(.get, "calendar/{secret}.ics", use: show)
    }

    func show(_ request: Request, context: AnyoneContext) async throws -> Response {
        let visitor = context.visitor(request)
        // What cannot be a secret is looked for like one that leads nowhere: the answer to both takes as long.
        let secret = context.parameters.get("secret").flatMap { Secret($0) } ?? Secret()
        let nobody = doorkeeper.database.acting(
            as: .nobody(door: visitor.door, requestID: visitor.requestID),
            in: nil,
            from: visitor.address
        )
        let (feed, meetings, appointments) = try await nobody.run(
            .calendar(hash: secret.hash),
            .calendarMeetings(hash: secret.hash),
            .calendarAppointments(hash: secret.hash)
        )
        guard let feed else {
            // Only what leads nowhere counts: many subscribe from one address, those of a large provider say.
            try await doorkeeper.admit(
                visitor,
                [Bucket("calendar-at", visitor.address, limit: 100, within: 900)]
            )
            throw Problem.notFound
        }
        let language = feed.language.flatMap { Language(code: $0) } ?? .english
        let baseURL = doorkeeper.house.baseURL
        let file = CalendarFile(
            name: feed.title,
            events: meetings.map { CalendarEvent($0, of: feed, in: language, at: baseURL) }
                + appointments.map { CalendarEvent($0, in: language, at: baseURL) }
        )
        return Response(calendar: file.bytes, in: language, to: request)
    }
}

extension CalendarEvent {
    fileprivate init(
        _ entry: CalendarMeeting,
        of feed: CalendarFeed,
        in language: Language,
        at baseURL: String
    ) {
        let meeting = entry.meeting
        let page = "\(baseURL)/chapters/\(entry.chapter)/meetings/\(meeting.date)"
        self.init(
            id: "meeting-\(meeting.id)@\(CalendarEvent.host(of: baseURL))",
            startsAt: meeting.startsAt,
            minutes: meeting.minutes,
            title: entry.title.plain(in: language),
            place: meeting.place,
            notes: entry.notes.map { $0.plain(in: language) },
            address: feed.isOfPerson ? page : nil,
            isCancelled: meeting.status == .cancelled || meeting.status == .holiday,
            takesTime: entry.absence == nil,
            changes: entry.changes,
            changedAt: entry.changedAt
        )
    }
}

extension CalendarEvent {
    fileprivate init(_ entry: CalendarAppointment, in language: Language, at baseURL: String) {
        self.init(
            id: Self.id(ofAppointment: "\(entry.id)", at: baseURL),
            startsAt: entry.startsAt,
            minutes: entry.minutes,
            title: entry.title.plain(in: language),
            place: entry.place,
            notes: entry.topic.map { [$0] } ?? [],
            address: "\(baseURL)/chapters/\(entry.chapter)/planner",
            isCancelled: entry.isOff,
            takesTime: entry.isAccepted,
            changes: entry.isOff ? 1 : 0,
            changedAt: entry.changedAt
        )
    }
}

extension Response {
    fileprivate init(calendar bytes: [UInt8], in language: Language, to request: Request) {
        let tag = EntityTag(of: bytes)
        // Kept by the one who reads it alone, and asked for anew each time: an address may have ended meanwhile.
        let headers: HTTPFields = [.eTag: tag.text, .cacheControl: "private, no-cache"]
        guard !tag.isKnown(to: request) else {
            self.init(status: .notModified, headers: headers)
            return
        }
        self.init(
            status: .ok,
            headers: headers,
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes))
        )
        self.headers[.contentType] = "text/calendar; charset=utf-8"
        self.headers[.contentLanguage] = language.code
        self.headers[.contentDisposition] = "inline; filename=\"chapterhouse.ics\""
    }
}

extension ActingDatabase {
    /// Gives a calendar a new address, which is shown once: only a hash of it is kept.
    package func renewCalendar(
        of owner: CalendarOwner,
        at baseURL: String
    ) async throws -> (address: String, since: Instant) {
        let secret = Secret()
        let since = try await run(.renewCalendar(of: owner, hash: secret.hash))
        return ("\(baseURL)/calendar/\(secret.text).ics", since)
    }
}
