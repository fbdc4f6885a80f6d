import Identity
import Postgres
import ReferralGroup
import Service
import Storage
import TestSupport
import Testing

@Suite(.sampleDatabase)
struct `A session has a new secret` {
    let sample: SampleChapter

    init() async throws {
        sample = try await SampleChapter()
        try await sample.scratch.setPassword(of: sample.bob)
    }

    @Test func `after signing in, whatever cookie there was before`() async throws {
        var browser = try await sample.scratch.browser(of: sample.bob)
        try await expectNewSecret(of: &browser) {
            let fields: KeyValuePairs = ["email": "bob@example.org", "password": ScratchDatabase.password]
            let answer = try await $0.post("/sign-in", fields)
            #expect(answer.status == 303)
        }
        var planted = Browser(sample.database, session: Secret())
        try await expectNewSecret(of: &planted) {
            _ = try await $0.post("/sign-in/link", ["email": "bob@example.org"])
            let answer = try await $0.post(sample.scratch.lastLink())
            #expect(answer.status == 303)
        }
    }

    @Test func `once its owner has shown again that it is them`() async throws {
        var browser = try await sample.scratch.browser(of: sample.bob)
        try await expectNewSecret(of: &browser) {
            let answer = try await $0.post("/account/prove", ["password": ScratchDatabase.password])
            #expect(answer["Location"] == "/account")
        }
    }

    @Test func `with a new password`() async throws {
        var browser = try await sample.scratch.browser(of: sample.bob)
        try await expectNewSecret(of: &browser) {
            let answer = try await $0.post(
                "/account/password",
                ["old": ScratchDatabase.password, "password": "seven purple kettles sing"]
            )
            #expect(answer.status == 200)
            try await expectFormTaken(on: answer, by: &$0)
        }
    }

    @Test func `with a second factor, and without it again`() async throws {
        var browser = try await sample.scratch.browser(of: sample.bob)
        _ = try await browser.post("/account/second-factor")
        let secret = try #require(
            try await sample.scratch.acting(as: sample.bob).run(.ownSecondFactor)?.secret
        )
        let factor = try #require(OneTimePassword(key: secret))
        try await expectNewSecret(of: &browser) {
            let answer = try await $0.post(
                "/account/second-factor/confirm",
                ["code": factor.code(at: .soon())]
            )
            #expect(answer.status == 200)
        }
        try await sample.scratch.superuser.run(Query<Void>("UPDATE app.second_factor SET last_step = 0"))
        try await expectNewSecret(of: &browser) {
            let answer = try await $0.post(
                "/account/second-factor/remove",
                ["code": factor.code(at: .soon())]
            )
            #expect(answer["Location"] == "/account")
        }
    }

    @Test func `and keeps it where nothing was shown`() async throws {
        var browser = try await sample.scratch.browser(of: sample.bob)
        let before = browser.session
        #expect(try await browser.post("/account/prove", ["password": "wrong"]).status == 422)
        #expect(try await browser.post("/account/password", ["old": "wrong", "password": "x"]).status == 422)
        #expect(try await browser.post("/account/second-factor/confirm", ["code": "1"]).status == 422)
        #expect(try await browser.post("/account/second-factor/remove", ["code": "1"]).status == 422)
        #expect(browser.session == before)
        #expect(try await isSignedIn(browser))
    }

    @Test func `and lasts no longer for it`() async throws {
        var browser = try await sample.scratch.browser(of: sample.bob)
        let end = Query<String>(value: "SELECT max(expires_at)::text FROM app.session")
        let before = try await sample.scratch.superuser.run(end)
        _ = try await browser.post("/account/prove", ["password": ScratchDatabase.password])
        #expect(try await sample.scratch.superuser.run(end) == before)
    }

    /// The secret before is worth nothing afterwards, in whoever's hands it is.
    private func expectNewSecret(
        of browser: inout Browser,
        _ work: (inout Browser) async throws -> Void
    ) async throws {
        let before = try #require(browser.session)
        try await work(&browser)
        #expect(browser.session != before)
        #expect(try await isSignedIn(browser))
        #expect(try await isSignedIn(Browser(sample.database, session: Secret(before))) == false)
    }

    /// A browser that says nothing of where a form comes from shows the token that stood in it.
    private func expectFormTaken(on page: Answer, by browser: inout Browser) async throws {
        let token = try #require(page.formToken)
        let answer = try await browser.post(
            "/account/sessions/end-others",
            ["form_token": token],
            site: nil
        )
        #expect(answer.status == 200)
    }
}
