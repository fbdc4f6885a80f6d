internal import CLibPQ
internal import DequeModule
import Glibc

// How segments are sent in pipeline mode.
extension EventLoop {
    /// The most segments that wait for their answers on one shared connection.
    static let depth = 64

    /// Sends what waits, as far as there are connections for it.
    func pump() {
        while !waiting.isEmpty, let link = links.withRoom(below: Self.depth), let call = waiting.next() {
            if case .segment(let statements) = call.work { send(statements, for: call, on: link) }
        }
        for link in links.exclusive where !link.isLent && link.isIdle {
            lend(link)
        }
        for link in links.shared where link.needsFlush || link.wantsWrite { flush(link) }
        for link in links.exclusive where link.needsFlush || link.wantsWrite {
            flush(link)
            if link.mode == .copyIn { continueCopyIn(link) }
        }
    }

    /// Gives a free connection to whoever waits for one, as soon as nothing of its last holder is left.
    private func lend(_ link: Link) {
        tidy(link)
        guard link.isIdle, !waitingForLease.isEmpty, isAlive(link), let call = waitingForLease.next() else {
            return
        }
        link.isLent = true
        noteWait(of: call)
        call.answer(.success(.link(link)))
    }

    /// Whether an idle connection still stands; one that the server closed meanwhile is given up before anybody gets
    /// it.
    private func isAlive(_ link: Link) -> Bool {
        guard PQconsumeInput(link.connection) == 1, PQstatus(link.connection) == CONNECTION_OK else {
            lose(link, .lost(Self.message(of: link.connection)))
            return false
        }
        read(link)
        return link.state == .ready
    }

    func noteWait(of call: Call) {
        if let queuedAt = call.queuedAt { measurements.waits.add(now - queuedAt) }
    }

    func send(_ statements: [SQL], for call: Call?, on link: Link, preparing: Bool = true) {
        if let call {
            call.isSent = true
            call.link = link
            call.sentAt = now
            call.mayRepeat =
                link.lane == .shared || PQtransactionStatus(link.connection) == PQTRANS_IDLE
            if link.lane == .shared { noteWait(of: call) }
        }
        if link.busySince == nil { link.busySince = now }
        // A statement that cannot be prepared would fail under a name again; without one it says why.
        let preparing = preparing && configuration.preparesStatements && call?.wasRepeated != true
        let isTidy = sendHousekeeping(on: link)
        for (place, statement) in statements.enumerated() {
            let isSent =
                isTidy
                && (preparing
                    ? sendPrepared(statement, at: place, for: call, on: link)
                    : sendUnnamed(statement, at: place, for: call, on: link))
            guard isSent else {
                link.expected.append(.sync(call))
                return lose(link, .lost(Self.message(of: link.connection)))
            }
        }
        link.expected.append(.sync(call))
        link.segmentsInFlight += 1
        link.needsFlush = true
        guard PQpipelineSync(link.connection) == 1 else {
            return lose(link, .lost(Self.message(of: link.connection)))
        }
    }

    /// Gives statements back to the server, outside of anybody's segment or transaction.
    private func sendHousekeeping(on link: Link) -> Bool {
        guard link.statements.hasRetired,
            link.lane == .shared || PQtransactionStatus(link.connection) == PQTRANS_IDLE
        else { return true }
        for name in link.statements.takeRetired() {
            link.expected.append(.housekeeping)
            let isSent =
                PQsendQueryParams(link.connection, "DEALLOCATE \(name)", 0, nil, nil, nil, nil, 1) == 1
            link.expected.append(.sync(nil))
            guard isSent, PQpipelineSync(link.connection) == 1 else { return false }
            link.segmentsInFlight += 1
        }
        return true
    }

    private func sendUnnamed(_ statement: SQL, at place: Int, for call: Call?, on link: Link) -> Bool {
        link.expected.append(.result(call, place: place, nil))
        return arguments.lend(statement) { count, types, values, lengths, formats in
            PQsendQueryParams(link.connection, statement.text, count, types, values, lengths, formats, 1) == 1
        }
    }

    private func sendPrepared(_ statement: SQL, at place: Int, for call: Call?, on link: Link) -> Bool {
        arguments.lend(statement) { count, types, values, lengths, formats in
            let plan: Prepared
            if let known = link.statements.find(statement) {
                plan = known
            } else {
                plan = link.statements.add(statement)
                link.expected.append(.prepared(call, plan))
                guard PQsendPrepare(link.connection, plan.name, statement.text, count, types) == 1 else {
                    return false
                }
            }
            link.expected.append(.result(call, place: place, plan))
            return PQsendQueryPrepared(link.connection, plan.name, count, values, lengths, formats, 1) == 1
        }
    }

    /// Sends what libpq has buffered, and watches for room where not all of it went.
    func flush(_ link: Link) {
        let rest = PQflush(link.connection)
        guard rest >= 0 else { return lose(link, .lost(Self.message(of: link.connection))) }
        link.needsFlush = false
        link.wantsWrite = rest == 1
        watchIfChanged(link)
    }

    /// Tells the system what to wait for on the link's socket.
    func watchIfChanged(_ link: Link) {
        // Rows that nobody has asked for yet stay where they are.
        link.wantsRead = link.mode != .copyOut || link.simple != nil
        guard link.state == .ready, (link.wantsRead, link.wantsWrite) != link.watched else { return }
        link.watched = (link.wantsRead, link.wantsWrite)
        watch(link)
    }

    func watch(_ link: Link) {
        chapterhouse_epoll_set(
            epoll,
            link.socket,
            link.wantsRead ? 1 : 0,
            link.wantsWrite ? 1 : 0,
            link.number
        )
    }

    static func message(of connection: OpaquePointer?) -> String {
        String(cString: PQerrorMessage(connection)).split(separator: "\n").joined(separator: " ")
    }
}
