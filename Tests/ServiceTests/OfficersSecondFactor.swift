import HTTPTypes
import Hummingbird
import Identity
import Postgres
import ReferralGroup
import Service
import Storage
import TestSupport
import Testing

/// Alice is president, has no second factor, and the time to set one up is over.
@Suite(.sampleDatabase)
struct `An officer without a second factor` {
    static let base = "/api/v1/chapters/alder"

    let sample: SampleChapter
    let alice: Caller

    init() async throws {
        sample = try await SampleChapter()
        try await sample.letTimePass(days: 30)
        _ = try await sample.shell.schedule(
            from: .day("2026-10-28"),
            to: .day("2026-10-28"),
            in: sample.alder
        )
        alice = try await sample.caller(sample.alice)
    }

    @Test func `holds the meeting, and records their own slips`() async throws {
        let sheet = "\(Self.base)/meetings/2026-10-28"
        let marks = #"{"marks": [], "everybody_else": "P"}"#
        #expect(try await alice.json(.patch, "\(sheet)/attendance", marks).status == 204)
        #expect(try await alice.send(.put, "\(sheet)/seal").status == 204)
        #expect(try await alice.json(.post, "\(Self.base)/thanks", thanks(to: sample.bob)).status == 201)
        for place in ["reports/attendance", "reports/roi", "visitors", "thanks", "members"] {
            #expect(try await alice.get("\(Self.base)/\(place)").status == 200, "\(place)")
        }
        let education = #"{"member": \#(sample.bob.id), "hours": "1"}"#
        #expect(try await alice.json(.post, "\(Self.base)/education", education).status == 201)
    }

    @Test func `is told how to go on where money of others is recorded`() async throws {
        let amount = #""amount": {"amount": "1.00", "currency": "EUR"}"#
        let ofBob = #""earner": \#(sample.bob.id), "thanked": \#(sample.alice.id), \#(amount)"#
        for (method, place, body, key) in [
            (HTTPRequest.Method.post, "thanks", "{\(ofBob)}", nil),
            (.put, "policy", #"{"absence_limit": 9}"#, "*"),
            (.post, "offices", #"{"member": \#(sample.bob.id), "role": "president"}"#, nil),
            (.patch, "members/\(sample.bob.id)", #"{"seat": "Mason"}"#, "*"),
            (.post, "members", #"{"name": "Dora Dyer"}"#, nil),
            (.post, "referrals", #"{"giver": \#(sample.bob.id), "receiver": "Zoe @ Far", "need": "x"}"#, nil),
        ] {
            let answer = try await alice.json(method, "\(Self.base)/\(place)", body, ifMatch: key)
            #expect(try answer.isProblem(403) == "second-factor-wanted", "\(place)")
            #expect(try answer.json["detail"]?.string?.contains("set it up at /account") == true)
        }
        let many = #"{"slips": [{"slip": "thanks", \#(ofBob)}]}"#
        let refused = try await alice.json(.post, "\(Self.base)/slips", many)
        #expect(try refused.isProblem(403) == "slips")
        #expect(try refused.json["errors"]?.elements.map { $0["code"] } == [.string("second-factor-wanted")])
        let slips = try await sample.scratch.superuser.run(
            Query<Int>(
                value:
                    "SELECT (SELECT count(*) FROM app.closed_business) + (SELECT count(*) FROM app.referral)"
            )
        )
        #expect(slips == 0)
        // To members their offices give no such right, and the way is another.
        let bob = try await sample.caller(sample.bob)
        #expect(try await bob.json(.post, "\(Self.base)/members", "{}").isProblem(403) == "forbidden")
    }

    @Test func `goes on at a browser as soon as they have one, and with a new token`() async throws {
        let place = "\(Self.base)/imports"
        var browser = try await sample.scratch.browser(of: sample.alice)
        #expect(try await browser.get("/").text.contains("You need a second factor to record slips"))
        #expect(try await browser.get("/account").text.contains("You need a second factor to record slips"))
        #expect(try await browser.get(place).isProblem(403) == "second-factor-wanted")
        _ = try await browser.post("/account/second-factor")
        #expect(try await browser.get(place).status == 403, "it was not shown to work")
        let begun = try #require(
            try await sample.scratch.acting(as: sample.alice).run(.ownSecondFactor)
        )
        let factor = try #require(OneTimePassword(key: begun.secret))
        let code = factor.code(at: .soon())
        #expect(try await browser.post("/account/second-factor/confirm", ["code": code]).status == 200)
        #expect(try await browser.get(place).status == 200)
        #expect(try await browser.get("/").text.contains("second factor") == false)
        #expect(try await browser.get("/account").text.contains("second factor to record slips") == false)
        #expect(try await alice.get(place).isProblem(403) == "second-factor-wanted")
        #expect(try await sample.caller(sample.alice).get(place).status == 200)
    }

    @Test(arguments: [
        (0, "In 14 days you will need"), (12, "In 2 days you will need"), (13, "From tomorrow on you need"),
        (14, "You need"),
    ])
    func `is told in time`(_ days: Int, _ words: String) async throws {
        try await sample.letTimePass(days: days)
        var browser = try await sample.scratch.browser(of: sample.alice)
        for page in ["/", "/account"] {
            let text = try await browser.get(page).text
            #expect(text.contains("<p class=\"note\">\(words) a second factor to record"), "\(text)")
        }
        #expect(try await browser.get("\(Self.base)/imports").status == (days < 14 ? 200 : 403))
        var bob = try await sample.scratch.browser(of: sample.bob)
        #expect(try await bob.get("/").text.contains("second factor") == false)
    }

    @Test func `needs none where the installation asks for none`() async throws {
        var settings = ChapterhouseService.Settings(host: "", port: 0, baseURL: "http://127.0.0.1")
        settings.officersNeedSecondFactor = false
        let router = ChapterhouseService.router(
            database: sample.database,
            hashing: .cheap,
            settings: settings
        )
        let token = try await sample.shell.token(of: sample.alice)
        let session = try await sample.scratch.openSession(of: sample.alice)
        let service = router.buildResponder()
        let program: HTTPFields = [.authorization: "Bearer \(token)"]
        let browser: HTTPFields = [.cookie: "\(Browser.sessionCookie)=\(session.text)"]
        for headers in [program, browser] {
            #expect(try await service.answer(.get, "\(Self.base)/imports", headers: headers).status == 200)
        }
        for page in ["/", "/account"] {
            let answer = try await service.answer(.get, page, headers: browser)
            #expect(!answer.text.contains("second factor to record"))
        }
    }

    private func thanks(to member: Membership) -> String {
        #"{"thanked": \#(member.id), "amount": {"amount": "1.00", "currency": "EUR"}}"#
    }
}
