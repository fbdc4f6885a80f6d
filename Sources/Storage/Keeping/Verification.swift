import Logging
import Postgres
import ReferralGroup

/// What was looked at in a database, and what is wrong with it.
package struct Verification: Sendable {
    /// `references`, `walls`, `figures`, `audit`.
    package let check: String
    /// How many things were looked at.
    package let looked: Int
    /// In words, each.
    package let findings: [String]
}

extension Installation {
    /// Looks at everything that can be wrong with a database whose schema is current: as its owner, changing nothing.
    package static func verify(_ address: String, logger: Logger) async throws -> [Verification] {
        try await withOwner(address, logger) { client in
            try await client.transaction(isolation: .repeatableRead) { transaction in
                try await transaction.run(script: asOwner + "; SET LOCAL app.rights = 'everything'")
                return [
                    try await constraints(transaction), try await walls(transaction),
                    try await figures(transaction),
                    try await auditTrails(transaction),
                ]
            }
        }
    }

    private static func constraints(_ transaction: Transaction) async throws -> Verification {
        let (count, broken) = try await transaction.run(
            Query<Int>(
                value: """
                    SELECT count(*) FROM pg_constraint
                     WHERE connamespace = 'app'::regnamespace AND contype IN ('f', 'c') AND conrelid <> 0
                    """
            ),
            Query<[String]>(
                values: """
                    SELECT format('%s of %s is not kept by %s', constraint_name, "table", broken) FROM broken_constraints()
                    """
            )
        )
        return Verification(check: "constraints", looked: count, findings: broken)
    }

    private static func walls(_ transaction: Transaction) async throws -> Verification {
        let (count, gaps) = try await transaction.run(
            Query<Int>(value: "SELECT count(*) FROM tables_of_schema()"),
            Query<[String]>(values: "SELECT gap FROM gaps_in_walls()")
        )
        return Verification(check: "walls", looked: count, findings: gaps)
    }

    private static func figures(_ transaction: Transaction) async throws -> Verification {
        let (count, wrong) = try await transaction.run(
            Query<Int>(value: "SELECT count(*) FROM chapter"),
            Query<[String]>(values: "SELECT slug || ': ' || what FROM wrongly_stored()")
        )
        return Verification(check: "figures", looked: count, findings: wrong)
    }

    private static func auditTrails(_ transaction: Transaction) async throws -> Verification {
        let (count, faults) = try await transaction.run(
            Query<Int>(value: "SELECT count(*) FROM audit_link"),
            Query<[String]>(
                values: """
                    SELECT format('%s: %s, entries %s to %s', coalesce(slug, 'the installation'), fault, first_id, last_id)
                      FROM audit_trails() CROSS JOIN LATERAL audit_faults(trail)
                    """
            )
        )
        return Verification(check: "audit", looked: count, findings: faults)
    }
}
