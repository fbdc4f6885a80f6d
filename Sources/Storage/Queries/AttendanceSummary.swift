import Postgres
import ReferralGroup

extension ActingDatabase {
    /// The attendance summary of a period; the arithmetic is in `Schema/Reports/attendance_summary.sql`.
    package func attendance(
        of chapter: Chapter,
        from: LocalDate,
        to: LocalDate,
        asOf: Instant
    ) async throws -> AttendanceSummary {
        let (rows, summaries) = try await run(
            Query<[AttendanceSummary.Row]>("SELECT * FROM attendance(\(chapter.id), \(from), \(to), \(asOf))")
                .exclusive,
            Query<[AttendanceSummary.ImportedSummary]>(
                "SELECT * FROM summaries_of(\(chapter.id), \(from), \(to))"
            )
        )
        guard let total = rows.last, total.kind == .total else {
            throw WrongNumberOfRows(expected: "a total", found: rows.count)
        }
        return AttendanceSummary(
            chapter: chapter.slug,
            chapterName: chapter.name,
            from: from,
            to: to,
            currency: chapter.currency,
            asOf: asOf,
            rows: Array(rows.dropLast()),
            total: total,
            summaries: summaries
        )
    }
}

extension AttendanceSummary.Row: RowDecodable {
    package init(row: Postgres.Row) throws {
        try self.init(
            kind: row.word("kind"),
            member: row["membership_id"],
            name: row["name"],
            present: row["present"],
            absent: row["absent"],
            late: row["late"],
            medical: row["medical"],
            substitute: row["substitute"],
            referralsGivenInside: row["referrals_given_inside"],
            referralsGivenOutside: row["referrals_given_outside"],
            referralsReceivedInside: row["referrals_received_inside"],
            referralsReceivedOutside: row["referrals_received_outside"],
            visitors: row["visitors"],
            oneToOnes: row["one_to_ones"],
            thankedFor: row["thanked_for"],
            education: row["education"],
            testimonials: row["testimonials"],
            held: row["held"],
            rate: row["rate"]
        )
    }
}

extension AttendanceSummary.ImportedSummary: RowDecodable {
    package init(row: Postgres.Row) throws {
        try self.init(batch: row["batch"], from: row["from_on"], to: row["to_on"], isUsed: row["is_used"])
    }
}
