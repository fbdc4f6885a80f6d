import Identity
import Postgres
import ReferralGroup
import Service
import Storage
import TestSupport
import Testing

@Suite(.sampleDatabase)
struct `One-time links` {
    static let newPassword = "seven purple kettles sing"

    let sample: SampleChapter
    let browser: Browser

    init() async throws {
        sample = try await SampleChapter()
        browser = Browser(sample.database)
    }

    @Test(arguments: ["sign-in", "reset"])
    func `are sent to whom we know, and the answer is the same to all`(_ purpose: String) async throws {
        let installation = sample.database.acting(as: .system(door: .cli), in: nil)
        #expect(try await installation.run(.disable(sample.alice.person, true)))
        var answers: Set<String> = []
        for email in [
            "bob@example.org", "nobody@example.org", "alice@example.org", "no address", "",
            "bob@example.org, x@example.net", "bob@example.org\r\nBcc: x@example.net",
            "<script>@example.org",
        ] {
            var browser = browser
            let answer = try await browser.post("/sign-in/link", ["email": email, "purpose": purpose])
            #expect(answer.status == 200)
            #expect(!answer.text.contains("<script>"))
            let shown = try #require(answer.text(after: "If <b>", before: "</b>"))
            answers.insert(answer.text.replacing("<b>\(shown)</b>", with: ""))
            #expect(browser.session == nil)
        }
        #expect(answers.count == 1)
        let mails = try await mails()
        #expect(mails.map(\.to) == ["bob@example.org"])
        let body = try #require(mails.first?.body)
        #expect(body.contains("https://chapterhouse.example.org/sign-in/link/"))
    }

    @Test(arguments: ["bob@example.org", "nobody@example.org", "no address"])
    func `are asked for in the same time, which is longer than any of them takes`(
        _ email: String
    ) async throws {
        var browser = browser
        let start = ContinuousClock.now
        _ = try await browser.post("/sign-in/link", ["email": email])
        #expect(ContinuousClock.now - start >= .milliseconds(250))
    }

    @Test func `invite somebody to choose their first password, for a week`() async throws {
        let secret = Secret()
        let email = try #require(sample.charlie.email)
        #expect(
            try await sample.scratch.nobody.run(
                .makeLink(.invitation, for: email, hash: secret.hash, minutes: 7 * 24 * 60)
            )
        )
        try await age(linksBy: 7 * 24 * 3600 - 60)
        let link = "/sign-in/link/\(secret.text)"
        var browser = browser
        #expect(try await browser.get(link).text.contains("Welcome to Chapterhouse"))
        #expect(try await browser.post(link, ["password": Self.newPassword]).status == 303)
        #expect(try await isSignedIn(browser))
        var another = self.browser
        let fields: KeyValuePairs = ["email": email.description, "password": Self.newPassword]
        #expect(try await another.post("/sign-in", fields).status == 303)
    }

    @Test func `are nowhere but in the mail`() async throws {
        let link = try await askForLink(to: "bob@example.org")
        let secret = try #require(link.split(separator: "/").last.map(String.init))
        let kept = try await sample.scratch.everyRow(but: ["mail"])
        let bits = hexadecimal(try bytes(ofBase64: secret))
        #expect(!kept.contains { $0.contains(secret) || $0.contains(bits) })
        let hash = hexadecimal(try #require(Secret(secret)).hash)
        #expect(kept.count { $0.contains(hash) } == 1)
    }

    @Test func `sign in by a button, once, and not by being looked at`() async throws {
        let link = try await askForLink(to: "bob@example.org")
        var browser = browser
        for _ in 0..<3 {
            let page = try await browser.get(link)
            #expect(page.status == 200)
            #expect(page.text.contains("<form method=\"post\">"))
            #expect(page.text.contains("Bob Baker"))
            #expect(page["Referrer-Policy"] == "no-referrer")
            #expect(browser.session == nil)
        }
        let answer = try await browser.post(link)
        #expect(answer.status == 303)
        #expect(answer["Location"] == "/")
        #expect(try await isSignedIn(browser))

        var another = self.browser
        #expect(try await another.post(link).status == 404)
        #expect(try await another.get(link).status == 404)
        #expect(another.session == nil)
    }

    @Test func `let in one of eight who try at once`() async throws {
        let link = try await askForLink(to: "bob@example.org")
        let browser = browser
        let answers = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    var browser = browser
                    return try await browser.post(link).status
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(answers.sorted() == [303] + Array(repeating: 404, count: 7))
        #expect(try await count("SELECT count(*) FROM app.session") == 1)
    }

    @Test func `let nobody in who comes while they are used up`() async throws {
        let link = try await askForLink(to: "bob@example.org")
        let (browser, scratch) = (browser, sample.scratch)
        let (isHeld, hold) = AsyncStream.makeStream(of: Void.self)
        let status = try await withThrowingTaskGroup(of: Int.self) { group in
            group.addTask {
                for await _ in isHeld { break }
                var browser = browser
                return try await browser.post(link).status
            }
            try await scratch.superuser.transaction { transaction in
                try await transaction.run(Query<Void>("UPDATE app.one_time_link SET ended_at = now()"))
                hold.yield()
                try await scratch.untilSomebodyWaits()
            }
            return try await group.next()
        }
        #expect(status == 404)
        #expect(try await count("SELECT count(*) FROM app.session") == 0)
    }

    @Test func `end when a newer one of their kind is sent`() async throws {
        let first = try await askForLink(to: "bob@example.org")
        let other = try await askForLink(to: "bob@example.org", for: "reset")
        let second = try await askForLink(to: "bob@example.org")
        var browser = browser
        #expect(try await browser.post(first).status == 404)
        #expect(try await browser.get(other).status == 200)
        #expect(try await browser.post(second).status == 303)
    }

    @Test func `leave one that works, of five asked for at once`() async throws {
        let browser = browser
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<5 {
                group.addTask {
                    var browser = browser
                    browser.caller.address = "198.51.100.\(number)"
                    _ = try await browser.post("/sign-in/link", ["email": "bob@example.org"])
                }
            }
            try await group.waitForAll()
        }
        #expect(try await count("SELECT count(*) FROM app.one_time_link") == 5)
        #expect(try await count("SELECT count(*) FROM app.one_time_link WHERE ended_at IS NULL") == 1)
    }

    @Test(arguments: [("sign-in", 15), ("reset", 30)] as [(String, Int32)])
    func `end when their time is over`(_ purpose: String, _ minutes: Int32) async throws {
        let link = try await askForLink(to: "bob@example.org", for: purpose)
        var browser = browser
        try await age(linksBy: minutes * 60 - 30)
        #expect(try await browser.get(link).status == 200)
        try await age(linksBy: 60)
        #expect(try await browser.get(link).status == 404)
        #expect(try await browser.post(link, ["password": Self.newPassword]).status == 404)
        #expect(browser.session == nil)
    }

    @Test func `that nobody made lead nowhere`() async throws {
        var browser = browser
        for secret in [
            Secret().text, "x", "%00", "%ff", String(repeating: "A", count: 43),
            String(repeating: "A", count: 9000), "..", "code",
        ] {
            #expect(try await browser.get("/sign-in/link/\(secret)").status == 404)
            #expect(try await browser.post("/sign-in/link/\(secret)").status == 404)
        }
    }

    @Test func `for a new password set it, and end all that was signed in`() async throws {
        try await sample.scratch.setPassword(of: sample.bob)
        let before = try await sample.scratch.browser(of: sample.bob)
        let charlies = try await sample.scratch.browser(of: sample.charlie)
        let program = try await sample.caller(sample.bob)
        let other = try await askForLink(to: "bob@example.org")
        let link = try await askForLink(to: "bob@example.org", for: "reset")
        var browser = browser
        let answer = try await browser.post(link, ["password": Self.newPassword])
        #expect(answer.status == 303)
        #expect(try await isSignedIn(browser))
        #expect(try await isSignedIn(before) == false)
        #expect(try await isSignedIn(charlies))
        #expect(try await program.get(`Who may come in`.roi).status == 401)
        #expect(try await browser.get(other).status == 404)

        var another = self.browser
        #expect(try await enter(&another, ScratchDatabase.password).status == 422)
        #expect(try await enter(&another, Self.newPassword).status == 303)
    }

    @Test(arguments: ["", "short", "password password", "bob baker example org", "aaaaaaaaaaaaaaaa"])
    func `are not used up by a password that is refused`(_ password: String) async throws {
        try await sample.scratch.setPassword(of: sample.bob)
        let before = try await sample.scratch.browser(of: sample.bob)
        let link = try await askForLink(to: "bob@example.org", for: "reset")
        var browser = browser
        let answer = try await browser.post(link, ["password": password])
        #expect(answer.status == 422)
        #expect(answer.text.contains("role=\"alert\""))
        #expect(try await isSignedIn(before))
        #expect(try await browser.post(link, ["password": Self.newPassword]).status == 303)
    }

    @Test func `wait for the second factor of whoever has one`() async throws {
        _ = try await sample.scratch.setSecondFactor(of: sample.bob)
        for purpose in ["sign-in", "reset"] {
            let link = try await askForLink(to: "bob@example.org", for: purpose)
            var browser = browser
            let answer = try await browser.post(link, ["password": Self.newPassword])
            #expect(answer["Location"] == "/sign-in/code")
            #expect(try await isSignedIn(browser) == false)
        }
    }

    @Test func `are worth nothing once the address is another's`() async throws {
        let link = try await askForLink(to: "bob@example.org")
        let reset = try await askForLink(to: "bob@example.org", for: "reset")
        try await sample.scratch.superuser.run(
            Query<Void>(
                "UPDATE app.person SET email = 'robert@example.org' WHERE id = \(sample.bob.person)"
            )
        )
        var browser = browser
        for link in [link, reset] {
            #expect(try await browser.get(link).status == 404)
            #expect(try await browser.post(link, ["password": Self.newPassword]).status == 404)
        }
        // Nor does it let in who has the address now.
        try await sample.scratch.superuser.run(
            Query<Void>("UPDATE app.person SET email = 'bob@example.org' WHERE id = \(sample.charlie.person)")
        )
        #expect(try await browser.post(link).status == 404)
        #expect(browser.session == nil)
    }

    @Test func `are worth nothing once their person is disabled`() async throws {
        let link = try await askForLink(to: "bob@example.org")
        let installation = sample.database.acting(as: .system(door: .cli), in: nil)
        #expect(try await installation.run(.disable(sample.bob.person, true)))
        var browser = browser
        #expect(try await browser.post(link).status == 404)
        #expect(try await installation.run(.disable(sample.bob.person, false)))
        #expect(try await browser.post(link).status == 404)

        // Nor one that was left open, however that came about.
        let other = try await askForLink(to: "bob@example.org")
        try await sample.scratch.superuser.run(
            Query<Void>("UPDATE app.person SET disabled_at = now() WHERE id = \(sample.bob.person)")
        )
        #expect(try await browser.get(other).status == 404)
        #expect(try await browser.post(other).status == 404)
        #expect(browser.session == nil)
    }

    @Test func `are good still where what they are for could not be done`() async throws {
        let superuser = sample.scratch.superuser
        let parts: [(String, SQL)] = [
            ("reset", "set_password"), ("reset", "open_session"), ("sign-in", "open_session"),
        ]
        for (purpose, part) in parts {
            let link = try await askForLink(to: "bob@example.org", for: purpose)
            var browser = browser
            try await superuser.run(
                Query<Void>("REVOKE EXECUTE ON FUNCTION app.\(part) FROM chapterhouse_app")
            )
            #expect(try await browser.post(link, ["password": Self.newPassword]).status == 500)
            try await superuser.run(Query<Void>("GRANT EXECUTE ON FUNCTION app.\(part) TO chapterhouse_app"))
            let kept = try await sample.scratch.nobody.run(.signIn(of: #require(sample.bob.email)))
            #expect(kept?.passwordHash == nil || purpose == "sign-in")
            #expect(try await browser.post(link, ["password": Self.newPassword]).status == 303, "\(part)")
            #expect(try await isSignedIn(browser))
            try await superuser.run(Query<Void>("DELETE FROM app.credential"))
        }
    }

    @Test func `keep no secret in the log`() async throws {
        try await sample.scratch.setPassword(of: sample.bob)
        let log = Log()
        var browser = browser
        browser.caller.logger = log.logger
        let link = try await askForLink(to: "bob@example.org")
        _ = try await browser.get(link)
        _ = try await browser.post(link)
        _ = try await enter(&browser, "wrong password here")
        _ = try await enter(&browser, ScratchDatabase.password)
        let secret = try #require(link.split(separator: "/").last.map(String.init))
        let session = try #require(browser.session)
        #expect(log.lines.contains { $0.contains("signed in") })
        #expect(log.lines.contains { $0.contains("a password was refused") })
        for secret in [
            secret, session, ScratchDatabase.password, "wrong password here", "bob@example.org",
        ] {
            #expect(!log.lines.contains { $0.contains(secret) }, "\(log.lines)")
        }
    }

    private func askForLink(to email: String, for purpose: String = "sign-in") async throws -> String {
        var browser = browser
        _ = try await browser.post("/sign-in/link", ["email": email, "purpose": purpose])
        return try await sample.scratch.lastLink()
    }

    private func enter(_ browser: inout Browser, _ password: String) async throws -> Answer {
        try await browser.post("/sign-in", ["email": "bob@example.org", "password": password])
    }

    private func age(linksBy seconds: Int32) async throws {
        try await sample.scratch.superuser.run(
            Query<Void>(
                """
                UPDATE app.one_time_link
                   SET created_at = created_at - interval '1 day', expires_at = expires_at - make_interval(secs => \(seconds))
                """
            )
        )
    }

    private func mails() async throws -> [Mail] {
        try await sample.scratch.mails()
    }

    private func count(_ sql: SQL) async throws -> Int {
        try await sample.scratch.superuser.run(Query<Int>(value: sql))
    }
}

/// A mail that waits to be sent.
struct Mail: Sendable, RowDecodable {
    let to: String
    let subject: String
    let body: String

    init(row: Row) throws {
        to = try row["to_address"]
        subject = try row["subject"]
        body = try row["body"]
    }
}

extension ScratchDatabase {
    /// What waits to be sent, oldest first.
    func mails() async throws -> [Mail] {
        try await superuser.run(
            Query<[Mail]>("SELECT to_address, subject, body FROM app.mail ORDER BY id")
        )
    }

    /// The path of the link in the mail that was posted last.
    func lastLink() async throws -> String {
        let body = try #require(try await mails().last?.body)
        let host = "https://chapterhouse.example.org"
        let line = try #require(body.split(separator: "\n").first { $0.hasPrefix(host) })
        return String(line.dropFirst(host.count))
    }
}
