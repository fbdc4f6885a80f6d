import Identity
import Postgres
import ReferralGroup
import Service
import Storage
import TestSupport
import Testing

@Suite(.sampleDatabase)
struct `Sessions` {
    let sample: SampleChapter

    init() async throws {
        sample = try await SampleChapter()
        try await sample.scratch.setPassword(of: sample.bob)
    }

    @Test func `end when they rest for twelve hours`() async throws {
        let browser = try await sample.scratch.browser(of: sample.bob)
        try await rest("11 hours 59 minutes")
        #expect(try await isSignedIn(browser))
        // That was a sign of life.
        try await rest("11 hours 59 minutes")
        #expect(try await isSignedIn(browser))
        try await rest("12 hours 1 minute")
        #expect(try await isSignedIn(browser) == false)
    }

    @Test func `end after thirty days, whatever happens`() async throws {
        let browser = try await sample.scratch.browser(of: sample.bob)
        try await age("29 days 23 hours")
        #expect(try await isSignedIn(browser))
        try await age("2 hours")
        #expect(try await isSignedIn(browser) == false)
    }

    @Test func `of an operator rest for an hour, and end after twelve`() async throws {
        try await makeOperator(sample.bob)
        let resting = try await sample.scratch.browser(of: sample.bob)
        try await rest("59 minutes")
        #expect(try await isSignedIn(resting))
        try await rest("61 minutes")
        #expect(try await isSignedIn(resting) == false)
        let busy = try await sample.scratch.browser(of: sample.bob)
        try await age("11 hours 59 minutes")
        #expect(try await isSignedIn(busy))
        try await age("2 minutes")
        #expect(try await isSignedIn(busy) == false)
    }

    @Test func `give an operator's rights with a second factor, only`() async throws {
        try await makeOperator(sample.bob)
        let secret = try await sample.scratch.openSession(of: sample.bob)
        #expect(try await bearer(secret)?.isOperator == false)
        _ = try await sample.scratch.acting(as: sample.bob)
            .run(.beginSecondFactor(secret: OneTimePassword().key))
        #expect(try await bearer(secret)?.isOperator == false, "it was not shown to work")
        _ = try await sample.scratch.acting(as: sample.bob)
            .run(.confirmSecondFactor(recoveryCodes: [], keeping: try await bearer(secret)?.session))
        #expect(try await bearer(secret)?.isOperator == true)
    }

    @Test func `end when their person becomes an operator, and so do tokens`() async throws {
        let browser = try await sample.scratch.browser(of: sample.bob)
        let program = try await sample.caller(sample.bob)
        let installation = sample.database.acting(as: .system(door: .cli), in: nil)
        let email = try #require(EmailAddress("bob@example.org"))
        for isOperator in [false, true, true] {
            _ = try await installation.run(.invite(email, named: "Bob", asOperator: isOperator))
            #expect(try await isSignedIn(browser) == !isOperator)
            #expect((try await program.get("/account").status == 200) == !isOperator)
        }
        // Who is one already goes on.
        let another = try await sample.scratch.browser(of: sample.bob)
        _ = try await installation.run(.invite(email, named: "Bob", asOperator: true))
        #expect(try await isSignedIn(another))
    }

    @Test func `that wait for a second factor stand nowhere`() async throws {
        let secret = try await sample.scratch.openSession(of: sample.alice, isProved: false)
        let bearer = try #require(
            try await sample.scratch.nobody.run(.bearer(.session(secret.hash), slug: sample.alder.slug))
        )
        #expect(bearer.isHalfSignedIn)
        #expect(!bearer.standing.belongs)
        #expect(try await isSignedIn(Browser(sample.database, session: secret)) == false)
    }

    @Test func `are each person's to see`() async throws {
        _ = try await sample.scratch.openSession(of: sample.charlie)
        _ = try await sample.scratch.openSession(of: sample.bob)
        var browser = try await sample.scratch.browser(of: sample.bob)
        let page = try await browser.get("/account")
        #expect(page.status == 200)
        #expect(page.text.split(separator: "last seen ").count - 1 == 2)
        #expect(page.text.split(separator: "this one").count - 1 == 1)
    }

    @Test func `are each person's to end`() async throws {
        let charlies = try await sample.scratch.browser(of: sample.charlie)
        let other = try await sample.scratch.browser(of: sample.bob)
        var browser = try await sample.scratch.browser(of: sample.bob)
        let ids = try await sample.scratch.superuser.run(
            Query<[Int]>(values: "SELECT id FROM app.session ORDER BY id")
        )
        #expect(try await browser.post("/account/sessions/\(ids[0])/end").status == 404)
        #expect(try await isSignedIn(charlies))
        #expect(try await browser.post("/account/sessions/\(ids[1])/end")["Location"] == "/account")
        #expect(try await isSignedIn(other) == false)
        #expect(try await browser.post("/account/sessions/\(ids[1])/end").status == 404)
        for id in ["0", "-1", "99999999999999999999", "x", "%00"] {
            #expect(try await browser.post("/account/sessions/\(id)/end").status == 404)
        }
        #expect(try await isSignedIn(browser))
    }

    @Test func `elsewhere end together`() async throws {
        let charlies = try await sample.scratch.browser(of: sample.charlie)
        let others = [
            try await sample.scratch.browser(of: sample.bob),
            try await sample.scratch.browser(of: sample.bob),
        ]
        var browser = try await sample.scratch.browser(of: sample.bob)
        let answer = try await browser.post("/account/sessions/end-others")
        #expect(answer.text.contains("Signed out in 2 other places."))
        for other in others { #expect(try await isSignedIn(other) == false) }
        #expect(try await isSignedIn(browser))
        #expect(try await isSignedIn(charlies))
    }

    @Test func `elsewhere end with a new password, and so do tokens`() async throws {
        let other = try await sample.scratch.browser(of: sample.bob)
        let program = try await sample.caller(sample.bob)
        let charlies = try await sample.caller(sample.charlie)
        var browser = try await sample.scratch.browser(of: sample.bob)
        let new = "seven purple kettles sing"
        for (old, password) in [("wrong", new), ("", new), (ScratchDatabase.password, "short")] {
            let answer = try await browser.post("/account/password", ["old": old, "password": password])
            #expect(answer.status == 422)
        }
        #expect(try await isSignedIn(other))
        let answer = try await browser.post(
            "/account/password",
            ["old": ScratchDatabase.password, "password": new]
        )
        #expect(answer.status == 200)
        #expect(try await isSignedIn(browser))
        #expect(try await isSignedIn(other) == false)
        #expect(try await program.get(`Who may come in`.roi).status == 401)
        #expect(
            try await charlies.get(`Who may come in`.roi.replacing("alder", with: "birch")).status != 401
        )
        #expect(try await sample.scratch.mails().map(\.subject) == ["Your password was changed"])
        var another = Browser(sample.database)
        let fields: KeyValuePairs = ["email": "bob@example.org", "password": new]
        #expect(try await another.post("/sign-in", fields).status == 303)
    }

    @Test func `that were just opened by a link take a first password without an old one`() async throws {
        let new = "seven purple kettles sing"
        var browser = try await sample.scratch.browser(of: sample.charlie)
        try await sample.scratch.superuser.run(
            Query<Void>("UPDATE app.session SET proved_at = now() - interval '16 minutes'")
        )
        let late = try await browser.post("/account/password", ["old": "", "password": new])
        #expect(late["Location"] == "/account/prove")
        #expect(try await browser.post("/account/prove", ["password": ""]).status == 422)
        browser = try await sample.scratch.browser(of: sample.charlie)
        #expect(try await browser.post("/account/password", ["old": "", "password": new]).status == 200)
        #expect(try await browser.post("/account/password", ["old": "", "password": new]).status == 422)
    }

    @Test func `end when their person is disabled, and so do tokens`() async throws {
        let browser = try await sample.scratch.browser(of: sample.bob)
        let program = try await sample.caller(sample.bob)
        let installation = sample.database.acting(as: .system(door: .cli), in: nil)
        #expect(try await installation.run(.disable(sample.bob.person, true)))
        #expect(try await isSignedIn(browser) == false)
        #expect(try await program.get(`Who may come in`.roi).status == 401)
        #expect(try await installation.run(.disable(sample.bob.person, false)))
        #expect(try await isSignedIn(browser) == false)
        #expect(try await program.get(`Who may come in`.roi).status == 401)
        var another = Browser(sample.database)
        let fields: KeyValuePairs = ["email": "bob@example.org", "password": ScratchDatabase.password]
        #expect(try await another.post("/sign-in", fields).status == 303)
    }

    @Test func `end with an office, and so do tokens`() async throws {
        let browser = try await sample.scratch.browser(of: sample.alice)
        let bobs = try await sample.scratch.browser(of: sample.bob)
        let program = try await sample.caller(sample.alice)
        _ = try await sample.shell.run(
            .endOffice(of: sample.alice.id, role: .president, on: .day("2026-10-31"), in: sample.alder.id)
        )
        #expect(try await isSignedIn(browser) == false)
        #expect(try await program.get(`Who may come in`.roi).status == 401)
        #expect(try await isSignedIn(bobs))
    }

    @Test func `go on while an office has still to end`() async throws {
        let browser = try await sample.scratch.browser(of: sample.alice)
        _ = try await sample.shell.run(
            .endOffice(of: sample.alice.id, role: .president, on: .day("2026-12-31"), in: sample.alder.id)
        )
        #expect(try await isSignedIn(browser))
    }

    @Test(arguments: [
        "", "x", "=", ";", "\u{fffd}", "__Host-chapterhouse", String(repeating: "A", count: 43),
    ])
    func `are not opened by a cookie that is none`(_ value: String) async throws {
        _ = try await sample.scratch.openSession(of: sample.bob)
        var caller = Caller(database: sample.database)
        caller.cookie = "__Host-chapterhouse=\(value)"
        #expect(try await caller.get("/").status == 401)
    }

    private func bearer(_ secret: Secret) async throws -> Bearer? {
        try await sample.scratch.nobody.run(.bearer(.session(secret.hash), slug: nil))
    }

    private func makeOperator(_ member: Membership) async throws {
        try await sample.scratch.superuser.run(
            Query<Void>("UPDATE app.person SET is_operator = true WHERE id = \(member.person)")
        )
    }

    private func rest(_ span: String) async throws {
        try await sample.scratch.superuser.run(
            Query<Void>("UPDATE app.session SET seen_at = now() - \(span)::text::interval")
        )
    }

    /// Lets time pass in which the session was in use.
    private func age(_ span: String) async throws {
        try await sample.scratch.superuser.run(
            Query<Void>(
                """
                UPDATE app.session
                   SET created_at = created_at - \(span)::text::interval, expires_at = expires_at - \(span)::text::interval
                """
            )
        )
    }
}
