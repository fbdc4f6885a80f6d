import Postgres
import ReferralGroup

extension Query<[FollowUp]> {
    /// What a person has still to follow up in a chapter, the most urgent first.
    package static func agenda(of person: Person.ID, in chapter: Chapter.ID) -> Self {
        Query("SELECT * FROM agenda(\(chapter), \(person))")
    }
}

extension Query<[EndedFollowUp]> {
    /// What a person followed up lately, the newest first.
    package static func endedFollowUps(of person: Person.ID, in chapter: Chapter.ID, limit: Int) -> Self {
        Query(
            """
            SELECT followed.id, followed.text, followed.channel, followed.ended_on, followed.ending, followed.outcome,
                   coalesce(contact.name, looked_after.name,
                            followed_slip(\(chapter), followed.cause, followed.slip_id, \(person))) AS about
              FROM follow_up AS followed
              LEFT JOIN contact ON contact.chapter_id = followed.chapter_id AND contact.id = followed.contact_id
              LEFT JOIN membership AS looked_after
                     ON looked_after.chapter_id = followed.chapter_id AND looked_after.id = followed.member_id
             WHERE followed.chapter_id = \(chapter) AND followed.person_id = \(person) AND followed.ended_on IS NOT NULL
             ORDER BY followed.ended_on DESC, followed.recorded_at DESC, followed.id
             LIMIT \(Int64(limit))
            """
        )
    }

    /// What became of one contact, the newest first.
    package static func endedFollowUps(
        of contact: SlipID,
        by person: Person.ID,
        in chapter: Chapter.ID
    ) -> Self {
        Query(
            """
            SELECT followed.id, followed.text, followed.channel, followed.ended_on, followed.ending, followed.outcome, NULL AS about
              FROM follow_up AS followed
             WHERE followed.chapter_id = \(chapter) AND followed.contact_id = \(contact) AND followed.person_id = \(person)
               AND followed.ending = 'done'
             ORDER BY followed.ended_on DESC, followed.recorded_at DESC, followed.id
             LIMIT 50
            """
        )
    }
}

extension Query<Int> {
    /// How many follow-ups a week somebody wants to be asked for.
    package static func followUpsAWeek(of person: Person.ID) -> Self {
        Query<Int16>(value: "SELECT follow_ups_a_week FROM person WHERE id = \(person)").map { Int($0) }
    }
}

extension Query<SlipID?> {
    /// Writes down a follow-up; nil where the person has no such contact.
    package static func write(
        _ draft: FollowUpDraft,
        of member: Membership.ID,
        _ person: Person.ID,
        in chapter: Chapter.ID
    ) -> Self {
        Query(
            valueIfAny: """
                INSERT INTO follow_up (chapter_id, membership_id, person_id, contact_id, text, channel, due_on)
                SELECT \(chapter), \(member), \(person), \(draft.contact), \(draft.text), \(draft.channel.rawValue), \(draft.dueOn)
                 WHERE \(draft.contact)::uuid IS NULL OR \(isContact(draft.contact, of: person, in: chapter))
                RETURNING id
                """
        )
    }

    /// Keeps that somebody was in touch with a contact; nil where the person has no such contact.
    package static func touched(
        _ contact: SlipID,
        _ end: FollowUpEnd,
        by member: Membership.ID,
        _ person: Person.ID,
        in chapter: Chapter.ID
    ) -> Self {
        Query(
            valueIfAny: """
                INSERT INTO follow_up (chapter_id, membership_id, person_id, contact_id, channel, due_on, ended_on, ending, outcome)
                SELECT \(chapter), \(member), \(person), \(contact), \((end.channel ?? .call).rawValue), coalesce(\(end.on), today(\(chapter))),
                       coalesce(\(end.on), today(\(chapter))), \(end.ending.rawValue), \(end.outcome)
                 WHERE \(isContact(contact, of: person, in: chapter))
                RETURNING id
                """
        )
    }
}

private func isContact(_ contact: SlipID?, of person: Person.ID, in chapter: Chapter.ID) -> SQL {
    """
    EXISTS (SELECT FROM contact WHERE chapter_id = \(chapter) AND id = \(contact) AND person_id = \(person) AND erased_at IS NULL)
    """
}

extension Query<Bool> {
    /// Keeps how many a week somebody wants to be asked for.
    package static func askFor(followUpsAWeek: Int, of person: Person.ID) -> Self {
        Query(value: "SELECT ask_for_follow_ups(\(person), \(Int64(followUpsAWeek))::integer)")
    }

    /// Ends a follow-up; false where the person has none that is open.
    package static func end(
        _ followUp: SlipID,
        _ end: FollowUpEnd,
        of person: Person.ID,
        in chapter: Chapter.ID
    ) -> Self {
        Query(
            """
            UPDATE follow_up
               SET ended_on = coalesce(\(end.on), today(\(chapter))), ending = \(end.ending.rawValue),
                   channel = coalesce(\(end.channel?.rawValue), channel), outcome = \(end.outcome)
             WHERE chapter_id = \(chapter) AND id = \(followUp) AND person_id = \(person) AND ended_on IS NULL
            """
        ) { $0.affected > 0 }
    }

    /// Puts a follow-up off; false where the person has none that is open.
    package static func putOff(
        _ followUp: SlipID,
        to day: LocalDate,
        of person: Person.ID,
        in chapter: Chapter.ID
    ) -> Self {
        Query(
            """
            UPDATE follow_up SET due_on = \(day)
             WHERE chapter_id = \(chapter) AND id = \(followUp) AND person_id = \(person) AND ended_on IS NULL
            """
        ) { $0.affected > 0 }
    }
}

extension FollowUp: RowDecodable {
    package init(row: Row) throws {
        let cause: String? = try row["cause"]
        try self.init(
            id: row["id"],
            cause: cause.map { _ in try row.word("cause") },
            slip: row["slip_id"],
            contact: row["contact_id"],
            about: row["about"],
            text: row["text"],
            channel: row.word("channel"),
            dueOn: row["due_on"],
            lastOn: row["last_on"],
            isThisWeek: row["is_this_week"]
        )
    }
}

extension EndedFollowUp: RowDecodable {
    package init(row: Row) throws {
        try self.init(
            id: row["id"],
            about: row["about"],
            text: row["text"],
            channel: row.word("channel"),
            endedOn: row["ended_on"],
            ending: row.word("ending"),
            outcome: row["outcome"]
        )
    }
}
