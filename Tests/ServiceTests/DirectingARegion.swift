import Postgres
import ReferralGroup
import Storage
import TestSupport
import Testing

@Suite(.sampleDatabase)
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

    @Test func `sees the sums of attendance, and nobody's marks`() async throws {
        try await sample.letCharlieDirect(from: .day("2026-10-01"), to: nil)
        let address = "/api/v1/chapters/alder/reports/attendance?month=2026-10"
        let report = try await sample.caller(sample.charlie).get(address)
        #expect(report.status == 200)
        #expect(try report.json["members"]?.elements.isEmpty == true)
        #expect(try report.json["total"]?["present"] == .number(0))
        for name in ["Alice", "Bob"] { #expect(!report.text.contains(name)) }
        let own = try await sample.caller(sample.bob).get(address)
        #expect(try own.json["members"]?.elements.count == 1 && !own.text.contains("Alice"))
    }

    @Test func `compares its chapters, in every format and on a page`() async throws {
        try await sample.letCharlieDirect(from: .day("2026-10-01"), to: nil)
        let address = "/api/v1/regions/south/reports/region"
        let charlie = try await sample.caller(sample.charlie)
        let report = try await charlie.get("\(address)?month=2026-10&by=weekday")
        #expect(report.status == 200, "\(report.text)")
        #expect(try report.json["region"] == .string("south"))
        let chapters = try #require(try report.json["chapters"]?.elements)
        // Two members are fewer than 3.
        #expect(chapters.count == 1 && chapters[0]["chapter"] == .string("alder"))
        #expect(chapters[0]["members"] == .null)
        #expect(try report.json["chapters_total"]?["withheld"]?.elements.isEmpty == false)
        #expect(try report.json["groups"]?.elements.first?["chapters"] == .number(1))
        let months = try await charlie.get("\(address)/months.csv?month=2026-10")
        #expect(months.status == 200 && months["Content-Type"]?.hasPrefix("text/csv") == true)
        #expect(months.text.hasPrefix("chapter,name,month,currency,members,"))
        #expect(months.text.split(separator: "\r\n").count == 13)
        #expect(
            months["Content-Disposition"]
                == "attachment; filename=\"south-region-months-2025-11-01-to-2026-10-31.csv\""
        )
        var browser = charlie
        browser.accept = "text/html"
        let page = try await browser.get("/regions/south/reports/region?month=2026-10")
        #expect(page.status == 200 && page.text.contains("fewer than 3") && !page.text.contains("Alice"))
        #expect(page.text.contains("\(address).xlsx?") && page.text.contains("\(address)/months.csv?"))
        #expect(try await browser.get("/").text.contains("/regions/south/reports/region"))
        let book = try await charlie.get("\(address).xlsx?month=2026-10")
        #expect(
            book["Content-Disposition"] == "attachment; filename=\"south-region-2025-11-to-2026-10.xlsx\""
        )
    }

    @Test(arguments: [
        ("by=colour", 422, "size, weekday or age"), ("bounds=20,10", 422, "that grow"),
        ("bounds=0", 422, "that grow"), ("bounds=a", 422, "that grow"),
        ("by=weekday&bounds=3", 422, "that grow"),
        ("bounds=999999999999", 422, "that grow"), ("colour=red", 400, "colour"),
        ("table=x", 400, "chapters, groups"),
        ("month=2026-13", 400, "month"), ("from=2026-10-01", 422, "both"),
    ])
    func `is told what cannot be compared`(_ question: String, _ status: Int, _ word: String) async throws {
        try await sample.letCharlieDirect(from: .day("2026-10-01"), to: nil)
        let answer = try await sample.caller(sample.charlie).get(
            "/api/v1/regions/south/reports/region?\(question)"
        )
        _ = try answer.isProblem(status)
        #expect(answer.text.contains(word), "\(answer.text)")
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
