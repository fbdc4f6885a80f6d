import Postgres
import ReferralGroup

extension ActingTransaction {
    /// Takes a slip out of the ledger, and its twins out of others'; `replacement` was entered in its place.
    @discardableResult
    package func correct(
        _ kind: EntryKind,
        _ slip: SlipID,
        with replacement: SlipID?,
        because reason: String
    ) async throws -> SlipID {
        let correction = try await run(
            Query<SlipID?>(
                valueIfAny: "SELECT correct_slip(\(kind.rawValue), \(slip), \(replacement)::uuid, \(reason))"
            )
        )
        guard let correction else { throw Unknown.slip(kind, slip) }
        return correction
    }
}

extension Query<[Correction]> {
    /// The newest thousand, newest first, of entries that counted on these days.
    package static func corrections(of chapter: Chapter.ID, from: LocalDate, to: LocalDate) -> Self {
        Query("SELECT * FROM corrections(\(chapter), \(from), \(to))")
    }
}

extension Correction: RowDecodable {
    package init(row: Row) throws {
        try self.init(
            id: row["id"],
            kind: row.word("slip"),
            slip: row["slip_id"],
            replacement: row["replacement_id"],
            day: row["day"],
            was: row["was"],
            at: row["corrected_at"],
            by: row["corrected_by"],
            reason: row["reason"]
        )
    }
}
