import Postgres
import ReferralGroup

/// Somebody whom the operator's shell looks for.
package struct FoundPerson: Sendable, RowDecodable {
    package let id: Person.ID
    package let name: String
    package let email: EmailAddress?
    package let isDisabled: Bool

    package init(row: Row) throws {
        id = try row["id"]
        name = try row["name"]
        email = try row["email"]
        isDisabled = try row["is_disabled"]
    }
}

/// What became of two records of one person.
package struct MergedPeople: Sendable, RowDecodable {
    package let memberships: Int
    package let tokens: Int
    package let providerAccounts: Int
    /// The address that nobody signs in with any more.
    package let lostEmail: EmailAddress?
    package let lostPassword: Bool
    package let lostSecondFactor: Bool

    package init(row: Row) throws {
        memberships = try row["memberships"]
        tokens = try row["tokens"]
        providerAccounts = try row["accounts"]
        lostEmail = try row["lost_email"]
        lostPassword = try row["lost_password"]
        lostSecondFactor = try row["lost_factor"]
    }
}

extension Query<[FoundPerson]> {
    /// For the operator's shell: who has this number, e-mail or name.
    package static func people(called text: String) -> Self {
        Query("SELECT * FROM people_called(\(text), \(FoldedName(text).text))")
    }
}

extension Query<MergedPeople> {
    /// For the operator's shell: makes one person of two, in one transaction.
    package static func merge(_ other: Person.ID, into kept: Person.ID) -> Self {
        Query("SELECT * FROM merge_people(\(kept), \(other))")
    }
}
