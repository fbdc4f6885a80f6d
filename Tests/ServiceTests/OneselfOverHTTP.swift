import HTTPTypes
import Hummingbird
import Identity
import Postgres
import ReferralGroup
import Storage
import TestSupport
import Testing

@Suite(.sampleDatabase)
struct `Oneself over HTTP` {
    static let me = "/api/v1/me"

    let sample: SampleChapter
    let bob: Caller

    init() async throws {
        sample = try await SampleChapter()
        bob = try await sample.caller(sample.bob)
    }

    @Test func `is one's data, in every chapter`() async throws {
        _ = try await sample.birchShell.add(
            MemberDraft(
                name: "Bob Baker",
                email: sample.bob.email,
                seat: "Baker",
                joinedOn: .day("2026-10-10")
            )
        )
        try await sample.shell.set([("margin", "12.5%")], of: sample.bob, in: sample.alder, from: nil)
        _ = try await sample.birchShell.run(
            .end(
                try await sample.birchShell.member("Bob Baker").id,
                on: .day("2026-10-20"),
                reason: nil,
                in: sample.birch.id
            )
        )
        let me = try await Caller(
            database: sample.database,
            token: try await sample.shell.token(of: sample.bob)
        )
        .get(Self.me).json
        #expect(me["name"] == .string("Bob Baker"))
        #expect(me["email"] == .string("bob@example.org"))
        #expect(me["operator"] == .truth(false) && me["second_factor"] == .truth(false))
        let memberships = try #require(me["memberships"]?.elements)
        #expect(memberships.map { $0["chapter"]?.string } == ["alder", "birch"])
        #expect(memberships.map { $0["ended"]?.string } == [nil, "2026-10-20"])
        #expect(memberships.first?["margin"] == .string("12.5%"))
        #expect(memberships.first?["value_of_hour"] == .null)
        #expect(me["offices"]?.elements.isEmpty == true)
        let alice = try await sample.caller(sample.alice).get(Self.me).json
        #expect(alice["offices"]?.elements.map { $0["role"]?.string } == ["president"])
        #expect(alice["memberships"]?.elements.count == 1)
    }

    @Test func `is one's sessions, which one ends, and nobody else's`() async throws {
        let (one, other) = (
            try await sample.scratch.openSession(of: sample.bob),
            try await sample.scratch.openSession(of: sample.alice)
        )
        let browser = Browser(sample.database, session: one)
        let ofBob = try await bob.get("\(Self.me)/sessions").json.elements
        #expect(
            ofBob.count == 1 && ofBob[0]["agent"] == .string("a browser")
                && ofBob[0]["current"] == .truth(false)
        )
        let alice = Browser(sample.database, session: other)
        var aliceAsks = alice
        let ofAlice = try await aliceAsks.get("\(Self.me)/sessions").json.elements
        #expect(ofAlice.count == 1 && ofAlice[0]["current"] == .truth(true))
        let id = try #require(ofAlice[0]["id"]?.number).formatted
        for place in ["sessions/\(id)", "sessions/999999", "sessions/x"] {
            #expect(try await bob.get("\(Self.me)/\(place)").isProblem(404) == "not-found")
            #expect(try await bob.send(.delete, "\(Self.me)/\(place)").isProblem(404) == "not-found")
        }
        let own = try #require(ofBob[0]["id"]?.number).formatted
        #expect(try await bob.get("\(Self.me)/sessions/\(own)").json == ofBob[0])
        #expect(try await bob.send(.delete, "\(Self.me)/sessions/\(own)").status == 204)
        #expect(try await bob.send(.delete, "\(Self.me)/sessions/\(own)").status == 404)
        var asks = browser
        #expect(try await asks.get("\(Self.me)").status == 401)
    }

    @Test func `is one's tokens, each shown once`() async throws {
        let session = try await sample.scratch.openSession(of: sample.bob)
        let made = try await make(#"{"name": "a program", "days": 7, "scope": "read"}"#, session)
        #expect(made.status == 201)
        let (token, id) = (
            try #require(try made.json["token"]?.string), try #require(try made.json["id"]?.number).formatted
        )
        #expect(made["Location"] == "\(Self.me)/tokens/\(id)")
        let reader = Caller(database: sample.database, token: token)
        let list = try await reader.get("\(Self.me)/tokens")
        #expect(!list.text.contains(token.suffix(20)))
        let own = try await reader.get("\(Self.me)/tokens/\(id)").json
        #expect(own["scope"] == .string("read") && own["name"] == .string("a program"))
        // It reads, and cannot end what it cannot make.
        #expect(try await reader.send(.delete, "\(Self.me)/tokens/\(id)").isProblem(403) == "read-only-token")
        let alice = try await sample.caller(sample.alice)
        #expect(try await alice.send(.delete, "\(Self.me)/tokens/\(id)").isProblem(404) == "not-found")
        #expect(try await bob.send(.delete, "\(Self.me)/tokens/\(id)").status == 204)
        #expect(try await reader.get(Self.me).status == 401)
        #expect(try await bob.send(.delete, "\(Self.me)/tokens/\(id)").status == 404)
    }

    @Test func `makes a token only where it was proved of late`() async throws {
        let body = #"{"name": "a program"}"#
        #expect(try await bob.json(.post, "\(Self.me)/tokens", body).isProblem(403) == "proof")
        let session = try await sample.scratch.openSession(of: sample.bob)
        try await sample.scratch.superuser.run(
            Query<Void>("UPDATE app.session SET proved_at = proved_at - interval '20 years'")
        )
        #expect(try await make(body, session).isProblem(403) == "proof")
        let fresh = try await sample.scratch.openSession(of: sample.bob)
        #expect(try await make(body, fresh, key: "k-1").isProblem(400) == "idempotency-key")
        for (body, pointer) in [
            (#"{}"#, "/name"), (#"{"name": ""}"#, "/name"), (#"{"name": "x", "days": 367}"#, "/days"),
            (#"{"name": "x", "days": "7"}"#, "/days"), (#"{"name": "x", "scope": "all"}"#, "/scope"),
            (#"{"name": "x", "person_id": 1}"#, "/person_id"),
        ] {
            let answer = try await make(body, fresh)
            #expect(try answer.isProblem(422) == "field")
            #expect(try answer.json["errors"]?.elements.first?["pointer"] == .string(pointer))
        }
        try await sample.scratch.superuser.run(
            Query<Void>("UPDATE app.person SET is_operator = true WHERE id = \(sample.bob.person)")
        )
        #expect(try await make(body, fresh).isProblem(403) == "second-factor")
        #expect(try await make(body, fresh, site: "cross-site").isProblem(403) == "other-site")
    }

    private func make(
        _ body: String,
        _ session: Secret,
        key: String? = nil,
        site: String = "same-origin"
    ) async throws -> Answer {
        var headers: HTTPFields = [.contentType: "application/json"]
        headers[try #require(HTTPField.Name("Sec-Fetch-Site"))] = site
        if let key { headers[try #require(HTTPField.Name("Idempotency-Key"))] = key }
        var caller = Caller(database: sample.database)
        caller.cookie = "\(Browser.sessionCookie)=\(session.text)"
        return try await caller.send(.post, "\(Self.me)/tokens", headers: headers, body: .init(string: body))
    }
}

/// Who looked at whose private figures, told to those whose they are.
@Suite(.sampleDatabase)
struct `The access log` {
    let sample: SampleChapter
    let alice: Caller
    let bob: Caller
    let october = LocalDate.day("2026-10-01").month

    init() async throws {
        sample = try await SampleChapter()
        alice = try await sample.caller(sample.alice)
        bob = try await sample.caller(sample.bob)
    }

    @Test func `tells a member who saw their figures, when and by which door`() async throws {
        try await sample.shell.set([("shares-figures", "yes")], of: sample.bob, in: sample.alder, from: nil)
        let report = "/api/v1/chapters/alder/reports/roi?month=2026-10"
        #expect(try await alice.get(report).status == 200)
        _ = try await sample.shell.run(.monthlyROI(of: sample.alder, month: october, asOf: SampleChapter.now))
        let log = try await bob.get("/api/v1/me/access-log").json.elements
        #expect(log.map { $0["by"] } == [.null, .string("Alice Archer")])
        #expect(log.map { $0["door"]?.string } == ["cli", "api"])
        #expect(
            log.allSatisfy { $0["seen"] == .string("monthly-return") && $0["month"] == .string("2026-10") }
        )
        #expect(
            log.allSatisfy { $0["chapter"] == .string("alder") && $0["at"]?.string?.hasSuffix("Z") == true }
        )
        // Alice shares nothing, so nobody but the shell saw hers; and nobody saw their own.
        let ofAlice = try await alice.get("/api/v1/me/access-log").json.elements
        #expect(ofAlice.map { $0["by"] } == [.null])
        let charlie = try await sample.caller(sample.charlie)
        #expect(try await charlie.get("/api/v1/me/access-log").json.elements.isEmpty)
    }

    @Test func `is told on a page, part by part`() async throws {
        try await sample.shell.set([("shares-figures", "yes")], of: sample.bob, in: sample.alder, from: nil)
        #expect(try await alice.get("/api/v1/chapters/alder/reports/roi?month=2026-10").status == 200)
        for _ in 0..<50 {
            _ = try await sample.shell.run(
                .monthlyROI(of: sample.alder, month: october, asOf: SampleChapter.now)
            )
        }
        var browser = try await sample.scratch.browser(of: sample.bob)
        let page = try await browser.get("/account/privacy")
        #expect(page.status == 200 && page.text.contains("its leaders see it"))
        #expect(page.text.contains("The operator’s shell") && !page.text.contains("Alice Archer"))
        let further = try #require(page.text.firstRange(of: "/account/privacy?before="))
        let id = page.text[further.upperBound...].prefix { $0.isNumber }
        let rest = try await browser.get("/account/privacy?before=\(id)")
        #expect(rest.text.contains("Alice Archer") && rest.text.contains("your monthly return"))
        #expect(!rest.text.contains("rel=\"next\""))
        #expect(try await browser.get("/account/privacy?before=x").status == 400)
        // Nobody looked at hers but the shell, and she shares nothing.
        var other = try await sample.scratch.browser(of: sample.alice)
        #expect(try await other.get("/account/privacy").text.contains("its leaders do not see it"))
    }

    @Test func `is not written where nothing private is shown`() async throws {
        for caller in [alice, bob] {
            #expect(try await caller.get("/api/v1/chapters/alder/reports/roi?month=2026-10").status == 200)
        }
        #expect(try await events() == 0)
    }

    @Test func `is written where the chapter opened the figures to its leaders`() async throws {
        try await sample.shell.setPolicy(
            [("earned-is-seen-by", "leaders")],
            of: sample.alder,
            from: .day("2026-01-01")
        )
        var page = alice
        page.accept = "text/html"
        for (caller, path) in [
            (alice, "/api/v1/chapters/alder/reports/roi.csv"), (page, "/chapters/alder/reports/roi"),
            (bob, "/api/v1/chapters/alder/reports/roi"),
        ] {
            #expect(try await caller.get("\(path)?month=2026-10").status == 200)
        }
        let log = try await bob.get("/api/v1/me/access-log").json.elements
        #expect(log.map { $0["by"]?.string } == ["Alice Archer", "Alice Archer"])
        #expect(try await alice.get("/api/v1/me/access-log").json.elements.isEmpty)
    }

    @Test func `names the shell that was told who earned`() async throws {
        let thanks = try await sample.shell.transaction { ledger in
            try await ledger.record(
                ThanksDraft(
                    earner: .member(sample.bob.id),
                    thanked: .chapter,
                    amount: Money(minorUnits: 100, currency: sample.alder.currency),
                    closedOn: .day("2026-10-20")
                )
            )
        }
        try await sample.shell.run(.noteEarnersSeen(in: [thanks]))
        // Who is not the shell is told nothing, and notes nothing.
        try await sample.acting(as: sample.alice).run(.noteEarnersSeen(in: [thanks]))
        let log = try await bob.get("/api/v1/me/access-log").json.elements
        #expect(log.map { $0["seen"]?.string } == ["thanks"])
        #expect(try await alice.get("/api/v1/me/access-log").json.elements.isEmpty)
    }

    @Test func `comes part by part, and is nobody's to write or change`() async throws {
        for _ in 0..<5 {
            _ = try await sample.shell.run(
                .monthlyROI(of: sample.alder, month: october, asOf: SampleChapter.now)
            )
        }
        var ids: [Double] = []
        var address: String? = "/api/v1/me/access-log?limit=2"
        while let next = address {
            let answer = try await bob.get(next)
            ids += try answer.json.elements.compactMap { $0["id"]?.number }
            address = answer["Link"]?.split(separator: ">").first.map { String($0.dropFirst()) }
        }
        #expect(ids.count == 5 && ids == ids.sorted(by: >) && Set(ids).count == 5)
        for query in ["limit=0", "limit=201", "after=x", "after=0", "page=2"] {
            #expect(try await bob.get("/api/v1/me/access-log?\(query)").status == 400, "\(query)")
        }
        for statement in [
            "INSERT INTO access_event (chapter_id, door, seen, about) VALUES (1, 'api', 'thanks', '{1}')",
            "UPDATE access_event SET door = 'api'", "DELETE FROM access_event",
        ] {
            await #expect(throws: PostgresError.self) {
                try await sample.shell.run(Query<Void>(SQL(stringLiteral: statement)))
            }
        }
        #expect(try await events() == 5)
    }

    private func events() async throws -> Int {
        try await sample.scratch.superuser.run(Query<Int>(value: "SELECT count(*) FROM app.access_event"))
    }
}

extension Double {
    /// An id as it is written.
    fileprivate var formatted: String {
        "\(Int(self))"
    }
}
