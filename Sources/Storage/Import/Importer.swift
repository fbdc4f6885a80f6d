import Postgres
import ReferralGroup

/// Carries files of exports into one chapter's ledger: all of a file, or nothing of it.
package struct Importer: Sendable {
    let database: ActingDatabase
    let chapter: Chapter
    let advice: ImportAdvice
    /// Asked about each name that the roster does not settle; `nobodyKnows` refuses its rows.
    let ask: @Sendable (UnsettledName) async throws -> UnsettledName.Answer

    package init(
        database: ActingDatabase,
        chapter: Chapter,
        advice: ImportAdvice = .shell,
        ask: @escaping @Sendable (UnsettledName) async throws -> UnsettledName.Answer = { _ in .nobodyKnows }
    ) {
        self.database = database
        self.chapter = chapter
        self.advice = advice
        self.ask = ask
    }

    /// Runs `work` in a transaction that is undone unless everything went in for good.
    func importing(
        _ file: ImportedFile,
        as kind: ImportBatch.Kind,
        from: LocalDate,
        to: LocalDate,
        rows: Int,
        isRehearsal: Bool,
        _ work:
            @Sendable @escaping (_ transaction: ActingTransaction, _ batch: Int64) async throws ->
            ImportEntries
    ) async throws -> ImportOutcome {
        do {
            return try await database.transaction { transaction in
                let chapter = chapter.id
                let standing: ImportBatch? = try await transaction.run(.importBatch(of: file, in: chapter))
                if let known = standing {
                    guard known.from == from, known.to == to, known.kind == kind else {
                        throw FileKnownByOtherDates(batch: known)
                    }
                    return ImportOutcome(
                        result: .alreadyImported(batch: known.id),
                        verdicts: [],
                        newMembers: []
                    )
                }
                let batch = try await transaction.run(
                    .openImport(of: file, as: kind, from: from, to: to, rows: rows, in: chapter)
                )
                let entries = try await work(transaction, batch)
                let isRefused = entries.verdicts.contains(where: \.isRefused)
                let outcome = ImportOutcome(
                    result: isRefused ? .refused : isRehearsal ? .wouldImport : .imported(batch: batch),
                    verdicts: entries.verdicts.sorted { $0.line < $1.line },
                    newMembers: entries.newMembers
                )
                guard case .imported = outcome.result else { throw NothingWritten(outcome: outcome) }
                return outcome
            }
        } catch let nothing as NothingWritten {
            return nothing.outcome
        }
    }
}

/// What became of a file's rows.
struct ImportEntries: Sendable {
    var verdicts: [RowVerdict] = []
    var newMembers: [String] = []
}

/// Ends the transaction of an import that is to leave nothing behind.
private struct NothingWritten: Error {
    let outcome: ImportOutcome
}

/// The same bytes were imported as something else, or for other days.
package struct FileKnownByOtherDates: Error {
    package let batch: ImportBatch

    package var message: String {
        let days = batch.from == batch.to ? "for \(batch.to)" : "for \(batch.from) to \(batch.to)"
        return "This file is import \(batch.id) (\(batch.kind.rawValue), \(days)). "
            + "To give it other dates, undo that import first: import undo \(batch.id)"
    }
}
