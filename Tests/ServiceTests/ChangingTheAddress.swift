import Identity
import Postgres
import ReferralGroup
import Service
import Storage
import TestSupport
import Testing

@Suite(.sampleDatabase)
struct `Changing the address` {
    let sample: SampleChapter

    init() async throws {
        sample = try await SampleChapter()
        try await sample.scratch.setPassword(of: sample.bob)
    }

    @Test func `takes a link that was sent to the new one`() async throws {
        var browser = try await sample.scratch.browser(of: sample.bob)
        let answer = try await browser.post("/account/e-mail", ["email": "Robert@example.org"])
        #expect(answer.status == 200)
        #expect(try await email(of: sample.bob) == "bob@example.org")
        #expect(try await sample.scratch.mails().map(\.to) == ["robert@example.org"])
        let link = try await sample.scratch.lastLink()
        #expect(try await browser.get(link).text.contains("robert@example.org"))
        #expect(try await email(of: sample.bob) == "bob@example.org")
        #expect(try await browser.post(link).status == 303)
        #expect(try await email(of: sample.bob) == "robert@example.org")
        #expect(try await browser.post(link).status == 404)
        #expect(try await isSignedIn(browser))
    }

    @Test func `is told to the old one`() async throws {
        var browser = try await sample.scratch.browser(of: sample.bob)
        _ = try await browser.post("/account/e-mail", ["email": "robert@example.org"])
        _ = try await browser.post(try await sample.scratch.lastLink())
        let mails = try await sample.scratch.mails()
        #expect(mails.map(\.to) == ["robert@example.org", "bob@example.org"])
        #expect(mails.last?.subject == "Your address was changed")
    }

    @Test func `confirms the address that the link was sent to, and no other`() async throws {
        var browser = try await sample.scratch.browser(of: sample.bob)
        _ = try await browser.post("/account/e-mail", ["email": "mallory@example.net"])
        let first = try await sample.scratch.lastLink()
        _ = try await browser.post("/account/e-mail", ["email": "robert@example.org"])
        let second = try await sample.scratch.lastLink()
        var anyone = Browser(sample.database)
        #expect(try await anyone.post(first, ["email": "robert@example.org"]).status == 404)
        #expect(try await email(of: sample.bob) == "bob@example.org")
        #expect(try await anyone.post(second, ["email": "mallory@example.net"]).status == 303)
        #expect(try await email(of: sample.bob) == "robert@example.org")
        #expect(anyone.session == nil)
    }

    @Test func `ends the links to the old one`() async throws {
        var anyone = Browser(sample.database)
        _ = try await anyone.post("/sign-in/link", ["email": "bob@example.org", "purpose": "reset"])
        let reset = try await sample.scratch.lastLink()
        var browser = try await sample.scratch.browser(of: sample.bob)
        _ = try await browser.post("/account/e-mail", ["email": "robert@example.org"])
        _ = try await browser.post(try await sample.scratch.lastLink())
        #expect(try await anyone.post(reset, ["password": "seven purple kettles sing"]).status == 404)
    }

    @Test func `is taken back by a new password`() async throws {
        var thief = try await sample.scratch.browser(of: sample.bob)
        _ = try await thief.post("/account/e-mail", ["email": "mallory@example.net"])
        let stolen = try await sample.scratch.lastLink()
        var bob = Browser(sample.database)
        _ = try await bob.post("/sign-in/link", ["email": "bob@example.org", "purpose": "reset"])
        let reset = try await sample.scratch.lastLink()
        #expect(try await bob.post(reset, ["password": "seven purple kettles sing"]).status == 303)
        #expect(try await thief.post(stolen).status == 404)
        #expect(try await email(of: sample.bob) == "bob@example.org")
    }

    @Test func `is taken back by an officer who sets it`() async throws {
        var thief = try await sample.scratch.browser(of: sample.bob)
        _ = try await thief.post("/account/e-mail", ["email": "mallory@example.net"])
        let stolen = try await sample.scratch.lastLink()
        let member = sample.bob.id
        _ = try await sample.shell.run(
            Query<Void>("SELECT set_email(\(member), 'robert@example.org')")
        )
        #expect(try await thief.post(stolen).status == 404)
        #expect(try await email(of: sample.bob) == "robert@example.org")
    }

    @Test func `never tells that an address is another's before the mail is read`() async throws {
        var browser = try await sample.scratch.browser(of: sample.bob)
        let known = try await browser.post("/account/e-mail", ["email": "charlie@example.org"])
        let link = try await sample.scratch.lastLink()
        let unknown = try await browser.post("/account/e-mail", ["email": "nobody@example.org"])
        #expect(known.status == unknown.status)
        #expect(
            known.text.replacing("charlie@", with: "") == unknown.text.replacing("nobody@", with: "")
        )
        _ = try await browser.post("/account/e-mail", ["email": "charlie@example.org"])
        let again = try await sample.scratch.lastLink()
        #expect(link != again)
        #expect(try await browser.post(again).status == 409)
        #expect(try await email(of: sample.bob) == "bob@example.org")
        #expect(try await email(of: sample.charlie) == "charlie@example.org")
    }

    @Test func `takes somebody who has just shown that it is them`() async throws {
        var browser = try await sample.scratch.browser(of: sample.bob)
        try await sample.scratch.superuser.run(
            Query<Void>("UPDATE app.session SET proved_at = now() - interval '16 minutes'")
        )
        let answer = try await browser.post("/account/e-mail", ["email": "robert@example.org"])
        #expect(answer["Location"] == "/account/prove")
        #expect(try await sample.scratch.mails().isEmpty)
        #expect(try await browser.post("/account/prove", ["password": "wrong"]).status == 422)
        _ = try await browser.post("/account/e-mail", ["email": "robert@example.org"])
        #expect(try await sample.scratch.mails().isEmpty)
        #expect(
            try await browser.post("/account/prove", ["password": ScratchDatabase.password])["Location"]
                == "/account"
        )
        _ = try await browser.post("/account/e-mail", ["email": "robert@example.org"])
        #expect(try await sample.scratch.mails().count == 1)
    }

    @Test(arguments: ["", "nobody", "a@b@c", "a@example.org\r\nBcc: b@example.org", "a\0@example.org"])
    func `takes an address`(_ email: String) async throws {
        var browser = try await sample.scratch.browser(of: sample.bob)
        let answer = try await browser.post("/account/e-mail", ["email": email])
        #expect(answer.status == 422)
        #expect(try await sample.scratch.mails().isEmpty)
    }

    private func email(of member: Membership) async throws -> String {
        try await sample.scratch.superuser.run(
            Query<String>(value: "SELECT email FROM app.person WHERE id = \(member.person)")
        )
    }
}
