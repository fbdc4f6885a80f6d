import Postgres
import ReferralGroup

/// Somebody saw what the acting person has private.
package struct AccessEvent: Sendable, RowDecodable {
    package typealias ID = Identifier<AccessEvent, Int64>

    package let id: ID
    package let at: Instant
    package let chapter: Chapter.Slug
    package let door: String
    /// Who; nil for the operator's shell.
    package let reader: String?
    /// A report, `thanks`, `own-data`, or a record by which somebody is reached: `visitor`, `prospect`, `card`, `application`.
    package let seen: String
    package let month: Month?

    package init(row: Row) throws {
        id = try row["id"]
        at = try row["at"]
        chapter = try row["slug"]
        door = try row["door"]
        reader = try row["reader"]
        seen = try row["seen"]
        month = try row["month"]
    }
}

extension Query<[AccessEvent]> {
    /// Who saw private figures of the acting person: the last ones, or the last ones before one.
    package static func ownAccessLog(before: AccessEvent.ID?, limit: Int) -> Self {
        Query("SELECT * FROM own_access_log(\(before), \(Int32(clamping: limit)))")
    }
}

/// Somebody saw how to reach a person who is no member.
package struct ThirdPartyAccess: Sendable, RowDecodable {
    package let at: Instant
    package let chapter: Chapter.Slug
    package let door: String
    /// Who; nil for the operator's shell.
    package let reader: String?
    /// `visitor`, `prospect`, `card` or `application`.
    package let seen: String
    /// Who was seen, as they are called there.
    package let name: String?

    package init(row: Row) throws {
        at = try row["at"]
        chapter = try row["slug"]
        door = try row["door"]
        reader = try row["reader"]
        seen = try row["seen"]
        name = try row["name"]
    }
}

extension Query<[ThirdPartyAccess]> {
    /// Who saw how to reach somebody with one of these addresses or numbers, the last first; for the operator's shell.
    package static func accessLog(ofEmails emails: [String], phones: [String]) -> Self {
        Query("SELECT * FROM access_log_of(\(emails), \(phones))")
    }
}

extension Query<Void> {
    /// Notes that the operator's shell was told who earned in these thanks.
    package static func noteEarnersSeen(in thanks: [SlipID]) -> Self {
        Query("SELECT note_earners_seen(\(thanks))")
    }
}

/// A kind of record by which somebody who is no member is reached.
enum ThirdPartyRecord: String {
    case visitor, prospect, card, application
}

extension SQL {
    /// The same rows, which have an `id`; whose of them tell how to be reached goes to the access log.
    func noting(
        _ kind: ThirdPartyRecord,
        where reachable: SQL = "num_nonnulls(phone, email) > 0",
        owners: SQL = "'{}'"
    ) -> SQL {
        """
        WITH shown AS MATERIALIZED (\(self)),
             noted AS MATERIALIZED (SELECT note_third_parties_seen(\(kind.rawValue), array_agg(id) FILTER (WHERE \(reachable)), \(owners))
                                      FROM shown)
        SELECT shown.* FROM shown CROSS JOIN noted
        """
    }
}
