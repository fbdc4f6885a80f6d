internal import CLibPQ
internal import DequeModule
import Glibc
internal import Logging

// How what the server says is read, and whom it is told.
extension EventLoop {
    func serve(_ link: Link) {
        countBytes(of: link)
        guard link.state == .ready else { return }
        guard PQconsumeInput(link.connection) == 1 else {
            // What arrived before the connection broke may say why.
            read(link)
            return lose(link, .lost(Self.message(of: link.connection)))
        }
        if link.busySince != nil { link.busySince = now }
        read(link)
    }

    /// A result that takes more than one reading is on its way to being large.
    private func countBytes(of link: Link) {
        link.readings += 1
        guard link.readings > 1, link.mode == .pipeline || link.mode == .script else { return }
        link.bytesOfResult += Int(chapterhouse_bytes_to_read(link.socket))
        guard link.bytesOfResult > configuration.maximumResultBytes else { return }
        let error = PostgresError.tooLarge(configuration.maximumResultBytes)
        if let guilty = link.calls.first { fail(guilty, error) }
        lose(link, .lost("the connection was given up: \(error.message)"))
    }

    /// Reads whatever has arrived, in the way of what was sent.
    func read(_ link: Link) {
        if link.isListening {
            while let notice = PQnotifies(link.connection) {
                link.listener?(Notification(notice.pointee))
                PQfreemem(notice)
            }
        }
        switch link.mode {
        case .pipeline: readPipeline(link)
        case .script: readScript(link)
        case .copyIn: readCopyIn(link)
        case .copyOut: readCopyOut(link)
        }
    }

    private func readPipeline(_ link: Link) {
        while link.state == .ready, link.mode == .pipeline, let expectation = link.expected.first,
            PQisBusy(link.connection) == 0
        {
            guard let result = PQgetResult(link.connection) else {
                // The end of one statement's results.
                guard PQstatus(link.connection) == CONNECTION_OK else { break }
                if case .sync = expectation {} else { _ = link.expected.popFirst() }
                continue
            }
            link.readings = 0
            link.bytesOfResult = 0
            take(result, for: expectation, on: link)
        }
        guard link.state == .ready else { return }
        // Reading what an idle server says is what makes libpq pass it on.
        if link.expected.isEmpty { _ = PQisBusy(link.connection) }
        if let farewell = link.farewell { return lose(link, farewell) }
        if PQstatus(link.connection) == CONNECTION_BAD {
            return lose(link, .lost(Self.message(of: link.connection)))
        }
        if link.isRetiring, link.isIdle, !link.isLent { close(link) }
    }

    private func take(_ result: OpaquePointer, for expectation: Link.Expectation, on link: Link) {
        let status = PQresultStatus(result)
        if status == PGRES_PIPELINE_SYNC {
            PQclear(result)
            if case .sync(let call) = link.expected.popFirst() { finish(call, on: link) }
            return
        }
        switch expectation {
        case .prepared(let call, let plan):
            if status != PGRES_COMMAND_OK { link.statements.remove(plan) }
            if status == PGRES_FATAL_ERROR { note(result, of: plan.text, for: call, on: link) }
            PQclear(result)
        case .result(let call, let place, let plan):
            switch status {
            case PGRES_TUPLES_OK, PGRES_COMMAND_OK, PGRES_EMPTY_QUERY:
                keep(result, of: plan, for: call, on: link)
            case PGRES_PIPELINE_ABORTED: PQclear(result)
            case PGRES_FATAL_ERROR:
                note(result, of: call?.statements[place].text, for: call, on: link)
                PQclear(result)
            default:
                PQclear(result)
                if call?.failure == nil {
                    let message = "a statement of this kind cannot be a query"
                    call?.failure = PostgresError(.refused, .featureNotSupported, message)
                    call?.failure?.mayHaveHappened = true
                }
            }
        case .sync(let call):
            // What was put off to the commit has failed, and everything with it.
            if status == PGRES_FATAL_ERROR {
                note(result, of: call?.lastText, for: call, on: link, isCommitting: true)
            }
            PQclear(result)
        case .housekeeping: PQclear(result)
        }
    }

    /// libpq keeps the buffer of the largest answer as long as its connection, so one that took more is not kept.
    private static let mostForKeeping = 1 << 20

    private func keep(_ result: OpaquePointer, of plan: Prepared?, for call: Call?, on link: Link) {
        if PQresultMemorySize(result) > Self.mostForKeeping { link.isRetiring = true }
        guard let call else { return PQclear(result) }
        if link.lane == .shared, PQresultStatus(result) == PGRES_COMMAND_OK, Self.beginsTransaction(result) {
            // The statements of others behind it would become part of it, and be lost with it.
            PQclear(result)
            let message = "a transaction needs a connection of its own"
            fail(call, PostgresError(.refused, .featureNotSupported, message))
            return lose(link, .lost(message))
        }
        guard !call.isAnswered else { return PQclear(result) }
        guard PQresultMemorySize(result) <= configuration.maximumResultBytes else {
            PQclear(result)
            call.failure = .tooLarge(configuration.maximumResultBytes)
            return
        }
        let kept = QueryResult(result, plan?.columns)
        plan?.columns = kept.columns
        call.results.append(kept)
    }

    private static func beginsTransaction(_ result: OpaquePointer) -> Bool {
        guard let tag = PQcmdStatus(result) else { return false }
        return strncmp(tag, "BEGIN", 5) == 0 || strncmp(tag, "START", 5) == 0
    }

    private func note(
        _ result: OpaquePointer,
        of text: String?,
        for call: Call?,
        on link: Link,
        isCommitting: Bool = false
    ) {
        var error = PostgresError(result: result, statement: text)
        // All was answered but the commit, and nobody says any more what became of that.
        error.mayHaveHappened = isCommitting && error.endsConnection
        if let call, call.failure == nil { call.failure = error }
        // A connection that could not be tidied is of no use to the next.
        if error.endsConnection || call == nil { lose(link, error) }
    }

    /// A segment is over: its caller gets the results, or the one error that ended it.
    private func finish(_ call: Call?, on link: Link) {
        link.segmentsInFlight -= 1
        link.busySince = link.segmentsInFlight == 0 ? nil : now
        guard let call else { return }
        if let sentAt = call.sentAt { noteDuration(of: call, now - sentAt) }
        guard !call.isAnswered else { return }
        guard let failure = call.failure else { return call.answer(.success(.results(call.results))) }
        guard isStale(failure, of: call, on: link), call.mayRepeat, !call.wasRepeated else {
            return fail(call, failure)
        }
        // The whole segment was undone, so it may be done again; inside a transaction it may not.
        if case .segment = call.work { return queueAgain(call) }
        measurements.repeats += 1
        call.startOver()
        // A transaction that began with it has failed with it.
        tidy(link)
        send(call.statements, for: call, on: link)
    }

    /// Whether a segment failed only by what the connection had been left with: a statement that the server forgot or
    /// whose columns the schema has changed since, or a server that is no longer the one that takes writes.
    private func isStale(_ failure: PostgresError, of call: Call, on link: Link) -> Bool {
        switch failure.state {
        case .invalidStatementName, .featureNotSupported:
            // Where the schema has changed beneath one plan, others have theirs from before it as well.
            if failure.isStalePlan {
                for other in links.all { other.statements.retireAll() }
            }
            for plan in call.statements.compactMap({ link.statements.find($0) }) {
                link.statements.remove(plan)
            }
            return true
        case .readOnlyTransaction where link.isReadOnly:
            link.isRetiring = true
            return link.lane == .shared
        default: return false
        }
    }

    private func noteDuration(of call: Call, _ duration: Duration) {
        measurements.queries.add(duration)
        guard duration >= configuration.slowSegment else { return }
        configuration.logger.notice(
            "the database took long",
            metadata: [
                "milliseconds": "\(duration.milliseconds)", "statement": "\(call.lastText ?? "")",
            ]
        )
    }
}
