import Postgres
import ReferralGroup
import Storage
import TestSupport
import Testing

/// Rights that the service needs are gone, as after a mistake of whoever runs the database.
@Suite(.sampleDatabase)
struct `A failure of ours` {
    static let base = "/api/v1/chapters/alder"

    let sample: SampleChapter
    let alice: Caller

    init() async throws {
        sample = try await SampleChapter()
        alice = try await sample.caller(sample.alice)
    }

    @Test(arguments: ["referrals", "members", "meetings"])
    func `is told as one, with the request's id and nothing else`(_ list: String) async throws {
        #expect(try await alice.get("\(Self.base)/\(list)").status == 200)
        try await sample.scratch.superuser.run(
            Query<Void>("REVOKE SELECT ON ALL TABLES IN SCHEMA app FROM chapterhouse_app")
        )
        let answer = try await alice.get("\(Self.base)/\(list)")
        // No list that looks empty, and no word of the database.
        #expect(answer.status == 500)
        #expect(answer.text.contains("\"request_id\":\""))
        let page = try await alice.get("/chapters/alder")
        #expect(page.status >= 400)
        for word in ["42501", "permission denied", "chapterhouse_app", "SELECT"] {
            #expect(!answer.text.contains(word) && !page.text.contains(word), "\(word)")
        }
    }
}
