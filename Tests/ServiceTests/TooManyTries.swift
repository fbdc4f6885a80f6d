import HTTPTypes
import Identity
import Logging
import NIOCore
import Postgres
import ReferralGroup
import Service
import Storage
import TestSupport
import Testing

@Suite(.sampleDatabase)
struct `Too many tries` {
    let sample: SampleChapter
    let browser: Browser

    init() async throws {
        sample = try await SampleChapter()
        try await sample.scratch.setPassword(of: sample.bob)
        browser = Browser(sample.database)
    }

    @Test func `of a password have to wait, and say how long`() async throws {
        try await exhaust()
        let answer = try await enter(ScratchDatabase.password)
        #expect(answer.status == 429)
        let seconds = try #require(answer["Retry-After"].flatMap { Int($0) })
        #expect((1...180).contains(seconds))
        #expect(answer.text.contains("wait \(seconds) seconds"))
        #expect(answer.cookies.allSatisfy { !$0.hasPrefix("__Host-chapterhouse=") })
    }

    @Test func `hash nothing`() async throws {
        try await exhaust()
        var browser = browser
        let hashing = HashingPool(cost: .cheap)
        browser.caller.hashing = hashing
        let fields: KeyValuePairs = ["email": "bob@example.org", "password": "wrong"]
        #expect(try await browser.post("/sign-in", fields).status == 429)
        #expect(hashing.hashesDone == 0)
    }

    @Test func `wait in the same words for somebody whom we do not know`() async throws {
        for email in ["bob@example.org", "nobody@example.org"] {
            try await exhaust(email: email)
            #expect(try await enter("wrong", email: email).status == 429)
        }
    }

    @Test(arguments: [
        " bob@example.org", "BOB@example.org", "bob@example.org\u{3000}", "  Bob@Example.Org  ",
    ])
    func `are counted however the address is typed`(_ email: String) async throws {
        try await exhaust()
        #expect(try await enter("wrong", email: email).status == 429)
    }

    @Test func `are no hindrance elsewhere, to others, or to a link by mail`() async throws {
        try await exhaust()
        #expect(try await enter(ScratchDatabase.password, from: "198.51.100.1").status == 303)
        #expect(try await enter("wrong", email: "charlie@example.org").status == 422)
        var browser = browser
        #expect(try await browser.post("/sign-in/link", ["email": "bob@example.org"]).status == 200)
        let link = try await sample.scratch.lastLink()
        #expect(try await browser.post(link).status == 303)
        #expect(try await isSignedIn(browser))
    }

    @Test func `count as one where one person may hold all addresses`() async throws {
        for (one, other, isSame) in [
            ("192.0.2.1", "192.0.2.200", true), ("192.0.2.1", "192.0.3.1", false),
            ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::1", true),
            ("2001:db8::1", "2001:db8::ffff:1", true), ("2001:db8::1", "2001:db8:0:0:1:2:3:4", true),
            ("2001:db8:1::1", "2001:db8:1:0:1:2:3:4", true), ("2001:db8:0:1::1", "2001:db8::1", false),
            ("::1", "::2", true), ("::ffff:192.0.2.1", "::ffff:192.0.2.9", true),
            ("::ffff:198.51.100.1", "198.51.100.7", true),
        ] {
            try await sample.scratch.superuser.run(Query<Void>("DELETE FROM app.throttle"))
            try await exhaust(from: one)
            let status = try await enter("wrong", from: other).status
            #expect(status == (isSame ? 429 : 422), "\(one) \(other)")
        }
    }

    @Test func `from everywhere at once have to wait, too`() async throws {
        var statuses: [Int] = []
        for number in 0..<101 {
            if number == 100 { try await fill("password-of", 100) }
            statuses.append(try await enter("wrong", from: "10.0.\(number).1").status)
        }
        #expect(statuses.prefix(100).allSatisfy { $0 == 422 })
        #expect(statuses.last == 429)
    }

    @Test func `of strangers everywhere are no hindrance where one has signed in before`() async throws {
        #expect(try await enter(ScratchDatabase.password, from: "203.0.113.9").status == 303)
        for scope in ["password-of", "password", "link"] {
            try await fillForAll(scope, for: "bob@example.org", 100_000)
            let ways: [(String, KeyValuePairs<String, String>, Int)] = [
                ("/sign-in", ["email": "bob@example.org", "password": ScratchDatabase.password], 303),
                ("/sign-in/link", ["email": "bob@example.org"], 200),
            ]
            let (way, fields, status) = scope == "link" ? ways[1] : ways[0]
            var stranger = browser
            stranger.caller.address = "198.51.100.1"
            #expect(try await stranger.post(way, fields).status == 429)
            // The neighbour in the same house is as good; the address may have changed over night.
            stranger.caller.address = "203.0.113.77"
            #expect(try await stranger.post(way, fields).status == status)
        }
        // One's own tries have their own bound there.
        try await pass(seconds: 900)
        try await exhaust(from: "203.0.113.9")
        #expect(try await enter(ScratchDatabase.password, from: "203.0.113.9").status == 429)
    }

    @Test func `of strangers hinder where only somebody else has signed in, or nobody to the end`()
        async throws
    {
        try await sample.scratch.setPassword(of: sample.charlie)
        let charlie = try await enter(
            ScratchDatabase.password,
            email: "charlie@example.org",
            from: "203.0.113.9"
        )
        #expect(charlie.status == 303)
        _ = try await sample.scratch.setSecondFactor(of: sample.bob)
        #expect(try await enter(ScratchDatabase.password, from: "203.0.113.9")["Location"] == "/sign-in/code")
        try await fillForAll("password-of", for: "bob@example.org", 100_000)
        #expect(try await enter(ScratchDatabase.password, from: "203.0.113.9").status == 429)
    }

    @Test func `of strangers leave a link in the mail that works, whenever no new one is sent`() async throws
    {
        var stranger = browser
        stranger.caller.address = "198.51.100.1"
        let fields: KeyValuePairs = ["email": "bob@example.org"]
        // Somebody who takes every link there is, for as long as they like; time passes in minutes.
        for minute in 0..<90 {
            let status = try await stranger.post("/sign-in/link", fields).status
            #expect(minute < 5 ? status == 200 : [200, 429].contains(status))
            let isLeft = try await sample.scratch.superuser.run(
                Query<Bool>(
                    value: """
                        SELECT EXISTS (SELECT FROM app.one_time_link WHERE ended_at IS NULL AND expires_at > now() + interval '1 minute')
                        """
                )
            )
            #expect(isLeft, "in minute \(minute) there was neither a link nor a new one")
            try await pass(seconds: 60)
            try await sample.scratch.superuser.run(
                Query<Void>(
                    """
                    UPDATE app.one_time_link
                       SET created_at = created_at - interval '1 minute', expires_at = expires_at - interval '1 minute'
                    """
                )
            )
        }
        #expect(try await browser.caller.get("/sign-in").status == 200)
        var own = browser
        #expect(try await own.post(sample.scratch.lastLink()).status == 303)
        #expect(try await isSignedIn(own))
    }

    @Test func `to take another's address for one's own use up none of their links`() async throws {
        var thief = try await sample.scratch.browser(of: sample.charlie)
        for _ in 0..<5 {
            #expect(try await thief.post("/account/e-mail", ["email": "bob@example.org"]).status == 200)
        }
        #expect(try await thief.post("/account/e-mail", ["email": "bob@example.org"]).status == 429)
        var browser = browser
        #expect(try await browser.post("/sign-in/link", ["email": "bob@example.org"]).status == 200)
    }

    @Test func `offer the way that is open, and no other`() async throws {
        try await exhaust()
        let offer = "A link by mail lets you in"
        #expect(try await enter(ScratchDatabase.password).text.contains(offer))
        var browser = browser
        for _ in 0..<5 { _ = try await browser.post("/sign-in/link", ["email": "bob@example.org"]) }
        let link = try await browser.post("/sign-in/link", ["email": "bob@example.org"])
        #expect(link.status == 429)
        #expect(!link.text.contains(offer))
        #expect(link.text.contains("look in your mail"))
        _ = try await sample.scratch.setSecondFactor(of: sample.bob)
        let half = try await sample.scratch.openSession(of: sample.bob, isProved: false)
        var second = Browser(sample.database, session: half)
        for _ in 0..<10 { _ = try await second.post("/sign-in/code", ["code": "1"]) }
        try await fill("code-of", 10)
        let code = try await second.post("/sign-in/code", ["code": "1"])
        #expect(code.status == 429)
        #expect(!code.text.contains(offer))
    }

    @Test func `of a thief's codes are no hindrance where one has signed in before`() async throws {
        let (factor, _) = try await sample.scratch.setSecondFactor(of: sample.bob)
        let home = try await sample.scratch.openSession(of: sample.bob)
        let half = try await sample.scratch.openSession(of: sample.bob, isProved: false)
        try await fillForAll("code-of", for: "\(sample.bob.person)", 100_000)
        var thief = Browser(sample.database, session: half)
        thief.caller.address = "198.51.100.1"
        #expect(try await thief.post("/sign-in/code", ["code": factor.code(at: .soon())]).status == 429)
        var owner = Browser(sample.database, session: half)
        #expect(try await owner.post("/sign-in/code", ["code": factor.code(at: .soon())]).status == 303)
        #expect(try await isSignedIn(Browser(sample.database, session: home)))
    }

    @Test func `are counted wherever the client says that it comes from`() async throws {
        var statuses: [Int] = []
        for number in 0..<11 {
            if number == 10 { try await fill("password-of-at", 10) }
            var headers: HTTPFields = [.contentType: "application/x-www-form-urlencoded"]
            for name in ["X-Forwarded-For", "Forwarded", "X-Real-IP", "Client-IP"] {
                headers[try #require(HTTPField.Name(name))] = "10.0.\(number).1"
            }
            headers[try #require(HTTPField.Name("Sec-Fetch-Site"))] = "same-origin"
            let form = encoded(["email": "bob@example.org", "password": "wrong"])
            let answer = try await browser.caller.send(
                .post,
                "/sign-in",
                headers: headers,
                body: ByteBuffer(string: form)
            )
            statuses.append(answer.status)
        }
        #expect(statuses == Array(repeating: 422, count: 10) + [429])
    }

    @Test func `beyond what can be checked at once are told so, and count nowhere`() async throws {
        var browser = browser
        let hashing = HashingPool(threads: 1, lineLength: 1, cost: .cheap)
        browser.caller.hashing = hashing
        let fields: KeyValuePairs = ["email": "bob@example.org", "password": ScratchDatabase.password]
        try await hashing.withPlace {
            try await hashing.withPlace {
                let answer = try await browser.post("/sign-in", fields)
                #expect(answer.status == 503)
                #expect(answer["Retry-After"] == "5")
                #expect(answer.text.contains("too many people are signing in"))
            }
            #expect(hashing.hashesDone == 0)
            let tries = Query<Int>(value: "SELECT count(*) FROM app.throttle")
            #expect(try await sample.scratch.superuser.run(tries) == 0)
            #expect(try await browser.post("/sign-in", fields).status == 303)
        }
    }

    @Test func `run dry`() async throws {
        try await exhaust()
        for _ in 0..<3 {
            // Whoever waits as long as they were told has one try, and not two.
            let seconds = try #require(try await enter("wrong")["Retry-After"].flatMap { Int32($0) })
            try await pass(seconds: seconds)
            #expect(try await enter("wrong").status == 422)
            #expect(try await enter("wrong").status == 429)
        }
        try await pass(seconds: 900)
        for _ in 0..<10 { #expect(try await enter("wrong").status == 422) }
        #expect(try await enter("wrong").status == 429)
    }

    @Test func `of one address leave room for all others`() async throws {
        try await exhaust()
        for _ in 0..<30 { #expect(try await enter("wrong").status == 429) }
        for scope in ["password", "password-of", "password-near", "password-at"] {
            #expect(try await level(scope) < 11, "\(scope)")
        }
    }

    @Test func `are not forgotten with the right one`() async throws {
        for _ in 0..<9 { #expect(try await enter("wrong").status == 422) }
        try await fill("password-of-at", 9)
        #expect(try await enter(ScratchDatabase.password).status == 303)
        #expect(try await enter(ScratchDatabase.password).status == 429)
    }

    @Test func `are known to every node, and outlive them`() async throws {
        try await exhaust()
        let database = Database(
            connecting: try sample.scratch.address(role: "chapterhouse_app"),
            logger: .silent
        )
        var browser = Browser(database)
        let fields: KeyValuePairs = ["email": "bob@example.org", "password": ScratchDatabase.password]
        let answer = try await browser.post("/sign-in", fields)
        await database.shutdown()
        #expect(answer.status == 429)
    }

    @Test func `are counted exactly, however many come at once`() async throws {
        let browser = browser
        let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<16 {
                group.addTask {
                    var browser = browser
                    let fields: KeyValuePairs = ["email": "bob@example.org", "password": "wrong"]
                    return try await browser.post("/sign-in", fields).status
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(statuses.count { $0 == 422 } == 10)
        #expect(statuses.count { $0 == 429 } == 6)
    }

    @Test func `leave no address behind`() async throws {
        try await exhaust()
        let rows = try await sample.scratch.superuser.run(
            Query<[String]>(values: "SELECT to_jsonb(t)::text FROM app.throttle AS t")
        )
        #expect(rows.count == 5)
        for secret in ["bob@", "192.0.2", hexadecimal("bob@".utf8), hexadecimal("192.0.2".utf8)] {
            #expect(!rows.contains { $0.contains(secret) })
        }
    }

    @Test func `of a code have to wait`() async throws {
        let (factor, codes) = try await sample.scratch.setSecondFactor(of: sample.bob)
        let half = try await sample.scratch.openSession(of: sample.bob, isProved: false)
        var browser = Browser(sample.database, session: half)
        for _ in 0..<10 {
            #expect(try await browser.post("/sign-in/code", ["code": "1"]).status == 422)
        }
        try await fill("code-of", 10)
        for code in [factor.code(at: .soon()), codes[0].text] {
            let answer = try await browser.post("/sign-in/code", ["code": code])
            #expect(answer.status == 429)
            #expect(answer["Retry-After"] != nil)
        }
    }

    @Test func `to have a link sent have to wait, whoever it is for`() async throws {
        for email in ["bob@example.org", "nobody@example.org"] {
            var browser = browser
            for _ in 0..<5 {
                #expect(try await browser.post("/sign-in/link", ["email": email]).status == 200)
            }
            let answer = try await browser.post("/sign-in/link", ["email": " \(email.uppercased())"])
            #expect(answer.status == 429)
            #expect(answer["Retry-After"] != nil)
        }
        #expect(try await sample.scratch.mails().count == 5)
    }

    @Test func `to show once more that it is them have to wait`() async throws {
        var thief = try await sample.scratch.browser(of: sample.bob)
        var statuses: [Int] = []
        for number in 0..<31 {
            if number == 30 { try await fill("password-again-of", 30) }
            thief.caller.address = "10.0.\(number).1"
            statuses.append(try await thief.post("/account/prove", ["password": "wrong"]).status)
        }
        #expect(statuses.prefix(30).allSatisfy { $0 == 422 })
        #expect(statuses.last == 429)
    }

    private func exhaust(email: String = "bob@example.org", from address: String = "192.0.2.7") async throws {
        for _ in 0..<10 {
            #expect(try await enter("wrong", email: email, from: address).status == 422)
        }
        try await fill("password-of-at", 10)
    }

    private func enter(
        _ password: String,
        email: String = "bob@example.org",
        from address: String = "192.0.2.7"
    ) async throws -> Answer {
        var browser = browser
        browser.caller.address = address
        return try await browser.post("/sign-in", ["email": email, "password": password])
    }
}
