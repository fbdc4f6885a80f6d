import Logging
import Postgres

extension Installation {
    /// Forgets what was added up of months that are over, and adds all of it up from the records, chapter by chapter.
    ///
    /// Reports are right all the while: what is not added up yet they read from the records. Returns how many chapters
    /// were added up, and of which somebody wrote just then, so that their next report does it.
    package static func addUpAgain(
        _ address: String,
        logger: Logger,
        report: @Sendable (Int) -> Void = { _ in }
    ) async throws -> (done: Int, busy: [String]) {
        try await withOwner(address, logger) { client in
            let chapters = try await client.transaction { transaction in
                try await transaction.run(script: asOwner)
                return try await transaction.run(
                    Query<[Int]>(values: "SELECT id FROM chapter ORDER BY id")
                )
            }
            try await client.transaction { transaction in
                try await transaction.run(script: asOwner + "; SELECT app.add_up_again_everywhere()")
            }
            var busy: [String] = []
            for (index, chapter) in chapters.enumerated() {
                try await client.transaction { transaction in
                    try await transaction.run(script: asOwner + "; SELECT app.add_up_months(\(chapter))")
                    busy += try await transaction.run(Self.notAddedUp(chapter))
                }
                report(index + 1)
            }
            return (chapters.count - busy.count, busy)
        }
    }

    /// The chapter's name, where its months are not added up until today.
    private static func notAddedUp(_ chapter: Int) -> Query<[String]> {
        Query(
            values: """
                SELECT slug FROM chapter
                 WHERE id = \(chapter)
                   AND NOT EXISTS (SELECT FROM months_added_up AS known
                                    WHERE known.chapter_id = chapter.id
                                      AND known.through >= date_trunc('month', today(chapter.id)::timestamp)::date - 1)
                """
        )
    }
}
