import Postgres
import ReferralGroup

extension ImportBatch: RowDecodable {
    static let columns: SQL = "id, kind, file_name, sha256, from_on, to_on, rows, imported_at, undone_at"

    package init(row: Row) throws {
        let fingerprint: Bytes = try row["sha256"]
        try self.init(
            id: row["id"],
            kind: row.word("kind"),
            file: ImportedFile(name: row["file_name"], fingerprint: fingerprint.bytes),
            from: row["from_on"],
            to: row["to_on"],
            rows: row["rows"],
            importedAt: row["imported_at"],
            undoneAt: row["undone_at"]
        )
    }
}

extension Query<ImportBatch?> {
    /// The import of this file that still stands.
    static func importBatch(of file: ImportedFile, in chapter: Chapter.ID) -> Self {
        Query(
            """
            SELECT \(ImportBatch.columns)
              FROM import_batch
             WHERE chapter_id = \(chapter) AND sha256 = \(Bytes(file.fingerprint)) AND undone_at IS NULL
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
        Query(value: "SELECT undo_import(\(batch))")
    }
}

extension ActingDatabase {
    /// Takes an import back as a whole; refused where later records lean on what it brought.
    package func undoImport(_ batch: Int64, in chapter: Chapter.ID) async throws -> Bool {
        do {
            return try await run(.undoImport(batch))
        } catch let error as PostgresError where error.state == .foreignKeyViolation {
            let later = try await run(.imports(of: chapter)).filter { $0.id > batch && $0.undoneAt == nil }
            throw ImportLeanedOn(batch: batch, table: error.table ?? "record", later: later.map(\.id))
        }
    }
}

/// Later records name members that an import brought, so it cannot be taken back before them.
package struct ImportLeanedOn: Error {
    package let batch: Int64
    package let table: String
    package let later: [Int64]

    package var message: String {
        let first =
            later.isEmpty
            ? "records entered by hand since name them"
            : "undo the later imports first: \(later.reversed().map { "import undo \($0)" }.joined(separator: ", "))"
        return "import \(batch) brought members that later records name (\(table)); \(first)"
    }
}

extension Query<[NameBook.Entry]> {
    static func nameBookEntries(of chapter: Chapter.ID) -> Self {
        Query(
            "SELECT id, person_id, name, joined_on, ended_on FROM membership WHERE chapter_id = \(chapter) ORDER BY folded_name, joined_on"
        )
    }
}

extension NameBook.Entry: RowDecodable {
    package init(row: Row) throws {
        try self.init(
            member: row["id"],
            person: row["person_id"],
            name: row["name"],
            joinedOn: row["joined_on"],
            endedOn: row["ended_on"]
        )
    }
}

/// A remembered answer.
struct NameLink: RowDecodable {
    let name: FoldedName
    let member: Membership.ID

    init(row: Row) throws {
        name = try row["folded_name"]
        member = try row["membership_id"]
    }
}

extension Query<[NameLink]> {
    static func nameLinks(of chapter: Chapter.ID) -> Self {
        Query("SELECT folded_name, membership_id FROM name_link WHERE chapter_id = \(chapter)")
    }
}

extension Query<[Twin]> {
    static func twins(in others: [Chapter.ID], from: LocalDate, to: LocalDate) -> Self {
        Query("SELECT * FROM twins(\(others), \(from), \(to)) ORDER BY day, id")
    }
}

extension Query<Int64> {
    static func openImport(
        of file: ImportedFile,
        as kind: ImportBatch.Kind,
        from: LocalDate,
        to: LocalDate,
        rows: Int,
        in chapter: Chapter.ID
    ) -> Self {
        Query(
            value: """
                INSERT INTO import_batch (chapter_id, kind, file_name, sha256, from_on, to_on, rows, imported_by)
                VALUES (\(chapter), \(kind.rawValue), \(file.name), \(Bytes(file.fingerprint)), \(from), \(to), \(Int32(clamping: rows)), acting_person())
                RETURNING id
                """
        )
    }
}

extension Query<Membership.ID> {
    static func importMember(
        named name: String,
        joinedOn: LocalDate,
        endedOn: LocalDate?,
        batch: Int64,
        in chapter: Chapter.ID
    ) -> Self {
        Query(
            value: """
                INSERT INTO membership (chapter_id, person_id, name, folded_name, joined_on, ended_on, import_batch_id)
                VALUES (\(chapter), person_of(\(name), \(FoldedName(name)), NULL), \(name), \(FoldedName(name)), \(joinedOn), \(endedOn), \(batch))
                RETURNING id
                """
        )
    }
}

extension Query<Void> {
    static func rememberName(
        _ name: FoldedName,
        as member: Membership.ID,
        batch: Int64,
        in chapter: Chapter.ID
    ) -> Self {
        Query(
            """
            INSERT INTO name_link (chapter_id, folded_name, membership_id, import_batch_id)
            VALUES (\(chapter), \(name), \(member), \(batch))
            """
        )
    }

    static func importReferral(
        id: SlipID?,
        giver: ImportedSide,
        receiver: ImportedSide,
        tier: Int,
        on day: LocalDate,
        batch: Int64,
        in chapter: Chapter.ID
    ) -> Self {
        Query(
            """
            WITH slip AS (
                INSERT INTO referral (chapter_id, id, giver_id, giver_outsider_id, receiver_id, receiver_outsider_id, tier, passed_on, import_batch_id)
                VALUES (\(chapter), coalesce(\(id), gen_random_uuid()), \(giver.member), \(giver.outsider), \(receiver.member), \(receiver.outsider),
                        \(Int16(clamping: tier)), \(day), \(batch))
                RETURNING id
            )
            INSERT INTO referral_step (chapter_id, referral_id, number, step, at)
            SELECT chapter.id, slip.id, 1, 'passed', \(day)::timestamp AT TIME ZONE chapter.time_zone
              FROM slip CROSS JOIN chapter WHERE chapter.id = \(chapter)
            """
        )
    }

    static func importOneToOne(
        id: SlipID?,
        first: Membership.ID,
        second: ImportedSide,
        on day: LocalDate,
        currency: Currency,
        batch: Int64,
        in chapter: Chapter.ID
    ) -> Self {
        Query(
            """
            INSERT INTO one_to_one (chapter_id, id, first_id, second_id, second_outsider_id, met_on, currency, import_batch_id)
            VALUES (\(chapter), coalesce(\(id), gen_random_uuid()), \(first), \(second.member), \(second.outsider), \(day), \(currency), \(batch))
            """
        )
    }

    static func importThanks(
        id: SlipID?,
        thanked: ImportedSide,
        earner: Int64?,
        amount: Money,
        on day: LocalDate,
        batch: Int64,
        in chapter: Chapter.ID
    ) -> Self {
        Query(
            """
            INSERT INTO closed_business (chapter_id, id, earner_outsider_id, thanked_id, thanked_outsider_id, thanked_chapter,
                                         amount, currency, closed_on, import_batch_id)
            VALUES (\(chapter), coalesce(\(id), gen_random_uuid()), \(earner), \(thanked.member), \(thanked.outsider), \(thanked.isChapter),
                    \(amount.minorUnits), \(amount.currency), \(day), \(batch))
            """
        )
    }

    static func importEducation(
        of member: Membership.ID,
        units: Figure,
        on day: LocalDate,
        batch: Int64,
        in chapter: Chapter.ID
    ) -> Self {
        Query(
            """
            INSERT INTO education_unit (chapter_id, membership_id, units, done_on, import_batch_id)
            VALUES (\(chapter), \(member), \(units), \(day), \(batch))
            """
        )
    }

    static func importVisitor(
        named name: String,
        inviter: ImportedSide,
        on day: LocalDate,
        batch: Int64,
        in chapter: Chapter.ID
    ) -> Self {
        Query(
            """
            INSERT INTO visitor (chapter_id, name, folded_name, inviter_id, inviter_outsider_id, visit_on, came, status, import_batch_id)
            VALUES (\(chapter), \(name), \(FoldedName(name)), \(inviter.member), \(inviter.outsider), \(day), true, 'visited', \(batch))
            """
        )
    }

    static func openSummary(batch: Int64, from: LocalDate, to: LocalDate, in chapter: Chapter.ID) -> Self {
        Query(
            "INSERT INTO imported_summary (chapter_id, import_batch_id, from_on, to_on) VALUES (\(chapter), \(batch), \(from), \(to))"
        )
    }

    static func importSummaryLine(
        _ row: ImportedSummaryRow,
        member: Membership.ID?,
        batch: Int64,
        in chapter: Chapter.ID
    ) -> Self {
        let figures = row.figures
        return Query(
            """
            INSERT INTO imported_summary_line (
                chapter_id, import_batch_id, line, kind, membership_id, present, absent, late, medical, substitute,
                referrals_given_inside, referrals_given_outside, referrals_received_inside, referrals_received_outside,
                visitors, one_to_ones, thanked_for, education, testimonials)
            VALUES (\(chapter), \(batch), \(Int16(clamping: row.line)), \(row.owner.kind), \(member),
                    \(figures.present), \(figures.absent), \(figures.late), \(figures.medical), \(figures.substitute),
                    \(figures.referralsGivenInside), \(figures.referralsGivenOutside),
                    \(figures.referralsReceivedInside), \(figures.referralsReceivedOutside),
                    \(figures.visitors), \(figures.oneToOnes), \(figures.thankedFor.minorUnits), \(figures.education), \(figures.testimonials))
            """
        )
    }
}

extension ImportedSummaryRow.Owner {
    fileprivate var kind: String {
        switch self {
        case .member: "member"
        case .visitors: "visitors"
        case .otherChapters: "other-chapters"
        case .formerMembers: "former-members"
        }
    }
}
