import HTTPTypes
import Identity
import ReferralGroup
import Service
import Storage
import TestSupport
import Testing

@Suite(.freshDatabase)
struct `Choosing a language` {
    static let cookie = "__Host-language"
    let sample: SampleChapter
    let browser: Browser

    init() async throws {
        sample = try await SampleChapter()
        browser = Browser(sample.database)
    }

    @Test(arguments: [
        (nil, "en"), ("de-AT,de;q=0.9,en;q=0.8", "de"), ("fr", "en"), ("fr, de;q=0.1", "de"), ("", "en"),
        ("en;q=0.2, de;q=0.1", "en"),
    ])
    func `is done by the browser at first`(accepted: String?, code: String) async throws {
        var browser = browser
        browser.caller.acceptLanguage = accepted
        let page = try await browser.get("/sign-in")
        #expect(page["Content-Language"] == code)
        #expect(page.text.contains("<html lang=\"\(code)\">"))
        #expect(page.text.contains(code == "de" ? "<h1>Anmelden</h1>" : "<h1>Sign in</h1>"))
    }

    @Test func `before one signs in is kept by the browser`() async throws {
        var browser = browser
        browser.caller.acceptLanguage = "en"
        #expect(try await browser.get("/sign-in").text.contains("action=\"/language\""))
        let answer = try await browser.post("/language", ["language": "de"])
        #expect(answer.status == 303)
        #expect(answer["Location"] == "/sign-in")
        let cookie = try #require(answer.cookies.first { $0.hasPrefix("\(Self.cookie)=de; ") })
        for part in ["Path=/", "Secure", "HttpOnly", "SameSite=Lax"] { #expect(cookie.contains(part)) }
        let page = try await browser.get("/sign-in")
        #expect(page["Content-Language"] == "de")
        #expect(page.text.contains("<h1>Anmelden</h1>"))
        #expect(try await browser.post("/language", ["language": "en"]).status == 303)
        #expect(try await browser.get("/sign-in").text.contains("<h1>Sign in</h1>"))
    }

    @Test func `while a code is awaited leads back to it`() async throws {
        let half = try await sample.scratch.openSession(of: sample.bob, isProved: false)
        var browser = Browser(sample.database, session: half)
        #expect(try await browser.post("/language", ["language": "de"])["Location"] == "/sign-in/code")
        #expect(try await browser.get("/sign-in/code").text.contains("<h1>Dein Code</h1>"))
    }

    @Test(arguments: ["/language", "/account/language"])
    func `takes a form of ours`(_ address: String) async throws {
        let session = try await sample.scratch.openSession(of: sample.bob)
        var browser = Browser(sample.database, session: session)
        for (site, origin) in [
            ("cross-site", nil), ("same-site", nil), (nil, "https://example.net"), (nil, nil),
        ] {
            let answer = try await browser.post(address, ["language": "de"], site: site, origin: origin)
            #expect(answer.status == 403)
            #expect(answer.cookies.isEmpty)
        }
        #expect(try await language(of: sample.bob) == nil)
        let token = try #require(try await browser.get("/account").formToken)
        let answer = try await browser.post(address, ["language": "de", "form_token": token], site: nil)
        #expect(answer.status == 303)
    }

    @Test(arguments: ["/language", "/account/language"], ["", "fr", "DE", "de-AT", "<svg>", "de\u{301}"])
    func `takes no other than there are`(_ address: String, _ code: String) async throws {
        let session = try await sample.scratch.openSession(of: sample.bob)
        var browser = Browser(sample.database, session: session)
        let answer = try await browser.post(address, ["language": code])
        #expect(answer.status == 422)
        #expect(answer.cookies.isEmpty)
        #expect(answer.text.contains("there is no such language here"))
        #expect(try await language(of: sample.bob) == nil)
    }

    @Test func `at one's account goes with the person to every browser`() async throws {
        try await sample.scratch.setPassword(of: sample.bob)
        var first = try await sample.scratch.browser(of: sample.bob)
        let answer = try await first.post("/account/language", ["language": "de"])
        #expect(answer.status == 303)
        #expect(answer["Location"] == "/account")
        #expect(try await language(of: sample.bob) == "de")
        let account = try await first.get("/account")
        #expect(account.text.contains("<h2>Sprache</h2>"))
        #expect(account.text.contains("<option value=\"de\" selected>Deutsch</option>"))

        var second = browser
        second.caller.acceptLanguage = "en"
        let fields: KeyValuePairs = ["email": "bob@example.org", "password": ScratchDatabase.password]
        let entered = try await second.post("/sign-in", fields)
        #expect(entered.cookies.contains { $0.hasPrefix("\(Self.cookie)=de; ") })
        #expect(try await second.get("/account").text.contains("<h2>Sprache</h2>"))
        // Nobody else's pages are others for that.
        #expect(try await language(of: sample.alice) == nil)
    }

    @Test func `is left to the browser of who never chose`() async throws {
        try await sample.scratch.setPassword(of: sample.bob)
        var browser = browser
        let fields: KeyValuePairs = ["email": "bob@example.org", "password": ScratchDatabase.password]
        let entered = try await browser.post("/sign-in", fields)
        #expect(entered.status == 303)
        #expect(!entered.cookies.contains { $0.hasPrefix(Self.cookie) })
    }

    @Test func `says what goes wrong in it at a browser, and to programs in English`() async throws {
        var browser = browser
        browser.caller.acceptLanguage = "de"
        let page = try await browser.get("/nowhere")
        #expect(page.status == 404)
        #expect(page["Content-Language"] == "de")
        #expect(page.text.contains("<h1>Nicht gefunden</h1>") && page.text.contains("Hier ist nichts."))
        var program = try await sample.caller(sample.bob)
        program.acceptLanguage = "de"
        let answer = try await program.get("/api/v1/chapters/nowhere")
        #expect(try answer.isProblem(404) == "not-found")
        #expect(try answer.json["detail"] == .string("There is nothing here."))
        #expect(answer["Content-Language"] == nil)
    }

    private func language(of member: Membership) async throws -> String? {
        try await sample.scratch.acting(as: member).run(.oneself).language
    }
}

@Suite(.freshDatabase)
struct `A report in the language of its reader` {
    static let question = "?month=2026-10&as_of=2026-11-01T08:00:00Z"
    let worked: WorkedMonth
    let ben: Caller

    init() async throws {
        worked = try await WorkedMonth()
        let acting = worked.scratch.database.acting(as: .system(door: .cli), in: worked.chapter.id)
        var ben = Caller(database: worked.scratch.database, token: try await acting.token(of: worked.ben))
        ben.accept = "text/html"
        self.ben = ben
    }

    @Test(arguments: [
        "/chapters/worked-example/reports/roi", "/chapters/worked-example/reports/giving",
        "/api/v1/chapters/worked-example/reports/roi.html", "/api/v1/chapters/worked-example/reports/giving",
    ])
    func `is another one for whoever keeps it`(_ address: String) async throws {
        var german = ben
        german.acceptLanguage = "de"
        let (english, other) = try await (
            ben.get(address + Self.question), german.get(address + Self.question)
        )
        for (answer, code) in [(english, "en"), (other, "de")] {
            #expect(answer.status == 200)
            #expect(answer["Content-Language"] == code)
            #expect(answer["Vary"]?.hasSuffix("Cookie, Accept-Language") == true)
            #expect(answer.text.contains("<html lang=\"\(code)\">"))
        }
        #expect(english["ETag"] != other["ETag"])
        let tag = try #require(english["ETag"])
        let known: HTTPFields = [.ifNoneMatch: tag]
        #expect(try await ben.send(.get, address + Self.question, headers: known).status == 304)
        #expect(try await german.send(.get, address + Self.question, headers: known).status == 200)
    }

    @Test func `has the same tag from one second to the next`() async throws {
        var german = ben
        german.acceptLanguage = "de"
        let address = "/chapters/worked-example/reports/roi?month=2026-10&as_of="
        let tags = try await ["2026-11-20T08:00:00Z", "2026-11-20T09:30:01Z"].asyncMap {
            try await german.get(address + $0)["ETag"]
        }
        #expect(tags[0] != nil && tags[0] == tags[1])
    }

    @Test(arguments: ["json", "csv"])
    func `is the same for programs`(_ suffix: String) async throws {
        var german = ben
        german.acceptLanguage = "de"
        let address = "/api/v1/chapters/worked-example/reports/giving.\(suffix)\(Self.question)"
        let (english, other) = try await (ben.get(address), german.get(address))
        #expect(english.text == other.text)
        #expect(other["Content-Language"] == nil)
        #expect(other["Vary"] == "Accept")
    }
}

extension Sequence {
    fileprivate func asyncMap<Value>(_ change: (Element) async throws -> Value) async rethrows -> [Value] {
        var values: [Value] = []
        for element in self { values.append(try await change(element)) }
        return values
    }
}
