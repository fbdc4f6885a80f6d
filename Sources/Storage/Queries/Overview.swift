import Postgres
import ReferralGroup

extension Query<ChapterOverview> {
    /// What there is of everything today; of what the reader may not see there is none.
    package static func overview(of chapter: Chapter.ID) -> Self {
        Query(
            """
            WITH asked AS MATERIALIZED (SELECT today(\(chapter)) AS day),
            member AS MATERIALIZED (
                SELECT membership.joined_on, membership.renews_on, membership.seat_id
                  FROM membership, asked
                 WHERE membership.chapter_id = \(chapter) AND coalesce(membership.ended_on, 'infinity') >= asked.day
            )
            SELECT (SELECT count(*) FROM member WHERE joined_on <= asked.day) AS members,
                   (SELECT count(*) FROM member WHERE joined_on <= asked.day AND renews_on <= asked.day) AS overdue,
                   (SELECT count(*) FROM member WHERE joined_on > asked.day) AS upcoming,
                   (SELECT count(*) FROM seat WHERE seat.chapter_id = \(chapter)
                       AND NOT EXISTS (SELECT FROM member WHERE member.seat_id = seat.id AND member.joined_on <= asked.day)) AS open_seats,
                   \(openPostings(.need, in: chapter)) AS needs,
                   \(openPostings(.offer, in: chapter)) AS offers,
                   (SELECT count(*) FROM meeting
                     WHERE meeting.chapter_id = \(chapter) AND meeting.status = 'open' AND meeting.local_date < asked.day) AS open_sheets,
                   (SELECT count(*) FROM visitor WHERE visitor.chapter_id = \(chapter) AND visitor.status = 'new') AS new_visitors,
                   (SELECT count(*) FROM visitor WHERE visitor.chapter_id = \(chapter) AND visitor.status = 'visited'
                       AND visitor.kind <> 'substitute' AND visitor.visit_on > asked.day - 91) AS warm_visitors,
                   (SELECT count(*) FROM application
                     WHERE application.chapter_id = \(chapter) AND application.decision IS NULL) AS open_applications,
                   (SELECT count(*) FROM balances(\(chapter), asked.day) AS balance WHERE balance.arrears > 0) AS debtors,
                   EXISTS (SELECT FROM membership
                            WHERE membership.chapter_id = \(chapter) AND membership.joined_on < date_trunc('month', asked.day)
                              AND coalesce(membership.ended_on, 'infinity') >= date_trunc('month', asked.day) - interval '1 month')
                       AND NOT EXISTS (SELECT FROM closed_months((date_trunc('month', asked.day) - interval '1 month')::date)) AS last_month_open
              FROM asked
            """
        )
    }
}

private func openPostings(_ kind: Posting.Kind, in chapter: Chapter.ID) -> SQL {
    """
    (SELECT count(*) FROM posting
      WHERE posting.chapter_id = \(chapter) AND posting.kind = \(kind.rawValue)
        AND coalesce(least(posting.until, posting.answered_on - 1), 'infinity') >= asked.day)
    """
}

extension ChapterOverview: RowDecodable {
    package init(row: Row) throws {
        try self.init(
            members: row["members"],
            overdue: row["overdue"],
            upcoming: row["upcoming"],
            openSeats: row["open_seats"],
            needs: row["needs"],
            offers: row["offers"],
            openSheets: row["open_sheets"],
            newVisitors: row["new_visitors"],
            warmVisitors: row["warm_visitors"],
            openApplications: row["open_applications"],
            debtors: row["debtors"],
            isLastMonthOpen: row["last_month_open"]
        )
    }
}
