import FoundationEssentials
import Hummingbird
import Postgres
import ReferralGroup
import Service
import Storage
import TestSupport
import Testing

/// Whatever stands in the database, pages have the elements and attributes that we wrote, and no others.
@Suite(.freshDatabase)
struct `Text of an enemy in every field of every record` {
    private static let corpus = [
        "\"\u{301} onfocus=x autofocus <svg/onload=1> '", "</script><script>alert(1)</script> <!-- ]]>",
        "</title><img src=x onerror=alert(1)> &lt;b&gt;", "=\u{200d}\" `${x}` \"><b> <\u{338}b> \u{fe0f}'>",
    ]
    /// Where a text that somebody writes has to be able to stand.
    private static let fields: Set<String> = [
        "activity.met", "application.name", "chapter.name", "contact.name", "contact.notes",
        "education_unit.title", "follow_up.text", "introduction.why",
        "invoice.note", "membership.company", "membership.name", "one_to_one.place", "person.name",
        "posting.text", "prospect.name", "referral.need", "session.agent", "testimonial.text", "visitor.name",
    ]

    let scratch: ScratchDatabase
    let chapter: MarkedChapter

    init() async throws {
        scratch = try ScratchDatabase.current
        chapter = try await MarkedChapter(
            "zinnia",
            currency: "EUR",
            timeZone: "Europe/Berlin",
            in: scratch
        )
        try await letLeaderDoEverything()
    }

    @Test(arguments: corpus)
    func `is text on every page`(_ text: String) async throws {
        let filled = try await fill("harmless")
        #expect(Self.fields.subtracting(filled).isEmpty, "\(Self.fields.subtracting(filled).sorted())")
        // The same sessions before and after: each is told of on a page.
        var browsers: [Browser] = []
        for member in [chapter.leader, chapter.members[0]] {
            browsers.append(try await scratch.browser(of: member))
        }
        // So is who looked how somebody is reached, once a day.
        _ = try await pages(of: browsers)
        let before = try await pages(of: browsers)
        #expect(before.count > 60)
        _ = try await fill(text)
        for (address, page) in try await pages(of: browsers) {
            let (usual, now) = (try #require(before[address]), Shape(of: page))
            #expect(now.problems.isEmpty, "\(address): \(now.problems)")
            // Who could answer a need follows from the texts: fewer may be found, or a sentence says that there is nobody.
            guard !address.hasSuffix("/postings/\(chapter.ids["postings"] ?? "-")") else {
                let nobody = "<div class=\"empty\"><p></p></div>"
                #expect(now.isMadeOf(Shape(of: usual + nobody)), "\(address)")
                continue
            }
            #expect(now == Shape(of: usual), "\(address)")
        }
    }

    /// The leader directs a region, and operates the installation.
    private func letLeaderDoEverything() async throws {
        let installation = scratch.database.acting(as: .system(door: .cli), in: nil)
        let slug = try #require(Chapter.Slug(chapter.mark))
        try await installation.run(.createRegion(slug, name: "Zinnia"))
        let found: Region? = try await installation.run(.region(slug))
        let region = try #require(found)
        try await installation.run(.put(chapter.chapter.id, into: region.id))
        let email = try #require(chapter.leader.email)
        _ = try await installation.run(
            .appointDirector(email, of: region.id, from: .day("2026-01-01"), to: nil)
        )
        _ = try await scratch.setSecondFactor(of: chapter.leader)
        try await scratch.superuser.run(
            Query<Void>("UPDATE app.person SET is_operator = true WHERE id = \(chapter.leader.person)")
        )
    }

    /// Every page that the leader and a member are answered, by who asks and the address.
    private func pages(of browsers: [Browser]) async throws -> [String: String] {
        var pages: [String: String] = [:]
        for (place, browser) in browsers.enumerated() {
            var browser = browser
            for address in chapter.pages(in: scratch.database) {
                let answer = try await browser.get(address)
                #expect(answer.status < 500, "\(address): \(answer.text)")
                guard answer.status == 200, answer["Content-Type"]?.hasPrefix("text/html") == true else {
                    continue
                }
                pages["\(place) \(address)"] = answer.text
            }
        }
        return pages
    }

    /// Writes a text everywhere, and tells where it stands now.
    private func fill(_ text: String) async throws -> Set<String> {
        let script = try String(
            contentsOf: URL(filePath: "\(SchemaSource.tests)/Injection/fill.sql"),
            encoding: .utf8
        )
        return try await scratch.superuser.withConnection { connection in
            _ = try await connection.run(
                Query<String>(value: "SELECT set_config('test.text', \(text), false)")
            )
            try await connection.run(script: script)
            let places: [String] = try await connection.run(
                Query<[String]>(values: "SELECT place FROM filled")
            )
            return Set(places)
        }
    }
}

/// The elements of a page and the names of their attributes, in whatever order rows come.
private struct Shape: Equatable {
    let names: [String]
    let attributes: [String]
    let problems: [String]

    init(of page: String) {
        let tags = Tags(of: page)
        names = tags.names.sorted()
        attributes = tags.attributes.map { String($0.prefix { $0 != "=" }) }.sorted()
        problems = tags.problems
    }

    /// Whether it has no element and no attribute that the other has not.
    func isMadeOf(_ other: Shape) -> Bool {
        Set(names).isSubset(of: other.names) && Set(attributes).isSubset(of: other.attributes)
    }
}
