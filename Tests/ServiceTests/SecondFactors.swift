import Glibc
import HTTPTypes
import Hummingbird
import Identity
import Postgres
import ReferralGroup
import Service
import Storage
import TestSupport
import Testing

@Suite(.sampleDatabase)
struct `A second factor` {
    let sample: SampleChapter

    init() async throws {
        sample = try await SampleChapter()
        try await sample.scratch.setPassword(of: sample.bob)
    }

    @Test func `is asked for after the password`() async throws {
        let (factor, _) = try await sample.scratch.setSecondFactor(of: sample.bob)
        var browser = Browser(sample.database)
        #expect(try await enter(&browser)["Location"] == "/sign-in/code")
        let half = try #require(browser.session)
        #expect(try await browser.get("/sign-in/code").status == 200)
        #expect(try await browser.get("/")["Location"] == "/sign-in/code")
        let answer = try await browser.post("/sign-in/code", ["code": factor.code(at: .soon())])
        #expect(answer["Location"] == "/")
        #expect(browser.session != half)
        #expect(try await isSignedIn(browser))
        #expect(try await isSignedIn(Browser(sample.database, session: Secret(half))) == false)
    }

    @Test func `until it is shown, its code is all that may be given`() async throws {
        _ = try await sample.scratch.setSecondFactor(of: sample.bob)
        let half = try await sample.scratch.openSession(of: sample.bob, isProved: false)
        let open: Set<String> = [
            "GET /sign-in", "POST /sign-in", "POST /sign-in/link", "GET /sign-in/link/{secret}",
            "POST /sign-in/link/{secret}", "GET /sign-in/code", "POST /sign-in/code", "POST /sign-out",
            "GET /sign-in/provider", "GET /sign-in/provider/callback",
            "GET /api/v1/openapi.json", "POST /language",
            // The secret stands in the address; who is signed in matters nothing.
            "GET /mail/stop/{secret}", "POST /mail/stop/{secret}", "GET /calendar/{secret}.ics",
            "GET /invitation/{secret}", "POST /invitation/{secret}", "POST /invitation/{secret}/decline",
        ]
        let routes = Browser(sample.database).caller.router.routes
        #expect(routes.count > 20)
        var caller = Caller(database: sample.database)
        caller.cookie = "\(Browser.sessionCookie)=\(half.text)"
        for route in routes where route.method != .head {
            let path = "\(route.path)"
            guard !path.contains("/assets/"), !open.contains("\(route.method) \(path)") else { continue }
            let answer = try await caller.ask(route)
            #expect(try answer.isProblem(401) == "second-factor", "\(route)")
        }
    }

    @Test func `is asked for within ten minutes`() async throws {
        let (factor, _) = try await sample.scratch.setSecondFactor(of: sample.bob)
        var browser = Browser(sample.database)
        _ = try await enter(&browser)
        try await sample.scratch.superuser.run(
            Query<Void>(
                """
                UPDATE app.session SET created_at = created_at - interval '11 minutes', expires_at = expires_at - interval '11 minutes'
                """
            )
        )
        let answer = try await browser.post("/sign-in/code", ["code": factor.code(at: .soon())])
        #expect(answer["Location"] == "/sign-in")
        #expect(try await isSignedIn(browser) == false)
    }

    @Test(arguments: [
        "", "000000", "12345", "1234567", "abcdef", "\u{ff11}23456", "0000-0000-0000-0000", "%00",
    ])
    func `refuses what is no code of it`(_ code: String) async throws {
        let (factor, _) = try await sample.scratch.setSecondFactor(of: sample.bob)
        guard factor.code(at: .soon()) != code else { return }
        var browser = Browser(sample.database)
        _ = try await enter(&browser)
        #expect(try await browser.post("/sign-in/code", ["code": code]).status == 422)
        #expect(try await isSignedIn(browser) == false)
    }

    @Test func `refuses a code that was used`() async throws {
        let (factor, _) = try await sample.scratch.setSecondFactor(of: sample.bob)
        let code = factor.code(at: .soon())
        var browser = Browser(sample.database)
        _ = try await enter(&browser)
        #expect(try await browser.post("/sign-in/code", ["code": code])["Location"] == "/")
        var thief = Browser(sample.database)
        _ = try await enter(&thief)
        #expect(try await thief.post("/sign-in/code", ["code": code]).status == 422)
    }

    @Test func `takes a code once, of eight who give it at once`() async throws {
        let (factor, _) = try await sample.scratch.setSecondFactor(of: sample.bob)
        let code = factor.code(at: .soon())
        let half = try await sample.scratch.openSession(of: sample.bob, isProved: false)
        let database = sample.database
        let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    var browser = Browser(database, session: half)
                    return try await browser.post("/sign-in/code", ["code": code]).status
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        let opened = try await sample.scratch.superuser.run(
            Query<Int>(value: "SELECT count(*) FROM app.session WHERE proved_at IS NOT NULL")
        )
        #expect(opened == 1, "\(statuses)")
    }

    @Test func `gives way to a recovery code, once`() async throws {
        let (_, codes) = try await sample.scratch.setSecondFactor(of: sample.bob)
        let code = try #require(codes.first).text
        var browser = Browser(sample.database)
        _ = try await enter(&browser)
        let typed = code.lowercased().replacing("-", with: " ")
        #expect(try await browser.post("/sign-in/code", ["code": typed])["Location"] == "/")
        #expect(try await browser.get("/account").text.contains("You have 9 recovery codes left."))
        var thief = Browser(sample.database)
        _ = try await enter(&thief)
        #expect(try await thief.post("/sign-in/code", ["code": code]).status == 422)
    }

    @Test func `of somebody else opens nothing`() async throws {
        _ = try await sample.scratch.setSecondFactor(of: sample.bob)
        let (factor, codes) = try await sample.scratch.setSecondFactor(of: sample.charlie)
        var browser = Browser(sample.database)
        _ = try await enter(&browser)
        for code in [factor.code(at: .soon()), try #require(codes.first).text] {
            #expect(try await browser.post("/sign-in/code", ["code": code]).status == 422)
        }
    }

    @Test func `is begun, shown to work, and then ends other sessions`() async throws {
        let other = try await sample.scratch.browser(of: sample.bob)
        var browser = try await sample.scratch.browser(of: sample.bob)
        #expect(try await browser.post("/account/second-factor")["Location"] == "/account")
        let page = try await browser.get("/account")
        let key = try #require(page.text(after: "<code class=\"key-text\">", before: "</code>"))
        let factor = try #require(OneTimePassword(base32: key))
        // It was not shown to work, so nobody is asked for it.
        var third = Browser(sample.database)
        #expect(try await enter(&third)["Location"] == "/")
        #expect(try await browser.post("/account/second-factor/confirm", ["code": "1"]).status == 422)
        #expect(try await isSignedIn(other))

        let code = factor.code(at: .soon())
        let answer = try await browser.post("/account/second-factor/confirm", ["code": code])
        #expect(answer.status == 200)
        let codes = answer.text.split(separator: "<li><code>").dropFirst().map { $0.prefix(19) }
        #expect(codes.count == 10 && Set(codes).count == 10)
        #expect(codes.allSatisfy { RecoveryCode(String($0)) != nil })
        #expect(try await isSignedIn(browser))
        #expect(try await isSignedIn(other) == false)
        #expect(try await isSignedIn(third) == false)
        let again = try await browser.get("/account").text
        #expect(!again.contains(key))
        for code in codes { #expect(!again.contains(code)) }

        let kept = try await sample.scratch.everyRow()
        #expect(kept.contains { $0.contains(hexadecimal(factor.key)) }, "the service has to know it")
        for code in codes {
            let letters = code.utf8.filter { $0 != UInt8(ascii: "-") }
            #expect(!kept.contains { $0.contains(code) || $0.contains(hexadecimal(letters)) })
        }
        #expect(kept.count { $0.contains(hexadecimal(factor.key)) } == 1, "it is nowhere but in its place")
    }

    @Test func `that works is not begun anew`() async throws {
        let (factor, _) = try await sample.scratch.setSecondFactor(of: sample.bob)
        var browser = try await sample.scratch.browser(of: sample.bob)
        _ = try await browser.post("/account/second-factor")
        let secret = try await sample.scratch.acting(as: sample.bob).run(.ownSecondFactor)?.secret
        #expect(secret == factor.key)
    }

    @Test func `is removed with a code, and not without`() async throws {
        let (factor, codes) = try await sample.scratch.setSecondFactor(of: sample.bob)
        var browser = try await sample.scratch.browser(of: sample.bob)
        for code in ["", "1", codes[0].text + "X"] {
            #expect(try await browser.post("/account/second-factor/remove", ["code": code]).status == 422)
        }
        #expect(try await sample.scratch.acting(as: sample.bob).run(.ownSecondFactor) != nil)
        let code = factor.code(at: .soon())
        let answer = try await browser.post("/account/second-factor/remove", ["code": code])
        #expect(answer["Location"] == "/account")
        #expect(try await sample.scratch.acting(as: sample.bob).run(.ownSecondFactor) == nil)
        var another = Browser(sample.database)
        #expect(try await enter(&another)["Location"] == "/")
    }

    @Test(arguments: [true, false])
    func `that goes takes the tokens of an operator with it`(_ isOperator: Bool) async throws {
        try await sample.scratch.superuser.run(
            Query<Void>("UPDATE app.person SET is_operator = \(isOperator) WHERE id = \(sample.bob.person)")
        )
        let (factor, _) = try await sample.scratch.setSecondFactor(of: sample.bob)
        let program = try await sample.caller(sample.bob)
        let charlies = try await sample.caller(sample.charlie)
        var browser = try await sample.scratch.browser(of: sample.bob)
        let code = factor.code(at: .soon())
        let answer = try await browser.post("/account/second-factor/remove", ["code": code])
        #expect(answer["Location"] == "/account")
        #expect((try await program.get("/").status == 401) == isOperator)
        #expect(try await charlies.get("/account").status == 200)
    }

    @Test(arguments: ["", "/confirm", "/remove"])
    func `changes for somebody who has just shown that it is them`(_ step: String) async throws {
        let (factor, _) = try await sample.scratch.setSecondFactor(of: sample.bob)
        var browser = try await sample.scratch.browser(of: sample.bob)
        try await sample.scratch.superuser.run(
            Query<Void>("UPDATE app.session SET proved_at = now() - interval '16 minutes'")
        )
        let code = factor.code(at: .soon())
        let answer = try await browser.post("/account/second-factor\(step)", ["code": code])
        #expect(answer["Location"] == "/account/prove")
    }

    private func enter(_ browser: inout Browser) async throws -> Answer {
        try await browser.post(
            "/sign-in",
            ["email": "bob@example.org", "password": ScratchDatabase.password]
        )
    }
}

extension Instant {
    /// Now, as near as an app's clock is to the service's.
    static func soon() -> Instant {
        Instant(microsecondsSinceEpoch: Int64(time(nil)) * 1_000_000)
    }
}
