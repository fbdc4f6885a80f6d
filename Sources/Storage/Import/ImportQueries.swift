import Postgres
import ReferralGroup

extension Query<ImportBatch?> {
    /// The import of this file that still stands.
    static func importBatch(of file: ImportedFile, in chapter: Chapter.ID) -> Self {
        Query(
            """
            SELECT \(ImportBatch.columns)
              FROM import_batch
             WHERE chapter_id = \(chapter) AND sha256 = \(file.fingerprint) AND undone_at IS NULL
            """
        )
    }
}

extension Query<[ImportBatch]> {
    /// Every import of a chapter, undone ones too, in the order they were made.
    package static func imports(of chapter: Chapter.ID) -> Self {
        Query("SELECT \(ImportBatch.columns) FROM import_batch WHERE chapter_id = \(chapter) ORDER BY id")
    }
}

extension Query<Bool> {
    /// Takes a batch back; false where there is none that stands.
    package static func undoImport(_ batch: Int64) -> Self {
        Query("SELECT undo_import(\(batch))") { try $0.single() }
    }
}
