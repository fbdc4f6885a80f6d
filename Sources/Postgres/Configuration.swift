package import Logging

/// How to reach a server, and how much to ask of it at once.
package struct Configuration: Sendable {
    /// Any libpq connection string or URI; several hosts too.
    package var address: String
    package var applicationName = "chapterhouse"
    /// Connections that many callers share.
    package var sharedConnections = 2
    /// Connections for transactions, reports, COPY and LISTEN.
    package var exclusiveConnections = 4
    /// Callers that may wait for a shared connection, and as many for an exclusive one; when it is reached, the caller
    /// with the most of them is refused.
    package var queueLimit = 1024
    /// How long a caller waits for a connection.
    package var waitTimeout = Duration.seconds(5)
    /// How long a statement may run; the server ends it then.
    package var statementTimeout = Duration.seconds(30)
    /// Segments that take longer are logged, with the text of the last statement.
    package var slowSegment = Duration.seconds(1)
    package var connectTimeout = Duration.seconds(5)
    /// Off where a pooler stands between that knows no prepared statements.
    package var preparesStatements = true
    package var statementCacheSize = 256
    /// A result with more rows' bytes than this is refused.
    package var maximumResultBytes = 256 << 20
    package var logger: Logger

    package init(
        address: String,
        logger: Logger = Logger(label: "postgres", factory: { _ in SwiftLogNoOpLogHandler() })
    ) {
        self.address = address
        self.logger = logger
    }
}
