import Postgres
import ReferralGroup

extension Query<[AuditEvent]> {
    /// The newest lines, newest first.
    package static func auditTrail(of chapter: Chapter.ID, limit: Int) -> Self {
        auditTrail(of: chapter, AuditFilter(), before: nil, limit: limit)
    }

    /// The lines that a filter lets through, newest first, from the one before `before` on.
    package static func auditTrail(
        of chapter: Chapter.ID,
        _ filter: AuditFilter,
        before: Int64?,
        limit: Int
    ) -> Self {
        Query(
            """
            SELECT id, at, door, person_id, action, entity, entity_id, changed,
                   (SELECT membership.name FROM membership
                     WHERE membership.chapter_id = \(chapter) AND membership.person_id = audit_event.person_id
                     ORDER BY membership.joined_on DESC LIMIT 1) AS name
              FROM audit_event
             WHERE chapter_id = \(chapter) AND (\(before)::bigint IS NULL OR id < \(before))
               AND (\(filter.entity)::text IS NULL OR entity = \(filter.entity))
               AND (\(filter.door?.rawValue)::text IS NULL OR door = \(filter.door?.rawValue))
               AND (\(filter.by)::bigint IS NULL
                    OR person_id = (SELECT membership.person_id FROM membership
                                     WHERE membership.chapter_id = \(chapter) AND membership.id = \(filter.by)))
             ORDER BY id DESC LIMIT \(limit)
            """
        )
    }
}

extension AuditEvent: RowDecodable {
    package init(row: Row) throws {
        try self.init(
            id: row["id"],
            at: row["at"],
            door: row["door"],
            person: row["person_id"],
            name: row["name"],
            action: row["action"],
            entity: row["entity"],
            entityID: row["entity_id"],
            changed: row["changed"]
        )
    }
}
