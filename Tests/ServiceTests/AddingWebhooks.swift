import HTTPTypes
import Identity
import Postgres
import ReferralGroup
import Service
import Storage
import TestSupport
import Testing

@Suite(.sampleDatabase)
struct `Adding webhooks` {
    static let place = "/api/v1/chapters/alder/webhooks"
    static let pages = "/chapters/alder/webhooks"
    static let address = "https://example.org/hook?token=a-secret-of-theirs"

    let sample: SampleChapter
    let alice: Caller

    init() async throws {
        sample = try await SampleChapter()
        alice = try await sample.caller(sample.alice)
    }

    @Test func `shows the secret once, and keeps it from rows, logs and answers`() async throws {
        let log = Log()
        var caller = alice
        caller.logger = log.logger
        let made = try await add(caller)
        #expect(made.status == 201)
        let (id, secret) = (try made.text("id"), try made.text("secret"))
        #expect(made["Location"] == "\(Self.place)/\(id)")
        #expect(secret.hasPrefix("whsec_") && secret.utf8.count == 50)
        let renewed = try await caller.send(.put, "\(Self.place)/\(id)/secret").text("secret")
        #expect(renewed != secret)
        #expect(try await caller.json(.post, "\(Self.place)/\(id)/ping", "{}").status == 204)

        let rows = try await sample.scratch.everyRow()
        var answers: [String] = []
        for path in ["", "/\(id)", "/\(id)/deliveries"] {
            answers.append(try await caller.get(Self.place + path).text)
        }
        for page in [
            Self.pages, "\(Self.pages)/\(id)", "\(Self.pages)/\(id)/remove", "/chapters/alder/audit",
        ] {
            var browser = try await sample.scratch.browser(of: sample.alice)
            answers.append(try await browser.get(page).text)
        }
        #expect(answers.allSatisfy { !$0.isEmpty })
        for text in [secret, renewed] {
            let bits = try #require(Base64.plain.bytes(text.utf8.dropFirst(6).dropLast()))
            for said in [String(text.dropFirst(6).dropLast()), hexadecimal(bits)] {
                #expect(!answers.contains { $0.contains(said) })
                #expect(!log.lines.contains { $0.contains(said) })
            }
            #expect(rows.count { $0.contains(hexadecimal(bits)) } == 1, "where it signs, and nowhere else")
            #expect(!rows.contains { $0.contains(text.dropFirst(6).dropLast()) })
        }
        // An address may hold a secret of the receiver.
        #expect(!log.lines.contains { $0.contains("a-secret-of-theirs") })
        let trail = rows.filter { $0.contains("former_secret") && $0.contains("api") }
        #expect(!trail.isEmpty && !trail.contains { $0.contains("a-secret-of-theirs") })
    }

    @Test func `says what is told, and what became of it`() async throws {
        let id = try await add(alice).text("id")
        let kept = try #require(try await alice.get(Self.place).json.elements.first)
        #expect(kept["address"]?.string == Self.address)
        #expect(kept["events"]?.elements.compactMap(\.string) == ["referral.passed", "meeting.sealed"])
        #expect(kept["on"] == .truth(true) && kept["made_by"]?.string == "Alice Archer")
        #expect(try await alice.get("\(Self.place)/\(id)").json == kept)

        #expect(try await alice.json(.post, "\(Self.place)/\(id)/ping", "{}").status == 204)
        let told = try await alice.get("\(Self.place)/\(id)/deliveries").json.elements
        #expect(told.map { $0["type"]?.string } == ["ping"])
        #expect(told.first?["standing"]?.string == "waits")
        let number = try #require(told.first?["id"]?.number.map { Int($0) })
        let retry = "\(Self.place)/\(id)/retry"
        #expect(try await alice.json(.post, retry, "{\"delivery\": \(number)}").status == 204)
        #expect(
            try await alice.json(.post, retry, "{\"delivery\": \(number + 1)}").isProblem(404) == "not-found"
        )

        #expect(try await alice.json(.put, "\(Self.place)/\(id)/switch", #"{"on": false}"#).status == 204)
        let off = try await alice.get("\(Self.place)/\(id)").json
        #expect(off["on"] == .truth(false) && off["off_because"]?.string == "by-hand")
        let ping = try await alice.json(.post, "\(Self.place)/\(id)/ping", "{}")
        #expect(try ping.isProblem(409) == "webhook_that_is_off_is_told_nothing")
        #expect(try await alice.send(.delete, "\(Self.place)/\(id)").status == 204)
        #expect(try await alice.send(.delete, "\(Self.place)/\(id)").isProblem(404) == "not-found")
        #expect(try await alice.get(Self.place).json.elements.isEmpty)
    }

    @Test(arguments: [
        "http://example.org/", "https://127.0.0.1/", "https://0x7f.1/", "https://[::1]:8443/",
        "https://localhost/",
        "https://example.org:22/",
    ])
    func `takes addresses of the public internet alone`(_ address: String) async throws {
        let body = #"{"address": "\#(address)", "events": ["referral.passed"]}"#
        let answer = try await alice.json(.post, Self.place, body)
        #expect(try answer.isProblem(422) == "unfit")
        var browser = try await sample.scratch.browser(of: sample.alice)
        _ = try await browser.get("\(Self.pages)/new")
        let page = try await browser.post(
            "\(Self.pages)/new",
            ["address": address, "referral_passed": "true"]
        )
        #expect(page.status == 422 && page.text.contains("id=\"address-fault\""))
        #expect(try await alice.get(Self.place).json.elements.isEmpty)
    }

    @Test(arguments: [
        #"{"address": "https://example.org/"}"#, #"{"address": "https://example.org/", "events": []}"#,
        #"{"address": "https://example.org/", "events": ["referral.lost"]}"#,
        #"{"events": ["referral.passed"]}"#,
        #"{"address": "https://example.org/", "events": ["referral.passed"], "secret": "whsec_x"}"#,
    ])
    func `wants an address and what to tell, and nothing else`(_ body: String) async throws {
        try await alice.json(.post, Self.place, body).isProblem(422)
    }

    @Test func `adds an address once, and ten at most`() async throws {
        _ = try await add(alice)
        #expect(try await add(alice).isProblem(409) == "webhook_address_is_known_once")
        for number in 2...10 { #expect(try await add(alice, "https://example.org/\(number)").status == 201) }
        #expect(
            try await add(alice, "https://example.org/11").isProblem(409)
                == "chapter_has_at_most_ten_webhooks"
        )
        let body = #"{"address": "https://example.org/12", "events": ["referral.passed"]}"#
        #expect(try await alice.json(.post, Self.place, body, key: "k-1").isProblem(400) == "idempotency-key")
    }

    @Test func `is for those who look after the policy of the chapter`() async throws {
        let id = try await add(alice).text("id")
        let bob = try await sample.caller(sample.bob)
        let charlie = try await sample.caller(sample.charlie)
        #expect(try await bob.get(Self.place).isProblem(403) == "forbidden")
        #expect(try await charlie.get("\(Self.place)/\(id)").isProblem(404) == "not-found")
        // Nor does the database let them, whoever asks it.
        let acting = try await sample.acting(as: sample.bob)
        #expect(try await acting.run(.webhooks(of: sample.alder.id)).isEmpty)
        let hook = try #require(SlipID(id))
        #expect(try await acting.run(.deliveries(of: hook, in: sample.alder.id)).isEmpty)
        let secret = [UInt8](repeating: 1, count: 32)
        for attempt in [
            Query<Bool>.renewWebhook(hook, secret: secret), .removeWebhook(hook), .pingWebhook(hook),
        ] {
            let refused = await #expect(throws: PostgresError.self) { try await acting.run(attempt) }
            #expect(refused?.state == .insufficientPrivilege)
        }
        let leader = try await sample.acting(as: sample.alice)
        for query: SQL in [
            "SELECT encode(secret, 'hex') FROM webhook", "SELECT body FROM take_webhook_delivery(false)",
            "UPDATE webhook SET address = 'https://evil.example/'", "DELETE FROM webhook_delivery",
        ] {
            let refused = await #expect(throws: PostgresError.self) {
                try await leader.run(Query<[String]>(values: query))
            }
            #expect(refused?.state == .insufficientPrivilege)
        }
        #expect(try await sample.birchShell.run(.removeWebhook(hook)) == false)
    }

    @Test func `goes by pages as well`() async throws {
        var browser = try await sample.scratch.browser(of: sample.alice)
        #expect(try await browser.get("/chapters/alder/policy").text.contains(Self.pages))
        #expect(try await browser.get(Self.pages).text.contains("Nobody is told anything."))
        let empty = try await browser.post("\(Self.pages)/new", ["address": Self.address])
        #expect(empty.status == 422 && empty.text.contains("choose what it is told"))
        let made = try await browser.post(
            "\(Self.pages)/new",
            ["address": Self.address, "referral_passed": "true", "member_left": "true"]
        )
        #expect(made.status == 200 && made["Cache-Control"] == "no-store")
        let secret = try #require(made.text(after: "<code>", before: "</code>"))
        #expect(secret.hasPrefix("whsec_"))
        let hook = try #require(try await sample.shell.run(.webhooks(of: sample.alder.id)).first)
        #expect(hook.events == [.referralPassed, .memberLeft])
        let page = "\(Self.pages)/\(hook.id)"
        #expect(try await browser.post("\(page)/ping")["Location"] == page)
        let told = try await sample.shell.run(.deliveries(of: hook.id, in: sample.alder.id))
        #expect(told.map(\.kind) == ["ping"])
        #expect(try await browser.post("\(page)/retry", ["delivery": "\(told[0].id)"])["Location"] == page)
        #expect(try await browser.post("\(page)/retry", ["delivery": "999999"]).status == 404)
        #expect(try await browser.post("\(page)/off")["Location"] == page)
        let off = try await browser.get(page).text
        #expect(off.contains("Switched off by hand") && !off.contains(secret))
        #expect(try await browser.post("\(page)/ping").status == 409)
        #expect(try await browser.post("\(page)/on")["Location"] == page)
        let renewed = try await browser.post("\(page)/secret")
        #expect(try #require(renewed.text(after: "<code>", before: "</code>")) != secret)
        #expect(try await browser.get("\(page)/remove").text.contains("Take it away"))
        #expect(try await browser.post("\(page)/remove")["Location"] == Self.pages)
        #expect(try await browser.get(page).status == 404)
    }

    private func add(_ caller: Caller, _ address: String = Self.address) async throws -> Answer {
        try await caller.json(
            .post,
            Self.place,
            #"{"address": "\#(address)", "events": ["meeting.sealed", "referral.passed"]}"#
        )
    }
}

extension Answer {
    fileprivate func text(_ name: String) throws -> String {
        try #require(try json[name]?.string, "\(text)")
    }
}
