internal import CLibPQ
import Glibc
internal import Logging

// How connections are opened, lent, given back and given up.
extension EventLoop {
    /// Opens a connection where somebody waits for one, or the shared ones are all at work; one at a time.
    func connectIfNeeded() {
        guard !isConnecting, neededPlace != nil, now >= nextAttempt else { return }
        isConnecting = true
        let connector = Connector(configuration: configuration)
        let isStarted = Thread.start("postgres-connect") { [self] in
            send(.connected(connector.connect()))
        }
        if !isStarted { connected(.failure(.lost("the system has no thread left to connect with"))) }
    }

    private enum Place {
        case shared, exclusive, listening
    }

    private var neededPlace: Place? {
        let shared = links.shared.filter { !$0.isRetiring }
        if shared.count < configuration.sharedConnections, !waiting.isEmpty || !shared.isEmpty,
            shared.allSatisfy({ $0.segmentsInFlight > 0 })
        {
            return .shared
        }
        let isNoneFree = !links.exclusive.contains { !$0.isLent }
        if !waitingForLease.isEmpty, isNoneFree, links.exclusiveCount < configuration.exclusiveConnections {
            return .exclusive
        }
        return waitingToListen.isEmpty ? nil : .listening
    }

    func connected(_ outcome: Result<Link, PostgresError>) {
        isConnecting = false
        switch outcome {
        case .failure(let error): connectionFailed(error)
        case .success(let link):
            if failedAttempts > 0 { configuration.logger.notice("the database is back") }
            failedAttempts = 0
            measurements.connects += 1
            outage = nil
            nextAttempt = now
            // Whoever it was opened for may be gone; then it is kept for the next.
            let place =
                neededPlace ?? (links.exclusiveCount < configuration.exclusiveConnections ? .exclusive : nil)
            guard let place else { return }
            links.add(link, to: place == .shared ? .shared : .exclusive)
            watch(link)
            if place == .listening { lendToListener(link) }
        }
    }

    private func lendToListener(_ link: Link) {
        link.isListening = true
        guard let call = waitingToListen.next() else {
            close(link)
            return
        }
        link.isLent = true
        call.answer(.success(.link(link)))
    }

    /// One attempt at a time, each a little later than the last; said once, not once per caller.
    private func connectionFailed(_ error: PostgresError) {
        failedAttempts += 1
        measurements.failedConnects += 1
        outage = error
        let most = min(2000, 50 << min(failedAttempts, 6))
        nextAttempt = now + .milliseconds(Int.random(in: most / 2...most))
        if failedAttempts == 1 {
            configuration.logger.error("the database cannot be reached: \(error.message)")
        }
        // A server that is starting, or full for a moment, is worth waiting for, as long as each caller can.
        guard !error.passesSoon else { return }
        if links.shared.isEmpty {
            for call in waiting.removeAll() { fail(call, error) }
        }
        if links.exclusiveCount == 0 {
            for call in waitingForLease.removeAll() { fail(call, error) }
        }
        for call in waitingToListen.removeAll() { fail(call, error) }
    }

    func takeBack(_ link: Link, resetting: Bool) {
        link.isLent = false
        guard link.state == .ready else { return }
        // One given back in the midst of something would answer the next holder with that.
        guard link.isIdle, !link.isListening, !link.isRetiring else {
            close(link)
            return
        }
        link.needsReset = resetting
    }

    /// Ends whatever the last holder left open, and forgets what he set.
    func tidy(_ link: Link) {
        guard link.needsReset || PQtransactionStatus(link.connection) != PQTRANS_IDLE else { return }
        var chores: [SQL] = PQtransactionStatus(link.connection) == PQTRANS_IDLE ? [] : ["ROLLBACK"]
        if link.needsReset {
            chores += ["DISCARD ALL", SQL(stringLiteral: Connector.settings(configuration))]
            link.statements.removeAll()
            link.needsReset = false
        }
        for chore in chores {
            send([chore], for: nil, on: link, preparing: false)
        }
    }

    /// Closes a link; whoever waits on it learns that it broke, and whether the work may have been done.
    func lose(_ link: Link, _ reason: PostgresError) {
        let calls = link.calls
        guard close(link) else { return }
        measurements.lostConnections += 1
        for (index, call) in calls.enumerated() where !call.isAnswered {
            // The server works in order: after its last word nothing behind the first segment had begun.
            if index > 0, reason.kind == .server, link.lane == .shared, !call.wasRepeated {
                queueAgain(call)
                continue
            }
            var error = call.failure ?? reason
            // What the server refused is undone, even if it could not say so to the end.
            let isRefused = call.failure.map { $0.kind == .server && !$0.endsConnection } ?? false
            if !isRefused, index > 0 || reason.kind != .server { error.mayHaveHappened = call.isSent }
            fail(call, error)
        }
    }

    /// Ends a connection of ours; false when that was done already.
    @discardableResult
    func close(_ link: Link) -> Bool {
        guard links.remove(link) else { return false }
        chapterhouse_epoll_forget(epoll, link.socket)
        let listener = link.listener
        link.close()
        listener?(nil)
        return true
    }
}

extension PostgresError {
    /// Whether the server said that it will be there for more callers before long.
    var passesSoon: Bool {
        state == .cannotConnectNow || state == .tooManyConnections
    }

    /// Whether the server closes the connection after saying this.
    var endsConnection: Bool {
        kind == .connection || severity == "FATAL" || severity == "PANIC"
    }
}
