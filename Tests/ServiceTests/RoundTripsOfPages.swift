import ReferralGroup
import Service
import Storage
import TestSupport
import Testing

/// A phone in a basement waits long enough for the line to the service; the service's own to the database is gone once.
@Suite(.freshDatabase)
struct `A page that was opened before` {
    @Test func `takes one round trip to the database`() async throws {
        let scratch = try ScratchDatabase.current
        let chapter = try await MarkedChapter(
            "zinnia",
            currency: "EUR",
            timeZone: "Europe/Berlin",
            in: scratch
        )
        // A report reads what it has table by table, and an account asks who somebody is anew.
        let pages = chapter.pages(in: scratch.database).filter {
            $0.hasPrefix("/chapters/") && !$0.contains("/reports/")
        }
        var looked = 0
        for member in [chapter.leader, chapter.members[0]] {
            var browser = try await scratch.browser(of: member)
            for address in pages where try await browser.get(address).status == 200 {
                let before = await answered(scratch.database)
                #expect(try await browser.get(address).status == 200)
                let trips = await answered(scratch.database) - before
                #expect(trips <= 1, "\(trips) of \(address)")
                looked += 1
            }
        }
        #expect(looked > 60)
    }

    private func answered(_ database: Database) async -> Int {
        await database.figures().queries.counts.reduce(0, +)
    }
}
