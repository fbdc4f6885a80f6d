import Identity
import Storage
import TestSupport
import Testing

@Suite
struct `No database` {
    static let token = "chapterhouse_1_" + String(repeating: "0", count: 64)

    @Test(arguments: ["/api/v1/chapters/alder/reports/roi", "/chapters/alder/reports/roi", "/"])
    func `is told to a program, with when to come again`(_ address: String) async throws {
        let database = Database(connecting: "host=/nonexistent", logger: .silent)
        let answer = try await Caller(database: database, token: Self.token).get(address)
        await database.shutdown()
        #expect(try answer.isProblem(503) == "unavailable")
        #expect(answer["Retry-After"] == "2")
        #expect(!answer.text.contains("nonexistent"))
    }

    @Test func `is told to a person as a page`() async throws {
        let database = Database(connecting: "host=/nonexistent", logger: .silent)
        let browser = Caller(
            database: database,
            cookie: "__Host-chapterhouse=\(Secret().text)",
            accept: "text/html"
        )
        let answer = try await browser.get("/")
        await database.shutdown()
        #expect(answer.status == 503)
        #expect(answer["Content-Type"] == "text/html; charset=utf-8")
        #expect(answer.text.contains("The database cannot be reached now; try again."))
    }

    @Test func `keeps nobody from the form and its style`() async throws {
        let database = Database(connecting: "host=/nonexistent", logger: .silent)
        let caller = Caller(database: database)
        #expect(try await caller.get("/sign-in").status == 200)
        #expect(try await caller.get("/assets/chapterhouse.css").status == 200)
        await database.shutdown()
    }
}
