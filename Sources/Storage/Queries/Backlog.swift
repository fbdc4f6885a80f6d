import Postgres
import ReferralGroup

/// How much work of the installation waits, since when, and what was given up.
package struct Backlog: Sendable {
    /// Names as an operator's machines read them, and what there is; no value is one that there never was.
    package let figures: [(name: String, value: Double?)]

    package subscript(_ name: String) -> Double? {
        figures.first { $0.name == name }?.value
    }
}

extension Query<[BacklogFigure]> {
    fileprivate static var backlog: Self {
        Query("SELECT name, value FROM backlog()")
    }
}

extension Database {
    /// What waits now.
    package func backlog() async throws -> Backlog {
        let figures = try await acting(as: .system(door: .cli), in: nil).run(.backlog)
        return Backlog(figures: figures.map { ($0.name, $0.value) })
    }
}

/// A line of the backlog.
private struct BacklogFigure: RowDecodable, Sendable {
    let name: String
    let value: Double?

    init(row: Row) throws {
        name = try row["name"]
        value = try row["value"]
    }
}
