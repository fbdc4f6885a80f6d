import Postgres
import ReferralGroup

/// A membership of the acting person, with what they decided for themselves.
package struct OwnMembership: Sendable, RowDecodable {
    package let chapter: Chapter.Slug
    package let chapterName: String
    package let id: Membership.ID
    package let name: String
    package let seat: String?
    package let company: String?
    package let joinedOn: LocalDate
    package let renewsOn: LocalDate?
    package let endedOn: LocalDate?
    package let sharesFigures: Bool
    /// A part of the whole; nil for all of it.
    package let margin: Figure?
    /// Nil for the chapter's.
    package let valueOfHour: Money?

    package init(row: Row) throws {
        chapter = try row["slug"]
        chapterName = try row["chapter_name"]
        id = try row["id"]
        name = try row["name"]
        seat = try row["seat"]
        company = try row["company"]
        joinedOn = try row["joined_on"]
        renewsOn = try row["renews_on"]
        endedOn = try row["ended_on"]
        sharesFigures = try row["shares_figures"]
        margin = try row["margin"]
        let (units, currency): (Int64?, Currency) = (try row["value_of_hour"], try row["currency"])
        valueOfHour = units.map { Money(minorUnits: $0, currency: currency) }
    }
}

extension Query<[OwnMembership]> {
    /// Those of the acting person, past and present, in every chapter.
    package static var ownMemberships: Self {
        Query("SELECT * FROM own_memberships()")
    }
}

/// A term of office of the acting person.
package struct OwnTerm: Sendable, RowDecodable {
    package let chapter: Chapter.Slug
    package let id: Term.ID
    package let role: OfficeRole
    package let from: LocalDate
    package let to: LocalDate?

    package init(row: Row) throws {
        chapter = try row["slug"]
        id = try row["id"]
        role = try row.word("role")
        from = try row["from_on"]
        to = try row["to_on"]
    }
}

extension Query<[OwnTerm]> {
    package static var ownOffices: Self {
        Query("SELECT * FROM own_offices()")
    }
}

/// Somebody saw private figures of the acting person.
package struct AccessEvent: Sendable, RowDecodable {
    package typealias ID = Identifier<AccessEvent, Int64>

    package let id: ID
    package let at: Instant
    package let chapter: Chapter.Slug
    package let door: String
    /// Who; nil for the operator's shell.
    package let reader: String?
    /// `monthly-return`, `quality`, `matrix`, `time` or `thanks`.
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

extension Query<Void> {
    /// The language in which the acting person reads, by its code; nil for that of the browser.
    package static func setLanguage(_ code: String?) -> Self {
        Query("UPDATE person SET language = \(code) WHERE id = acting_person()")
    }

    /// Notes that the operator's shell was told who earned in these thanks.
    package static func noteEarnersSeen(in thanks: [SlipID]) -> Self {
        Query("SELECT note_earners_seen(\(thanks))")
    }
}
