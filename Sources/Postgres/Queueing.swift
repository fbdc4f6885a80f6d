internal import Logging

// How calls come in, wait for a connection, and stop waiting.
extension EventLoop {
    func accept(_ call: Call) {
        call.hasArrived = true
        call.queuedAt = now
        guard !call.isCancelled else { return fail(call, .cancelled) }
        if let deadline = call.deadline, deadline <= now { return fail(call, .late) }
        switch call.work {
        case .segment(let statements):
            if waiting.isEmpty, let link = links.withRoom(below: Self.depth) {
                send(statements, for: call, on: link)
            } else {
                enqueue(call, in: \.waiting, unless: !links.shared.isEmpty)
            }
        case .lease(.work): enqueue(call, in: \.waitingForLease, unless: links.exclusiveCount > 0)
        case .lease(.listening): enqueue(call, in: \.waitingToListen, unless: false)
        case .onLink(let link, let operation): perform(operation, for: call, on: link)
        }
    }

    /// Lets a call wait, unless it would wait in vain: too many do already, or the server was just found unreachable.
    private func enqueue(
        _ call: Call,
        in queue: ReferenceWritableKeyPath<EventLoop, FairQueue>,
        unless hasConnection: Bool
    ) {
        if let outage, !hasConnection, !isConnecting, now < nextAttempt, !outage.passesSoon {
            return fail(call, outage)
        }
        call.queuedUntil = now + configuration.waitTimeout
        let limit = configuration.queueLimit
        if self[keyPath: queue].count >= limit, let victim = self[keyPath: queue].makeRoom(for: call) {
            let message = "\(limit) callers wait for the database already"
            fail(victim, PostgresError(.timedOut, .tooManyConnections, message))
            if victim === call { return }
        }
        self[keyPath: queue].append(call)
    }

    /// Lets a segment of which nothing was done wait once more, as long as any other.
    func queueAgain(_ call: Call) {
        measurements.repeats += 1
        call.startOver()
        call.queuedAt = now
        call.queuedUntil = now + configuration.waitTimeout
        waiting.append(call)
    }

    /// Fails what waited too long, and gives up connections that have gone silent.
    func expire() {
        guard nextLook <= now else { return }
        nextLook = now + .milliseconds(20)
        for queue in [\EventLoop.waiting, \.waitingForLease, \.waitingToListen]
        where !self[keyPath: queue].isEmpty {
            for call in self[keyPath: queue].all where !call.isAnswered && call.hasWaitedEnough(at: now) {
                var error = PostgresError(.timedOut, outage?.state ?? .tooManyConnections, describeUse())
                error.detail = outage.map { "The last attempt to connect: \($0.message)" }
                fail(call, error)
            }
        }
        for link in links.all where link.busySince != nil || !link.isIdle {
            for call in link.calls where !call.isAnswered && call.deadline.map({ $0 <= now }) == true {
                giveUp(call, on: link, .late)
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
        let lent = links.exclusive.count { $0.isLent && !$0.isListening }
        return "no connection became free: \(links.shared.count) shared connections, "
            + "\(lent) of \(configuration.exclusiveConnections) exclusive ones in use, "
            + "\(waiting.count + waitingForLease.count) callers waiting"
    }

    func cancel(_ call: Call) {
        guard call.hasArrived else {
            call.isCancelled = true
            return
        }
        guard !call.isAnswered else { return }
        guard let link = call.link else { return fail(call, .cancelled) }
        giveUp(call, on: link, .cancelled)
    }

    /// Ends the wait for an answer on a connection.
    ///
    /// One that only this caller uses is closed, and the server asked to stop: whoever got it next could be hit by a
    /// request to stop that comes late.
    private func giveUp(_ call: Call, on link: Link, _ reason: PostgresError) {
        var error = reason
        error.mayHaveHappened = call.isSent
        fail(call, error)
        guard link.lane == .exclusive, link.state == .ready else { return }
        Thread.cancel(link)
        close(link)
    }

    /// Tells a caller what went wrong; said once, and counted.
    func fail(_ call: Call, _ error: PostgresError) {
        guard !call.isAnswered else { return }
        var error = error
        error.statement = error.statement ?? call.lastText
        measurements.failures[error.state.category, default: 0] += 1
        configuration.logger.debug(
            "a statement failed",
            metadata: ["sqlstate": "\(error.state)", "statement": "\(error.statement ?? "")"]
        )
        call.answer(.failure(error))
    }
}

extension Call {
    fileprivate func hasWaitedEnough(at now: ContinuousClock.Instant) -> Bool {
        if let deadline, deadline <= now { return true }
        return queuedUntil.map { $0 <= now } ?? false
    }
}
