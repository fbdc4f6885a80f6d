import Postgres
import ReferralGroup
import Storage
import TestSupport
import Testing

/// What an earlier request found is presumed, never trusted: whatever changes holds for the very next request.
@Suite(.sampleDatabase)
struct `Who was here before` {
    static let members = "/api/v1/chapters/alder/members"
    static let handover = "/api/v1/chapters/alder/reports/handover"

    let sample: SampleChapter

    init() async throws {
        sample = try await SampleChapter()
    }

    @Test func `is answered in one round trip`() async throws {
        let bob = try await sample.caller(sample.bob)
        let alice = Self.members + "/\(sample.alice.id)"
        #expect(try await roundTrips { try await bob.get(alice).status == 200 } == 2)
        #expect(try await roundTrips { try await bob.get(alice).status == 200 } == 1)
        #expect(try await roundTrips { try await bob.get(Self.members).status == 200 } == 1)
    }

    @Test func `is asked about even where nothing is read`() async throws {
        let bob = try await sample.caller(sample.bob)
        #expect(try await bob.get(Self.members).status == 200)
        #expect(try await roundTrips { try await bob.get(Self.members + "?on=never").status == 400 } == 1)
        try await change("UPDATE app.api_token SET revoked_at = now()")
        #expect(try await bob.get(Self.members + "?on=never").status == 401)
    }

    @Test(arguments: [
        ("UPDATE app.api_token SET revoked_at = now()", 401),
        ("UPDATE app.api_token SET expires_at = now()", 401),
        ("UPDATE app.api_token SET only_in = (SELECT id FROM app.chapter WHERE slug = 'birch')", 404),
        ("UPDATE app.person SET disabled_at = now()", 401),
        ("UPDATE app.membership SET joined_on = '2026-04-01', ended_on = '2026-10-31'", 404),
        ("UPDATE app.chapter SET slug = 'elm' WHERE slug = 'alder'", 404),
    ])
    func `is out at once`(_ change: String, _ status: Int) async throws {
        let bob = try await sample.caller(sample.bob)
        for _ in 1...2 { #expect(try await bob.get(Self.members).status == 200) }
        try await self.change(change)
        for _ in 1...2 { #expect(try await bob.get(Self.members).status == status) }
    }

    @Test func `has a right from the moment it is given, and to the moment it ends`() async throws {
        let bob = try await sample.caller(sample.bob)
        for _ in 1...2 { #expect(try await bob.get(Self.handover).status == 403) }
        let education = Query<Term>.appoint(
            sample.bob,
            as: .education,
            from: .day("2026-04-01"),
            to: nil,
            in: sample.alder.id
        )
        _ = try await sample.shell.run(education)
        for _ in 1...2 { #expect(try await bob.get(Self.handover).status == 200) }
        // A lost office ends what its holder was signed in with, too.
        try await change(
            "UPDATE app.office SET to_on = '2026-10-31'; UPDATE app.api_token SET revoked_at = NULL"
        )
        for _ in 1...2 { #expect(try await bob.get(Self.handover).status == 403) }
    }

    @Test func `sees the chapter as it has become`() async throws {
        let bob = try await sample.caller(sample.bob)
        let roi = "/api/v1/chapters/alder/reports/roi?month=2026-10"
        #expect(try await bob.get(roi).json["currency"] == .string("EUR"))
        #expect(try await bob.get(roi).json["currency"] == .string("EUR"))
        try await change("UPDATE app.chapter SET currency = 'USD' WHERE slug = 'alder'")
        #expect(try await bob.get(roi).json["currency"] == .string("USD"))
    }

    private func change(_ text: String) async throws {
        try await sample.scratch.superuser.withConnection { try await $0.run(script: text) }
    }

    /// How many segments an answer takes; it has to be the wanted one.
    private func roundTrips(_ ask: () async throws -> Bool) async throws -> Int {
        func answered() async -> Int { await sample.database.figures().queries.counts.reduce(0, +) }
        let before = await answered()
        #expect(try await ask())
        return await answered() - before
    }
}
