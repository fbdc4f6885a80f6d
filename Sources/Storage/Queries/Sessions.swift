import Postgres
import ReferralGroup

/// A browser in which somebody is, or was, signed in.
package struct Session: Sendable, RowDecodable {
    package typealias ID = Identifier<Session, Int64>

    package let id: ID
    package let createdAt: Instant
    package let seenAt: Instant
    package let expiresAt: Instant
    package let agent: String?
    package let address: String?

    package init(row: Row) throws {
        id = try row["id"]
        createdAt = try row["created_at"]
        seenAt = try row["seen_at"]
        expiresAt = try row["expires_at"]
        agent = try row["agent"]
        address = try row["address"]
    }
}

extension Query<[Session]> {
    /// Those of a person that are open and have not rested for too long, the last seen first.
    package static func sessions(of person: Person.ID) -> Self {
        Query(
            """
            SELECT id, created_at, seen_at, expires_at, agent, address
              FROM session
             WHERE person_id = \(person) AND ended_at IS NULL AND proved_at IS NOT NULL
               AND expires_at > now() AND seen_at + idle_limit > now()
             ORDER BY seen_at DESC, id DESC
            """
        )
    }
}

extension Query<Session.ID> {
    /// Opens a session; one that is not proved waits ten minutes for the second factor.
    package static func openSession(
        of person: Person.ID,
        hash: [UInt8],
        isProved: Bool,
        agent: String?,
        address: String?
    ) -> Self {
        Query(value: "SELECT open_session(\(person), \(Bytes(hash)), \(isProved), \(agent), \(address))")
    }
}

extension Query<Bool> {
    /// Ends a session of the acting person; false where there is none.
    package static func endSession(_ id: Session.ID) -> Self {
        Query(value: "SELECT end_session(\(id))")
    }

    /// Gives a session of the acting person a new secret; false where it is not theirs, or has ended.
    ///
    /// `isProof` where they have just shown once more that it is them.
    package static func renewSession(_ id: Session.ID, hash: [UInt8], isProof: Bool) -> Self {
        Query(value: "SELECT renew_session(\(id), \(Bytes(hash)), \(isProof))")
    }

    /// Disables a person, or lets them in again; false where there is none.
    package static func disable(_ person: Person.ID, _ isDisabled: Bool) -> Self {
        Query(value: "SELECT disable_person(\(person), \(isDisabled))")
    }
}

extension Query<[String]> {
    /// From which addresses somebody has signed in lately.
    package static func addresses(of person: Person.ID) -> Self {
        Query(values: "SELECT addresses_of(\(person))")
    }
}

extension Query<Int> {
    /// Ends the acting person's sessions but one; how many those were.
    package static func endOtherSessions(but session: Session.ID?) -> Self {
        Query(value: "SELECT end_other_sessions(\(session))")
    }
}

extension Query<Person.ID> {
    /// For the operator's shell: the person of an address, made when there is none.
    package static func invite(_ email: EmailAddress, named name: String, asOperator: Bool) -> Self {
        Query(
            value:
                "SELECT invite_person(\(watched: email), \(name), \(FoldedName(name).description), \(asOperator))"
        )
    }
}
