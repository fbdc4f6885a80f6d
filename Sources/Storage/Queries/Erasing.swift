import Postgres
import ReferralGroup

/// What an erasure did in one place, or, in its first row, whom it was about.
private struct ErasedRow: RowDecodable {
    let place: String?
    let touched: Int?
    let names: [String]?
    let emails: [String]?
    let phones: [String]?
    let stays: [String]?

    init(row: Row) throws {
        place = try row["place"]
        touched = try row["touched"]
        names = try row["names"]
        emails = try row["emails"]
        phones = try row["phones"]
        stays = try row["stays"]
    }
}

/// What became of somebody who was erased.
package struct Erased: Sendable {
    /// A table or a column, and in how many rows of it something went.
    package let places: [(place: String, rows: Int)]
    /// How they were called, and where they were reached.
    package let names: [String]
    package let emails: [String]
    package let phones: [String]
    /// Words of the name that stay, since others are called so, or it is a trade.
    package let stays: [String]

    fileprivate init?(_ rows: [ErasedRow]) {
        guard let first = rows.first else { return nil }
        places = rows.compactMap { row in
            guard let place = row.place, let touched = row.touched else { return nil }
            return (place, touched)
        }
        names = first.names ?? []
        emails = first.emails ?? []
        phones = first.phones ?? []
        stays = first.stays ?? []
    }
}

extension ActingTransaction {
    /// Erases a person and every trace of them, for the operator's shell; nil where nobody has the number.
    ///
    /// Words of the name that are `spared` stay where they stand alone.
    package func erase(_ person: Person.ID, sparing spared: [String] = []) async throws -> Erased? {
        try await takeTime()
        return Erased(
            try await run(Query<[ErasedRow]>("SELECT * FROM erase_person(\(person), \(spared))"))
        )
    }

    /// Erases those who are no members and have one of these addresses or numbers.
    package func eraseThirdParty(
        emails: [String],
        phones: [String],
        sparing spared: [String] = []
    ) async throws -> Erased? {
        try await takeTime()
        return Erased(
            try await run(
                Query<[ErasedRow]>("SELECT * FROM erase_third_party(\(emails), \(phones), \(spared))")
            )
        )
    }

    /// Does again what a line of the journal says: `erased`, or `known` where there is nothing to do.
    package func eraseAgain(_ line: String) async throws -> String {
        try await takeTime()
        return try await run(Query<String>(value: "SELECT erase_again(\(line))"))
    }

    /// Others who write may take turns with it for a while.
    private func takeTime() async throws {
        try await run(Query<String>(value: "SELECT set_config('lock_timeout', '30s', true)"))
    }
}

extension Query<[String]> {
    /// The journal of erasures as lines of JSON, for the operator's shell.
    package static var privacyJournal: Self {
        Query(values: "SELECT line FROM privacy_journal()")
    }
}
