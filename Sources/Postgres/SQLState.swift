/// The five characters by which PostgreSQL names a condition.
package struct SQLState: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    package let rawValue: String

    package init(rawValue: String) {
        self.rawValue = rawValue
    }

    package var description: String {
        rawValue
    }

    /// The first two characters.
    package var category: String {
        String(rawValue.prefix(2))
    }

    /// Whether the whole transaction may succeed when it is done again.
    package var isTransient: Bool {
        self == .serializationFailure || self == .deadlock
    }

    package static let connectionFailure = SQLState(rawValue: "08006")
    package static let cannotConnect = SQLState(rawValue: "08001")
    package static let featureNotSupported = SQLState(rawValue: "0A000")
    package static let numericOutOfRange = SQLState(rawValue: "22003")
    package static let invalidText = SQLState(rawValue: "22021")
    package static let notNullViolation = SQLState(rawValue: "23502")
    package static let foreignKeyViolation = SQLState(rawValue: "23503")
    package static let uniqueViolation = SQLState(rawValue: "23505")
    package static let checkViolation = SQLState(rawValue: "23514")
    package static let exclusionViolation = SQLState(rawValue: "23P01")
    package static let readOnlyTransaction = SQLState(rawValue: "25006")
    package static let invalidStatementName = SQLState(rawValue: "26000")
    package static let invalidPassword = SQLState(rawValue: "28P01")
    package static let invalidAuthorization = SQLState(rawValue: "28000")
    package static let invalidDatabase = SQLState(rawValue: "3D000")
    package static let serializationFailure = SQLState(rawValue: "40001")
    package static let deadlock = SQLState(rawValue: "40P01")
    package static let insufficientPrivilege = SQLState(rawValue: "42501")
    package static let undefinedTable = SQLState(rawValue: "42P01")
    package static let invalidSchema = SQLState(rawValue: "3F000")
    package static let duplicateDatabase = SQLState(rawValue: "42P04")
    package static let diskFull = SQLState(rawValue: "53100")
    package static let tooManyConnections = SQLState(rawValue: "53300")
    package static let programLimitExceeded = SQLState(rawValue: "54000")
    package static let lockNotAvailable = SQLState(rawValue: "55P03")
    package static let queryCanceled = SQLState(rawValue: "57014")
    package static let adminShutdown = SQLState(rawValue: "57P01")
    package static let crashShutdown = SQLState(rawValue: "57P02")
    package static let cannotConnectNow = SQLState(rawValue: "57P03")
    package static let raisedException = SQLState(rawValue: "P0001")
}
