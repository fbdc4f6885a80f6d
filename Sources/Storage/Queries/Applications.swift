import Postgres
import ReferralGroup

extension Query<[MembershipApplication]> {
    /// Applications, newest first; those that nobody decided yet, or all.
    package static func applications(of chapter: Chapter.ID, pending: Bool = false) -> Self {
        Query(
            """
            \(applicationRows)
             WHERE application.chapter_id = \(chapter) AND (NOT \(pending) OR application.decision IS NULL)
             ORDER BY application.applied_on DESC, application.recorded_at DESC, application.id
            """
        )
    }
}

extension Query<MembershipApplication?> {
    package static func application(_ id: SlipID, in chapter: Chapter.ID) -> Self {
        let row: SQL =
            "\(applicationRows) WHERE application.chapter_id = \(chapter) AND application.id = \(id)"
        return Query(row.noting(.application))
    }
}

extension Query<[MembershipApplication.Reference]> {
    /// Who was asked about an applicant, in the order in which they were.
    package static func references(of application: SlipID, in chapter: Chapter.ID) -> Self {
        let rows: SQL = """
            SELECT application_id AS id, name, contact, checked_on, outcome FROM application_reference
             WHERE chapter_id = \(chapter) AND application_id = \(application) ORDER BY number
            """
        return Query(rows.noting(.application, where: "contact IS NOT NULL"))
    }
}

extension Query<[MembershipApplication.CastVote]> {
    /// Who voted how, in order of name.
    package static func votes(on application: SlipID, in chapter: Chapter.ID) -> Self {
        Query(
            """
            SELECT vote.membership_id, membership.name, vote.vote
              FROM application_vote AS vote
              JOIN membership ON membership.chapter_id = vote.chapter_id AND membership.id = vote.membership_id
             WHERE vote.chapter_id = \(chapter) AND vote.application_id = \(application)
             ORDER BY membership.folded_name, membership.id
            """
        )
    }
}

private let applicationRows: SQL = """
    SELECT application.id, application.name, application.company, application.email, application.phone, application.title,
           sponsor.name AS sponsor, application.applied_on, application.decision, application.decided_on, application.reason,
           application.membership_id, application.notes,
           (SELECT count(*) FROM application_reference AS asked
             WHERE asked.chapter_id = application.chapter_id AND asked.application_id = application.id) AS checked,
           (SELECT count(*) FROM application_vote AS vote
             WHERE vote.chapter_id = application.chapter_id AND vote.application_id = application.id AND vote.vote = 'yes') AS yes,
           (SELECT count(*) FROM application_vote AS vote
             WHERE vote.chapter_id = application.chapter_id AND vote.application_id = application.id AND vote.vote = 'no') AS no,
           application.membership_id IS NULL
           AND seat_is_held(application.chapter_id, application.profession, today(application.chapter_id)) AS is_seat_held
      FROM application
      LEFT JOIN membership AS sponsor ON sponsor.chapter_id = application.chapter_id AND sponsor.id = application.sponsor_id
    """

extension Query<SlipID> {
    package static func open(_ draft: MembershipApplicationDraft, in chapter: Chapter.ID) -> Self {
        Query(
            value: """
                INSERT INTO application (chapter_id, name, folded_name, company, email, phone, profession, title, sponsor_id, visitor_id,
                                         applied_on, notes)
                VALUES (\(chapter), \(draft.name), \(FoldedName(draft.name)), \(draft.company), \(watched: draft.email), \(watched: draft.phone),
                        \(FoldedName(draft.seat)), \(draft.seat), \(draft.sponsor), \(draft.visitor),
                        coalesce(\(draft.appliedOn), today(\(chapter))), \(draft.notes))
                RETURNING id
                """
        )
    }
}

extension Query<Void> {
    /// Notes what somebody said who was asked about an applicant.
    package static func note(
        _ reference: MembershipApplication.Reference,
        of application: SlipID,
        in chapter: Chapter.ID
    ) -> Self {
        Query(
            """
            SELECT note_reference(\(chapter), \(application), \(reference.name), \(watched: reference.contact), \(reference.checkedOn),
                                  \(reference.outcome))
            """
        )
    }

    /// A member's vote; a later one takes the place of an earlier.
    package static func vote(
        _ vote: MembershipApplication.Vote,
        by member: Membership,
        on application: SlipID,
        in chapter: Chapter.ID
    ) -> Self {
        Query(
            """
            INSERT INTO application_vote (chapter_id, application_id, membership_id, person_id, vote)
            VALUES (\(chapter), \(application), \(member.id), \(member.person), \(vote.rawValue))
                ON CONFLICT (chapter_id, application_id, membership_id) DO UPDATE SET vote = excluded.vote, voted_at = now()
            """
        )
    }
}

extension Query<Void> {
    /// Says of the visitor who applied that they joined.
    package static func visitorJoined(by application: SlipID, in chapter: Chapter.ID) -> Self {
        Query(
            """
            UPDATE visitor SET status = 'joined', lost_because = NULL
             WHERE chapter_id = \(chapter) AND status <> 'joined'
               AND id = (SELECT visitor_id FROM application WHERE chapter_id = \(chapter) AND id = \(application))
            """
        )
    }
}

extension Query<Bool> {
    /// Decides an application; false where there is none, or it was decided before.
    package static func decide(
        _ application: SlipID,
        _ decision: MembershipApplication.Decision,
        because reason: String?,
        on day: LocalDate?,
        in chapter: Chapter.ID
    ) -> Self {
        Query(
            """
            UPDATE application SET decision = \(decision.rawValue), decided_on = coalesce(\(day), today(\(chapter))), reason = \(reason)
             WHERE chapter_id = \(chapter) AND id = \(application) AND decision IS NULL
            """
        ) { $0.affected > 0 }
    }

    /// Names the membership that the induction made; false where there is no such application.
    package static func induct(
        _ application: SlipID,
        as member: Membership.ID,
        in chapter: Chapter.ID
    ) -> Self {
        Query(
            """
            UPDATE application SET membership_id = \(member) WHERE chapter_id = \(chapter) AND id = \(application)
            """
        ) { $0.affected > 0 }
    }
}

extension Query<Void> {
    /// Names who looks after a new member.
    package static func nameMentor(
        _ mentor: Membership.ID,
        of member: Membership.ID,
        in chapter: Chapter.ID
    ) -> Self {
        Query("UPDATE membership SET mentor_id = \(mentor) WHERE chapter_id = \(chapter) AND id = \(member)")
    }
}

extension MembershipApplication: RowDecodable {
    package init(row: Row) throws {
        let decision: String? = try row["decision"]
        try self.init(
            id: row["id"],
            name: row["name"],
            company: row["company"],
            email: row["email"],
            phone: row["phone"],
            seat: row["title"],
            sponsor: row["sponsor"],
            appliedOn: row["applied_on"],
            decision: decision.flatMap(Decision.init(rawValue:)),
            decidedOn: row["decided_on"],
            reason: row["reason"],
            membership: row["membership_id"],
            notes: row["notes"],
            references: row["checked"],
            yes: row["yes"],
            no: row["no"],
            isSeatHeld: row["is_seat_held"]
        )
    }
}

extension MembershipApplication.Reference: RowDecodable {
    package init(row: Row) throws {
        try self.init(
            name: row["name"],
            contact: row["contact"],
            checkedOn: row["checked_on"],
            outcome: row["outcome"]
        )
    }
}

extension MembershipApplication.CastVote: RowDecodable {
    package init(row: Row) throws {
        try self.init(member: row["membership_id"], name: row["name"], vote: row.word("vote"))
    }
}
