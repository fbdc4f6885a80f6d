import HTTPTypes
import ReferralGroup
import Storage
import TestSupport
import Testing

@Suite(.sampleDatabase)
struct `Who may come in` {
    static let roi = "/api/v1/chapters/alder/reports/roi?month=2026-10"
    static let handover = "/api/v1/chapters/alder/reports/handover"
    static let attendance = "/api/v1/chapters/alder/reports/attendance?month=2026-10"

    let sample: SampleChapter

    init() async throws {
        sample = try await SampleChapter()
    }

    @Test func `members of the chapter do`() async throws {
        #expect(try await sample.caller(sample.bob).get(Self.roi).status == 200)
    }

    @Test func `nobody without a token`() async throws {
        let answer = try await Caller(database: sample.database).get(Self.roi)
        #expect(try answer.isProblem(401) == "unauthorized")
        #expect(answer["WWW-Authenticate"] == "Bearer")
    }

    @Test func `nobody with a token that is none`() async throws {
        let all = [
            "", "rubbish", "chapterhouse_1_", "chapterhouse_1_" + String(repeating: "0", count: 64),
            "chapterhouse__", "chapterhouse_1_" + String(repeating: "0", count: 64) + "_", "\u{fffd}",
            String(repeating: "_", count: 9000),
        ]
        for token in all {
            let answer = try await Caller(database: sample.database, token: token).get(Self.roi)
            #expect(try answer.isProblem(401) == "unauthorized")
            #expect(answer["WWW-Authenticate"] == "Bearer")
        }
    }

    @Test func `nobody by another scheme than Bearer`() async throws {
        let token = try await sample.shell.token(of: sample.bob)
        for scheme in ["Basic", "bearers", "Token"] {
            let caller = Caller(database: sample.database)
            let answer = try await caller.send(
                .get,
                Self.roi,
                headers: [.authorization: "\(scheme) \(token)"]
            )
            try answer.isProblem(401)
        }
        let caller = Caller(database: sample.database)
        let answer = try await caller.send(.get, Self.roi, headers: [.authorization: "bEARER \(token)"])
        #expect(answer.status == 200)
    }

    @Test func `nobody with a token whose last letter was changed`() async throws {
        var caller = try await sample.caller(sample.bob)
        let token = try #require(caller.token)
        caller.token = token.dropLast() + (token.last == "0" ? "1" : "0")
        try await caller.get(Self.roi).isProblem(401)
    }

    @Test func `nobody with a token that has expired`() async throws {
        let caller = try await sample.caller(sample.bob)
        try await sample.scratch.ageTokens()
        #expect(try await caller.get(Self.roi).isProblem(401) == "unauthorized")
    }

    @Test func `nobody with a token that was revoked`() async throws {
        let token = try await sample.shell.createToken(for: sample.bob.person, named: "test", days: 1)
        let caller = Caller(database: sample.database, token: token.text)
        #expect(try await caller.get(Self.roi).status == 200)
        #expect(try await sample.shell.run(.revokeToken(token.id)))
        #expect(try await caller.get(Self.roi).isProblem(401) == "unauthorized")
    }

    @Test func `members of another chapter see one that is not there`() async throws {
        let charlie = try await sample.caller(sample.charlie)
        for address in [Self.roi, Self.attendance] {
            let ours = try await charlie.get(address)
            let unknown = try await charlie.get(address.replacing("alder", with: "nowhere"))
            #expect(try ours.isProblem(404) == "not-found")
            #expect(ours.status == unknown.status)
            #expect(try ours.json.without("request_id") == unknown.json.without("request_id"))
            #expect(ours.headers == unknown.headers)
        }
    }

    @Test func `who has left sees a chapter that is not there`() async throws {
        let bob = try await sample.caller(sample.bob)
        _ = try await sample.shell.run(
            .end(sample.bob.id, on: .day("2026-10-31"), reason: "moved", in: sample.alder.id)
        )
        #expect(try await bob.get(Self.roi).isProblem(404) == "not-found")
    }

    @Test func `who leaves today still belongs today`() async throws {
        let bob = try await sample.caller(sample.bob)
        _ = try await sample.shell.run(
            .end(sample.bob.id, on: .day("2026-11-01"), reason: "moves", in: sample.alder.id)
        )
        #expect(try await bob.get(Self.roi).status == 200)
    }

    @Test func `a member without an office does not see the attendance of others`() async throws {
        for (member, seen) in [(sample.bob, ["Bob Baker"]), (sample.alice, ["Alice Archer", "Bob Baker"])] {
            let members = try await sample.caller(member).get(Self.attendance).json["members"]?.elements
            #expect(members?.compactMap { $0["member"]?["name"]?.string } == seen)
        }
    }

    @Test func `an office that begins tomorrow gives no right today`() async throws {
        _ = try await sample.shell.run(
            .appoint(sample.bob, as: .visitorHost, from: .day("2026-11-02"), to: nil, in: sample.alder.id)
        )
        try await sample.caller(sample.bob).get(Self.handover).isProblem(403)
    }

    @Test func `an office that begins today does`() async throws {
        _ = try await sample.shell.run(
            .appoint(sample.bob, as: .visitorHost, from: .day("2026-11-01"), to: nil, in: sample.alder.id)
        )
        #expect(try await sample.caller(sample.bob).get(Self.handover).status == 200)
    }
}
