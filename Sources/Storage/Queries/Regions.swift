import Postgres
import ReferralGroup

/// A group of chapters, which directors compare.
package struct Region: Sendable, RowDecodable {
    package typealias ID = Identifier<Region, Int32>

    package let id: ID
    package let slug: Chapter.Slug
    package let name: String

    package init(row: Row) throws {
        id = try row["id"]
        slug = try row["slug"]
        name = try row["name"]
    }
}

/// A term of a region's director.
package struct DirectorTerm: Sendable, RowDecodable {
    package let name: String
    package let email: EmailAddress?
    package let from: LocalDate
    package let to: LocalDate?

    package init(row: Row) throws {
        name = try row["name"]
        email = try row["email"]
        from = try row["from_on"]
        to = try row["to_on"]
    }
}

extension Query<[Region]> {
    package static var regions: Self {
        Query("SELECT id, slug, name FROM region ORDER BY slug")
    }
}

extension Query<Region?> {
    package static func region(_ slug: Chapter.Slug) -> Self {
        Query("SELECT id, slug, name FROM region WHERE slug = \(slug)")
    }
}

extension Query<[Region]> {
    /// Those that the one who acts directs today; to the operator's shell all.
    package static var directedRegions: Self {
        Query("SELECT * FROM directed_regions()")
    }
}

extension Query<Region?> {
    /// A region that the one who acts directs today.
    package static func directedRegion(_ slug: Chapter.Slug) -> Self {
        Query("SELECT * FROM directed_regions() WHERE slug = \(slug)")
    }
}

extension Query<LocalDate> {
    /// Where there is no wall of a chapter.
    package static var todayInUTC: Self {
        Query(value: "SELECT (now() AT TIME ZONE 'UTC')::date")
    }
}

/// The months of the chapters of a region, a chapter at a time.
///
/// The next chapter is asked for when the one before has been taken: no more than one is ever held here, and no
/// connection waits for whoever reads slowly.
package struct MonthsOfRegion: AsyncSequence, Sendable {
    fileprivate let acting: ActingDatabase
    fileprivate let region: Region
    fileprivate let chapters: [Chapter.ID]
    fileprivate let period: Period
    fileprivate let asOf: Instant

    package struct Iterator: AsyncIteratorProtocol {
        fileprivate let months: MonthsOfRegion
        fileprivate var chapters: ArraySlice<Chapter.ID>

        package mutating func next() async throws -> [Report.Row]? {
            guard let chapter = chapters.popFirst() else { return nil }
            let (region, period, asOf) = (months.region, months.period, months.asOf)
            let source: SQL =
                "region_months(\(region.id), \(chapter), \(period.from), \(period.to), \(asOf))"
            let table = Query.table(ReportShape.monthsOfRegion, "SELECT * FROM \(source)")
            return try await months.acting.run(table.exclusive).rows
        }
    }

    package func makeAsyncIterator() -> Iterator {
        Iterator(months: self, chapters: chapters[...])
    }
}

extension ActingDatabase {
    /// A region's year or other days, a row for each chapter and month.
    package func months(
        of region: Region,
        in period: Period,
        asOf: Instant
    ) async throws -> MonthsOfRegion {
        let chapters = try await run(
            Query<[Chapter.ID]>(values: "SELECT id FROM directed_chapters(\(region.id))")
        )
        return MonthsOfRegion(acting: self, region: region, chapters: chapters, period: period, asOf: asOf)
    }
}

extension Query<Void> {
    package static func createRegion(_ slug: Chapter.Slug, name: String) -> Self {
        Query("INSERT INTO region (slug, name) VALUES (\(slug), \(name))")
    }

    /// Moves a chapter into a region.
    package static func put(_ chapter: Chapter.ID, into region: Region.ID) -> Self {
        Query("UPDATE chapter SET region_id = \(region) WHERE id = \(chapter)")
    }
}

extension Query<[Chapter]> {
    package static func chapters(of region: Region.ID) -> Self {
        Query("SELECT \(Chapter.columns) FROM chapter WHERE region_id = \(region) ORDER BY slug")
    }
}

extension Query<[DirectorTerm]> {
    /// All terms, past and to come; for the operator's shell.
    package static func directors(of region: Region.ID) -> Self {
        Query("SELECT * FROM directors(\(region))")
    }
}

extension Query<LocalDate?> {
    /// Appoints the person of an address from a day on (nil: today); nil where nobody has it.
    package static func appointDirector(
        _ email: EmailAddress,
        of region: Region.ID,
        from: LocalDate?,
        to: LocalDate?
    ) -> Self {
        Query(value: "SELECT appoint_director(\(region), \(email), \(from), \(to))")
    }

    /// Ends the term in which a day lies (nil: today); nil where there is none.
    package static func endDirector(
        _ email: EmailAddress,
        of region: Region.ID,
        on day: LocalDate?
    ) -> Self {
        Query(value: "SELECT end_director(\(region), \(email), \(day))")
    }
}
