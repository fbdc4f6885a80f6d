import FoundationEssentials
import Logging
import Postgres
import ReferralGroup

/// A file of a chapter cannot become a chapter here, and why.
package struct ChapterNotRestored: Error {
    package let message: String
}

extension Installation {
    /// What stands in the first line of a chapter's file.
    package struct ChapterManifest: Codable, Sendable {
        /// Says which kind of file it is.
        package let format: String
        /// 1; a file of a later one is not read.
        package let version: Int
        package let slug: String
        package let name: String
        /// The last migration of the schema that it comes from: `0044_who_saw_third_parties.sql`.
        package let migration: String
        /// The version of the program that made it.
        package let chapterhouse: String
        /// RFC 3339, UTC.
        package let at: String
        /// The last seal of its audit trail there, in hexadecimal digits.
        package let trail: String?

        package init(
            format: String = format,
            version: Int = version,
            slug: String,
            name: String,
            migration: String,
            chapterhouse: String,
            at: String,
            trail: String?
        ) {
            (self.format, self.version, self.slug, self.name) = (format, version, slug, name)
            (self.migration, self.chapterhouse, self.at, self.trail) = (migration, chapterhouse, at, trail)
        }

        package static let format = "chapterhouse-chapter"
        package static let version = 1
    }

    /// What became of a chapter's file.
    package struct RestoredChapter: Codable, Sendable {
        /// Who was here before, as `Ines Ivy <ines@example.org>`.
        package let known: [String]
        /// How many people are new here.
        package let added: Int
        /// What is stored otherwise than the records say here, in words.
        package let otherwise: [String]
    }

    /// Hands over every row of a chapter as of one moment, a line each, and notes in its audit trail that they were.
    ///
    /// Nil where there is no such chapter.
    package static func export(
        chapter slug: Chapter.Slug,
        of address: String,
        release: String,
        logger: Logger,
        manifest: (ChapterManifest) throws -> Void,
        lines: (_ table: String, _ lines: [String]) throws -> Void
    ) async throws -> ChapterManifest? {
        try await withOwner(address, logger) { client in
            try await client.transaction(isolation: .repeatableRead) { transaction in
                try await transaction.run(script: asOwner + "; SET LOCAL app.rights = 'everything'")
                let ids: [Int64] = try await transaction.run(
                    Query<[Int64]>(
                        values: "SELECT id::bigint FROM chapter WHERE slug = \(slug.description)"
                    )
                )
                guard let id = ids.first else { return nil }
                let said = try await transaction.run(Query<String>(value: Self.manifest(of: id, release)))
                let first = try JSONDecoder().decode(ChapterManifest.self, from: Data(said.utf8))
                try manifest(first)
                let places = try await transaction.run(
                    Query<[String]>(
                        values: """
                            SELECT place FROM (VALUES (-1, 'chapter', NULL), (0, 'person', NULL)
                                               UNION ALL SELECT * FROM places_of_chapters()) AS each (number, place, stays)
                             WHERE stays IS NULL ORDER BY number
                            """
                    )
                )
                for place in places {
                    let statement = try await transaction.run(
                        Query<String>(value: "SELECT statement_of_moving(\(place), \(id)::integer)")
                    )
                    try await transaction.run(
                        script: "DECLARE rows_of_chapter NO SCROLL CURSOR FOR " + statement
                    )
                    while true {
                        let batch = try await transaction.run(
                            Query<[String]>(values: "FETCH 200 FROM rows_of_chapter")
                        )
                        guard !batch.isEmpty else { break }
                        try lines(place, batch)
                    }
                    try await transaction.run(script: "CLOSE rows_of_chapter")
                }
                try await transaction.run(
                    Query<Void>(
                        """
                        INSERT INTO audit_event (chapter_id, door, action, entity, entity_id, changed)
                        VALUES (\(id)::bigint, 'cli', 'export', 'chapter', \("\(id)"), '{}')
                        """
                    )
                )
                return first
            }
        }
    }

    private static func manifest(of chapter: Int64, _ release: String) -> SQL {
        """
        SELECT json_build_object(
                   'format', \(ChapterManifest.format), 'version', \(ChapterManifest.version)::bigint, 'slug', slug, 'name', name,
                   'migration', (SELECT lpad(number::text, 4, '0') || '_' || name || '.sql'
                                   FROM migration.schema_migration ORDER BY number DESC LIMIT 1),
                   'chapterhouse', \(release), 'at', to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
                   'trail', (SELECT encode(hash, 'hex') FROM audit_seal WHERE trail = chapter.id ORDER BY up_to DESC LIMIT 1))::text
          FROM chapter WHERE id = \(chapter)
        """
    }

    /// Makes a chapter of the lines of a file, in one transaction; nothing of it stays where `isRehearsal` is set.
    package static func restore(
        chapter manifest: ChapterManifest,
        as slug: String,
        counts: [String: Int],
        in address: String,
        keepingOutBy key: SuppressionKey?,
        isRehearsal: Bool,
        logger: Logger,
        lines: (_ take: ([String]) async throws -> Void) async throws -> Void
    ) async throws -> RestoredChapter {
        /// Ends a transaction of which nothing is to stay.
        struct Rehearsed: Error {
            let restored: RestoredChapter
        }
        let encoder = JSONEncoder()
        let (manifest, counts) = (
            String(decoding: try encoder.encode(manifest), as: UTF8.self),
            String(decoding: try encoder.encode(counts), as: UTF8.self)
        )
        do {
            return try await withOwner(address, logger) { client in
                try await client.transaction { transaction in
                    try await transaction.run(
                        script: asOwner + "; SET LOCAL app.rights = 'everything'; " + tables
                    )
                    try await lines { batch in
                        try await transaction.run(
                            Query<Void>(
                                """
                                INSERT INTO restored_row (place, contents)
                                SELECT line::jsonb ->> 'table', line::jsonb -> 'row' FROM unnest(\(batch)) AS line
                                """
                            )
                        )
                    }
                    try await transaction.run(script: "ANALYZE restored_row")
                    if let key { try await refuseKeptOut(key, transaction) }
                    let said = try await transaction.run(
                        Query<String>(
                            value:
                                "SELECT restore_chapter(\(slug), \(manifest)::text::jsonb, \(counts)::text::jsonb)::text"
                        )
                    )
                    let restored = try JSONDecoder().decode(RestoredChapter.self, from: Data(said.utf8))
                    if isRehearsal { throw Rehearsed(restored: restored) }
                    return restored
                }
            }
        } catch let rehearsed as Rehearsed {
            return rehearsed.restored
        } catch let error as PostgresError {
            // What the rows are, and which rules they break, is the file's fault.
            // So is JSON too deep to be read (54001).
            guard ["22", "23", "54"].contains(error.state.category) else { throw error }
            throw ChapterNotRestored(message: error.message)
        }
    }

    /// Refuses a file in which somebody is who asked not to be kept here.
    private static func refuseKeptOut(_ key: SuppressionKey, _ transaction: Transaction) async throws {
        let addresses = try await transaction.run(Query<[String]>(values: addressesOfRows))
        guard let known = KnownWhereabouts(addresses, under: key) else { return }
        let count = try await transaction.run(known.keptOut)
        guard count == 0 else {
            throw ChapterNotRestored(
                message:
                    "\(count) of its addresses and numbers belong to people who asked not to be kept here: have them erased there before the export, or let them return with privacy suppressions remove"
            )
        }
    }

    private static let addressesOfRows: SQL = """
        SELECT DISTINCT said
          FROM restored_row AS each JOIN places_of_words() AS known ON known.place = each.place AND known.holds = 'address'
         CROSS JOIN LATERAL (SELECT each.contents ->> known.column_name) AS one (said)
         WHERE said IS NOT NULL
        UNION
        SELECT contents ->> 'email' FROM restored_row WHERE place = 'person' AND contents ->> 'email' IS NOT NULL
        UNION
        SELECT said FROM restored_row, jsonb_path_query(contents, '$.phones[*]') AS phone, LATERAL (SELECT phone #>> '{}') AS one (said)
         WHERE place = 'person' AND said IS NOT NULL
        """

    private static let tables = """
        CREATE TEMPORARY TABLE restored_row (place text NOT NULL, contents jsonb NOT NULL) ON COMMIT DROP;
        CREATE TEMPORARY TABLE restored_person (old_id bigint PRIMARY KEY, new_id bigint NOT NULL, is_known boolean NOT NULL) ON COMMIT DROP;
        """
}
