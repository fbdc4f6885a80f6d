import HTTPTypes
import Hummingbird
import Postgres
import ReferralGroup
import Service
import Storage
import TestSupport
import Testing

@Suite(.sampleDatabase)
struct `The rights of tokens` {
    let sample: SampleChapter

    init() async throws {
        sample = try await SampleChapter()
    }

    @Test func `for reading end where something is done`() async throws {
        let caller = try await caller(isReadOnly: true)
        #expect(try await caller.get(`Who may come in`.roi).status == 200)
        #expect(try await caller.get("/account").status == 200)
        let routes = caller.router.routes.filter(\.isUnsafe)
        #expect(routes.count >= 13)
        for route in routes {
            let answer = try await caller.ask(route)
            #expect(try answer.isProblem(403) == "read-only-token", "\(route)")
        }
        #expect(try await caller.get(`Who may come in`.roi).status == 200)
    }

    @Test func `for everything do not end there`() async throws {
        let caller = try await caller(isReadOnly: false)
        for route in caller.router.routes where route.isUnsafe {
            let answer = try await caller.ask(route)
            #expect(!answer.text.contains("read-only-token") && answer.status < 500, "\(route)")
        }
    }

    @Test func `never let somebody change how they sign in`() async throws {
        try await sample.scratch.setPassword(of: sample.bob)
        var caller = try await caller(isReadOnly: false)
        caller.accept = "text/html"
        for (address, form) in [
            ("/account/e-mail", "email=mallory%40example.net"), ("/account/second-factor", ""),
            ("/account/second-factor/confirm", "code=1"), ("/account/second-factor/remove", "code=1"),
            ("/account/tokens", "name=x&days=1"),
        ] {
            let answer = try await caller.post(address, form: form)
            #expect(answer["Location"] == "/account/prove", "\(address)")
        }
        let proof = "password=" + ScratchDatabase.password.replacing(" ", with: "+")
        #expect(try await caller.post("/account/prove", form: proof).status == 422)
        #expect(try await sample.scratch.mails().isEmpty)
    }

    @Test func `of one chapter end at its walls`() async throws {
        let caller = try await caller(isReadOnly: false)
        try await sample.scratch.superuser.run(
            Query<Void>("UPDATE app.api_token SET only_in = \(sample.birch.id)")
        )
        #expect(try await caller.get(`Who may come in`.roi).status == 404)
        try await sample.scratch.superuser.run(
            Query<Void>("UPDATE app.api_token SET only_in = \(sample.alder.id)")
        )
        #expect(try await caller.get(`Who may come in`.roi).status == 200)
    }

    @Test func `are those that their person asked for, shown once`() async throws {
        var browser = try await sample.scratch.browser(of: sample.bob)
        for scope in ["read", "everything"] {
            let made = try await browser.post(
                "/account/tokens",
                ["name": "<b>laptop", "days": "30", "scope": scope]
            )
            let token = try #require(made.text(after: "<li><code>", before: "</code>"))
            #expect(!made.text.contains("<b>laptop"))
            let caller = Caller(database: sample.database, token: token)
            #expect(try await caller.get(`Who may come in`.roi).status == 200)
            let status = try await caller.post("/account/sessions/end-others").status
            #expect(status == (scope == "read" ? 403 : 200))
            browser = try await sample.scratch.browser(of: sample.bob)
            #expect(try await browser.get("/account").text.contains(token) == false)
        }
    }

    @Test(arguments: [
        ("", "30"), (" ", "30"), ("a\nb", "30"), ("x", "0"), ("x", "367"), ("x", "-1"), ("x", "1.5"),
        ("x", ""),
        ("x", "99999999999999999999"), (String(repeating: "x", count: 300), "30"),
    ])
    func `have a name and an end`(_ name: String, _ days: String) async throws {
        var browser = try await sample.scratch.browser(of: sample.bob)
        let answer = try await browser.post("/account/tokens", ["name": name, "days": days])
        #expect(answer.status == 422)
    }

    @Test func `are an operator's with a second factor, only`() async throws {
        try await sample.scratch.superuser.run(
            Query<Void>("UPDATE app.person SET is_operator = true WHERE id = \(sample.bob.person)")
        )
        var browser = try await sample.scratch.browser(of: sample.bob)
        let fields: KeyValuePairs = ["name": "x", "days": "1"]
        #expect(try await browser.post("/account/tokens", fields).status == 422)
        _ = try await sample.scratch.setSecondFactor(of: sample.bob)
        browser = try await sample.scratch.browser(of: sample.bob)
        let made = try await browser.post("/account/tokens", fields)
        #expect(made.status == 200)
        #expect(made.text(after: "<li><code>", before: "</code>") != nil)
    }

    @Test func `are ended by their person, and by nobody else`() async throws {
        let token = try await sample.shell.createToken(for: sample.bob.person, named: "test", days: 1)
        let program = Caller(database: sample.database, token: token.text)
        var charlie = try await sample.scratch.browser(of: sample.charlie)
        #expect(try await charlie.post("/account/tokens/\(token.id)/end").status == 404)
        #expect(try await program.get("/account").status == 200)
        var bob = try await sample.scratch.browser(of: sample.bob)
        #expect(try await bob.post("/account/tokens/\(token.id)/end").status == 303)
        #expect(try await program.get("/account").status == 401)
    }

    private func caller(isReadOnly: Bool) async throws -> Caller {
        let token = try await sample.shell.createToken(
            for: sample.bob.person,
            named: "test",
            days: 1,
            isReadOnly: isReadOnly
        )
        return Caller(database: sample.database, token: token.text)
    }
}
