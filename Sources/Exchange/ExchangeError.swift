/// Why a file as a whole cannot be read, in a sentence its owner understands.
///
/// What is wrong with single rows is a `RowProblem`; those are collected, this one ends the reading.
package struct ExchangeError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What kind of failing it is, for the edge that chooses an exit code or a status.
    package enum Reason: Hashable, Sendable {
        case unreadable
        case tooLarge
        case unsupported
        case damaged
        case notThisReport
    }

    package let reason: Reason
    /// The line of the file, counted from 1, where it has one.
    package let line: Int?
    package let message: String

    package init(_ reason: Reason, line: Int? = nil, _ message: String) {
        self.reason = reason
        self.line = line
        self.message = message
    }

    package var description: String {
        guard let line else { return message }
        return "line \(line): \(message)"
    }
}

/// What is wrong with one row of a table that is otherwise readable.
package struct RowProblem: Error, Hashable, Sendable, CustomStringConvertible {
    /// The row as a spreadsheet program numbers it, from 1.
    package let line: Int
    /// The heading of the column, where the problem is in one cell.
    package let column: String?
    package let message: String

    package init(line: Int, column: String? = nil, _ message: String) {
        self.line = line
        self.column = column
        self.message = message
    }

    package var description: String {
        guard let column else { return "row \(line): \(message)" }
        return "row \(line), \(column): \(message)"
    }
}
