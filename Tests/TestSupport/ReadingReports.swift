import Postgres
import ReferralGroup
import Storage

extension SampleChapter {
    /// Writes rows past the program, as a superuser: what no command writes yet, or on days that have gone by.
    package func write(_ script: String) async throws {
        try await scratch.superuser.withConnection { connection in
            try await connection.run(
                script: "SET search_path = app; SET app.rights = 'everything'; \(script); RESET app.rights"
            )
        }
    }

    /// Lets a member of Alder earn so many cents through another, for a referral where one is cited.
    package func thank(
        _ thanked: Membership.ID,
        by earner: Membership,
        _ cents: Int,
        on day: String,
        for referral: String? = nil
    ) async throws {
        try await write(
            """
            WITH thanks AS (
                INSERT INTO closed_business (chapter_id, thanked_id, amount, currency, closed_on, referral_id)
                VALUES (\(alder.id), \(thanked), \(cents), 'EUR', '\(day)', \(referral.map { "'\($0)'" } ?? "NULL"))
                RETURNING chapter_id, id
            )
            INSERT INTO closed_business_earner (chapter_id, closed_business_id, membership_id, person_id)
            SELECT chapter_id, id, \(earner.id), \(earner.person) FROM thanks
            """
        )
    }

    /// A report of Alder, of the twelve months to October 2026 where nothing else is said.
    package func report(
        _ shape: ReportShape,
        as acting: ActingDatabase? = nil,
        from: String = "2025-11-01",
        to: String = "2026-10-31",
        asOf: String? = nil
    ) async throws -> Report {
        try await (acting ?? shell).report(
            shape,
            of: alder,
            in: try there(Period(from: .day(from), to: .day(to))),
            asOf: asOf.flatMap { Instant($0) } ?? Self.now
        )
    }

    /// The records behind a report of the twelve months to October 2026, the words of each.
    package func entries(
        of shape: ReportShape,
        as acting: ActingDatabase? = nil,
        behind figure: String? = nil,
        of member: Membership.ID? = nil
    ) async throws -> [[String]] {
        let report = try await (acting ?? shell).entries(
            try there(shape.entries),
            of: shape,
            behind: figure,
            of: member,
            in: alder,
            during: try there(Period(from: .day("2025-11-01"), to: .day("2026-10-31"))),
            asOf: Self.now
        )
        return try there(report.tables.first).rows.map { $0.cells.map(\.word) }
    }
}

extension Report {
    /// A table by its word.
    package func table(_ key: String) throws -> Table {
        try there(tables.first { $0.shape.key == key })
    }

    /// The words of each row of a table, in order, without its total.
    package func rows(_ key: String) throws -> [[String]] {
        try table(key).rows.map { $0.cells.map(\.word) }
    }

    /// The cells of each row of a table by its first one; the row of all is `Total`.
    package func words(_ key: String) throws -> [String: [String]] {
        try table(key).words
    }

    /// Whether a report shows nothing of anybody.
    package var isEmpty: Bool {
        tables.allSatisfy { $0.rows.isEmpty && $0.total == nil }
    }
}

private func there<Value>(_ value: Value?) throws -> Value {
    guard let value else { throw NotThere() }
    return value
}

/// A test asked for a table, entries or days that there are not.
private struct NotThere: Error {}
