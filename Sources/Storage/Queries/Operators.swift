import Postgres
import ReferralGroup

extension Query<[KnownPerson]> {
    /// For operators: people with a text in their name or e-mail, so many from the `skipped`th on.
    package static func people(matching text: String, skipping skipped: Int, limit: Int) -> Self {
        Query(
            """
            SELECT * FROM people_known(\(FoldedName(text).text), \(Int32(clamping: skipped)), \(Int32(clamping: limit)))
            """
        )
    }
}

extension Query<Versions> {
    package static var versions: Self {
        Query(
            """
            SELECT current_setting('server_version') AS database, name, applied_at
              FROM migration.schema_migration ORDER BY number DESC LIMIT 1
            """
        )
    }
}

extension Query<LocalDate?> {
    /// The first day on which a chapter had a member.
    package static func firstDay(of chapter: Chapter.ID) -> Self {
        Query(value: "SELECT min(joined_on) FROM membership WHERE chapter_id = \(chapter)")
    }
}

extension KnownPerson: RowDecodable {
    package init(row: Row) throws {
        try self.init(
            id: row["id"],
            name: row["name"],
            email: row["email"],
            isOperator: row["is_operator"],
            isDisabled: row["is_disabled"]
        )
    }
}

extension Versions: RowDecodable {
    package init(row: Row) throws {
        try self.init(database: row["database"], migration: row["name"], appliedAt: row["applied_at"])
    }
}
