import Postgres
import ReferralGroup
import Storage
import TestSupport
import Testing

@Suite(.freshDatabase)
struct `The director of a region` {
    static let report = "/api/v1/chapters/alder/reports/roi?month=2026-10"

    let sample: SampleChapter

    init() async throws {
        sample = try await SampleChapter()
    }

    @Test func `sees the totals of its chapters, and nobody's figures`() async throws {
        try await sample.shell.set([("shares-figures", "yes")], of: sample.bob, in: sample.alder, from: nil)
        try await sample.letCharlieDirect(from: .day("2026-10-01"), to: nil)
        let charlie = try await sample.caller(sample.charlie)
        let report = try await charlie.get(Self.report)
        #expect(report.status == 200)
        #expect(try report.json["members"]?.elements.isEmpty == true)
        #expect(try report.json["totals"]?["members"] == .number(2))
        for name in ["Alice", "Bob"] { #expect(!report.text.contains(name)) }
        var browser = charlie
        browser.accept = "text/html"
        let page = try await browser.get("/chapters/alder/reports/roi?month=2026-10")
        #expect(page.status == 200 && !page.text.contains("Alice"))
        #expect(try await browser.get("/").text.contains("/chapters/alder/"))
        #expect(try await charlie.get("/api/v1/chapters/alder/members").isProblem(403) == "forbidden")
        // Their own chapter lies elsewhere, and they are a member of it as before.
        #expect(try await charlie.get("/api/v1/chapters/birch/members").status == 200)
    }

    @Test(arguments: [
        ("2026-11-01", nil, 200), ("2026-11-02", nil, 404), ("2026-10-01", "2026-10-31", 404),
        ("2026-10-01", "2026-11-01", 200),
    ])
    func `is that from day to day`(_ from: String, _ to: String?, _ status: Int) async throws {
        try await sample.letCharlieDirect(from: .day(from), to: to.map { .day($0) })
        #expect(try await sample.caller(sample.charlie).get(Self.report).status == status)
    }

    @Test func `is no director of a chapter without a region, or of another region`() async throws {
        try await sample.letCharlieDirect(from: .day("2026-10-01"), to: nil)
        let superuser = sample.scratch.superuser
        try await superuser.run(Query<Void>("UPDATE app.chapter SET region_id = NULL"))
        #expect(try await sample.caller(sample.charlie).get(Self.report).status == 404)
        try await superuser.run(Query<Void>("INSERT INTO app.region (slug, name) VALUES ('north', 'North')"))
        try await superuser.run(
            Query<Void>("UPDATE app.chapter SET region_id = (SELECT id FROM app.region WHERE slug = 'north')")
        )
        #expect(try await sample.caller(sample.charlie).get(Self.report).status == 404)
    }

    @Test func `is signed out everywhere when the term ends`() async throws {
        try await sample.letCharlieDirect(from: .day("2026-10-01"), to: nil)
        let charlie = try await sample.caller(sample.charlie)
        let shell = sample.database.acting(as: .system(door: .cli), in: nil)
        let slug = try #require(Chapter.Slug("south"))
        let found: Region? = try await shell.run(.region(slug))
        let region = try #require(found)
        let email = try #require(sample.charlie.email)
        #expect(try await shell.run(.endDirector(email, of: region.id, on: .day("2026-09-30"))) == nil)
        #expect(
            try await shell.run(.endDirector(email, of: region.id, on: .day("2026-10-31")))
                == .day("2026-10-31")
        )
        #expect(try await charlie.get("/api/v1/me").status == 401)
        #expect(try await sample.caller(sample.charlie).get(Self.report).status == 404)
        await expectRefusal(.directorAlready) {
            _ = try await shell.run(.appointDirector(email, of: region.id, from: .day("2026-10-15"), to: nil))
        }
        await expectRefusal(.termEndsBeforeItBegins) {
            _ = try await shell.run(
                .appointDirector(email, of: region.id, from: .day("2026-12-15"), to: .day("2026-12-01"))
            )
        }
        let directors = try await shell.run(.directors(of: region.id))
        #expect(directors.map(\.name) == ["Charlie Carver"] && directors[0].to == .day("2026-10-31"))
    }

    @Test func `is appointed by the operator alone`() async throws {
        try await sample.letCharlieDirect(from: .day("2026-10-01"), to: nil)
        let alice = try await sample.acting(as: sample.alice)
        let slug = try #require(Chapter.Slug("south"))
        let found: Region? = try await alice.run(.region(slug))
        let region = try #require(found)
        let email = try #require(sample.alice.email)
        await #expect(throws: PostgresError.self) {
            _ = try await alice.run(.appointDirector(email, of: region.id, from: nil, to: nil))
        }
        await #expect(throws: PostgresError.self) {
            _ = try await alice.run(.endDirector(email, of: region.id, on: nil))
        }
        #expect(try await alice.run(.directors(of: region.id)).isEmpty)
    }
}
