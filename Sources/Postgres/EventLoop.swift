internal import CLibPQ
import Glibc
internal import Logging
import Synchronization

/// The thread on which every connection of a client is read and written.
///
/// Callers hand in a call and suspend; the loop sends a segment, followed by one Sync, on the shared connection with
/// the fewest segments in flight, or works on a connection that the caller holds, and resumes the caller with the
/// results or the error. Safe to share: callers touch only the mailbox, the loop's thread everything else.
final class EventLoop: @unchecked Sendable {
    let configuration: Configuration
    private let mailbox = Mutex(Mailbox())
    private let epoll = chapterhouse_epoll()
    private let bell = chapterhouse_eventfd()
    var waiting: ArrayDeque<Call> = ArrayDeque()
    var waitingForLease: ArrayDeque<Call> = ArrayDeque()
    var links: [UInt64: Link] = [:]
    var waitingToListen: ArrayDeque<Call> = ArrayDeque()
    var lastLink: UInt64 = 0
    var isConnecting = false
    var failedAttempts = 0
    var nextAttempt = ContinuousClock.now
    /// Why there is no connection, until there is one.
    var outage: PostgresError?
    private var nextLook = ContinuousClock.now
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
        before deadline: ContinuousClock.Instant?
    ) async throws(PostgresError) -> Call.Answer {
        let call = Call(work, deadline: deadline)
        let outcome = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                call.expect(continuation)
                if !send(.call(call)) {
                    call.fail(
                        PostgresError(
                            .connection,
                            .connectionFailure,
                            "the database was closed by this program"
                        )
                    )
                }
            }
        } onCancel: {
            send(.cancel(call))
        }
        return try outcome.get()
    }

    private func start() {
        guard !Thread.start({ self.run() }) else { return }
        let messages = mailbox.withLock { mailbox in
            mailbox.isClosed = true
            return mailbox.messages
        }
        for case .call(let call) in messages {
            call.fail(PostgresError(.connection, .cannotConnect, "no thread can be started for the database"))
        }
    }

    private func run() {
        chapterhouse_epoll_set(epoll, bell, 1, 0, 0)
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
        stop()
    }

    /// How long nothing can happen by itself, in milliseconds; -1 for ever.
    private func pause() -> Int32 {
        let isBusy = links.values.contains { !$0.isIdle }
        if waiting.isEmpty, waitingForLease.isEmpty, waitingToListen.isEmpty, !isBusy { return -1 }
        // Deadlines are looked at this often; finer is of no use to anybody.
        return 20
    }

    private func listen(_ link: Link, _ listener: @escaping @Sendable (Notification?) -> Void) {
        guard link.state == .ready else { return listener(nil) }
        link.listener = listener
    }

    private func takeMessages() {
        let messages = mailbox.withLock { mailbox in
            defer { mailbox.messages = [] }
            return mailbox.messages
        }
        for message in messages {
            switch message {
            case .call(let call): accept(call)
            case .cancel(let call): cancel(call)
            case .giveBack(let link, let resetting): takeBack(link, resetting: resetting)
            case .connected(let outcome): connected(outcome)
            case .listen(let link, let listener): listen(link, listener)
            case .stop(let done):
                isStopping = true
                whenStopped.append(done)
            }
        }
    }

    private func accept(_ call: Call) {
        call.hasArrived = true
        guard !call.isCancelled else { return call.fail(.cancelled) }
        switch call.work {
        case .segment: enqueue(call, in: \.waiting, unless: links.values.contains { $0.lane == .shared })
        case .lease(.work): enqueue(call, in: \.waitingForLease, unless: exclusiveLinks > 0)
        case .lease(.listening): enqueue(call, in: \.waitingToListen, unless: false)
        case .onLink(let link, let operation): perform(operation, for: call, on: link)
        }
    }

    /// Lets a call wait, unless it would wait in vain: too many do already, or the server was just found unreachable.
    private func enqueue(
        _ call: Call,
        in queue: ReferenceWritableKeyPath<EventLoop, ArrayDeque<Call>>,
        unless hasConnection: Bool
    ) {
        if let outage, !hasConnection, !isConnecting, .now < nextAttempt, !outage.passesSoon {
            return call.fail(outage)
        }
        guard self[keyPath: queue].count < configuration.queueLimit else {
            let message = "\(configuration.queueLimit) callers wait for the database already"
            return call.fail(PostgresError(.timedOut, .tooManyConnections, message))
        }
        call.queuedUntil = .now + configuration.waitTimeout
        self[keyPath: queue].append(call)
    }

    /// Fails what waited too long, and gives up connections that have gone silent.
    private func expire() {
        let now = ContinuousClock.now
        guard nextLook <= now else { return }
        nextLook = now + .milliseconds(20)
        for queue in [\EventLoop.waiting, \.waitingForLease, \.waitingToListen] {
            for call in self[keyPath: queue].all where !call.isAnswered && call.waitEnd <= now {
                var error = PostgresError(.timedOut, outage?.state ?? .tooManyConnections, describeUse())
                error.detail = outage.map { "The last attempt to connect: \($0.message)" }
                call.fail(error)
            }
        }
        for link in links.values {
            for call in link.calls where !call.isAnswered && call.deadline.map({ $0 <= now }) == true {
                giveUp(
                    call,
                    on: link,
                    PostgresError(.timedOut, .queryCanceled, "the database did not answer in time")
                )
            }
            // The server ends statements by itself; one that does not even do that has gone.
            if link.state == .ready, let since = link.busySince, configuration.statementTimeout > .zero,
                since + configuration.statementTimeout + .seconds(5) <= now
            {
                var error = PostgresError(
                    .timedOut,
                    .connectionFailure,
                    "the server has been silent for too long"
                )
                error.mayHaveHappened = true
                lose(link, error)
            }
        }
    }

    private func describeUse() -> String {
        let shared = links.values.count { $0.lane == .shared }
        let lent = links.values.count { $0.isLent && !$0.isListening }
        return "no connection became free: \(shared) shared connections, "
            + "\(lent) of \(configuration.exclusiveConnections) exclusive ones in use, "
            + "\(waiting.count + waitingForLease.count) callers waiting"
    }

    private func cancel(_ call: Call) {
        guard call.hasArrived else {
            call.isCancelled = true
            return
        }
        guard !call.isAnswered else { return }
        guard let link = call.link else { return call.fail(.cancelled) }
        giveUp(call, on: link, .cancelled)
    }

    /// Tells the system what to wait for on the link's socket.
    func watch(_ link: Link) {
        chapterhouse_epoll_set(
            epoll,
            link.socket,
            link.wantsRead ? 1 : 0,
            link.wantsWrite ? 1 : 0,
            link.number
        )
    }

    func forget(_ link: Link) {
        chapterhouse_epoll_forget(epoll, link.socket)
    }

    private func serve(_ link: Link) {
        countBytes(of: link)
        guard link.state == .ready else { return }
        guard PQconsumeInput(link.connection) == 1 else {
            // What arrived before the connection broke may say why.
            read(link)
            return lose(link, .lost(Self.message(of: link.connection)))
        }
        read(link)
    }

    /// A result that takes more than one reading is on its way to being large.
    private func countBytes(of link: Link) {
        link.readings += 1
        guard link.readings > 1, link.mode == .pipeline || link.mode == .script else { return }
        link.bytesOfResult += Int(chapterhouse_bytes_to_read(link.socket))
        guard link.bytesOfResult > configuration.maximumResultBytes else { return }
        var error = PostgresError.tooLarge(configuration.maximumResultBytes)
        error.mayHaveHappened = true
        lose(link, error)
    }

    /// Reads whatever has arrived, in the way of what was sent.
    func read(_ link: Link) {
        while let notice = PQnotifies(link.connection) {
            link.listener?(Notification(notice.pointee))
            PQfreemem(notice)
        }
        switch link.mode {
        case .pipeline: readPipeline(link)
        case .script: readScript(link)
        case .copyIn: readCopyIn(link)
        case .copyOut: readCopyOut(link)
        }
    }

    private func stop() {
        let rest = mailbox.withLock { mailbox in
            mailbox.isClosed = true
            defer { mailbox.messages = [] }
            return mailbox.messages
        }
        let error = PostgresError(.connection, .connectionFailure, "the database was closed by this program")
        for message in rest {
            if case .call(let call) = message { call.fail(error) }
            if case .stop(let done) = message { whenStopped.append(done) }
        }
        for call in waiting.removeAll() + waitingForLease.removeAll() + waitingToListen.removeAll() {
            call.fail(error)
        }
        for link in links.values {
            for call in link.calls { call.fail(error) }
            lose(link, error)
        }
        close(epoll)
        close(bell)
        for done in whenStopped { done() }
    }

    /// Sends what libpq has buffered, and watches for room where not all of it went.
    func flush(_ link: Link) {
        let rest = PQflush(link.connection)
        guard rest >= 0 else { return lose(link, .lost(Self.message(of: link.connection))) }
        link.wantsWrite = rest == 1
        watchIfChanged(link)
    }

    func watchIfChanged(_ link: Link) {
        // Rows that nobody has asked for yet stay where they are.
        link.wantsRead = link.mode != .copyOut || link.simple != nil
        guard link.state == .ready, (link.wantsRead, link.wantsWrite) != link.watched else { return }
        link.watched = (link.wantsRead, link.wantsWrite)
        watch(link)
    }

    static func message(of connection: OpaquePointer?) -> String {
        String(cString: PQerrorMessage(connection)).split(separator: "\n").joined(separator: " ")
    }
}

extension Duration {
    var milliseconds: Int64 {
        let (seconds, attoseconds) = components
        return seconds * 1000 + attoseconds / 1_000_000_000_000_000
    }
}
