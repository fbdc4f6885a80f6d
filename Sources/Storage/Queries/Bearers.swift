import Postgres
import ReferralGroup

/// What somebody shows to say who they are.
package enum Shown: Hashable, Sendable {
    /// A token of the API, by the SHA-256 of its secret.
    case token([UInt8])
    /// A browser's session, likewise.
    case session([UInt8])
}

extension Shown {
    /// Asks who shows it, and where they stand in a chapter today; no row where it is unknown, ended or expired.
    func question(slug: Chapter.Slug?) -> SQL {
        switch self {
        case .token(let hash): "SELECT * FROM who_shows(\(Bytes(hash)), false, \(slug))"
        case .session(let hash): "SELECT * FROM who_shows(\(Bytes(hash)), true, \(slug))"
        }
    }
}

extension Query<Bearer?> {
    /// Who shows it, and where they stand in a chapter today; nil where it is unknown, ended or expired.
    package static func bearer(_ shown: Shown, slug: Chapter.Slug?) -> Self {
        Query(shown.question(slug: slug))
    }

    /// The same for the shell that acts in a person's name; it holds the database, and nobody's second factor.
    package static func actingAs(_ email: EmailAddress, slug: Chapter.Slug?) -> Self {
        Query(
            """
            SELECT *, NULL::bigint AS session_id, NULL::timestamptz AS proved_at, 'everything' AS scope,
                   false AS awaits_second_factor
              FROM acting_as(\(email), \(slug))
            """
        )
    }
}

extension Bearer: RowDecodable {
    package init(row: Row) throws {
        let roles: [String] = try row["roles"]
        let scope: String = try row["scope"]
        try self.init(
            person: row["person_id"],
            name: row["person_name"],
            isOperator: row["is_operator"],
            chapter: row["chapter_id"],
            standing: Standing(
                membership: row["membership_id"],
                offices: Set(roles.compactMap(OfficeRole.init(rawValue:))),
                isDirector: roles.contains("director")
            ),
            session: row["session_id"],
            provedAt: row["proved_at"],
            isReadOnly: scope == "read",
            awaitsSecondFactor: row["awaits_second_factor"]
        )
    }
}

/// A chapter in which a person stands today.
package struct OwnChapter: Sendable, RowDecodable {
    package let slug: Chapter.Slug
    package let name: String
    package let roles: [String]
    /// In how many days what their offices may do with money waits for a second factor; not more than 0 where it
    /// does, nil where none is missing.
    package var secondFactorIn: Int?

    package init(row: Row) throws {
        slug = try row["slug"]
        name = try row["name"]
        roles = try row["roles"]
        secondFactorIn = try row["second_factor_in"]
    }
}

extension Query<[OwnChapter]> {
    /// Those of the acting person.
    package static var ownChapters: Self {
        Query("SELECT slug, name, roles, second_factor_in FROM own_chapters()")
    }
}
