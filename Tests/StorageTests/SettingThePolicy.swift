import ReferralGroup
import Storage
import TestSupport
import Testing

@Suite(.sampleDatabase)
struct `A chapter's policy` {
    let sample: SampleChapter

    init() async throws {
        sample = try await SampleChapter()
    }

    @Test func `begins with the chapter and holds before it, too`() async throws {
        let policy = try await policy(on: "2020-01-01")
        #expect(policy["valid-from"] == "2026-11-01")
        #expect(policy["absence-limit"] == "3")
        #expect(policy["meeting-fee-due-for"] == "attended")
        #expect(policy["substitutes-allowed"] == "unlimited")
    }

    @Test func `changes from a day on and keeps the rest`() async throws {
        try await set(
            [("membership-fee", "900.00"), ("value-of-hour", "40"), ("visitor-weight", "2")],
            from: nil
        )
        try await set([("membership-fee", "1000.00")], from: "2027-01-01")
        try await set([("absence-limit", "4")], from: "2026-12-01")
        #expect(try await policy(on: "2026-11-30")["membership-fee"] == "900.00")
        #expect(try await policy(on: "2026-12-31")["absence-limit"] == "4")
        #expect(try await policy(on: "2026-12-31")["membership-fee"] == "900.00")
        let later = try await policy(on: "2027-01-01")
        #expect(later["membership-fee"] == "1000.00")
        #expect(later["value-of-hour"] == "40.00")
        #expect(later["visitor-weight"] == "2.00")
        #expect(later["testimonial-weight"] == "0.50")
    }

    @Test func `takes back what was set on the same day`() async throws {
        try await set([("substitutes-allowed", "5"), ("late-weight", "0.5")], from: "2026-12-01")
        try await set([("substitutes-allowed", "unlimited")], from: "2026-12-01")
        let policy = try await policy(on: "2026-12-01")
        #expect(policy["substitutes-allowed"] == "unlimited")
        #expect(policy["late-weight"] == "0.50")
    }

    @Test func `names its settings for one it does not have`() async throws {
        let error = await #expect(throws: Unknown.self) { try await set([("colour", "red")], from: nil) }
        for key in ["membership-fee", "months-covered", "meeting-fee-due-for", "absence-limit"] {
            #expect(error?.message.contains(key) == true)
        }
    }

    @Test(arguments: [
        ("membership-fee", "-1"), ("membership-fee", "1.001"), ("membership-fee", "99999999999999999"),
        ("months-covered", "0"),
        ("meeting-fee-due-for", "some"), ("absence-limit", "many"), ("late-weight", "1.01"),
        ("late-weight", "-0.5"),
        ("late-weight", "0.123"), ("earned-is-seen-by", "everybody"), ("needs-are-seen-in", "world"),
        ("absence-window", ""),
        ("visits-before-applying", "53"), ("visitor-weight", "100.01"), ("need-posted-weight", "-1"),
    ])
    func `refuses what cannot be, and says what can`(_ key: String, _ value: String) async throws {
        let error = await #expect(throws: Unknown.self) { try await set([(key, value)], from: nil) }
        #expect(error?.message.contains(key) == true)
    }

    @Test func `changes as a whole or not at all`() async throws {
        await #expect(throws: Unknown.self) {
            try await set([("absence-limit", "5"), ("months-covered", "0")], from: nil)
        }
        #expect(try await policy(on: "2026-11-01")["absence-limit"] == "3")
    }

    private func set(_ settings: [(key: String, value: String)], from day: String?) async throws {
        try await sample.shell.setPolicy(settings, of: sample.alder, from: day.map(LocalDate.day))
    }

    private func policy(on day: String) async throws -> [String: String] {
        let settings = try await sample.shell.policy(of: sample.alder, on: .day(day))
        return Dictionary(uniqueKeysWithValues: settings.map { ($0.key, $0.value) })
    }
}

@Suite(.sampleDatabase)
struct `Creating a chapter` {
    let sample: SampleChapter

    init() async throws {
        sample = try await SampleChapter()
    }

    @Test func `gives it what was asked for`() async throws {
        let found: Chapter? = try await sample.shell.run(.chapter(sample.alder.slug))
        #expect(found == sample.alder)
        #expect(sample.alder.regular?.weekday == .wednesday)
        #expect(try await sample.shell.run(.chapters).map(\.slug.description) == ["alder", "birch"])
    }

    @Test func `under a short name that is taken is refused`() async throws {
        await expectRefusal(.chapterSlugTaken) { try await create(.sample("alder", timeZone: "UTC")) }
    }

    @Test func `in a currency that is not in use, or a region that is not there, is refused`() async throws {
        await #expect(throws: Unknown.self) {
            try await create(.sample("new", timeZone: "UTC", currency: "XXX"))
        }
        let draft = ChapterDraft(
            slug: try #require(Chapter.Slug("new")),
            name: "New",
            timeZone: "UTC",
            currency: sample.alder.currency,
            region: sample.birch.slug
        )
        await #expect(throws: Unknown.region("birch")) { try await create(draft) }
        #expect(try await sample.shell.run(.chapters).count == 2)
    }

    @Test func `without a name, or with meetings longer than a day, is refused`() async throws {
        let slug = try #require(Chapter.Slug("new"))
        let currency = sample.alder.currency
        await expectRefusal(.chapterWithoutName) {
            try await create(ChapterDraft(slug: slug, name: " ", timeZone: "UTC", currency: currency))
        }
        await expectRefusal(.chapterMeetsTooLong) {
            try await create(
                ChapterDraft(slug: slug, name: "New", timeZone: "UTC", currency: currency, minutes: 99_999)
            )
        }
    }

    @Test func `makes it known by its aliases, too`() async throws {
        let slug = try #require(Chapter.Slug("new"))
        try await create(
            ChapterDraft(
                slug: slug,
                name: "New Street",
                timeZone: "UTC",
                currency: sample.alder.currency,
                aliases: ["Old  Street"]
            )
        )
        for name in ["new street", "OLD STREET"] {
            #expect(try await sample.shell.run(.chapters(knownAs: FoldedName(name))).map(\.slug) == [slug])
        }
    }

    private func create(_ draft: ChapterDraft) async throws {
        _ = try await sample.database.acting(as: .system(door: .cli), in: nil).create(draft)
    }
}
