import Postgres
import ReferralGroup

extension Query<[Posting]> {
    /// Needs or offers, newest first; those with a text in them, in the profession or in the name.
    package static func postings(
        _ kind: Posting.Kind,
        of chapter: Chapter.ID,
        _ slice: LedgerSlice,
        matching text: String = ""
    ) -> Self {
        let needle = FoldedName(text).text
        let condition: SQL = """
            posting.kind = \(kind.rawValue)
            AND (strpos(lower(posting.text), \(needle)) > 0 OR strpos(posting.profession, \(needle)) > 0
                 OR strpos(poster.folded_name, \(needle)) > 0)
            """
        return Query(
            """
            \(postingRows)
            \(slice.rows(of: "posting", by: "posted_on", in: chapter, where: condition))
            """
        )
    }
}

extension Query<Posting?> {
    package static func posting(_ id: SlipID, _ kind: Posting.Kind, in chapter: Chapter.ID) -> Self {
        Query(
            """
            \(postingRows)
             WHERE posting.chapter_id = \(chapter) AND posting.id = \(id) AND posting.kind = \(kind.rawValue)
            """
        )
    }
}

private let postingRows: SQL = """
    SELECT posting.id, posting.kind, posting.membership_id, poster.name, posting.text, posting.profession, posting.posted_on,
           posting.until, answerer.name AS answered_by, posting.answered_on
      FROM posting
      JOIN membership AS poster ON poster.chapter_id = posting.chapter_id AND poster.id = posting.membership_id
      LEFT JOIN membership AS answerer ON answerer.chapter_id = posting.chapter_id AND answerer.id = posting.answered_by
    """

extension Query<SlipID> {
    package static func post(_ draft: PostingDraft, in chapter: Chapter.ID) -> Self {
        Query(
            value: """
                INSERT INTO posting (chapter_id, kind, membership_id, text, profession, posted_on, until)
                VALUES (\(chapter), \(draft.kind.rawValue), \(draft.member), \(draft.text),
                        \(draft.profession.map { FoldedName($0) }), coalesce(\(draft.postedOn), today(\(chapter))), \(draft.until))
                RETURNING id
                """
        )
    }
}

extension Query<Bool> {
    /// Notes that a need is answered, by a member or by somebody else; false where there is no such need.
    package static func answer(
        _ need: SlipID,
        by member: Membership.ID?,
        on day: LocalDate?,
        in chapter: Chapter.ID
    ) -> Self {
        Query(
            """
            UPDATE posting SET answered_by = \(member), answered_on = coalesce(\(day), today(\(chapter)))
             WHERE chapter_id = \(chapter) AND id = \(need) AND kind = 'need'
            """
        ) { $0.affected > 0 }
    }
}

extension Query<[NeedMatch]> {
    /// Who could answer a need, the closest first.
    package static func matches(of need: SlipID, in chapter: Chapter.ID) -> Self {
        Query("SELECT * FROM matches(\(chapter), \(need))")
    }
}

extension NeedMatch: RowDecodable {
    package init(row: Row) throws {
        try self.init(
            by: row.word("by"),
            member: row["member_id"],
            name: row["member_name"],
            about: row["about"]
        )
    }
}

extension Posting: RowDecodable {
    package init(row: Row) throws {
        try self.init(
            id: row["id"],
            kind: row.word("kind"),
            member: row["membership_id"],
            name: row["name"],
            text: row["text"],
            profession: row["profession"],
            postedOn: row["posted_on"],
            until: row["until"],
            answeredBy: row["answered_by"],
            answeredOn: row["answered_on"]
        )
    }
}
