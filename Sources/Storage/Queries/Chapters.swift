import Postgres
import ReferralGroup

extension Query<Chapter?> {
    package static func chapter(_ slug: Chapter.Slug) -> Self {
        Query("SELECT \(Chapter.columns) FROM chapter WHERE slug = \(slug)")
    }
}

extension Query<[Chapter]> {
    package static var chapters: Self {
        Query("SELECT \(Chapter.columns) FROM chapter ORDER BY slug")
    }

    /// Those that bear a name, or have it among their aliases.
    package static func chapters(knownAs name: FoldedName) -> Self {
        Query(
            "SELECT \(Chapter.columns) FROM chapter WHERE folded_name = \(name) OR \(name) = ANY (aliases) ORDER BY id"
        )
    }
}

extension Query<LocalDate> {
    /// Today on the wall of the chapter.
    package static func today(in chapter: Chapter.ID) -> Self {
        Query(value: "SELECT today(\(chapter))")
    }
}

extension Query<Void> {
    static func firstPolicy(of chapter: Chapter.ID) -> Self {
        Query(
            "INSERT INTO policy (chapter_id, valid_from, is_default) VALUES (\(chapter), today(\(chapter)), true)"
        )
    }
}

extension ActingDatabase {
    package func create(_ draft: ChapterDraft) async throws -> Chapter {
        try await transaction { try await $0.create(draft) }
    }
}

extension ActingTransaction {
    /// Makes a chapter with the first version of its policy, which holds from ever, and its first member, if there is
    /// one, as its president.
    package func create(_ draft: ChapterDraft, presidedBy leader: MemberDraft? = nil) async throws -> Chapter
    {
        if let region = draft.region, try await run(.regions).contains(where: { $0.slug == region }) == false
        {
            throw Unknown.region(region.description)
        }
        guard
            try await run(
                Query<Bool>(value: "SELECT EXISTS (SELECT FROM currency WHERE code = \(draft.currency))")
            )
        else {
            throw Unknown.value(
                draft.currency.code,
                of: "currency",
                wanted: "a currency of ISO 4217 that is in use, such as EUR"
            )
        }
        let insertion = Query<Chapter>(
            """
            INSERT INTO chapter (slug, name, folded_name, aliases, region_id, time_zone, currency, locale, weekday, starts_at, minutes, place)
            VALUES (\(draft.slug), \(draft.name), \(FoldedName(draft.name)), \(draft.aliases.map { FoldedName($0) }),
                    (SELECT id FROM region WHERE slug = \(draft.region)), \(draft.timeZone), \(draft.currency), \(draft.locale),
                    \(draft.weekday.map { Int16($0.number) }), \(draft.time), \(Int16(clamping: draft.minutes)), \(draft.place))
            RETURNING \(Chapter.columns)
            """
        )
        let created = try await run(insertion)
        try await enter(created.id)
        try await run(.firstPolicy(of: created.id))
        if let leader {
            let president = try await add(leader, in: created.id)
            _ = try await run(.appoint(president, as: .president, from: nil, to: nil, in: created.id))
        }
        return created
    }
}

/// A chapter about to be made.
package struct ChapterDraft: Sendable {
    package let slug: Chapter.Slug
    package let name: String
    package let timeZone: String
    package let currency: Currency
    package let locale: String
    package let weekday: Weekday?
    package let time: LocalTime?
    package let minutes: Int
    package let place: String?
    package let region: Chapter.Slug?
    package let aliases: [String]

    package init(
        slug: Chapter.Slug,
        name: String,
        timeZone: String,
        currency: Currency,
        locale: String = "en",
        weekday: Weekday? = nil,
        time: LocalTime? = nil,
        minutes: Int = 90,
        place: String? = nil,
        region: Chapter.Slug? = nil,
        aliases: [String] = []
    ) {
        self.slug = slug
        self.name = name
        self.timeZone = timeZone
        self.currency = currency
        self.locale = locale
        self.weekday = weekday
        self.time = time
        self.minutes = minutes
        self.place = place
        self.region = region
        self.aliases = aliases
    }
}

extension Chapter: RowDecodable {
    static let columns: SQL =
        "id, slug, name, time_zone, currency, locale, weekday, starts_at, minutes, place, aliases"

    package init(row: Row) throws {
        let weekday: Int? = try row["weekday"]
        let time: LocalTime? = try row["starts_at"]
        let minutes: Int = try row["minutes"]
        let place: String? = try row["place"]
        var regular: RegularMeeting?
        if let weekday, let time, let day = Weekday.allCases.first(where: { $0.number == weekday }) {
            regular = RegularMeeting(weekday: day, time: time, minutes: minutes, place: place)
        }
        try self.init(
            id: row["id"],
            slug: row["slug"],
            name: row["name"],
            timeZone: row["time_zone"],
            currency: row["currency"],
            locale: row["locale"],
            regular: regular,
            aliases: row["aliases"]
        )
    }
}
