internal import Synchronization

/// One request to the event loop, and what came of it.
///
/// Safe to share: after it is handed in, only the loop's thread touches what can change; `outcome` is written before
/// `isOver`, and read after.
final class Call: @unchecked Sendable {
    let work: Work
    /// Whose it is; those of one caller wait behind each other.
    let caller: Int64
    /// When the caller gives up altogether, and when they give up waiting for a connection.
    let deadline: ContinuousClock.Instant?
    var queuedUntil: ContinuousClock.Instant?
    var queuedAt: ContinuousClock.Instant?
    var sentAt: ContinuousClock.Instant?
    private var continuation: UnsafeContinuation<Void, Never>?
    private var outcome = Outcome.failure(.closed)
    /// Set before the caller is resumed: of a caller that is resumed before it has suspended, ThreadSanitizer does not
    /// see that the runtime orders the two.
    private let isOver = Atomic(false)
    var results: [QueryResult] = []
    /// The connection it was sent on.
    var link: Link?
    /// Whether the loop has it; a cancellation may be quicker.
    var hasArrived = false
    /// The task was cancelled before the loop had heard of the call.
    var isCancelled = false
    var failure: PostgresError?
    /// Whether anything of it went to the server.
    var isSent = false
    /// Whether libpq has taken the bytes of a COPY.
    var isAccepted = false
    /// A segment is sent again at most once, when the server had forgotten a prepared statement.
    var wasRepeated = false
    /// Whether it was sent outside of a transaction, so that a failure has undone all of it.
    var mayRepeat = false

    typealias Outcome = Result<Answer, PostgresError>

    enum Work: Sendable {
        /// Statements between two Syncs, on any shared connection.
        case segment([SQL])
        /// A connection of one's own.
        case lease(Purpose)
        case onLink(Link, Operation)
    }

    enum Purpose: Sendable {
        case work, listening
    }

    enum Operation: Sendable {
        case segment([SQL])
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

    init(_ work: Work, of caller: Int64, before deadline: ContinuousClock.Instant?) {
        self.work = work
        self.caller = caller
        self.deadline = deadline
    }

    /// What the segment consists of.
    var statements: [SQL] {
        switch work {
        case .segment(let statements), .onLink(_, .segment(let statements)): statements
        default: []
        }
    }

    /// The text of what it asks for last, without parameters: those may be personal data.
    var lastText: String? {
        switch work {
        case .onLink(_, .script(let text)), .onLink(_, .copyIn(let text)), .onLink(_, .copyOut(let text)):
            text
        default: statements.last?.text
        }
    }

    /// Makes it new again, to be sent once more.
    func startOver() {
        wasRepeated = true
        isSent = false
        link = nil
        failure = nil
        results = []
    }

    func expect(_ continuation: UnsafeContinuation<Void, Never>) {
        self.continuation = continuation
    }

    /// What the caller reads when it is resumed.
    var answer: Outcome {
        isOver.load(ordering: .acquiring) ? outcome : .failure(.closed)
    }

    var isAnswered: Bool {
        continuation == nil
    }

    /// Resumes the caller, the first time.
    func answer(_ outcome: Outcome) {
        guard let continuation = continuation.take() else { return }
        self.outcome = outcome
        isOver.store(true, ordering: .releasing)
        continuation.resume()
    }
}
