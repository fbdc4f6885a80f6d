import HTTPTypes
import Postgres
import ReferralGroup
import Storage
import TestSupport
import Testing

@Suite(.sampleDatabase)
struct `Answering introductions` {
    static let folder = "/chapters/alder"

    let sample: SampleChapter
    let alice: Caller
    let bob: Caller
    let dora: Caller

    init() async throws {
        sample = try await SampleChapter()
        let member = try await sample.shell.add(.sample("Dora Dyer"))
        alice = try await sample.caller(sample.alice)
        bob = try await sample.caller(sample.bob)
        dora = try await sample.caller(member)
        try await sample.scratch.superuser.run(
            Query<Void>("UPDATE app.person SET phones = ARRAY['030 ' || id]")
        )
    }

    private func introduce(_ first: String, _ second: String) async throws -> String {
        let made = try await alice.json(
            .post,
            "/api/v1/chapters/alder/introductions",
            #"{"first": "\#(first)", "second": "\#(second)", "why": "Both restore barns"}"#
        )
        return try #require(try made.json["id"]?.string, "\(made.text)")
    }

    private func answer(
        _ caller: Caller,
        _ id: String,
        _ yes: Bool,
        in chapter: String = "alder"
    ) async throws -> Int {
        try await caller.json(
            .put,
            "/api/v1/chapters/\(chapter)/introductions/\(id)/answer",
            "{\"accepts\": \(yes)}"
        ).status
    }

    private func own(_ caller: Caller, in chapter: String = "alder") async throws -> String {
        try await caller.get("/api/v1/chapters/\(chapter)/own-introductions").text
    }

    @Test func `shows how to reach each other once both have accepted, and not before`() async throws {
        let id = try await introduce("Bob Baker", "Dora Dyer")
        let phone = "030 \(sample.bob.person)"
        #expect(
            try await own(dora).contains(
                #""part":"second","first_accepts":null,"second_accepts":null,"email":null,"phones":[]"#
            )
        )
        #expect(try await answer(dora, id, true) == 204)
        #expect(try await !own(dora).contains(phone))
        #expect(try await answer(bob, id, false) == 204)
        #expect(try await !own(dora).contains(phone))
        #expect(try await answer(bob, id, true) == 204)
        #expect(try await own(dora).contains(#""email":"bob@example.org","phones":["\#(phone)"]"#))
        #expect(
            try await own(bob).contains(
                #""part":"first","first_accepts":true,"second_accepts":true,"email":"dora@example.org""#
            )
        )
        // Who made it knows both already, and is told no more than the answers.
        #expect(
            try await own(alice).contains(
                #""part":"connector","first_accepts":true,"second_accepts":true,"email":null,"phones":[]"#
            )
        )
    }

    @Test func `is for those who are introduced, and its outcome for all three`() async throws {
        let id = try await introduce("Bob Baker", "visitor:Vera Visitor")
        #expect(try await answer(alice, id, true) == 404)
        #expect(try await answer(dora, id, true) == 404)
        let place = "/api/v1/chapters/alder/introductions/\(id)/outcome"
        #expect(try await dora.json(.put, place, #"{"outcome": "Nothing"}"#).isProblem(404) == "not-found")
        #expect(try await bob.json(.put, place, #"{"outcome": ""}"#).status == 422)
        #expect(try await bob.json(.put, place, #"{"outcome": "A barn"}"#).status == 204)
        #expect(try await own(alice).contains(#""outcome":"A barn""#))
        #expect(try await own(dora) == "[]")
    }

    @Test func `reaches over two chapters`() async throws {
        let charlie = try await sample.caller(sample.charlie)
        let id = try await introduce("Bob Baker", "Charlie Carver @ Birch")
        #expect(try await answer(charlie, id, true, in: "birch") == 204)
        #expect(try await own(bob).contains(#""first_accepts":null,"second_accepts":true,"email":null"#))
        #expect(try await answer(bob, id, true) == 204)
        #expect(try await own(bob).contains("030 \(sample.charlie.person)"))
        #expect(try await own(charlie, in: "birch").contains("bob@example.org"))
        let place = "/api/v1/chapters/birch/introductions/\(id)/outcome"
        #expect(try await charlie.json(.put, place, #"{"outcome": "A barn"}"#).status == 204)
        #expect(try await own(alice).contains(#""outcome":"A barn""#))
    }

    @Test func `as pages`() async throws {
        var browser = try await sample.browser(of: sample.bob)
        let id = try await introduce("Bob Baker", "Dora Dyer")
        let list = "\(Self.folder)/introductions"
        #expect(try await browser.get(list).text.contains("Dora Dyer"))
        try await browser.fill(list, sending: "\(list)/\(id)/answer", ["accepts": "true"]).leads(to: list)
        #expect(try await browser.get(list).text.contains("has not answered"))
        #expect(try await answer(dora, id, true) == 204)
        #expect(try await browser.get(list).text.contains("dora@example.org"))
        try await browser.fill(list, sending: "\(list)/\(id)/outcome", ["outcome": ""]).mends("outcome")
        try await browser.fill(list, sending: "\(list)/\(id)/outcome", ["outcome": "A barn"]).leads(to: list)
        #expect(try await browser.get(list).text.contains("A barn"))
    }
}
