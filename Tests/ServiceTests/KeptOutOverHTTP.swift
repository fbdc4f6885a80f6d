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
        for (path, body, pointer) in [
            ("visitors", #"{"name": "Karl", "kind": "first", "phone": "030 9012345"}"#, "/phone"),
            ("contacts", #"{"name": "Karl", "email": "KARL@example.org"}"#, "/email"),
            (
                "referrals",
                #"{"receiver": "Bob Baker", "need": "Bread", "warmth": 3, "tier": 1, "prospect": {"name": "Karl", "phone": "0049 30 9012345"}}"#,
                "/prospect/phone"
            ),
        ] {
            let answer = try await alice.json(.post, "/api/v1/chapters/alder/\(path)", body)
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
