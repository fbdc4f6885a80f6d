internal import CLibPQ
import Glibc
internal import Logging

/// The thread on which every connection of a client is read and written.
///
/// Callers hand in a call and suspend; the loop sends a segment, followed by one Sync, on the shared connection with
/// the fewest segments in flight, or works on a connection that the caller holds, and resumes the caller with the
/// results or the error. Safe to share: callers touch only the mailbox, the loop's thread everything else.
final class EventLoop: @unchecked Sendable {
    let configuration: Configuration
    private let mailbox = Locked(Mailbox())
    let epoll = chapterhouse_epoll()
    private let bell = chapterhouse_eventfd()
    var links = Links()
    var waiting = FairQueue()
    var waitingForLease = FairQueue()
    var waitingToListen = FairQueue()
    var isConnecting = false
    var failedAttempts = 0
    var nextAttempt = ContinuousClock.now
    /// Why there is no connection, until there is one.
    var outage: PostgresError?
    /// When the loop last woke up: it asks for the time once a turn.
    private(set) var now = ContinuousClock.now
    var nextLook = ContinuousClock.now
    var measurements = Measurements()
    var arguments = Arguments()
    private var messages: [Message] = []
    private var isStopping = false
    private var whenStopped: [@Sendable () -> Void] = []

    private struct Mailbox {
        var messages: [Message] = []
        var isLoopAsleep = false
        var isStarted = false
        var isClosed = false
    }

    enum Message: Sendable {
        case call(Call)
        case cancel(Call)
        case giveBack(Link, resetting: Bool)
        case connected(Result<Link, PostgresError>)
        case listen(Link, @Sendable (Notification?) -> Void)
        case measure(@Sendable (Measurements) -> Void)
        case stop(@Sendable () -> Void)
    }

    init(_ configuration: Configuration) {
        self.configuration = configuration
    }

    /// Hands a message to the loop, which starts with the first one; false once it has stopped.
    @discardableResult
    func send(_ message: Message) -> Bool {
        let (mustWake, mustStart, isClosed) = mailbox.withLock { mailbox in
            guard !mailbox.isClosed else { return (false, false, true) }
            mailbox.messages.append(message)
            let mustStart = !mailbox.isStarted
            mailbox.isStarted = true
            let mustWake = mailbox.isLoopAsleep
            mailbox.isLoopAsleep = false
            return (mustWake, mustStart, false)
        }
        if mustStart { start() }
        // No system call under load: only a sleeping loop needs the bell.
        if mustWake { eventfd_write(bell, 1) }
        return !isClosed
    }

    /// Ends the loop without waiting for it.
    func stopIfStarted() {
        if mailbox.withLock({ $0.isStarted }) { send(.stop {}) }
    }

    /// Waits for the answer to a call; a cancelled task gets it at once.
    func answer(
        to work: Call.Work,
        of caller: Int64,
        before deadline: ContinuousClock.Instant?
    ) async throws(PostgresError) -> Call.Answer {
        let call = Call(work, of: caller, before: deadline)
        await withTaskCancellationHandler {
            await withUnsafeContinuation { continuation in
                call.expect(continuation)
                if !send(.call(call)) { call.answer(.failure(.closed)) }
            }
        } onCancel: {
            send(.cancel(call))
        }
        return try call.answer.get()
    }

    private func start() {
        // What a large answer took is the system's again when it is read.
        chapterhouse_give_back_large_blocks()
        if Thread.start("postgres", { self.run() }) { return }
        stop(because: .lost("no thread can be started for the database", .cannotConnect))
    }

    private func run() {
        chapterhouse_epoll_set(epoll, bell, 1, 0, 0)
        now = .now
        var tags = [UInt64](repeating: 0, count: 64)
        while !isStopping {
            takeMessages()
            if isStopping { break }
            expire()
            connectIfNeeded()
            pump()
            let canSleep = mailbox.withLock { mailbox in
                mailbox.isLoopAsleep = mailbox.messages.isEmpty
                return mailbox.isLoopAsleep
            }
            let ready = chapterhouse_epoll_wait(epoll, &tags, 64, canSleep ? pause() : 0)
            now = .now
            if canSleep { mailbox.withLock { $0.isLoopAsleep = false } }
            for index in 0..<max(0, Int(ready)) {
                if tags[index] == 0 {
                    var value: eventfd_t = 0
                    eventfd_read(bell, &value)
                } else if let link = links[tags[index]] {
                    serve(link)
                }
            }
        }
        stop(because: .closed)
    }

    /// How long nothing can happen by itself, in milliseconds; -1 for ever.
    private func pause() -> Int32 {
        if waiting.isEmpty, waitingForLease.isEmpty, waitingToListen.isEmpty, links.areIdle { return -1 }
        // Deadlines are looked at this often; finer is of no use to anybody.
        return 20
    }

    private func takeMessages() {
        mailbox.withLock { swap(&$0.messages, &messages) }
        for message in messages {
            switch message {
            case .call(let call): accept(call)
            case .cancel(let call): cancel(call)
            case .giveBack(let link, let resetting): takeBack(link, resetting: resetting)
            case .connected(let outcome): connected(outcome)
            case .listen(let link, let listener): listen(link, listener)
            case .measure(let take): take(measure())
            case .stop(let done):
                isStopping = true
                whenStopped.append(done)
            }
        }
        messages.removeAll(keepingCapacity: true)
    }

    private func listen(_ link: Link, _ listener: @escaping @Sendable (Notification?) -> Void) {
        guard link.state == .ready else { return listener(nil) }
        link.listener = listener
    }

    private func measure() -> Measurements {
        var measurements = measurements
        measurements.sharedConnections = links.shared.count
        measurements.exclusiveConnections = links.exclusive.count { !$0.isListening }
        measurements.lent = links.exclusive.count { $0.isLent && !$0.isListening }
        measurements.listening = links.exclusive.count(where: \.isListening)
        measurements.waiting = waiting.count + waitingForLease.count + waitingToListen.count
        measurements.inFlight = links.shared.reduce(0) { $0 + $1.segmentsInFlight }
        return measurements
    }

    /// Tells everybody who waits, and whoever comes later, that there is nobody to answer.
    private func stop(because reason: PostgresError) {
        let rest = mailbox.withLock { mailbox in
            mailbox.isClosed = true
            defer { mailbox.messages = [] }
            return mailbox.messages
        }
        for message in rest {
            switch message {
            case .call(let call): call.answer(.failure(reason))
            case .listen(_, let listener): listener(nil)
            case .measure(let take): take(measure())
            case .stop(let done): whenStopped.append(done)
            case .cancel, .giveBack, .connected: break
            }
        }
        for call in waiting.removeAll() + waitingForLease.removeAll() + waitingToListen.removeAll() {
            call.answer(.failure(reason))
        }
        for link in links.all {
            lose(link, reason)
        }
        Glibc.close(epoll)
        Glibc.close(bell)
        for done in whenStopped { done() }
    }
}
