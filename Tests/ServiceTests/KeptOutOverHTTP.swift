import HTTPTypes
import ReferralGroup
import Storage
import TestSupport
import Testing

@Suite(.sampleDatabase)
struct `Kept out over HTTP` {
    @Test func `is said at the field that has to be left out`() async throws {
        let sample = try await SampleChapter()
        let key = try #require(SuppressionKey("a key of more than thirty-two letters"))
        let known = try #require(KnownWhereabouts(["karl@example.org", "+49 30 901 23 45"], under: key))
        _ = try await sample.shell.run(.keepOut(known))
        let alice = try await Caller(
            database: sample.database.keepingOut(by: key),
            token: sample.shell.token(of: sample.alice)
        )
        _ = try await sample.shell.run(
            .appoint(
                sample.bob,
                as: .membershipCommittee,
                from: .day("2026-04-01"),
                to: nil,
                in: sample.alder.id
            )
        )
        let bob = try await Caller(
            database: sample.database.keepingOut(by: key),
            token: sample.shell.token(of: sample.bob)
        )
        let application = try await sample.shell.run(
            .open(MembershipApplicationDraft(name: "Nora", seat: "Notary"), in: sample.alder.id)
        )
        for (path, body, pointer) in [
            (
                "applications/\(application)/references",
                #"{"name": "Karl", "contact": "karl@example.org", "date": "2026-10-20"}"#, "/contact"
            ),
            ("visitors", #"{"name": "Karl", "kind": "first", "phone": "030 9012345"}"#, "/phone"),
            ("contacts", #"{"name": "Karl", "email": "KARL@example.org"}"#, "/email"),
            (
                "referrals",
                #"{"receiver": "Bob Baker", "need": "Bread", "warmth": 3, "tier": 1, "prospect": {"name": "Karl", "phone": "0049 30 9012345"}}"#,
                "/prospect/phone"
            ),
        ] {
            let answer = try await (pointer == "/contact" ? bob : alice).json(
                .post,
                "/api/v1/chapters/alder/\(path)",
                body
            )
            #expect(answer.status == 422, "\(path): \(answer.text)")
            #expect(
                try answer.json["errors"]?.elements.first?["pointer"] == .string(pointer),
                "\(answer.text)"
            )
            #expect(answer.text.contains("asked not to be kept"))
        }
        #expect(
            try await alice.json(.post, "/api/v1/chapters/alder/contacts", #"{"name": "Karl"}"#).status == 201
        )
    }
}
