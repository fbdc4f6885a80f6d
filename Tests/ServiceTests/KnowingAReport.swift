import HTTPTypes
import ReferralGroup
import Storage
import TestSupport
import Testing

@Suite(.freshDatabase)
struct `A report that one has already` {
    static let routes = [
        "/api/v1/chapters/worked-example/reports/roi", "/api/v1/chapters/worked-example/reports/roi.json",
        "/api/v1/chapters/worked-example/reports/roi.csv", "/chapters/worked-example/reports/roi",
        "/api/v1/chapters/worked-example/reports/roi.html",
        "/api/v1/chapters/worked-example/reports/roi.xlsx",
        "/api/v1/chapters/worked-example/reports/attendance",
        "/api/v1/chapters/worked-example/reports/attendance.json",
        "/api/v1/chapters/worked-example/reports/attendance.csv",
    ]

    let worked: WorkedMonth
    let ben: Caller

    init() async throws {
        worked = try await WorkedMonth()
        let acting = worked.scratch.database.acting(as: .system(door: .cli), in: worked.chapter.id)
        ben = Caller(database: worked.scratch.database, token: try await acting.token(of: worked.ben))
    }

    @Test(arguments: routes)
    func `is not sent again`(_ route: String) async throws {
        let address = "\(route)?month=2026-10&as_of=2026-11-01T08:00:00Z"
        let whole = try await ben.get(address)
        let tag = try #require(whole["ETag"])
        for known in [tag, String(tag.dropFirst(2)), "\"x\", \(tag)", "*", " \(tag) "] {
            let answer = try await ask(address, known)
            #expect(answer.status == 304, "\(known)")
            #expect(answer.text.isEmpty)
            #expect(answer["ETag"] == tag)
            #expect(answer["Cache-Control"] == "no-store")
        }
        for unknown in ["", "\"x\"", "W/\"x\"", String(tag.dropLast(3)) + "x\"", "tag"] {
            #expect(try await ask(address, unknown).status == 200, "\(unknown)")
        }
    }

    @Test func `is another one by another format, month or reader`() async throws {
        let acting = worked.scratch.database.acting(as: .system(door: .cli), in: worked.chapter.id)
        let anna = Caller(database: ben.database, token: try await acting.token(of: worked.anna))
        var tags: [String?] = []
        for (caller, question) in [
            (ben, "roi.json?month=2026-10"), (ben, "roi.csv?month=2026-10"), (ben, "roi.json?month=2026-09"),
            (anna, "roi.json?month=2026-10"),
        ] {
            let address = "/api/v1/chapters/worked-example/reports/\(question)"
            tags.append(try await caller.get("\(address)&as_of=2026-11-01T08:00:00Z")["ETag"])
        }
        #expect(Set(tags).count == 4 && !tags.contains(nil))
    }

    @Test func `is the same a second later, and another one when a figure changes`() async throws {
        let base = "/api/v1/chapters/worked-example/reports/roi?month=2026-10&as_of="
        let tag = try await ben.get(base + "2026-11-01T08:00:00Z")["ETag"]
        #expect(try await ben.get(base + "2026-11-01T08:00:01Z")["ETag"] == tag)
        let acting = worked.scratch.database.acting(as: .system(door: .cli), in: worked.chapter.id)
        try await acting.set(
            [("value-of-hour", "41.00")],
            of: worked.ben,
            in: worked.chapter,
            from: .day("2026-10-01")
        )
        #expect(try await ben.get(base + "2026-11-01T08:00:00Z")["ETag"] != tag)
    }

    @Test func `is what the page links to`() async throws {
        var browser = ben
        browser.accept = "text/html"
        let page = try await browser.get(
            "/chapters/worked-example/reports/roi?month=2026-10&as_of=2026-11-01T08:00:00Z"
        )
        let link = "/api/v1/chapters/worked-example/reports/roi.csv?month=2026-10&as_of=2026-11-01T08:00:00Z"
        #expect(page.text.contains("href=\"\(link.replacing("&", with: "&amp;"))\""))
        #expect(try await ben.get(link).status == 200)
    }

    private func ask(_ address: String, _ known: String) async throws -> Answer {
        try await ben.send(.get, address, headers: [.ifNoneMatch: known])
    }
}
