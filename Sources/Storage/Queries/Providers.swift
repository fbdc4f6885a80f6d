import Postgres
import ReferralGroup

/// A visit to an OpenID provider from which somebody has come back.
package struct ProviderVisit: Sendable, RowDecodable {
    package let nonce: String
    package let verifier: String
    /// Who was signed in already and links an account.
    package let person: Person.ID?

    package init(row: Row) throws {
        nonce = try row["nonce"]
        verifier = try row["verifier"]
        person = try row["person_id"]
    }
}

/// The person to whom an account of a provider belongs.
package struct ProviderSignIn: Sendable, RowDecodable {
    package let person: Person.ID
    package let hasSecondFactor: Bool

    package init(row: Row) throws {
        person = try row["person_id"]
        hasSecondFactor = try row["has_second_factor"]
    }
}

/// An account at a provider by which a person may come in.
package struct ProviderAccount: Sendable, RowDecodable {
    package let issuer: String
    package let subject: String
    package let linkedAt: Instant

    package init(row: Row) throws {
        issuer = try row["issuer"]
        subject = try row["subject"]
        linkedAt = try row["linked_at"]
    }
}

extension Query<[ProviderAccount]> {
    /// Those of a person, the oldest first.
    package static func providerAccounts(of person: Person.ID) -> Self {
        Query(
            """
            SELECT issuer, subject, linked_at FROM provider_account
             WHERE person_id = \(person)
             ORDER BY linked_at, issuer, subject
            """
        )
    }
}

extension Query<Void> {
    package static func beginProviderVisit(stateHash: [UInt8], nonce: String, verifier: String) -> Self {
        Query("SELECT begin_provider_visit(\(Bytes(stateHash)), \(nonce), \(verifier))")
    }
}

extension Query<ProviderVisit?> {
    /// Ends a visit, once; nil where none was begun with that state, or too long ago.
    package static func endProviderVisit(stateHash: [UInt8]) -> Self {
        Query("SELECT * FROM end_provider_visit(\(Bytes(stateHash)))")
    }
}

extension Query<ProviderSignIn?> {
    /// Nil where nobody has linked the account.
    package static func person(ofIssuer issuer: String, subject: String) -> Self {
        Query("SELECT * FROM person_of_provider(\(issuer), \(subject))")
    }
}

extension Query<Bool> {
    /// Links an account to the acting person; false where it is somebody else's.
    package static func linkProvider(issuer: String, subject: String) -> Self {
        Query(value: "SELECT link_provider(\(issuer), \(subject))")
    }

    package static func unlinkProvider(issuer: String, subject: String) -> Self {
        Query(value: "SELECT unlink_provider(\(issuer), \(subject))")
    }
}
