import HTTPTypes
import Identity
import Postgres
import ReferralGroup
import Storage
import TestSupport
import Testing

/// It is 1 November 2026; Alder meets on Wednesdays at seven in Berlin.
@Suite(.sampleDatabase)
struct `Inviting a visitor` {
    static let invite = "/chapters/alder/visitors/invite"
    static let api = "/api/v1/chapters/alder/visitors"
    static let wednesday = "2026-11-04"

    let sample: SampleChapter
    var guest: Browser

    init() async throws {
        sample = try await SampleChapter()
        guest = Browser(sample.database)
        _ = try await sample.shell.schedule(
            from: .day("2026-11-04"),
            to: .day("2026-11-18"),
            in: sample.alder
        )
    }

    @Test func `shows a link once, which greets by chapter, meeting and inviter, and by nobody's address`()
        async throws
    {
        var bob = try await sample.scratch.browser(of: sample.bob)
        #expect(try await bob.get(Self.invite).text.contains("<option value=\"2026-11-04\""))
        let answer = try await bob.post(
            Self.invite,
            ["name": "Karl Kurz", "date": Self.wednesday, "greeting": "You asked about bread"]
        )
        #expect(answer.status == 200, "\(answer.text)")
        let place = try #require(answer.invitation)
        #expect(answer.text.contains("I would like you to be my guest at Alder"))
        let log = Log()
        let caller = Caller(database: sample.database, accept: "text/html", logger: log.logger)
        let page = try await caller.get(place)
        #expect(page.status == 200)
        for said in ["Karl Kurz", "Alder", "Bob Baker", "You asked about bread", "07:00", "Town hall"] {
            #expect(page.text.contains(said), "\(said)")
        }
        #expect(!page.text.contains("example.org") && !page.text.contains("Alice"))
        #expect(page["Content-Security-Policy"]?.contains("default-src 'none'") == true)
        #expect(page["Referrer-Policy"] == "no-referrer" || page["Referrer-Policy"] == "same-origin")
        let kept = try await sample.scratch.everyRow()
        let secret = String(place.dropFirst("/invitation/".count))
        #expect(!kept.contains { $0.contains(secret) })
        #expect(log.lines.contains { $0.contains("/invitation/{secret}") })
        #expect(!log.lines.contains { $0.contains(secret) })
        let list = try await bob.get("/chapters/alder/visitors")
        #expect(list.text.contains("Karl Kurz") && !list.text.contains(secret))
    }

    @Test mutating func `lets them say who they are, agree and change it, and looking changes nothing`()
        async throws
    {
        let (id, place) = try await invited(by: sample.bob)
        let before = try await row(id)
        _ = try await guest.get(place)
        #expect(try await row(id) == before)
        let fields = [
            "name": "Karl Kurz", "company": "Kurz & Co", "profession": "Florist",
            "email": "karl@example.org",
            "phone": "030 1",
        ]
        let without = try await guest.post(place, fields: fields)
        #expect(without.status == 422 && without.text.contains("id=\"consent-fault\""))
        #expect(try await row(id) == before, "without consent nothing is kept")
        let agreed = fields.merging(["consent": "true"]) { $1 }
        for _ in 1...2 {
            #expect(try await guest.post(place, fields: agreed)["Location"] == place)
        }
        let page = try await guest.get(place).text
        #expect(page.contains("You are expected.") && page.contains("value=\"Kurz &amp; Co\""))
        #expect(!page.contains("role=\"alert\""))
        #expect(
            try await row(id) == "Karl Kurz|Kurz & Co|Florist|karl@example.org|030 1|2026-11-01 08:00|-|-|new"
        )
        let declined = try await guest.post("\(place)/decline", ["reason": "A fair"])
        #expect(declined["Location"] == place)
        #expect(try await row(id).hasSuffix("|2026-11-01 08:00|2026-11-01 08:00|A fair|new"))
        var bob = try await sample.scratch.browser(of: sample.bob)
        let seen = try await bob.get("/chapters/alder/visitors/\(id)").text
        #expect(seen.contains("They cannot come: A fair"))
        #expect(try await bob.get("/chapters/alder/visitors").text.contains("cannot come"))
        _ = try await guest.post(place, fields: agreed)
        #expect(try await row(id).hasSuffix("|-|-|new"))
    }

    @Test mutating func `takes no form of another site, and none of a browser that did not look`()
        async throws
    {
        let (id, place) = try await invited(by: sample.bob)
        let before = try await row(id)
        let fields: KeyValuePairs = ["name": "Eve", "consent": "true"]
        #expect(try await guest.post(place, fields, site: "cross-site").status == 403)
        #expect(try await guest.post(place, fields, site: nil, origin: "https://evil.example").status == 403)
        #expect(try await guest.post("\(place)/decline", [:], site: nil).status == 403)
        #expect(try await row(id) == before)
    }

    @Test(arguments: [
        ("name", " "), ("name", "Karl\r\nBcc: all@example.org"), ("email", "karl@example.org\nBcc: x@y.z"),
        ("email", "karl"), ("phone", String(repeating: "9", count: 201)), ("company", "a\u{0}b"),
        ("profession", "a\u{1b}[31m"), ("status", "joined"),
    ])
    mutating func `refuses what does not belong into a field`(_ field: String, _ text: String) async throws {
        let (id, place) = try await invited(by: sample.bob)
        let before = try await row(id)
        let fields = ["name": "Karl Kurz", "consent": "true"].merging([field: text]) { $1 }
        let answer = try await guest.post(place, fields: fields)
        #expect(answer.status == 422, "\(answer.text)")
        #expect(try await row(id) == before)
    }

    @Test mutating func `shows markup in a field as text`() async throws {
        let (id, place) = try await invited(by: sample.bob)
        let name = "\"><script>alert(1)</script>"
        _ = try await guest.post(place, fields: ["name": name, "profession": "<b>", "consent": "true"])
        var bob = try await sample.scratch.browser(of: sample.bob)
        for page in [try await guest.get(place), try await bob.get("/chapters/alder/visitors/\(id)")] {
            #expect(
                page.status == 200 && !page.text.contains("<script>alert")
                    && page.text.contains("&lt;script&gt;")
            )
        }
    }

    @Test mutating func `ends with the day, with a newer link, and leads nowhere with another secret`()
        async throws
    {
        let (id, first) = try await invited(by: sample.bob)
        var bob = try await sample.caller(sample.bob)
        let renewed = try await bob.json(.put, "\(Self.api)/\(id)/invitation", "{}")
        let address = try #require(try renewed.json["address"]?.string)
        let second = String(address.dropFirst("https://chapterhouse.example.org".count))
        #expect(try await guest.get(second).status == 200)
        let nowhere = try await guest.get("/invitation/\(Secret().text)")
        for place in [first, "/invitation/x", String(second.dropLast(2)) + "AA"] {
            let page = try await guest.get(place)
            #expect(page.status == 404 && page.text == nowhere.text, "\(place)")
            #expect(try await guest.post(place, ["name": "Eve", "consent": "true"]).status == 404)
            #expect(try await guest.post("\(place)/decline").status == 404)
        }
        // Half past ten in the evening of the day in Berlin, and half past midnight.
        try await sample.scratch.stopClock(at: try #require(Instant("2026-11-04T21:30:00Z")))
        #expect(try await guest.get(second).status == 200)
        try await sample.scratch.stopClock(at: try #require(Instant("2026-11-04T23:30:00Z")))
        #expect(try await guest.get(second).text == nowhere.text)
        #expect(try await guest.post(second, ["name": "Karl", "consent": "true"]).status == 404)
        bob.token = nil
    }

    @Test func `is for a member's own guests, and for those who look after visitors`() async throws {
        let (id, _) = try await invited(by: sample.alice)
        let bob = try await sample.caller(sample.bob)
        let charlie = try await sample.caller(sample.charlie)
        let place = "\(Self.api)/\(id)/invitation"
        #expect(try await bob.json(.put, place, "{}").isProblem(404) == "not-found")
        #expect(try await charlie.json(.put, place, "{}").isProblem(404) == "not-found")
        #expect(try await Caller(database: sample.database).json(.put, place, "{}").status == 401)
        let (own, _) = try await invited(by: sample.bob, "Lena Lang")
        let alice = try await sample.caller(sample.alice)
        #expect(try await alice.json(.put, "\(Self.api)/\(own)/invitation", "{}").status == 200)
        var browser = try await sample.scratch.browser(of: sample.bob)
        let forOthers = try await browser.post(
            Self.invite,
            ["name": "Nora Nau", "date": Self.wednesday, "invited_by": "\(sample.alice.id)"]
        )
        #expect(forOthers.status == 403)
        let excused = try await browser.post(
            Self.invite,
            ["name": "Nora Nau", "date": Self.wednesday, "further_visit_because": "Please"]
        )
        #expect(excused.status == 403)
        #expect(try await count("SELECT count(*) FROM app.visitor WHERE name = 'Nora Nau'") == 0)
    }

    @Test func `invites once what is sent twice, and both links work`() async throws {
        var bob = try await sample.scratch.browser(of: sample.bob)
        let once = try #require(
            try await bob.get(Self.invite).text(after: "name=\"once\" value=\"", before: "\"")
        )
        let fields = [
            "name": "Karl Kurz", "date": Self.wednesday, "email": "karl@example.org", "by_mail": "true",
            "once": once,
        ]
        var places: Set<String> = []
        for _ in 1...2 {
            places.insert(try #require(try await bob.post(Self.invite, fields: fields).invitation))
        }
        #expect(places.count == 2)
        for place in places { #expect(try await Caller(database: sample.database).get(place).status == 200) }
        #expect(try await count("SELECT count(*) FROM app.visitor") == 1)
        #expect(try await count("SELECT count(*) FROM app.mail WHERE kind = 'visitor-invitation'") == 1)
        // To another day is the same guest, and a new link.
        let later = try await bob.post(
            Self.invite,
            ["name": "karl  KURZ", "date": "2026-11-11", "email": "karl@example.org"]
        )
        #expect(later.invitation != nil)
        #expect(try await count("SELECT count(*) FROM app.visitor WHERE visit_on = '2026-11-11'") == 1)
        #expect(try await count("SELECT count(*) FROM app.visitor_link") == 1)
    }

    @Test(arguments: [
        ("date", "2026-11-05"), ("date", "2026-10-28"), ("date", "soon"), ("date", ""), ("name", ""),
        ("name", "a\r\nb"), ("email", "x"), ("greeting", "a\nb"), ("by_mail", "true"),
    ])
    func `says beside the field what is not right`(_ field: String, _ value: String) async throws {
        var bob = try await sample.scratch.browser(of: sample.bob)
        let fields = ["name": "Karl Kurz", "date": Self.wednesday].merging([field: value]) { $1 }
        let answer = try await bob.post(Self.invite, fields: fields)
        let place = field == "by_mail" ? "email" : field
        #expect(answer.status == 422 && answer.text.contains("id=\"\(place)-fault\""), "\(answer.text)")
        #expect(try await count("SELECT count(*) FROM app.visitor") == 0)
    }

    @Test mutating func `says at once that a member holds the seat`() async throws {
        let (id, place) = try await invited(by: sample.bob)
        _ = try await guest.post(
            place,
            fields: ["name": "Karl Kurz", "profession": " rooFER", "consent": "true"]
        )
        let page = try await guest.get(place).text
        #expect(page.contains("yours is held at the moment") && !page.contains("Alice"))
        var alice = try await sample.scratch.browser(of: sample.alice)
        #expect(try await alice.get("/chapters/alder/visitors").text.contains("seat held"))
        #expect(
            try await alice.get("/chapters/alder/visitors/\(id)").text.contains("is held at the moment")
        )
        try await sample.scratch.superuser.run(
            Query<Void>("UPDATE app.office SET role = 'membership-committee'")
        )
        let form = try await alice.get("/chapters/alder/applications/new?visitor=\(id)").text
        #expect(form.contains("is held at the moment"))
        let opened = try await alice.post(
            "/chapters/alder/applications/new",
            ["name": "Karl Kurz", "seat": "Roofer"]
        )
        let application = try await alice.get(try #require(opened["Location"])).text
        #expect(application.contains("A member holds the seat Roofer"))
        #expect(try await alice.get("/chapters/alder/applications").text.contains("seat held"))
        _ = try await guest.post(
            place,
            fields: ["name": "Karl Kurz", "profession": "Florist", "consent": "true"]
        )
        #expect(try await !guest.get(place).text.contains("yours is held"))
    }

    @Test mutating func `tells that a meeting was called off`() async throws {
        let (_, place) = try await invited(by: sample.bob)
        try await sample.shell.callOff(
            try await sample.shell.meeting(on: .day(Self.wednesday)),
            isHoliday: false
        )
        let page = try await guest.get(place).text
        #expect(page.contains("does not take place") && !page.contains("<form class=\"entry\""))
    }

    @Test mutating func `is tried no more than a hundred times by whoever has no link`() async throws {
        let (_, place) = try await invited(by: sample.bob)
        var last = 0
        for _ in 0..<101 { last = try await guest.get("/invitation/\(Secret().text)").status }
        #expect(last == 429)
        #expect(try await guest.get(place).status == 200)
        for _ in 0..<31 { last = try await guest.post("\(place)/decline").status }
        #expect(last == 429)
    }

    /// A visitor, and where their link leads to.
    private func invited(
        by member: Membership,
        _ name: String = "Karl Kurz"
    ) async throws -> (id: String, place: String) {
        var browser = try await sample.scratch.browser(of: member)
        let answer = try await browser.post(Self.invite, ["name": name, "date": Self.wednesday])
        let id = try #require(
            answer.text(after: "href=\"/chapters/alder/visitors/", before: "\">I have kept it")
        )
        return (id, try #require(answer.invitation))
    }

    private func row(_ id: String) async throws -> String {
        let kept = try await sample.scratch.superuser.run(
            Query<[String]>(
                values: """
                    SELECT concat_ws('|', name, coalesce(company, '-'), coalesce(profession, '-'), coalesce(email, '-'), coalesce(phone, '-'),
                                     coalesce(to_char(consented_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI'), '-'),
                                     coalesce(to_char(declined_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI'), '-'),
                                     coalesce(declined_because, '-'), status)
                      FROM app.visitor WHERE id = \(id)::text::uuid
                    """
            )
        )
        return try #require(kept.first)
    }

    private func count(_ sql: SQL) async throws -> Int {
        try await sample.scratch.superuser.run(Query<Int>(value: sql))
    }
}

extension Answer {
    /// Where the link leads to that this page shows.
    fileprivate var invitation: String? {
        text(after: "<code>https://chapterhouse.example.org", before: "</code>")
    }
}
