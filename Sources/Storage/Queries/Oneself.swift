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

extension Query<Void> {
    /// The language in which the acting person reads, by its code; nil for that of the browser.
    package static func setLanguage(_ code: String?) -> Self {
        Query("UPDATE person SET language = \(code) WHERE id = acting_person()")
    }
}

extension Query<[KeptRecord]> {
    /// All that is kept about a person, by table; for themselves and for the operator's shell.
    ///
    /// That it was asked for is noted.
    package static func allKept(about person: Person.ID) -> Self {
        Query("SELECT place, as_what, slug, said::text AS said FROM own_data(\(person))")
    }
}

extension KeptRecord: RowDecodable {
    package init(row: Row) throws {
        try self.init(place: row["place"], role: row["as_what"], chapter: row["slug"], json: row["said"])
    }
}
