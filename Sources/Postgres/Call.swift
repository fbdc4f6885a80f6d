/// One request to the event loop, and what came of it.
///
/// Safe to share: after it is handed in, only the loop's thread touches what can change.
final class Call: @unchecked Sendable {
    let work: Work
    /// When the caller gives up altogether, and when he gives up waiting for a connection.
    let deadline: ContinuousClock.Instant?
    var queuedUntil: ContinuousClock.Instant?
    private var continuation: CheckedContinuation<Outcome, Never>?
    var results: [QueryResult] = []
    var chunk: [UInt8]?
    /// The connection it was sent on.
    var link: Link?
    /// Whether the loop has it; a cancellation may be quicker.
    var hasArrived = false
    var failure: PostgresError?
    /// Whether anything of it went to the server.
    var isSent = false
    /// Whether libpq has taken the bytes of a COPY.
    var isAccepted = false
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
        case lease(Purpose)
        case onLink(Link, Operation)
    }

    enum Purpose: Sendable {
        case work, listening
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

    init(_ work: Work, deadline: ContinuousClock.Instant?) {
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

    var waitEnd: ContinuousClock.Instant {
        [deadline, queuedUntil].compactMap(\.self).min() ?? .now
    }

    /// Makes it new again, to be sent once more.
    func startOver() {
        wasRepeated = true
        isSent = false
        link = nil
        failure = nil
        results = []
    }

    var lastText: String? {
        switch work {
        case .onLink(_, .script(let text)), .onLink(_, .copyIn(let text)), .onLink(_, .copyOut(let text)):
            text
        default: statements.last?.text
        }
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
