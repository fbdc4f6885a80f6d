internal import CLibPQ

/// One connection, as the event loop drives it.
///
/// Safe to share: only the loop's thread reads or writes it; others hold it as a name.
final class Link: @unchecked Sendable {
    let number: UInt64
    let lane: Lane
    private(set) var state = State.closed
    private(set) var connection: OpaquePointer?
    private(set) var socket: Int32 = -1
    private var cancelHandle: OpaquePointer?
    var statements: StatementCache
    /// What was sent in pipeline mode and not answered yet.
    var expected: ArrayDeque<Expectation> = ArrayDeque()
    /// The caller of what runs outside pipeline mode.
    var simple: Call?
    var mode = Mode.pipeline
    var connectDeadline = ContinuousClock.now
    /// For exclusive links: whether somebody holds it.
    var isLent = false
    /// Given back in the middle of something: rolled back before the next caller gets it.
    var needsReset = false
    var wantsWrite = false
    /// What the server has had no room for yet, of a COPY to it.
    var unsentCopy: [UInt8] = []
    /// Whether rows of a COPY are coming.
    var isCopyingOut = false
    var listener: (@Sendable (Notification) -> Void)?
    var segmentsInFlight = 0
    /// When the oldest unanswered segment was sent.
    var busySince: ContinuousClock.Instant?

    enum State {
        case closed, connecting, settingUp, ready
    }

    enum Mode {
        case pipeline, script, copyIn, copyOut
    }

    enum Expectation {
        case prepared(Call?, Statement.Key)
        case result(Call?, index: Int, text: String)
        case housekeeping
        case sync(Call?)
    }

    init(number: UInt64, lane: Lane, cacheSize: Int) {
        self.number = number
        self.lane = lane
        statements = StatementCache(capacity: cacheSize)
    }

    var isIdle: Bool {
        state == .ready && expected.isEmpty && simple == nil && mode == .pipeline
    }

    func begin(_ connection: OpaquePointer, until deadline: ContinuousClock.Instant) {
        self.connection = connection
        state = .connecting
        connectDeadline = deadline
    }

    func watch(_ socket: Int32) {
        self.socket = socket
    }

    func beginSetup() {
        state = .settingUp
        cancelHandle = PQgetCancel(connection)
    }

    func becomeReady() {
        state = .ready
    }

    /// Asks the server to stop what the link runs; blocks, so never on the loop's thread.
    func takeCancelHandle() -> OpaquePointer? {
        PQgetCancel(connection)
    }

    func close() {
        if let cancelHandle { PQfreeCancel(cancelHandle) }
        cancelHandle = nil
        if let connection { PQfinish(connection) }
        connection = nil
        socket = -1
        state = .closed
        mode = .pipeline
        statements.removeAll()
        expected = ArrayDeque()
        simple = nil
        unsentCopy = []
        isCopyingOut = false
        needsReset = false
        wantsWrite = false
        segmentsInFlight = 0
        busySince = nil
    }
}

/// A queue that gives from its front without moving the rest each time.
struct ArrayDeque<Element> {
    private var elements: [Element?] = []
    private var head = 0

    var isEmpty: Bool {
        head == elements.count
    }

    var count: Int {
        elements.count - head
    }

    var all: [Element] {
        elements[head...].compactMap(\.self)
    }

    var first: Element? {
        head < elements.count ? elements[head] : nil
    }

    mutating func append(_ element: Element) {
        elements.append(element)
    }

    mutating func popFirst() -> Element? {
        guard head < elements.count else { return nil }
        defer {
            elements[head] = nil
            head += 1
            if head == elements.count {
                elements.removeAll(keepingCapacity: true)
                head = 0
            } else if head > 1024, head * 2 > elements.count {
                elements.removeFirst(head)
                head = 0
            }
        }
        return elements[head]
    }

    mutating func removeAll() -> [Element] {
        let rest = elements[head...].compactMap(\.self)
        elements.removeAll(keepingCapacity: true)
        head = 0
        return rest
    }
}
