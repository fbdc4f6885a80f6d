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
    private var lastLink: UInt64 = 0
    private var failedAttempts = 0
    private var nextAttempt = ContinuousClock.now
    private var nextExpiry = ContinuousClock.now
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
        case giveBack(Link, isClean: Bool)
        case listen(Link, @Sendable (Notification) -> Void)
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

    /// Waits for the answer to a call; a cancelled task gets it at once.
    func answer(
        to work: Call.Work,
        before deadline: ContinuousClock.Instant
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
        var thread = pthread_t()
        let loop = Unmanaged.passRetained(self)
        let status = pthread_create(
            &thread,
            nil,
            { pointer in
                guard let pointer else { return nil }
                Unmanaged<EventLoop>.fromOpaque(pointer).takeRetainedValue().run()
                return nil
            },
            loop.toOpaque()
        )
        guard status == 0 else {
            loop.release()
            for message in mailbox.withLock({ mailbox in
                mailbox.isClosed = true
                return mailbox.messages
            }) {
                if case .call(let call) = message {
                    call.fail(
                        PostgresError(
                            .connection,
                            .cannotConnect,
                            "no thread can be started for the database"
                        )
                    )
                }
            }
            return
        }
        pthread_detach(thread)
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
        let isConnecting = links.values.contains { $0.state == .connecting || $0.state == .settingUp }
        let isBusy = links.values.contains { !$0.isIdle && $0.state == .ready }
        if waiting.isEmpty, waitingForLease.isEmpty, !isConnecting, !isBusy { return -1 }
        // Deadlines are looked at this often; finer is of no use to anybody.
        return 20
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
            case .giveBack(let link, let isClean): takeBack(link, isClean: isClean)
            case .listen(let link, let listener): link.listener = listener
            case .stop(let done):
                isStopping = true
                whenStopped.append(done)
            }
        }
    }

    private func accept(_ call: Call) {
        guard !call.isAnswered else { return }
        guard !call.isCancelled else { return call.fail(.cancelled) }
        switch call.work {
        case .segment: enqueue(call, in: \.waiting)
        case .lease: enqueue(call, in: \.waitingForLease)
        case .onLink(let link, let operation): perform(operation, for: call, on: link)
        }
    }

    private func enqueue(_ call: Call, in queue: ReferenceWritableKeyPath<EventLoop, ArrayDeque<Call>>) {
        guard self[keyPath: queue].count < configuration.queueLimit else {
            return call.fail(
                PostgresError(
                    .timedOut,
                    .tooManyConnections,
                    "\(configuration.queueLimit) callers wait for the database already"
                )
            )
        }
        self[keyPath: queue].append(call)
    }

    /// Fails what waited too long, and gives up connections that have gone silent.
    private func expire() {
        let now = ContinuousClock.now
        guard now >= nextExpiry else { return }
        nextExpiry = now + .milliseconds(20)
        for queue in [\EventLoop.waiting, \EventLoop.waitingForLease] {
            while let call = self[keyPath: queue].first, call.isAnswered || waitEnd(of: call) <= now {
                _ = self[keyPath: queue].popFirst()
                call.fail(
                    PostgresError(
                        .timedOut,
                        .tooManyConnections,
                        "no connection became free: \(describeUse())"
                    )
                )
            }
        }
        for link in links.values {
            if link.state == .connecting || link.state == .settingUp, link.connectDeadline <= now {
                lose(link, "the server did not answer within \(configuration.connectTimeout)")
            }
            for call in callers(of: link) where call.deadline <= now && !call.isAnswered {
                var error = PostgresError(.timedOut, .queryCanceled, "the database did not answer in time")
                error.mayHaveHappened = call.isSent
                call.fail(error)
                if link.lane == .exclusive { interrupt(link) }
            }
            // The server ends statements by itself; one that does not even do that has gone.
            if let since = link.busySince, since + configuration.statementTimeout + .seconds(5) <= now {
                lose(link, "the server has been silent for too long")
            }
        }
    }

    private func waitEnd(of call: Call) -> ContinuousClock.Instant {
        call.deadline
    }

    private func callers(of link: Link) -> [Call] {
        let segments = link.expected.all.compactMap { expectation -> Call? in
            if case .sync(let call) = expectation { call } else { nil }
        }
        return segments + (link.simple.map { [$0] } ?? [])
    }

    private func describeUse() -> String {
        let shared = links.values.filter { $0.lane == .shared && $0.state == .ready }.count
        let lent = links.values.filter(\.isLent).count
        return
            "\(shared) shared connections, \(lent) of \(configuration.exclusiveConnections) exclusive ones in use, "
            + "\(waiting.count + waitingForLease.count) callers waiting"
    }

    private func cancel(_ call: Call) {
        call.isCancelled = true
        guard !call.isAnswered else { return }
        var error = PostgresError.cancelled
        error.mayHaveHappened = call.isSent
        call.fail(error)
        if case .onLink(let link, _) = call.work, !link.isIdle { interrupt(link) }
    }

    /// Asks the server to stop, from another thread, for asking blocks.
    ///
    /// Only where no one else's work can be hit.
    private func interrupt(_ link: Link) {
        guard link.lane == .exclusive, let handle = link.takeCancelHandle() else { return }
        let box = Unmanaged.passRetained(CancelRequest(handle))
        var thread = pthread_t()
        let status = pthread_create(
            &thread,
            nil,
            { pointer in
                guard let pointer else { return nil }
                Unmanaged<CancelRequest>.fromOpaque(pointer).takeRetainedValue().send()
                return nil
            },
            box.toOpaque()
        )
        if status == 0 { pthread_detach(thread) } else { box.release() }
    }

    private func takeBack(_ link: Link, isClean: Bool) {
        link.isLent = false
        link.listener = nil
        guard link.state == .ready else { return }
        // A COPY that nobody goes on with cannot be ended politely.
        guard link.mode == .pipeline else {
            return lose(link, "the connection was given back in the middle of its work")
        }
        let isCalm = PQtransactionStatus(link.connection) == PQTRANS_IDLE
        link.needsReset = !isClean || !link.isIdle || !isCalm
    }

    private func connectIfNeeded() {
        guard ContinuousClock.now >= nextAttempt else { return }
        guard !links.values.contains(where: { $0.state == .connecting || $0.state == .settingUp }) else {
            return
        }
        let shared = links.values.filter { $0.lane == .shared && $0.state == .ready }
        let exclusive = links.values.filter { $0.lane == .exclusive && $0.state == .ready }
        let everyoneBusy = shared.allSatisfy { $0.segmentsInFlight > 0 }
        if !waiting.isEmpty || !shared.isEmpty && everyoneBusy,
            shared.count < configuration.sharedConnections, everyoneBusy
        {
            connect(.shared)
        } else if !waitingForLease.isEmpty, !exclusive.contains(where: { !$0.isLent }),
            exclusive.count < configuration.exclusiveConnections
        {
            connect(.exclusive)
        }
    }

    private func connect(_ lane: Lane) {
        lastLink += 1
        let link = Link(number: lastLink, lane: lane, cacheSize: configuration.statementCacheSize)
        let settings: [(String, String)] = [
            ("dbname", configuration.address),
            ("fallback_application_name", configuration.applicationName),
            ("client_encoding", "UTF8"),
        ]
        guard let connection = startConnecting(settings) else {
            return connectionFailed(
                PostgresError(.connection, .cannotConnect, "there is no memory for a connection")
            )
        }
        guard PQstatus(connection) != CONNECTION_BAD else {
            let message = Self.message(of: connection)
            PQfinish(connection)
            return connectionFailed(PostgresError(.connection, .cannotConnect, message))
        }
        link.begin(connection, until: .now + configuration.connectTimeout)
        links[link.number] = link
        PQsetNoticeProcessor(connection, { _, _ in }, nil)
        watch(link, mayRead: false, mayWrite: true)
    }

    private func watch(_ link: Link, mayRead: Bool, mayWrite: Bool) {
        let socket = PQsocket(link.connection)
        link.watch(socket)
        link.wantsWrite = mayWrite
        chapterhouse_epoll_set(epoll, socket, mayRead ? 1 : 0, mayWrite ? 1 : 0, link.number)
    }

    private func serve(_ link: Link) {
        switch link.state {
        case .closed: break
        case .connecting: continueConnecting(link)
        case .settingUp, .ready:
            guard PQconsumeInput(link.connection) == 1 else {
                return lose(link, Self.message(of: link.connection))
            }
            read(link)
            if link.state == .ready { continueCopy(link) }
        }
    }

    private func continueConnecting(_ link: Link) {
        switch PQconnectPoll(link.connection) {
        case PGRES_POLLING_READING: watch(link, mayRead: true, mayWrite: false)
        case PGRES_POLLING_WRITING: watch(link, mayRead: false, mayWrite: true)
        case PGRES_POLLING_OK:
            PQsetnonblocking(link.connection, 1)
            link.beginSetup()
            watch(link, mayRead: true, mayWrite: false)
            let milliseconds = configuration.statementTimeout.milliseconds
            let setup =
                "SET TimeZone = 'UTC'; SET DateStyle = 'ISO'; SET standard_conforming_strings = on; "
                + "SET statement_timeout = \(milliseconds)"
            if PQsendQuery(link.connection, setup) == 0 {
                return lose(link, Self.message(of: link.connection))
            }
            link.mode = .script
            flush(link)
        default: lose(link, Self.message(of: link.connection))
        }
    }

    /// Reads whatever has arrived, in the way of what was sent.
    func read(_ link: Link) {
        while let notice = PQnotifies(link.connection) {
            link.listener?(Notification(notice.pointee))
            PQfreemem(notice)
        }
        switch (link.state, link.mode) {
        case (.settingUp, _): readSetup(link)
        case (_, .pipeline): readPipeline(link)
        case (_, .script): readScript(link)
        case (_, .copyIn): readCopyIn(link)
        case (_, .copyOut): readCopyOut(link)
        }
    }

    private func readSetup(_ link: Link) {
        while PQisBusy(link.connection) == 0 {
            guard let result = PQgetResult(link.connection) else {
                link.mode = .pipeline
                guard PQenterPipelineMode(link.connection) == 1 else {
                    return lose(link, Self.message(of: link.connection))
                }
                link.becomeReady()
                if failedAttempts > 0 { configuration.logger.notice("the database is back") }
                failedAttempts = 0
                return
            }
            let status = PQresultStatus(result)
            let error = PostgresError(result: result, statement: nil)
            PQclear(result)
            if status == PGRES_FATAL_ERROR { return lose(link, error.message, state: error.state) }
        }
    }

    /// Closes a link; whoever waits on it learns that it broke, and whether the work may have been done.
    func lose(_ link: Link, _ message: String, state: SQLState = .connectionFailure) {
        let wasConnecting = link.state == .connecting || link.state == .settingUp
        if link.socket >= 0 { chapterhouse_epoll_forget(epoll, link.socket) }
        var calls: [Call] = link.simple.map { [$0] } ?? []
        for expectation in link.expected.removeAll() {
            if case .sync(let call?) = expectation { calls.append(call) }
        }
        link.close()
        links[link.number] = nil
        for call in calls {
            call.fail(call.failure ?? .lost(message, mayHaveHappened: call.isSent))
        }
        if wasConnecting { connectionFailed(PostgresError(.connection, state, message)) }
    }

    /// One attempt at a time, each a little later than the last; said once, not once per caller.
    private func connectionFailed(_ error: PostgresError) {
        failedAttempts += 1
        let most = min(2000, 50 << min(failedAttempts, 6))
        nextAttempt = .now + .milliseconds(Int.random(in: most / 2...most))
        if failedAttempts == 1 {
            configuration.logger.error("the database cannot be reached: \(error.message)")
        }
        // A server that is starting, or full for a moment, is worth waiting for, as long as each caller can.
        if error.message.contains("starting up") || error.state == .cannotConnectNow { return }
        for call in waiting.removeAll() + waitingForLease.removeAll() { call.fail(error) }
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
        for call in waiting.removeAll() + waitingForLease.removeAll() { call.fail(error) }
        for link in links.values { lose(link, error.message) }
        close(epoll)
        close(bell)
        for done in whenStopped { done() }
    }

    /// Sends what libpq has buffered, and watches for room where not all of it went.
    func flush(_ link: Link) {
        let rest = PQflush(link.connection)
        guard rest >= 0 else { return lose(link, Self.message(of: link.connection)) }
        if (rest == 1) != link.wantsWrite { watch(link, mayRead: true, mayWrite: rest == 1) }
    }

    static func message(of connection: OpaquePointer?) -> String {
        String(cString: PQerrorMessage(connection)).split(separator: "\n").joined(separator: " ")
    }
}

/// The request to stop what a connection runs; it opens a connection of its own and blocks meanwhile.
private final class CancelRequest {
    private let handle: OpaquePointer

    init(_ handle: OpaquePointer) {
        self.handle = handle
    }

    func send() {
        var reason = [CChar](repeating: 0, count: 256)
        PQcancel(handle, &reason, Int32(reason.count))
        PQfreeCancel(handle)
    }
}

extension Duration {
    var milliseconds: Int64 {
        let (seconds, attoseconds) = components
        return seconds * 1000 + attoseconds / 1_000_000_000_000_000
    }
}

/// Begins to connect, without waiting.
private func startConnecting(_ settings: [(String, String)]) -> OpaquePointer? {
    let names = settings.map { strdup($0.0) }
    let values = settings.map { strdup($0.1) }
    defer { for text in names + values { free(text) } }
    let keywords = names.map { UnsafePointer($0) } + [nil]
    let texts = values.map { UnsafePointer($0) } + [nil]
    return PQconnectStartParams(keywords, texts, 1)
}
