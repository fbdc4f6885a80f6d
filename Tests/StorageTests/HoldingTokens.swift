import Postgres
import ReferralGroup
import Storage
import TestSupport
import Testing

@Suite(.sampleDatabase)
struct `A token` {
    let sample: SampleChapter
    let token: Token

    init() async throws {
        sample = try await SampleChapter()
        token = try await sample.shell.createToken(for: sample.alice.person, named: "laptop", days: 30)
    }

    @Test func `stands for its person with the rights of today`() async throws {
        let bearer = try #require(try await bearer(token.text, sample.alder))
        #expect(bearer.person == sample.alice.person)
        #expect(bearer.name == "Alice Archer")
        #expect(bearer.chapter == sample.alder.id)
        #expect(bearer.standing.membership == sample.alice.id)
        #expect(bearer.standing.offices == [.president])
    }

    @Test func `stands for a stranger in another chapter, and in none`() async throws {
        let inBirch = try #require(try await bearer(token.text, sample.birch))
        #expect(inBirch.chapter == sample.birch.id)
        #expect(!inBirch.standing.belongs)
        let nowhere = try #require(try await bearer(token.text, nil))
        #expect(nowhere.chapter == nil)
        #expect(!nowhere.standing.belongs)
    }

    @Test func `is kept as a hash only`() async throws {
        let rows = try await sample.scratch.superuser.run(
            Query<[String]>(
                values:
                    "SELECT to_jsonb(api_token)::text FROM app.api_token UNION ALL SELECT to_jsonb(event)::text FROM app.installation_audit_event AS event"
            )
        )
        #expect(rows.contains { $0.contains("laptop") })
        #expect(!rows.contains { $0.contains(token.secret) })
    }

    @Test func `is worth nothing once revoked, and is revoked once`() async throws {
        #expect(try await sample.shell.run(.revokeToken(token.id)))
        #expect(try await bearer(token.text, sample.alder) == nil)
        #expect(try await sample.shell.run(.revokeToken(token.id)) == false)
    }

    @Test func `is worth nothing once it has expired`() async throws {
        try await sample.scratch.superuser.run(
            Query<Void>(
                "UPDATE app.api_token SET created_at = now() - interval '2 days', expires_at = now() - interval '1 second'"
            )
        )
        #expect(try await bearer(token.text, sample.alder) == nil)
    }

    @Test func `that nobody made stands for nobody`() async throws {
        let other = String(token.text.dropLast()) + (token.text.hasSuffix("0") ? "1" : "0")
        #expect(try await bearer(other, sample.alder) == nil)
        for text in [
            "", "chapterhouse", "chapterhouse_1_short", "chapterhouse_1_\(token.secret)_",
            "Chapterhouse_1_\(token.secret)",
        ] {
            #expect(Token.hash(of: text) == nil, "\(text)")
        }
    }

    @Test func `is its person's to see and to revoke, and nobody else's`() async throws {
        let alice = try await sample.acting(as: sample.alice)
        let bob = try await sample.acting(as: sample.bob)
        #expect(try await alice.run(.tokens(of: sample.alice.person)).map(\.name) == ["laptop"])
        #expect(try await bob.run(.tokens(of: sample.alice.person)).isEmpty)
        #expect(try await bob.run(.revokeToken(token.id)) == false)
        await #expect(throws: PostgresError.self) {
            _ = try await bob.createToken(for: sample.alice.person, named: "mine", days: 1)
        }
        #expect(try await alice.run(.revokeToken(token.id)))
    }

    @Test func `needs a name and a day to live`() async throws {
        await expectRefusal(.tokenWithoutName) {
            _ = try await sample.shell.createToken(for: sample.alice.person, named: " ", days: 1)
        }
        await expectRefusal(.tokenExpired) {
            _ = try await sample.shell.createToken(for: sample.alice.person, named: "x", days: 0)
        }
    }

    @Test func `remembers when it was last used`() async throws {
        #expect(try await sample.shell.run(.tokens(of: sample.alice.person)).first?.lastUsedAt == nil)
        _ = try await bearer(token.text, sample.alder)
        #expect(try await sample.shell.run(.tokens(of: sample.alice.person)).first?.lastUsedAt != nil)
    }

    @Test func `of an operator lets them create chapters`() async throws {
        try await sample.scratch.superuser.run(
            Query<Void>("UPDATE app.person SET is_operator = true WHERE id = \(sample.alice.person)")
        )
        let actor = Actor(try #require(try await bearer(token.text, nil)), door: .api)
        #expect(actor.may(.createChapters))
        #expect(!actor.may(.everything))
    }

    private func bearer(_ text: String, _ chapter: Chapter?) async throws -> Bearer? {
        let hash = try #require(Token.hash(of: text))
        return try await sample.database.acting(as: .nobody(door: .api), in: nil).run(
            .bearer(.token(hash), slug: chapter?.slug)
        )
    }
}
