import HTTPTypes
import ReferralGroup
import Storage
import TestSupport
import Testing

@testable import Service

@Suite(.freshDatabase)
struct `Who fetches a lot` {
    let anna: Caller
    let ben: Caller
    let otherDevice: Caller

    init() async throws {
        let worked = try await WorkedMonth()
        let database = worked.scratch.database
        let acting = database.acting(as: .system(door: .cli), in: worked.chapter.id)
        var caller = Caller(database: database, token: try await acting.token(of: worked.ben))
        caller.mostOfOne = 3
        ben = caller
        caller.token = try await acting.token(of: worked.ben)
        otherDevice = caller
        caller.token = try await acting.token(of: worked.anna)
        anna = caller
    }

    private static let roi = "/api/v1/chapters/worked-example/reports/roi"
    private static let members = "/chapters/worked-example/members"

    @Test func `has files of reports for a while, and then waits, on every device`() async throws {
        var reader = ben
        reader.accept = "text/csv"
        for answer in [
            try await ben.get("\(Self.roi).csv"), try await ben.get("\(Self.roi).xlsx"),
            try await reader.get(Self.roi),
        ] { #expect(answer.status == 200) }
        for (caller, address) in [
            (ben, "\(Self.roi).csv"), (otherDevice, "\(Self.roi).html"), (reader, Self.roi),
        ] {
            let answer = try await caller.get(address)
            #expect(try answer.isProblem(429) == "too-many-tries")
            let seconds = try #require(answer["Retry-After"].flatMap { Int($0) })
            #expect((1...200).contains(seconds))
            #expect(answer.text.contains("fetched many files"))
        }
        // What pages and programs read goes on, and so do others.
        #expect(try await ben.get("\(Self.roi).json").status == 200)
        #expect(try await ben.get("\(Self.members)").status == 200)
        #expect(try await anna.get("\(Self.roi).csv").status == 200)
    }

    @Test func `searches for a while, and is then told to wait on a page`() async throws {
        var browser = ben
        browser.accept = "text/html"
        for text in ["a", "an", "ann"] {
            #expect(try await browser.get("\(Self.members)?q=\(text)").status == 200)
        }
        let answer = try await browser.get("\(Self.members)?q=anna")
        #expect(answer.status == 429)
        #expect(answer["Content-Type"]?.hasPrefix("text/html") == true)
        #expect(answer["Retry-After"] != nil)
        #expect(answer.text.contains("You have searched many times"))
        #expect(try await browser.get("\(Self.members)?q=").status == 200)
        #expect(try await browser.get("\(Self.roi).csv").status == 200)
    }

    @Test func `is not counted for what they may not have`() async throws {
        for _ in 0..<5 {
            #expect(try await ben.get("/api/v1/chapters/nowhere/reports/roi.csv").status == 404)
        }
        #expect(try await ben.get("\(Self.roi).csv").status == 200)
    }

    @Test func `may fetch again as time goes by, one by one`() throws {
        var limits = Limits()
        limits.filesOfOne = 4
        let (allowances, start) = (Allowances(limits), ContinuousClock.now)
        let ben = Person.ID(7)
        for _ in 0..<4 { #expect(allowances.take(.file, of: ben, at: start) == nil) }
        #expect(allowances.take(.file, of: ben, at: start) == 150)
        #expect(allowances.take(.file, of: ben, at: start + .seconds(100)) == 50)
        #expect(allowances.take(.file, of: ben, at: start + .seconds(150)) == nil)
        #expect(allowances.take(.file, of: ben, at: start + .seconds(150)) == 150)
        #expect(allowances.take(.search, of: ben, at: start) == nil)
        #expect(allowances.take(.file, of: Person.ID(8), at: start) == nil)
        for _ in 0..<4 { #expect(allowances.take(.file, of: ben, at: start + .seconds(900)) == nil) }
        #expect(allowances.take(.file, of: ben, at: start + .seconds(900)) == 150)
    }
}
