import HTTPTypes
import Hummingbird
import ReferralGroup
import Storage
import TestSupport
import Testing

@Suite(.sampleDatabase)
struct `Closing a month over HTTP` {
    static let place = "/api/v1/chapters/alder"
    let sample: SampleChapter
    let alice: Caller

    init() async throws {
        sample = try await SampleChapter()
        alice = try await sample.caller(sample.alice)
    }

    @Test func `answers its return from what is stored`() async throws {
        let closed = try await close(key: "once")
        #expect(closed.status == 200)
        #expect(try closed.json["number"] == .number(1))
        // The same key, the same answer; without it, it is closed already.
        #expect(try await close(key: "once").text == closed.text)
        #expect(try await close().isProblem(409) == "month_is_closed_once")

        let first = try await report()
        let tag = try #require(first["ETag"])
        #expect(try first.json["closed"]?["closed_by"] == .string("Alice Archer"))
        let again = try await alice.send(
            .get,
            "\(Self.place)/reports/roi?month=2026-10",
            headers: [.ifNoneMatch: tag]
        )
        #expect(again.status == 304)

        let slip = try await alice.json(
            .post,
            "\(Self.place)/referrals",
            #"{"receiver": \#(sample.bob.id), "need": "a roof", "date": "2026-10-28"}"#
        )
        #expect(slip.status == 201, "\(slip.text)")
        let restated = try await report()
        for part in ["members", "totals", "trailing", "since_joining", "as_of"] {
            #expect(try restated.json[part] == first.json[part])
        }
        let since = try restated.json["closed"]?["restated"]
        #expect(since?["month"]?["referrals_given"] == .number(1))
        #expect(since?["entries"]?.elements.first?["id"] == (try slip.json["id"]))
        #expect(try await report("&live=true").json["closed"] == .null)
        #expect(try await report("&live=perhaps").isProblem(400) == "parameter")
        let months = try await alice.get("\(Self.place)/months").json.elements
        #expect(months.map { $0["changes"] } == [.number(1)])
    }

    @Test func `refuses what cannot be`() async throws {
        let problem = try await alice.send(.put, "\(Self.place)/months/2026-11/close")
        #expect(try problem.isProblem(409) == "month_is_over_when_it_is_closed")
        for month in ["2026-13", "october", "2026-10-01"] {
            let answer = try await alice.send(.put, "\(Self.place)/months/\(month)/close")
            #expect(try answer.isProblem(404) == "not-found")
        }
        let none = try await alice.send(.delete, "\(Self.place)/months/2026-10/close?reason=Too+soon")
        #expect(try none.isProblem(404) == "unknown")
        _ = try await close()
        for question in ["", "?reason=", "?reason=%0A", "?why=x"] {
            let answer = try await alice.send(.delete, "\(Self.place)/months/2026-10/close\(question)")
            #expect(try answer.isProblem(400) == "parameter", "\(question)")
        }
        let reopened = try await alice.send(
            .delete,
            "\(Self.place)/months/2026-10/close?reason=A+slip%20%2B1"
        )
        #expect(reopened.status == 204)
        #expect(try await report().json["closed"] == .null)
        let kept = try #require(try await alice.get("\(Self.place)/months").json.elements.first)
        #expect(kept["reopened_because"] == .string("A slip +1"))
    }

    @Test func `has a button for leaders, and tells everybody on the page`() async throws {
        var browser = try await sample.scratch.browser(of: sample.alice)
        let page = "/chapters/alder/reports/roi?month=2026-10"
        #expect(try await browser.get(page).text.contains("action=\"/chapters/alder/months/2026-10/close\""))
        // Neither of another moment, nor of a month that is not over.
        for question in ["\(page)&as_of=2026-11-01T08:00:00Z", "/chapters/alder/reports/roi?month=2026-11"] {
            #expect(try await !browser.get(question).text.contains("months/2026-1"))
        }
        let answer = try await browser.post("/chapters/alder/months/2026-10/close", [:])
        #expect(answer.status == 303 && answer["Location"] == page)
        let closed = try await browser.get(page).text
        #expect(closed.contains("Closed as number 1") && closed.contains("months/2026-10/reopen"))
        #expect(!closed.contains("as_of="))
        let bob = try await sample.caller(sample.bob)
        let seen = try await bob.get(page).text
        #expect(
            seen.contains("Closed as number 1") && !seen.contains("<form method=\"post\" action=\"/chapters")
        )
        let nameless = try await browser.post("/chapters/alder/months/2026-10/reopen", ["reason": " "])
        #expect(nameless.status == 422)
        let reopened = try await browser.post("/chapters/alder/months/2026-10/reopen", ["reason": "A slip"])
        #expect(reopened.status == 303)
        #expect(try await !browser.get(page).text.contains("Closed as number"))
    }

    private func close(key: String? = nil) async throws -> Answer {
        var headers: HTTPFields = [:]
        if let key { headers[try #require(HTTPField.Name("Idempotency-Key"))] = key }
        return try await alice.send(.put, "\(Self.place)/months/2026-10/close", headers: headers)
    }

    private func report(_ more: String = "") async throws -> Answer {
        try await alice.get("\(Self.place)/reports/roi?month=2026-10\(more)")
    }
}
