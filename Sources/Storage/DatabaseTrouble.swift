import Migrations
import Postgres
import ReferralGroup

/// What an error of the database means to somebody who knows nothing of databases.
package struct DatabaseTrouble: Error, Sendable {
    package let kind: Kind
    package let message: String
    /// The condition, for logs.
    package let state: String
    /// The statement without its parameters, for logs.
    package let statement: String?

    package enum Kind: Sendable {
        /// There is no database to talk to.
        case unreachable
        /// It is there and cannot serve now.
        case busy
        case notAllowed
        /// A value that no column can hold.
        case badData
        case bug
    }

    /// Whether the same may go well in a moment.
    package var mayPass: Bool {
        kind == .unreachable || kind == .busy
    }

    /// Nil for errors that are not of the database.
    package init?(_ error: any Error) {
        switch error {
        case let failure as DecodingFailure:
            self.init(.bug, "column \(failure.column): \(failure.reason)", "", nil)
        case let rows as WrongNumberOfRows:
            self.init(.bug, "a statement returned \(rows.found) rows instead of \(rows.expected)", "", nil)
        case let failed as MigrationFailed where failed.cause.state == .lockNotAvailable:
            let what =
                "others hold what \(failed.file) changes, and do not let go; try again when they are through"
            self.init(.busy, what, failed.cause.state.rawValue, nil)
        case let failed as MigrationFailed:
            self.init(.bug, "\(failed.file): \(failed.cause.description)", failed.cause.state.rawValue, nil)
        case let folder as SchemaFolderError: self.init(.bug, folder.message, "", nil)
        case let error as PostgresError: self.init(error)
        default: return nil
        }
    }

    private init(_ error: PostgresError) {
        let state = error.state.rawValue
        switch (error.kind, error.state.category) {
        // A pooler says by itself that it has lost the server.
        case (.connection, _), (_, "08"):
            self.init(
                .unreachable,
                "the database cannot be reached: \(error.message)",
                state,
                error.statement
            )
        case (.timedOut, _), (.cancelled, _), (_, "40"), (_, "53"), (_, "55"), (_, "57"), (_, "58"),
            (_, _) where error.state == .readOnlyTransaction:
            self.init(.busy, "the database cannot serve now: \(error.message)", state, error.statement)
        case (.refused, _), (_, "22"), (_, "23"):
            let what = [error.message, error.detail].compactMap(\.self).joined(separator: ": ")
            self.init(.badData, what, state, error.statement)
        case (_, "42") where error.state == .insufficientPrivilege:
            self.init(.notAllowed, "the database does not allow it: \(error.message)", state, error.statement)
        case (_, "28"), (_, "3D"):
            self.init(
                .unreachable,
                "the database refuses the connection: \(error.message)",
                state,
                error.statement
            )
        default: self.init(.bug, "the database answered \(error.description)", state, error.statement)
        }
    }

    private init(_ kind: Kind, _ message: String, _ state: String, _ statement: String?) {
        self.kind = kind
        self.message = message
        self.state = state
        self.statement = statement
    }
}
