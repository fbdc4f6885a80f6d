import Postgres
import ReferralGroup

/// A scorecard that a chapter can use.
package struct ScorecardName: Sendable, RowDecodable {
    package let scheme: String
    package let title: String
    /// Whether it is the chapter's own; the others ship.
    package let isOwn: Bool

    package init(row: Row) throws {
        scheme = try row["scheme"]
        title = try row["title"]
        isOwn = try row["is_own"]
    }
}

extension Query<[ScorecardName]> {
    package static func scorecards(of chapter: Chapter.ID) -> Self {
        Query("SELECT * FROM scorecards(\(chapter))")
    }
}

extension ActingDatabase {
    /// The definition of a scorecard as it holds on a day (nil: today), as JSON.
    package func scorecard(
        _ scheme: String,
        of chapter: Chapter.ID,
        on day: LocalDate?
    ) async throws -> String {
        let query = Query<String?>(
            valueIfAny: """
                SELECT jsonb_pretty(scorecard_in_force(\(chapter), \(scheme), coalesce(\(day), today(\(chapter)))))
                """
        )
        guard let definition = try await run(query) else {
            throw Refused(rule: .scorecardUnknown, detail: nil)
        }
        return definition
    }

    /// Keeps a scorecard of the chapter's own from a day on (nil: today); throws what is wrong with it.
    package func keepScorecard(
        _ scheme: String,
        definition: String,
        of chapter: Chapter.ID,
        from day: LocalDate?
    ) async throws {
        do {
            try await run(.keepScorecard(scheme, definition, of: chapter, from: day))
        } catch let error as PostgresError where error.state.rawValue.utf8.starts(with: "22".utf8) {
            throw Refused(rule: .scorecardUnsound, detail: "this is no JSON: \(error.message)")
        }
    }
}

extension Query<Void> {
    fileprivate static func keepScorecard(
        _ scheme: String,
        _ definition: String,
        of chapter: Chapter.ID,
        from day: LocalDate?
    ) -> Self {
        Query(
            """
            INSERT INTO chapter_scorecard (chapter_id, scheme, valid_from, definition)
            VALUES (\(chapter), \(scheme), coalesce(\(day), today(\(chapter))), \(definition)::text::jsonb)
            ON CONFLICT (chapter_id, scheme, valid_from) DO UPDATE SET definition = excluded.definition, recorded_at = now()
            """
        )
    }
}
