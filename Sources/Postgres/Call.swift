/// One request to the event loop, and what came of it.
///
/// Safe to share: after it is handed in, only the loop's thread touches what can change.
final class Call: @unchecked Sendable {
    let work: Work
    let deadline: ContinuousClock.Instant
    private var continuation: CheckedContinuation<Outcome, Never>?
    var results: [QueryResult] = []
    var chunk: [UInt8]?
    var link: Link?
    var failure: PostgresError?
    /// Whether anything of it went to the server.
    var isSent = false
    /// A segment is sent again at most once, when the server had forgotten a prepared statement.
    var wasRepeated = false
    /// The task was cancelled, perhaps before the loop had heard of the call.
    var isCancelled = false
    /// Whether it was sent outside of a transaction, so that a failure has undone all of it.
    var mayRepeat = false

    typealias Outcome = Result<Answer, PostgresError>

    enum Work: Sendable {
        /// Statements between two Syncs, on any shared connection.
        case segment([Statement])
        /// A connection of one's own.
        case lease
        case onLink(Link, Operation)
    }

    enum Operation: Sendable {
        case segment([Statement])
        /// Statements divided by semicolons, without parameters.
        case script(String)
        case copyIn(String)
        case copyData([UInt8])
        /// Ends a COPY to the server; with a reason, in failure.
        case copyEnd(String?)
        case copyOut(String)
        case copyNext
    }

    enum Answer: Sendable {
        case results([QueryResult])
        case link(Link)
        /// Nil at the end.
        case chunk([UInt8]?)
    }

    init(_ work: Work, deadline: ContinuousClock.Instant) {
        self.work = work
        self.deadline = deadline
    }

    /// What the segment consists of.
    var statements: [Statement] {
        switch work {
        case .segment(let statements), .onLink(_, .segment(let statements)): statements
        default: []
        }
    }

    var lastText: String? {
        statements.last?.text
    }

    func expect(_ continuation: CheckedContinuation<Outcome, Never>) {
        self.continuation = continuation
    }

    var isAnswered: Bool {
        continuation == nil
    }

    func answer(_ outcome: Outcome) {
        continuation?.resume(returning: outcome)
        continuation = nil
    }

    func fail(_ error: PostgresError) {
        answer(.failure(error))
    }
}
