import Postgres
import ReferralGroup

extension Query<Bool> {
    /// Seals one batch of what was entered since; whether more is left.
    package static var sealAuditTrail: Self {
        Query(value: "SELECT seal_audit_trail()").exclusive
    }
}

extension Query<[AuditHead]> {
    /// The head of each trail, or of those to which the last batch added something.
    package static func auditHeads(onlyOfLastBatch: Bool = false) -> Self {
        Query("SELECT slug, entries, up_to, hash, sealed_at FROM audit_heads(\(onlyOfLastBatch))")
    }
}

extension Query<[AuditTrailName]> {
    fileprivate static var auditTrails: Self {
        Query("SELECT trail, slug FROM audit_trails()")
    }
}

extension Query<[AuditFault]> {
    fileprivate static func auditFaults(of trail: AuditTrailName) -> Self {
        Query("SELECT fault, first_id, last_id, at FROM audit_faults(\(trail.number)) LIMIT 1000").exclusive
    }
}

extension Query<AuditExtent> {
    fileprivate static func auditExtent(of trail: AuditTrailName, _ head: AuditHead.Hash?) -> Self {
        Query(
            """
            SELECT entries, waiting, erased, head, holds_known_head
              FROM audit_extent(\(trail.number), \(head.map { Bytes($0.bytes) })::bytea)
            """
        )
        .exclusive
    }
}

extension ActingDatabase {
    /// Computes every trail anew, or that of one chapter, whose chain is to hold a head that was written down.
    package func verifiedTrails(
        only slug: Chapter.Slug? = nil,
        knowing head: AuditHead.Hash? = nil
    ) async throws -> [VerifiedTrail] {
        let trails = try await run(.auditTrails)
        let wanted = trails.filter { trail in slug.map { $0.description == trail.slug } ?? true }
        if let slug, wanted.isEmpty { throw Unknown.chapter(slug.description) }
        var verified: [VerifiedTrail] = []
        for trail in wanted {
            let (faults, extent) = try await run(.auditFaults(of: trail), .auditExtent(of: trail, head))
            verified.append(VerifiedTrail(chapter: trail.name, faults: faults, extent: extent))
        }
        return verified
    }
}

/// A trail by its number, and the chapter whose it is.
private struct AuditTrailName: RowDecodable, Sendable {
    let number: Int32
    let slug: String?

    /// That of a chapter which is gone is called by its number.
    var name: String? {
        number == 0 ? nil : slug ?? "\(number)"
    }

    init(row: Row) throws {
        number = try row["trail"]
        slug = try row["slug"]
    }
}

extension AuditHead: RowDecodable {
    package init(row: Row) throws {
        try self.init(
            chapter: row["slug"],
            entries: row["entries"],
            upTo: row["up_to"],
            hash: row["hash"],
            sealedAt: row["sealed_at"]
        )
    }
}

extension AuditFault: RowDecodable {
    package init(row: Row) throws {
        try self.init(kind: row["fault"], first: row["first_id"], last: row["last_id"], at: row["at"])
    }
}

extension AuditExtent: RowDecodable {
    package init(row: Row) throws {
        try self.init(
            entries: row["entries"],
            waiting: row["waiting"],
            erased: row["erased"],
            head: row["head"],
            holdsKnownHead: row["holds_known_head"]
        )
    }
}
