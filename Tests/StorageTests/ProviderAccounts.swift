import Postgres
import ReferralGroup
import Storage
import TestSupport
import Testing

@Suite(.sampleDatabase)
struct `Accounts of a provider` {
    static let issuer = "https://id.example.org"
    let sample: SampleChapter

    init() async throws {
        sample = try await SampleChapter()
    }

    @Test func `are their person's by issuer and subject`() async throws {
        #expect(try await themselves(sample.bob).run(.linkProvider(issuer: Self.issuer, subject: "1")))
        #expect(try await person(Self.issuer, "1") == sample.bob.person)
        #expect(try await person(Self.issuer, "2") == nil)
        #expect(try await person("https://id.example.net", "1") == nil)
        #expect(try await person(Self.issuer, "bob@example.org") == nil)
    }

    @Test func `are one person's, who first linked them`() async throws {
        let link = Query<Bool>.linkProvider(issuer: Self.issuer, subject: "1")
        #expect(try await themselves(sample.bob).run(link))
        #expect(try await themselves(sample.bob).run(link))
        #expect(try await themselves(sample.charlie).run(link) == false)
        #expect(try await person(Self.issuer, "1") == sample.bob.person)
    }

    @Test func `are their person's to unlink, and to see`() async throws {
        #expect(try await themselves(sample.bob).run(.linkProvider(issuer: Self.issuer, subject: "1")))
        let count = Query<Int>(value: "SELECT count(*) FROM provider_account")
        #expect(try await themselves(sample.charlie).run(count) == 0)
        #expect(try await themselves(sample.bob).run(count) == 1)
        let unlink = Query<Bool>.unlinkProvider(issuer: Self.issuer, subject: "1")
        #expect(try await themselves(sample.charlie).run(unlink) == false)
        #expect(try await themselves(sample.bob).run(unlink))
        #expect(try await person(Self.issuer, "1") == nil)
    }

    @Test func `let nobody in who is disabled`() async throws {
        #expect(try await themselves(sample.bob).run(.linkProvider(issuer: Self.issuer, subject: "1")))
        let installation = sample.database.acting(as: .system(door: .cli), in: nil)
        #expect(try await installation.run(.disable(sample.bob.person, true)))
        #expect(try await person(Self.issuer, "1") == nil)
    }

    @Test func `are visited once, by who went`() async throws {
        let hash = [UInt8](repeating: 7, count: 32)
        try await themselves(sample.bob).run(
            .beginProviderVisit(stateHash: hash, nonce: "n", verifier: "v")
        )
        #expect(try await nobody.run(.endProviderVisit(stateHash: [UInt8](repeating: 8, count: 32))) == nil)
        let visit = try #require(try await nobody.run(.endProviderVisit(stateHash: hash)))
        #expect(visit.person == sample.bob.person)
        #expect(visit.nonce == "n" && visit.verifier == "v")
        #expect(try await nobody.run(.endProviderVisit(stateHash: hash)) == nil)
    }

    @Test func `are visited for ten minutes`() async throws {
        let hash = [UInt8](repeating: 7, count: 32)
        try await nobody.run(.beginProviderVisit(stateHash: hash, nonce: "n", verifier: "v"))
        try await sample.scratch.superuser.run(
            Query<Void>("UPDATE app.provider_visit SET expires_at = expires_at - interval '10 minutes'")
        )
        #expect(try await nobody.run(.endProviderVisit(stateHash: hash)) == nil)
    }

    private var nobody: ActingDatabase {
        sample.database.acting(as: .nobody(door: .web), in: nil)
    }

    private func themselves(_ member: Membership) -> ActingDatabase {
        sample.database.acting(as: .themselves(member.person, door: .web), in: nil)
    }

    private func person(_ issuer: String, _ subject: String) async throws -> Person.ID? {
        let found: ProviderSignIn? = try await nobody.run(.person(ofIssuer: issuer, subject: subject))
        return found?.person
    }
}
