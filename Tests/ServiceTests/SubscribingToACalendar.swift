import HTTPTypes
import Identity
import Postgres
import ReferralGroup
import Service
import Storage
import TestSupport
import Testing

/// It is 1 November 2026; Alder meets on Wednesdays at seven in Berlin.
@Suite(.sampleDatabase)
struct `Subscribing to a calendar` {
    static let own = "/api/v1/me/calendar"
    static let ofAlder = "/api/v1/chapters/alder/calendar"

    let sample: SampleChapter
    let bob: Caller
    let alice: Caller
    let nobody: Caller

    init() async throws {
        sample = try await SampleChapter()
        (bob, alice) = (try await sample.caller(sample.bob), try await sample.caller(sample.alice))
        nobody = Caller(database: sample.database)
        _ = try await sample.shell.schedule(
            from: .day("2026-10-21"),
            to: .day("2026-11-04"),
            in: sample.alder
        )
    }

    @Test func `gives the meetings as the instants they begin at, over the end of summer`() async throws {
        let feed = try await nobody.get(try await address(bob, Self.own))
        #expect(feed.status == 200 && feed["Content-Type"] == "text/calendar; charset=utf-8")
        #expect(feed["Cache-Control"] == "private, no-cache")
        let lines = feed.lines
        #expect(lines.first == "BEGIN:VCALENDAR" && lines.contains("X-WR-CALNAME:Alder"))
        #expect(
            lines.filter { $0.hasPrefix("DTSTART") } == [
                "DTSTART:20261021T050000Z", "DTSTART:20261028T060000Z", "DTSTART:20261104T060000Z",
            ]
        )
        #expect(lines.contains("LOCATION:Town hall"))
        let page = "URL:https://chapterhouse.example.org/chapters/alder/meetings/2026-10-28"
        #expect(feed.unfolded.contains(page))
    }

    @Test func `shows what is cancelled, in the language of whoever reads`() async throws {
        let place = try await address(bob, Self.own)
        try await sample.shell.callOff(
            try await sample.shell.meeting(on: .day("2026-11-04")),
            isHoliday: false
        )
        let chapter = try await address(alice, Self.ofAlder)
        try await sample.scratch.superuser.run(
            Query<Void>("UPDATE app.chapter SET locale = 'de-AT' WHERE id = \(sample.alder.id)")
        )
        #expect(try await nobody.get(chapter).lines.contains("SUMMARY:Abgesagt: Alder"))
        #expect(
            try await nobody.get(place)["Content-Language"] == "de",
            "who has chosen none reads the chapter's"
        )
        try await sample.scratch.acting(as: sample.bob).run(.setLanguage("en"))
        let english = try await nobody.get(place).lines
        #expect(english.contains("STATUS:CANCELLED") && english.contains("SUMMARY:Cancelled: Alder"))
        #expect(english.count { $0 == "STATUS:CONFIRMED" } == 2)
        try await sample.scratch.acting(as: sample.bob).run(.setLanguage("de"))
        let german = try await nobody.get(place)
        #expect(german.lines.contains("SUMMARY:Abgesagt: Alder") && german["Content-Language"] == "de")
    }

    @Test func `has one-to-ones to which somebody was invited, and marks those that are called off`()
        async throws
    {
        let place = try await address(bob, Self.own)
        let chapter = try await address(alice, Self.ofAlder)
        let made = try await alice.json(
            .post,
            "/api/v1/chapters/alder/appointments",
            #"{"with": "Bob Baker", "on": "2026-12-03", "time": "08:30", "place": "Café, upstairs"}"#
        )
        let appointment = try #require(made["Location"])
        let id = try #require(appointment.split(separator: "/").last)
        let open = try await nobody.get(place)
        #expect(
            open.lines.contains("DTSTART:20261203T073000Z") && open.lines.contains("DTEND:20261203T083000Z")
        )
        #expect(open.unfolded.contains("UID:one-to-one-\(id)@chapterhouse.example.org"))
        #expect(open.unfolded.contains("SUMMARY:One-to-one with Alice Archer\\, not answered yet"))
        #expect(open.lines.count { $0 == "TRANSP:TRANSPARENT" } == 1, "nobody is busy before they said yes")
        #expect(
            !(try await nobody.get(chapter).text.contains("One-to-one")),
            "the chapter's is for everybody"
        )
        #expect(try await bob.json(.put, "\(appointment)/acceptance", "").status == 204)
        let agreed = try await nobody.get(place)
        #expect(agreed.lines.contains("SUMMARY:One-to-one with Alice Archer"))
        #expect(try await bob.send(.delete, appointment).status == 204)
        let off = try await nobody.get(place)
        #expect(off.unfolded.contains("SUMMARY:Cancelled: One-to-one with Alice Archer"))
        #expect(off.lines.contains("STATUS:CANCELLED") && off.lines.contains("SEQUENCE:1"))
    }

    @Test func `tells no address of anybody, and the chapter's no name`() async throws {
        let meeting = try await sample.shell.meeting(on: .day("2026-11-04"))
        let talk = MeetingPart(part: .talk, member: sample.alice.id, name: nil, topic: "Slate, or clay")
        try await sample.shell.run(.set(talk, of: meeting, in: sample.alder.id))
        let own = try await nobody.get(try await address(bob, Self.own)).unfolded
        let open = try await nobody.get(try await address(alice, Self.ofAlder)).unfolded
        #expect(own.contains("DESCRIPTION:Feature talk: Alice Archer\\, Slate\\, or clay"))
        #expect(open.contains("DESCRIPTION:Feature talk: Slate\\, or clay"))
        for lines in [own, open] {
            let others = lines.filter { !$0.hasPrefix("UID:meeting-") }
            #expect(!others.contains { $0.contains("@") || $0.contains("mailto") })
            #expect(lines.count { $0.hasPrefix("UID:") && $0.hasSuffix("@chapterhouse.example.org") } == 3)
        }
        #expect(!open.contains { $0.contains("Archer") || $0.contains("Baker") || $0.hasPrefix("URL") })
    }

    @Test func `is sent once to whoever keeps it, and is the same bytes until something changes`()
        async throws
    {
        let place = try await address(bob, Self.own)
        let first = try await nobody.get(place)
        let tag = try #require(first["ETag"])
        #expect(try await nobody.get(place).text == first.text)
        let again = try await nobody.send(.get, place, headers: [.ifNoneMatch: tag])
        #expect(again.status == 304 && again.text.isEmpty && again["ETag"] == tag)
        #expect(again["Cache-Control"] == "private, no-cache")
        let head = try await nobody.send(.head, place)
        #expect(head.status == 200 && head["ETag"] == tag)
        _ = try await sample.shell.schedule(
            from: .day("2026-11-11"),
            to: .day("2026-11-11"),
            in: sample.alder
        )
        #expect(try await nobody.send(.get, place, headers: [.ifNoneMatch: tag]).status == 200)
    }

    @Test func `leads nowhere with an address that is unknown, replaced or none at all`() async throws {
        let first = try await address(bob, Self.own)
        let second = try await address(bob, Self.own)
        let ended = try await address(alice, Self.own)
        #expect(try await alice.send(.delete, Self.own).status == 204)
        #expect(try await nobody.get(second).status == 200)
        let nowhere = try await nobody.get("/nowhere").json["detail"]
        for place in [
            first, ended, "/calendar/\(Secret().text).ics", "/calendar/x.ics", "/calendar/%00.ics",
            "/calendar/.ics", "/calendar/\(String(repeating: "A", count: 9000)).ics", "/calendar",
            String(second.dropLast(4)), second + "/", "\(second)x",
        ] where place != second + "/" {
            let answer = try await nobody.get(place)
            #expect(try answer.isProblem(404) == "not-found", "\(place)")
            #expect(try answer.json["detail"] == nowhere)
        }
        try await nobody.send(.post, second).isProblem(405)
    }

    @Test func `is tried at no more often than a hundred times, by whoever does not know one`() async throws {
        let place = try await address(bob, Self.own)
        var last = 0
        for _ in 0..<101 { last = try await nobody.get("/calendar/\(Secret().text).ics").status }
        #expect(last == 429)
        #expect(try await nobody.get(place).status == 200)
    }

    @Test func `stands in no log and in no row`() async throws {
        let log = Log()
        var caller = nobody
        caller.logger = log.logger
        let place = try await address(bob, Self.own)
        _ = try await caller.get(place)
        _ = try await caller.get(String(place.dropLast(4)))
        let renewed = try await address(bob, Self.own)
        _ = try await caller.get(place)
        let secrets = [place, renewed].map { String($0.dropFirst("/calendar/".count).dropLast(4)) }
        #expect(log.lines.contains { $0.contains("/calendar/{secret}.ics") })
        let kept = try await sample.scratch.everyRow()
        for secret in secrets {
            #expect(!log.lines.contains { $0.contains(secret) }, "\(log.lines)")
            #expect(!kept.contains { $0.contains(secret) })
        }
        let last = try #require(secrets.last)
        let hash = hexadecimal(try #require(Secret(last)).hash)
        #expect(kept.count { $0.contains(hash) } == 1)
    }

    @Test func `is begun and ended over HTTP`() async throws {
        for (caller, place) in [(bob, Self.own), (alice, Self.ofAlder)] {
            #expect(try await caller.get(place).json["since"] == .null)
            #expect(try await caller.send(.delete, place).isProblem(404) == "not-found")
            let made = try await caller.send(.put, place)
            #expect(made.status == 200)
            let prefix = "https://chapterhouse.example.org/calendar/"
            #expect(try made.json["address"]?.string?.hasPrefix(prefix) == true)
            #expect(try await caller.get(place).json["since"] == made.json["since"])
            let key: HTTPFields = [try #require(HTTPField.Name("Idempotency-Key")): "k-1"]
            #expect(
                try await caller.send(.put, place, headers: key).isProblem(400) == "idempotency-key"
            )
            #expect(try await caller.send(.delete, place).status == 204)
        }
        #expect(try await bob.send(.put, Self.ofAlder).isProblem(403) == "forbidden")
        let charlie = try await sample.caller(sample.charlie)
        #expect(try await charlie.send(.put, Self.ofAlder).isProblem(404) == "not-found")
    }

    @Test(arguments: [("/account/calendar", true), ("/chapters/alder/calendar", false)])
    func `is begun, renewed and ended on a page`(place: String, isOwn: Bool) async throws {
        var browser = try await sample.scratch.browser(of: sample.alice)
        #expect(try await browser.get(isOwn ? "/account" : "/chapters/alder/policy").text.contains(place))
        #expect(try await browser.get(place).text.contains("Make an address"))
        let shown = try await browser.post(place)
        #expect(shown.status == 200 && shown["Cache-Control"] == "no-store")
        let address = try #require(
            shown.text(after: "<code>https://chapterhouse.example.org", before: "</code>")
        )
        #expect(shown.text.contains("href=\"webcal://chapterhouse.example.org\(address)\""))
        #expect(shown.text.contains("<svg class=\"code\""))
        #expect(try await nobody.get(address).status == 200)
        let kept = try await browser.get(place)
        #expect(kept.text.contains("Make a new one") && !kept.text.contains(address))
        _ = try await browser.post(place)
        #expect(try await nobody.get(address).status == 404)
        #expect(try await browser.post("\(place)/end")["Location"] == place)
        #expect(try await browser.get(place).text.contains("Make an address"))
    }

    /// Asks for a new address, and returns its path.
    private func address(_ caller: Caller, _ place: String) async throws -> String {
        let made = try await caller.send(.put, place)
        let address = try #require(try made.json["address"]?.string, "\(made.text)")
        return String(address.dropFirst("https://chapterhouse.example.org".count))
    }
}

extension Answer {
    /// The content lines as they were sent.
    fileprivate var lines: [String] {
        text.utf8.split(separator: UInt8(ascii: "\n")).map {
            String(decoding: $0.last == 0x0D ? $0.dropLast() : $0, as: UTF8.self)
        }
    }

    /// The content lines, each in one piece.
    fileprivate var unfolded: [String] {
        lines.reduce(into: []) { whole, line in
            if line.hasPrefix(" "), let last = whole.popLast() {
                whole.append(last + line.dropFirst())
            } else {
                whole.append(line)
            }
        }
    }
}
