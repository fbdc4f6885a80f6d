internal import CLibPQ

/// What PostgreSQL, or the connection to it, reported instead of a result.
public struct PostgresError: Error, Sendable {
    package let kind: Kind
    package let state: SQLState
    package let message: String
    package var severity: String?
    package var detail: String?
    package var hint: String?
    package var schema: String?
    package var table: String?
    package var column: String?
    /// The name of the violated constraint, for errors of class 23.
    package var constraint: String?
    package var context: String?
    /// The character of the statement at which the server stopped reading, from 1.
    package var position: String?
    /// The text of the statement that failed, without its parameters: those may be personal data.
    package var statement: String?
    /// Whether the server may have done the work all the same: it was sent, and no answer came.
    package var mayHaveHappened = false

    package enum Kind: Sendable {
        /// The server answered with an error.
        case server
        /// There is no connection, or it broke.
        case connection
        /// Nobody answered in time, or no connection became free.
        case timedOut
        /// The task was cancelled.
        case cancelled
        /// The input cannot be sent: NUL in text, too many parameters.
        case refused
    }

    package init(_ kind: Kind, _ state: SQLState, _ message: String) {
        self.kind = kind
        self.state = state
        self.message = message
    }

    /// What a result says of an error.
    init(result: OpaquePointer, statement: String?) {
        func field(_ code: UInt8) -> String? {
            PQresultErrorField(result, Int32(code)).map { String(cString: $0) }
        }
        // What libpq itself says of a connection that broke has no condition.
        let condition = field(UInt8(ascii: "C"))
        kind = condition == nil ? .connection : .server
        state = condition.map(SQLState.init(rawValue:)) ?? .connectionFailure
        let whole = PQresultErrorMessage(result).map { String(cString: $0) } ?? ""
        message = field(UInt8(ascii: "M")) ?? (whole.isEmpty ? "the server sent something unexpected" : whole)
        severity = field(UInt8(ascii: "V"))
        detail = field(UInt8(ascii: "D"))
        hint = field(UInt8(ascii: "H"))
        schema = field(UInt8(ascii: "s"))
        table = field(UInt8(ascii: "t"))
        column = field(UInt8(ascii: "c"))
        constraint = field(UInt8(ascii: "n"))
        context = field(UInt8(ascii: "W"))
        position = field(UInt8(ascii: "P"))
        self.statement = statement
    }

    /// Whether a prepared statement was refused because the schema has changed since; prepared anew it may go well.
    ///
    /// The server has no condition of its own for this: nothing else that it refuses so is cured by a second try.
    package var isStalePlan: Bool {
        kind == .server && state == .featureNotSupported
    }

    static func lost(_ message: String, _ state: SQLState = .connectionFailure) -> PostgresError {
        PostgresError(.connection, state, message)
    }

    /// What the server did for it is done all the same.
    static func tooLarge(_ limit: Int) -> PostgresError {
        var error = PostgresError(
            .refused,
            .programLimitExceeded,
            "the result is larger than \(limit) bytes"
        )
        error.mayHaveHappened = true
        return error
    }

    static let cancelled = PostgresError(.cancelled, .queryCanceled, "the task was cancelled")
    static let late = PostgresError(.timedOut, .queryCanceled, "the database did not answer in time")
    static let closed = lost("the database was closed by this program")
}

extension PostgresError: CustomStringConvertible {
    public var description: String {
        let more = [detail, hint].compactMap(\.self).map { " (\($0))" }.joined()
        return "\(state): \(message)\(more)"
    }
}
