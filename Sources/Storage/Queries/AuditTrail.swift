import Postgres
import ReferralGroup

/// One line of the audit trail.
package struct AuditEvent: Sendable, RowDecodable {
    package let id: Int64
    package let at: Instant
    package let door: String
    package let person: Person.ID?
    package let action: String
    package let entity: String
    package let entityID: String
    package let changed: [String]

    package init(row: Row) throws {
        id = try row["id"]
        at = try row["at"]
        door = try row["door"]
        person = try row["person_id"]
        action = try row["action"]
        entity = try row["entity"]
        entityID = try row["entity_id"]
        changed = try row["changed"]
    }
}

extension Query<[AuditEvent]> {
    /// The newest lines, newest first.
    package static func auditTrail(of chapter: Chapter.ID, limit: Int) -> Self {
        Query(
            """
            SELECT id, at, door, person_id, action, entity, entity_id, changed
              FROM audit_event WHERE chapter_id = \(chapter) ORDER BY id DESC LIMIT \(limit)
            """
        )
    }
}
