import Postgres
import ReferralGroup
import Storage
import TestSupport
import Testing

extension SampleChapter {
    /// Lets Charlie direct a region, which Alder belongs to and Birch does not.
    func letCharlieDirect(from: LocalDate, to: LocalDate?) async throws {
        let installation = database.acting(as: .system(door: .cli), in: nil)
        let south = try #require(Chapter.Slug("south"))
        try await installation.run(.createRegion(south, name: "South"))
        let found: Region? = try await installation.run(.region(south))
        let region = try #require(found)
        try await installation.run(.put(alder.id, into: region.id))
        let email = try #require(charlie.email)
        #expect(
            try await installation.run(.appointDirector(email, of: region.id, from: from, to: to)) == from
        )
    }

    /// An import of nothing.
    func importBatch(in chapter: Chapter) async throws -> Int64 {
        let file = Bytes([UInt8](repeating: 7, count: 32))
        return try await scratch.superuser.run(
            Query<Int64>(
                value: """
                    INSERT INTO app.import_batch (chapter_id, kind, file_name, sha256, from_on, to_on, rows)
                    VALUES (\(chapter.id), 'slips', 'slips.csv', \(file), '2026-04-01', '2026-04-01', 0)
                    RETURNING id
                    """
            )
        )
    }
}
