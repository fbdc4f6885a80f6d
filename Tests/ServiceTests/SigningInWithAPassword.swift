import Identity
import Postgres
import ReferralGroup
import Service
import Storage
import TestSupport
import Testing

@Suite(.sampleDatabase)
struct `Signing in with a password` {
    let sample: SampleChapter
    /// A pool of its own, to count what the others do not.
    let hashing = HashingPool(cost: .cheap)
    let browser: Browser

    init() async throws {
        sample = try await SampleChapter()
        try await sample.scratch.setPassword(of: sample.bob)
        var browser = Browser(sample.database)
        browser.caller.hashing = hashing
        self.browser = browser
    }

    @Test func `opens a session in a cookie that no script and no other host sees`() async throws {
        var browser = browser
        let answer = try await enter(&browser)
        #expect(answer.status == 303)
        #expect(answer["Location"] == "/")
        let cookie = try #require(answer.cookies.first { $0.hasPrefix("__Host-chapterhouse=") })
        let parts = cookie.split(separator: "; ").map(String.init)
        #expect(
            Set(parts.dropFirst()) == ["Max-Age=2592000", "Path=/", "Secure", "HttpOnly", "SameSite=Lax"]
        )
        #expect(Secret(try #require(browser.session)) != nil)
        #expect(try await browser.get("/chapters/alder").text.contains("Good to see you, Bob Baker"))
    }

    @Test(arguments: [" BOB@Example.org", "bob@example.org\u{3000} ", "bob@example.org"])
    func `takes the address however it is typed`(_ email: String) async throws {
        var browser = browser
        #expect(try await enter(&browser, email).status == 303)
    }

    @Test func `is refused in the same words and at the same price, whoever it is not`() async throws {
        try await sample.scratch.setPassword(of: sample.alice)
        let installation = sample.database.acting(as: .system(door: .cli), in: nil)
        #expect(try await installation.run(.disable(sample.alice.person, true)))
        var texts: Set<String> = []
        for (email, password) in [
            ("bob@example.org", "four odd umbrella cloud"),
            ("bob@example.org", "four odd umbrella clouds "),
            ("bob@example.org", "Four odd umbrella clouds"),
            ("bob@example.org", ""),
            ("bob@example.org", String(repeating: "x", count: 4000)),
            ("alice@example.org", ScratchDatabase.password),
            ("charlie@example.org", ScratchDatabase.password),
            ("nobody@example.org", ScratchDatabase.password),
            ("no address", ScratchDatabase.password),
            ("", ""),
            (String(repeating: "x", count: 4000), ScratchDatabase.password),
        ] {
            var browser = browser
            browser.caller.address = "198.51.100.\(texts.count + 1)"
            let before = hashing.hashesDone
            let answer = try await enter(&browser, email, password)
            #expect(answer.status == 422)
            #expect(hashing.hashesDone == before + 1, "\(email.prefix(20)) \(password.prefix(20))")
            #expect(browser.session == nil)
            #expect(answer.cookies.allSatisfy { $0.hasPrefix("__Host-form=") })
            let token = try #require(answer.formToken)
            let typed = "value=\"\(email)\""
            texts.insert(
                answer.text.replacing(token, with: "").replacing(typed, with: "value=\"\"")
                    .replacing(" autofocus", with: "")
            )
        }
        #expect(texts.count == 1)
        #expect(texts.first?.contains("The address or the password is not right.") == true)
    }

    @Test func `takes no NUL, which scrypt would not see`() async throws {
        var browser = browser
        #expect(try await enter(&browser, "bob@example.org", ScratchDatabase.password + "\0").status == 422)
        #expect(try await enter(&browser, "bob@example.org\0").status == 422)
        #expect(browser.session == nil)
    }

    @Test func `is refused to whoever sends no form of it`() async throws {
        var browser = browser
        #expect(try await browser.post("/sign-in").status == 422)
        #expect(try await browser.post("/sign-in", ["token": "x"]).status == 422)
    }

    @Test func `gives a new session each time, and ends the one before`() async throws {
        var browser = browser
        _ = try await enter(&browser)
        let first = try #require(browser.session)
        let old = browser
        _ = try await enter(&browser)
        let second = try #require(browser.session)
        #expect(first != second)
        #expect(try await browser.get("/account").status == 200)
        #expect(try await isSignedIn(old) == false)
    }

    @Test func `never goes on with a session that somebody else has planted`() async throws {
        let planted = Secret()
        var browser = Browser(sample.database, session: planted)
        _ = try await enter(&browser)
        #expect(browser.session != planted.text)
        #expect(try await isSignedIn(Browser(sample.database, session: planted)) == false)

        // Charlie's own session in Bob's browser is Charlie's until then, and nobody's after.
        let charlies = try await sample.scratch.openSession(of: sample.charlie)
        browser = Browser(sample.database, session: charlies)
        _ = try await enter(&browser)
        #expect(try await browser.get("/chapters/alder").text.contains("Bob Baker"))
        #expect(try await isSignedIn(Browser(sample.database, session: charlies)) == false)
    }

    @Test func `a wrong password leaves a session as it was`() async throws {
        var browser = browser
        _ = try await enter(&browser)
        #expect(try await enter(&browser, "bob@example.org", "wrong").status == 422)
        #expect(try await isSignedIn(browser))
    }

    @Test func `keeps what opens something as a hash only`() async throws {
        var browser = browser
        _ = try await enter(&browser)
        let session = try #require(browser.session)
        let token = try await sample.shell.token(of: sample.bob)
        let kept = try await sample.scratch.everyRow()
        #expect(kept.contains { $0.contains("Bob Baker") })
        for secret in [session, ScratchDatabase.password, String(token.suffix(64))] {
            #expect(!kept.contains { $0.contains(secret) })
            #expect(!kept.contains { $0.contains(hexadecimal(secret.utf8)) })
        }
        let bits = hexadecimal(try bytes(ofBase64: session))
        #expect(!kept.contains { $0.contains(bits) })
        let hash = hexadecimal(try #require(Secret(session)).hash)
        #expect(kept.count { $0.contains(hash) } == 1)
    }

    @Test func `leaves no address, agent or hash in the trail`() async throws {
        var browser = browser
        _ = try await enter(&browser)
        let trail = try await sample.scratch.superuser.run(
            Query<[String]>(values: "SELECT to_jsonb(e)::text FROM app.installation_audit_event AS e")
        )
        #expect(trail.contains { $0.contains("\"session\"") })
        #expect(!trail.contains { $0.contains("192.0.2.7") || $0.contains("scrypt") })
        #expect(!trail.contains { $0.contains("bob@example.org") })
    }

    @Test func `keeps the password under the cost of today`() async throws {
        let weak = try #require(PasswordHash.Cost(logarithm: 4, blockSize: 8, parallelism: 1))
        try await sample.scratch.setPassword(of: sample.bob, hashing: HashingPool(cost: weak))
        #expect(try await storedHash().hasPrefix("$scrypt$ln=4,r=8,p=1$"))
        var browser = browser
        _ = try await enter(&browser, "bob@example.org", "wrong")
        #expect(try await storedHash().hasPrefix("$scrypt$ln=4,"))
        #expect(try await enter(&browser).status == 303)
        #expect(try await storedHash().hasPrefix("$scrypt$ln=10,r=8,p=1$"))
        #expect(try await isSignedIn(browser))
        let before = hashing.hashesDone
        #expect(try await enter(&browser).status == 303)
        #expect(hashing.hashesDone == before + 1)
    }

    @Test func `costs no more than today whatever was stored`() async throws {
        for hash in [
            "$scrypt$ln=30,r=8,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
            "$scrypt$", "$scrypt$ln=99999999999999999999,r=8,p=1$AA$AA",
        ] {
            try await sample.scratch.superuser.run(
                Query<Void>("UPDATE app.credential SET password_hash = \(hash)")
            )
            var browser = browser
            #expect(try await enter(&browser).status == 422)
        }
    }

    @Test func `goes home, wherever the form would like to go`() async throws {
        for place in ["https://evil.example", "//evil.example", "/\\evil.example", "/account"] {
            var browser = browser
            let answer = try await browser.post(
                "/sign-in?next=\(encoded(["": place]).dropFirst())",
                [
                    "email": "bob@example.org", "password": ScratchDatabase.password, "next": place,
                    "then": place,
                ]
            )
            #expect(answer["Location"] == "/")
        }
    }

    private func enter(
        _ browser: inout Browser,
        _ email: String = "bob@example.org",
        _ password: String = ScratchDatabase.password
    ) async throws -> Answer {
        try await browser.post("/sign-in", ["email": email, "password": password])
    }

    private func storedHash() async throws -> String {
        try await sample.scratch.superuser.run(
            Query<String>(value: "SELECT password_hash FROM app.credential")
        )
    }
}

/// Whether the browser still comes in.
func isSignedIn(_ browser: Browser) async throws -> Bool {
    var browser = browser
    return try await browser.get("/account").status == 200
}

extension ScratchDatabase {
    /// Every row of every table, as text; bytes stand there in hexadecimal.
    func everyRow(but left: Set<String> = []) async throws -> [String] {
        let tables = try await superuser.run(
            Query<[String]>(
                values:
                    "SELECT relname::text FROM pg_class WHERE relnamespace = 'app'::regnamespace AND relkind = 'r'"
            )
        )
        #expect(tables.count > 30)
        var rows: [String] = []
        for table in tables where !left.contains(table) {
            let sql = SQL(stringLiteral: "SELECT to_jsonb(kept)::text FROM app.\(table) AS kept")
            rows += try await superuser.run(Query<[String]>(values: sql))
        }
        return rows
    }
}

func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
}

/// The bytes that a secret's text stands for.
func bytes(ofBase64 text: String) throws -> [UInt8] {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
    var (bytes, bits, count): ([UInt8], UInt32, Int) = ([], 0, 0)
    for letter in text.utf8 {
        bits = bits << 6 | UInt32(try #require(alphabet.firstIndex(of: letter)))
        count += 6
        if count >= 8 {
            count -= 8
            bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
        }
    }
    return bytes
}
