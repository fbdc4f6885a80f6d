import Postgres
import ReferralGroup

extension Query<[AbsenceLetter]> {
    /// Letters, newest first: all to those who keep the sheets, their own to others, once they were given.
    package static func absenceLetters(of chapter: Chapter.ID, _ slice: LedgerSlice = .whole) -> Self {
        Query(
            """
            \(letterRows)
            \(slice.rows(of: "absence_letter", by: "drafted_on", in: chapter))
            """
        )
    }
}

extension Query<AbsenceLetter?> {
    package static func absenceLetter(_ id: SlipID, in chapter: Chapter.ID) -> Self {
        Query("\(letterRows) WHERE absence_letter.chapter_id = \(chapter) AND absence_letter.id = \(id)")
    }
}

private let letterRows: SQL = """
    SELECT absence_letter.*, member.name,
           (SELECT drafter.name FROM membership AS drafter
             WHERE drafter.chapter_id = absence_letter.chapter_id AND drafter.person_id = absence_letter.drafted_by
             ORDER BY drafter.joined_on DESC LIMIT 1) AS drafter
      FROM absence_letter
      JOIN membership AS member ON member.chapter_id = absence_letter.chapter_id AND member.id = absence_letter.membership_id
    """

extension Query<SlipID?> {
    /// Drafts a letter about the absences of a day (nil: today); nil where there is no such member that day.
    package static func draftLetter(
        to member: Membership.ID,
        countedOn day: LocalDate?,
        in chapter: Chapter.ID
    ) -> Self {
        Query(value: "SELECT draft_absence_letter(\(chapter), \(member), \(day))")
    }
}

extension Query<[Membership.ID]> {
    /// Those who used up what is allowed, or more, at the end of a day (nil: today), and got no letter about it yet.
    package static func absenceLettersDue(in chapter: Chapter.ID, on day: LocalDate?) -> Self {
        Query(
            values: """
                SELECT line.member_id
                  FROM absences_members(\(chapter), coalesce(\(day), today(\(chapter))), coalesce(\(day), today(\(chapter))), 'infinity') AS line
                 WHERE line.standing <> 'within it' AND line.used > 0
                   AND NOT EXISTS (SELECT FROM absence_letter AS letter
                                    WHERE letter.chapter_id = \(chapter) AND letter.membership_id = line.member_id
                                      AND letter.used = line.used AND letter.counted_on >= line.since)
                """
        )
    }
}

extension Query<Bool> {
    /// Marks a letter as given today, and posts it where it goes by mail; false where there is none to give.
    package static func give(
        _ letter: SlipID,
        by way: AbsenceLetter.Way,
        in chapter: Chapter.ID
    ) -> Self {
        Query(value: "SELECT give_absence_letter(\(chapter), \(letter), \(way == .mail))")
    }
}

extension AbsenceLetter: RowDecodable {
    package init(row: Row) throws {
        let way: String? = try row["way"]
        try self.init(
            id: row["id"],
            member: row["membership_id"],
            name: row["name"],
            countedOn: row["counted_on"],
            used: row["used"],
            allowed: Int(row["allowed"] as Int16),
            language: row["language"],
            subject: row["subject"],
            text: row["body"],
            draftedOn: row["drafted_on"],
            draftedBy: row["drafter"],
            givenOn: row["given_on"],
            way: way.flatMap(Way.init(rawValue:))
        )
    }
}
