internal import CLibPQ
internal import DequeModule
internal import Logging

/// One connection, as the event loop drives it.
///
/// Safe to share: only the loop's thread reads or writes it; others hold it as a name.
final class Link: @unchecked Sendable {
    private(set) var number: UInt64 = 0
    private(set) var lane = Lane.exclusive
    private(set) var state = State.ready
    private(set) var connection: OpaquePointer?
    let socket: Int32
    var statements: StatementCache
    /// What was sent in pipeline mode and not answered yet.
    var expected: Deque<Expectation> = Deque()
    /// The caller of what runs outside pipeline mode.
    var simple: Call?
    var mode = Mode.pipeline
    /// For exclusive links: whether somebody holds it.
    var isLent = false
    var isListening = false
    /// Whether the last holder may have left settings.
    var needsReset = false
    /// Whether it takes nothing new, and is closed when all is answered: the server has become read-only, or the
    /// connection holds much memory.
    var isRetiring = false
    /// Whether there may be bytes that libpq has not sent yet.
    var needsFlush = false
    /// What the loop wants to know of the socket, and what the system was last asked.
    var wantsRead = true
    var wantsWrite = false
    var watched = (true, false)
    var copy = CopyPhase.starting
    /// Rows of a COPY that have arrived, or the bytes that have yet to go.
    var copied: [UInt8] = []
    var listener: (@Sendable (Notification?) -> Void)?
    var segmentsInFlight = 0
    /// When the server was last heard of, while it owes an answer.
    var busySince: ContinuousClock.Instant?
    /// How often, and how much, was read since the last result was complete.
    var readings = 0
    var bytesOfResult = 0
    private var notices: Notices

    enum State {
        case closed, ready
    }

    enum Mode {
        case pipeline, script, copyIn, copyOut
    }

    enum CopyPhase {
        case starting, underWay, ending
    }

    enum Expectation {
        case prepared(Call?, Prepared)
        /// Of the call's statement at `place`; one that is not prepared has no plan.
        case result(Call?, place: Int, Prepared?)
        case housekeeping
        case sync(Call?)
    }

    init(_ connection: OpaquePointer, _ configuration: Configuration) {
        self.connection = connection
        socket = PQsocket(connection)
        statements = StatementCache(capacity: configuration.statementCacheSize)
        notices = Notices(configuration.logger)
        PQsetNoticeReceiver(
            connection,
            { Notices.receive($0, $1) },
            Unmanaged.passUnretained(notices).toOpaque()
        )
    }

    deinit {
        close()
    }

    func join(_ lane: Lane, as number: UInt64) {
        self.lane = lane
        self.number = number
    }

    var isIdle: Bool {
        state == .ready && expected.isEmpty && simple == nil && mode == .pipeline
    }

    /// Whether the server takes no writes on this connection, by what it last said.
    var isReadOnly: Bool {
        ["in_hot_standby", "default_transaction_read_only"].contains { (name: String) in
            PQparameterStatus(connection, name).map { String(cString: $0) } == "on"
        }
    }

    /// What the server said before it closes the connection, to nobody in particular.
    var farewell: PostgresError? {
        notices.farewell
    }

    /// Who waits for an answer, in the order of asking.
    var calls: [Call] {
        var calls = expected.compactMap { expectation in
            if case .sync(let call) = expectation { call } else { nil }
        }
        if let simple { calls.append(simple) }
        return calls
    }

    func close() {
        if let connection { PQfinish(connection) }
        connection = nil
        state = .closed
        mode = .pipeline
        statements.removeAll()
        expected = Deque()
        simple = nil
        listener = nil
        copied = []
        segmentsInFlight = 0
        busySince = nil
    }
}

/// Passes what the server remarks on to the log.
private final class Notices {
    private let logger: Logger
    private(set) var farewell: PostgresError?

    init(_ logger: Logger) {
        self.logger = logger
    }

    static func receive(_ context: UnsafeMutableRawPointer?, _ result: OpaquePointer?) {
        guard let context, let result else { return }
        Unmanaged<Notices>.fromOpaque(context).takeUnretainedValue().take(
            PostgresError(result: result, statement: nil)
        )
    }

    private func take(_ remark: PostgresError) {
        if remark.severity == "FATAL" || remark.severity == "PANIC" { farewell = remark }
        logger.log(
            level: remark.severity == "WARNING" ? .warning : .debug,
            "\(remark.message)",
            metadata: ["sqlstate": "\(remark.state)"]
        )
    }
}
