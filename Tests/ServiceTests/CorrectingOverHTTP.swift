import HTTPTypes
import Hummingbird
import ReferralGroup
import Storage
import TestSupport
import Testing

@Suite(.sampleDatabase)
struct `Correcting over HTTP` {
    static let place = "/api/v1/chapters/alder"
    let sample: SampleChapter
    let alice: Caller

    init() async throws {
        sample = try await SampleChapter()
        alice = try await sample.caller(sample.alice)
    }

    @Test func `puts an entry in another's place, once`() async throws {
        let wrong = try await learn("15")
        let body = """
            {"slip": "education", "corrects": "\(wrong)", "reason": "A comma was missing",
             "replacement": {"slip": "education", "hours": "1.5", "date": "2026-10-28"}}
            """
        let made = try await alice.json(.post, "\(Self.place)/corrections", body, key: "once")
        #expect(made.status == 201, "\(made.text)")
        #expect(try await alice.json(.post, "\(Self.place)/corrections", body, key: "once").text == made.text)
        let right = try #require(try made.json["replacement"]?.string)
        let hours = try await alice.get("\(Self.place)/education").json.elements
        #expect(hours.map { $0["hours"] } == [.string("1.50")] && hours.map { $0["id"] } == [.string(right)])
        let kept = try await alice.get("\(Self.place)/corrections?from=2026-10-01&to=2026-10-31").json
            .elements
        #expect(kept.map { $0["was"] } == [.string("Alice Archer, 15.00 hours")])
        #expect(kept.map { $0["corrects"] } == [.string(wrong)])
        let address = "\(Self.place)/reports/consistency/entries?month=2026-10"
        #expect(try await alice.get(address + "&figure=deposit").status == 400)
        let entries = try await alice.get(address + "&figure=deposits").json
        #expect(entries["corrections"]?.elements.map { $0["reason"] } == [.string("A comma was missing")])
        // The record is gone from the ledger, and is corrected no second time.
        let again = try await alice.json(.post, "\(Self.place)/corrections", body)
        #expect(try again.isProblem(422) == "unfit")
        #expect(try await alice.get("\(Self.place)/education").json.elements.count == 1)
    }

    @Test func `refuses what cannot be, and changes nothing`() async throws {
        let slip = try await learn("1")
        let start = "{\"slip\": \"education\", \"corrects\": \"\(slip)\""
        for (body, pointer) in [
            ("{}", "/slip"), ("{\"slip\": \"education\"}", "/corrects"), ("\(start)}", "/reason"),
            ("\(start), \"reason\": \" \"}", "/reason"), ("\(start), \"reason\": \"x\", \"why\": 1}", "/why"),
            ("{\"slip\": \"meeting\", \"corrects\": \"\(slip)\", \"reason\": \"x\"}", "/slip"),
            ("{\"slip\": \"thanks\", \"corrects\": \"\(slip)\", \"reason\": \"x\"}", "/corrects"),
            (
                "\(start), \"reason\": \"x\", \"replacement\": {\"slip\": \"education\", \"hours\": 2}}",
                "/replacement/hours"
            ),
            ("\(start), \"reason\": \"x\", \"replacement\": {}}", "/replacement/slip"),
            (
                "\(start), \"reason\": \"x\", \"replacement\": {\"slip\": \"visitor\", \"name\": \"x\"}}",
                "/replacement/slip"
            ),
        ] {
            let answer = try await alice.json(.post, "\(Self.place)/corrections", body)
            try answer.isProblem(422)
            #expect(
                try answer.json["errors"]?.elements.first?["pointer"] == .string(pointer),
                "\(answer.text)"
            )
        }
        #expect(
            try await alice.get("\(Self.place)/education").json.elements.map { $0["id"] } == [.string(slip)]
        )
        #expect(try await alice.get("\(Self.place)/corrections").json.elements.isEmpty)
    }

    private func learn(_ hours: String) async throws -> String {
        let answer = try await alice.json(
            .post,
            "\(Self.place)/education",
            "{\"hours\": \"\(hours)\", \"date\": \"2026-10-28\"}"
        )
        return try #require(try answer.json["id"]?.string, "\(answer.text)")
    }
}
