import Postgres
import ReferralGroup

extension ActingDatabase {
    /// The monthly return: of a closed month the stored one, and what of it would be other now.
    ///
    /// An instant asks for what was known then, and `isLive` for what is known now, closed or not. What is stored is of one
    /// month: from `since` on, several are always computed.
    package func monthlyROI(
        of chapter: Chapter,
        since: Month? = nil,
        month: Month,
        asOf: Instant?,
        isLive: Bool,
        now: Instant
    ) async throws -> MonthlyROI {
        if let since, since != month {
            return try await run(.monthlyROI(of: chapter, since: since, month: month, asOf: asOf ?? now))
        }
        guard asOf == nil, !isLive, let closed = try await run(.closed(month)) else {
            return try await run(.monthlyROI(of: chapter, month: month, asOf: asOf ?? now))
        }
        // Whoever wrote what counts said so: where nobody did, nothing has to be computed.
        guard closed.changes > 0 else { return try await run(.monthlyROI(of: chapter, closed: closed)) }
        let (stored, restated, changes) = try await run(
            .monthlyROI(of: chapter, closed: closed),
            .restatement(of: chapter, closed: closed),
            .changes(since: closed)
        )
        return stored.restated(try MonthlyROI.Restated(restated, changes: changes))
    }
}

extension ActingTransaction {
    /// Closes a month; returns its number, and the days of its meetings whose sheets are not sealed.
    package func close(_ month: Month) async throws -> (number: Int, unsealed: [String]) {
        let closing = try await run(Query<Closing>("SELECT * FROM close_month(\(month))"))
        return (closing.number, closing.unsealed)
    }

    /// Opens a closed month again.
    package func reopen(_ month: Month, because reason: String) async throws {
        guard try await run(Query<Bool>(value: "SELECT reopen_month(\(month), \(reason))")) else {
            throw Unknown.closedMonth(month)
        }
    }
}

private struct Closing: RowDecodable {
    let number: Int
    let unsealed: [String]

    init(row: Row) throws {
        number = try row["closed_number"]
        let days: [LocalDate] = try row["unsealed"]
        unsealed = days.map(\.description)
    }
}

extension Query<ClosedMonth?> {
    /// The month as it is closed now; nil where it is not.
    package static func closed(_ month: Month) -> Self {
        Query("SELECT * FROM closed_months(\(month))")
    }
}

extension Query<[ClosedMonth]> {
    /// Every month that was closed, the last first.
    package static var closedMonths: Self {
        Query("SELECT * FROM closed_months()")
    }
}

extension Query<[VerifiedMonth]> {
    /// Whether what is stored of each closed month is what was stored, in order of number.
    package static var verifiedMonths: Self {
        Query("SELECT * FROM verify_closed_months()")
    }
}

/// What became of the stored form of a closed month.
package struct VerifiedMonth: RowDecodable {
    package let number: Int
    package let month: Month
    /// Whether it has the SHA-256 that it had.
    package let isAsStored: Bool
    /// Whether it names the one closed before it by the SHA-256 which that has.
    package let isChained: Bool

    package init(row: Row) throws {
        number = try row["number"]
        month = try row["month"]
        isAsStored = try row["is_as_stored"]
        isChained = try row["is_chained"]
    }
}

extension ClosedMonth: RowDecodable {
    package init(row: Row) throws {
        let reopenedAt: Instant? = try row["reopened_at"]
        try self.init(
            number: row["number"],
            month: row["month"],
            closedAt: row["closed_at"],
            closedBy: row["closed_by"],
            sha256: row["sha256"],
            changes: row["changes"],
            reopening: reopenedAt.map {
                try Reopening(at: $0, by: row["reopened_by"], reason: row["reopened_because"])
            }
        )
    }
}

extension Query<[MonthlyROI.Change]> {
    fileprivate static func changes(since closed: ClosedMonth) -> Self {
        Query("SELECT * FROM changes_of_closed_month(\(Int32(clamping: closed.number)))")
    }
}

extension MonthlyROI.Change: RowDecodable {
    package init(row: Row) throws {
        try self.init(
            entity: row["entity"],
            id: row["id"],
            day: row["day"],
            change: row["change"],
            at: row["at"]
        )
    }
}
