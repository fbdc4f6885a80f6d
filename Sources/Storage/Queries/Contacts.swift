import Postgres
import ReferralGroup

private func contacts(of person: SQL, in chapter: Chapter.ID) -> SQL {
    """
    SELECT contact.id, contact.name, contact.company, contact.profession, contact.phone, contact.email, contact.met_on, contact.met_where,
           contact.notes, contact.cadence_days, contact.is_shared, touch.last_on, member.name AS member
      FROM contact
      JOIN contact_touches(\(chapter), \(person)) AS touch ON touch.contact_id = contact.id
      LEFT JOIN membership AS member ON member.chapter_id = contact.chapter_id AND member.id = contact.member_id
     WHERE contact.chapter_id = \(chapter) AND contact.person_id = \(person) AND contact.erased_at IS NULL
    """
}

extension Query<[Contact]> {
    /// A person's contacts with a text in the name, the company, the profession or the notes, in order of name.
    ///
    /// Those after one of them, where one is named.
    package static func contacts(
        of person: Person.ID,
        in chapter: Chapter.ID,
        matching text: String = "",
        after: SlipID? = nil,
        limit: Int = 100_000
    ) -> Self {
        let needle = FoldedName(text).text
        return Query(
            """
            \(Storage.contacts(of: "\(person)", in: chapter))
               AND (strpos(contact.folded_name, \(needle)) > 0 OR strpos(lower(contact.company), \(needle)) > 0
                    OR strpos(lower(contact.profession), \(needle)) > 0 OR strpos(lower(contact.notes), \(needle)) > 0)
               AND (\(after)::uuid IS NULL
                    OR (contact.folded_name, contact.id) > (SELECT last.folded_name, last.id FROM contact AS last
                                                             WHERE last.chapter_id = \(chapter) AND last.id = \(after)))
             ORDER BY contact.folded_name, contact.id
             LIMIT \(limit)
            """
        )
    }
}

extension Query<Contact?> {
    package static func contact(_ id: SlipID, of person: Person.ID, in chapter: Chapter.ID) -> Self {
        Query("\(Storage.contacts(of: "\(person)", in: chapter)) AND contact.id = \(id)")
    }
}

extension Query<[SharedContact]> {
    /// Cards that members share with a text in the name, the company or the profession, in order of name.
    package static func sharedContacts(
        in chapter: Chapter.ID,
        matching text: String = "",
        after: SlipID? = nil,
        limit: Int = 100_000
    ) -> Self {
        Query(
            ofOthers(
                """
                SELECT * FROM shared_contacts(\(FoldedName(text).text),
                                              (SELECT card.folded_name FROM shared_contacts('', NULL, NULL, NULL) AS card WHERE card.id = \(after)),
                                              \(after), \(Int64(limit))::integer)
                """
            )
        )
    }
}

extension Query<SharedContact?> {
    /// One card that a member shares.
    package static func sharedContact(_ id: SlipID) -> Self {
        Query(ofOthers("SELECT * FROM shared_contacts('', NULL, NULL, NULL) AS card WHERE card.id = \(id)"))
    }
}

/// Cards; of those that others share it is noted that they were seen.
private func ofOthers(_ cards: SQL) -> SQL {
    let owner: SQL =
        "SELECT membership.person_id FROM membership WHERE membership.chapter_id = acting_chapter() AND membership.id"
    return cards.noting(
        .card,
        where: "num_nonnulls(phone, email) > 0 AND (\(owner) = owner_id) IS DISTINCT FROM acting_person()",
        owners: "ARRAY(\(owner) IN (SELECT owner_id FROM shown WHERE num_nonnulls(phone, email) > 0))"
    )
}

extension Query<SlipID> {
    /// Keeps a contact of a member; an e-mail to write them comes by itself where they have met just now.
    package static func keep(
        _ draft: ContactDraft,
        of member: Membership.ID,
        _ person: Person.ID,
        in chapter: Chapter.ID
    ) -> Self {
        let (card, back) = (draft.card, draft.back)
        return Query(
            value: """
                INSERT INTO contact (chapter_id, membership_id, person_id, name, folded_name, company, profession, phone, email,
                                     met_on, met_where, notes, cadence_days, is_shared, member_id, visitor_id)
                VALUES (\(chapter), \(member), \(person), \(card.name), \(FoldedName(card.name)), \(card.company), \(card.profession),
                        \(watched: card.phone), \(watched: card.email), coalesce(\(back.metOn), today(\(chapter))), \(back.metWhere), \(back.notes),
                        \(back.cadenceDays.map { Int16(clamping: $0) }), \(back.isShared), \(draft.member), \(draft.visitor))
                RETURNING id
                """
        )
    }
}

extension Query<Bool> {
    /// Writes a contact anew, but for who it is; false where the person has no such contact.
    package static func change(
        _ contact: SlipID,
        to card: ContactCard,
        _ back: BackOfCard,
        of person: Person.ID,
        in chapter: Chapter.ID
    ) -> Self {
        Query(
            """
            UPDATE contact
               SET name = \(card.name), folded_name = \(FoldedName(card.name)), company = \(card.company), profession = \(card.profession),
                   phone = \(watched: card.phone), email = \(watched: card.email), met_on = coalesce(\(back.metOn), met_on), met_where = \(back.metWhere),
                   notes = \(back.notes), cadence_days = \(back.cadenceDays.map { Int16(clamping: $0) }), is_shared = \(back.isShared)
             WHERE chapter_id = \(chapter) AND id = \(contact) AND person_id = \(person) AND erased_at IS NULL
            """
        ) { $0.affected > 0 }
    }

    /// Forgets a contact: what was kept of them goes, what was done stays; open follow-ups are dropped.
    package static func forget(_ contact: SlipID, of person: Person.ID, in chapter: Chapter.ID) -> Self {
        Query(
            value: """
                WITH gone AS (
                    UPDATE contact
                       SET name = 'somebody', folded_name = 'somebody', company = NULL, profession = NULL, phone = NULL, email = NULL,
                           met_where = NULL, notes = NULL, cadence_days = NULL, is_shared = false, member_id = NULL, visitor_id = NULL,
                           erased_at = now()
                     WHERE chapter_id = \(chapter) AND id = \(contact) AND person_id = \(person) AND erased_at IS NULL
                    RETURNING id
                ), followed AS (
                    UPDATE follow_up
                       SET text = NULL, outcome = NULL, ended_on = coalesce(ended_on, today(\(chapter))), ending = coalesce(ending, 'dropped')
                     WHERE chapter_id = \(chapter) AND contact_id IN (SELECT id FROM gone)
                )
                SELECT EXISTS (SELECT FROM gone)
                """
        )
    }
}

extension Contact: RowDecodable {
    package init(row: Row) throws {
        let cadence: Int16? = try row["cadence_days"]
        try self.init(
            id: row["id"],
            card: ContactCard(row: row),
            back: BackOfCard(
                metOn: row["met_on"],
                metWhere: row["met_where"],
                notes: row["notes"],
                cadenceDays: cadence.map { Int($0) },
                isShared: row["is_shared"]
            ),
            lastOn: row["last_on"],
            member: row["member"]
        )
    }
}

extension ContactCard {
    fileprivate init(row: Row) throws {
        try self.init(
            name: row["name"],
            company: row["company"],
            profession: row["profession"],
            phone: row["phone"],
            email: row["email"]
        )
    }
}

extension SharedContact: RowDecodable {
    package init(row: Row) throws {
        try self.init(id: row["id"], card: ContactCard(row: row), owner: row["owner_name"])
    }
}
