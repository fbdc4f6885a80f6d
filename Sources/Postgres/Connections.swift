internal import CLibPQ
import Glibc
internal import Logging

// How connections are opened, lent, given back and given up.
extension EventLoop {
    var exclusiveLinks: Int {
        links.values.count { $0.lane == .exclusive && !$0.isListening }
    }

    /// Opens a connection where somebody waits for one, or the shared ones are all at work; one at a time.
    func connectIfNeeded() {
        guard !isConnecting, neededPlace != nil, .now >= nextAttempt else { return }
        isConnecting = true
        let connector = Connector(configuration: configuration)
        let isStarted = Thread.start { [self] in
            send(.connected(connector.connect()))
        }
        if !isStarted { connected(.failure(.lost("the system has no thread left to connect with"))) }
    }

    private enum Place {
        case shared, exclusive, listening
    }

    private var neededPlace: Place? {
        let shared = links.values.filter { $0.lane == .shared }
        if shared.count < configuration.sharedConnections, !waiting.isEmpty || !shared.isEmpty,
            shared.allSatisfy({ $0.segmentsInFlight > 0 })
        {
            return .shared
        }
        let isNoneFree = !links.values.contains { $0.lane == .exclusive && !$0.isLent }
        if !waitingForLease.isEmpty, isNoneFree, exclusiveLinks < configuration.exclusiveConnections {
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
            outage = nil
            nextAttempt = .now
            // Whoever it was opened for may be gone; then it is kept for the next.
            let place =
                neededPlace ?? (exclusiveLinks < configuration.exclusiveConnections ? .exclusive : nil)
            guard let place else { return }
            lastLink += 1
            link.join(place == .shared ? .shared : .exclusive, as: lastLink)
            links[link.number] = link
            watch(link)
            if place == .listening { lendToListener(link) }
        }
    }

    private func lendToListener(_ link: Link) {
        link.isListening = true
        while let call = waitingToListen.popFirst() {
            guard !call.isAnswered else { continue }
            link.isLent = true
            return call.answer(.success(.link(link)))
        }
        lose(link, .lost("nobody listens any more"))
    }

    /// One attempt at a time, each a little later than the last; said once, not once per caller.
    private func connectionFailed(_ error: PostgresError) {
        failedAttempts += 1
        outage = error
        let most = min(2000, 50 << min(failedAttempts, 6))
        nextAttempt = .now + .milliseconds(Int.random(in: most / 2...most))
        if failedAttempts == 1 {
            configuration.logger.error("the database cannot be reached: \(error.message)")
        }
        // A server that is starting, or full for a moment, is worth waiting for, as long as each caller can.
        guard !error.passesSoon else { return }
        if !links.values.contains(where: { $0.lane == .shared }) {
            for call in waiting.removeAll() { call.fail(error) }
        }
        if exclusiveLinks == 0 {
            for call in waitingForLease.removeAll() { call.fail(error) }
        }
        for call in waitingToListen.removeAll() { call.fail(error) }
    }

    func takeBack(_ link: Link, resetting: Bool) {
        link.isLent = false
        guard link.state == .ready else { return }
        guard link.isIdle, !link.isListening else {
            return lose(link, .lost("the connection was given back in the midst of something"))
        }
        link.needsReset = resetting
    }

    /// Ends whatever the last holder left open, and forgets what he set.
    func tidy(_ link: Link) {
        var chores: [SQL] = PQtransactionStatus(link.connection) == PQTRANS_IDLE ? [] : ["ROLLBACK"]
        if link.needsReset {
            chores += ["DISCARD ALL", SQL(stringLiteral: Connector.settings(configuration))]
            link.statements.removeAll()
            link.needsReset = false
        }
        for chore in chores {
            guard let statement = try? Statement(chore) else { continue }
            send([statement], for: nil, on: link, preparing: false)
        }
    }

    /// Ends the wait for an answer on a connection.
    ///
    /// One that only this caller uses is closed, and the server asked to stop: whoever got it next could be hit by a
    /// request to stop that comes late.
    func giveUp(_ call: Call, on link: Link, _ reason: PostgresError) {
        var error = reason
        error.mayHaveHappened = call.isSent
        error.statement = call.lastText
        call.fail(error)
        guard link.lane == .exclusive, link.state == .ready else { return }
        Thread.cancel(link)
        lose(link, reason)
    }

    /// Closes a link; whoever waits on it learns that it broke, and whether the work may have been done.
    func lose(_ link: Link, _ reason: PostgresError) {
        guard links[link.number] === link else { return }
        links[link.number] = nil
        forget(link)
        let calls = link.calls
        let listener = link.listener
        link.close()
        for (index, call) in calls.enumerated() where !call.isAnswered {
            // The server works in order: after its last word nothing behind the first segment had begun.
            if index > 0, reason.kind == .server, link.lane == .shared, !call.wasRepeated {
                call.startOver()
                waiting.append(call)
                continue
            }
            var error = call.failure ?? reason
            if index > 0 || reason.kind != .server { error.mayHaveHappened = call.isSent }
            error.statement = error.statement ?? call.lastText
            call.fail(error)
        }
        listener?(nil)
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
