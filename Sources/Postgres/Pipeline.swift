internal import CLibPQ
import Glibc

// How segments are sent and answered in pipeline mode.
extension EventLoop {
    /// The most segments that wait for their answers on one shared connection.
    private static let depth = 64

    /// Sends what waits, as far as there are connections for it.
    func pump() {
        while let call = waiting.first {
            if call.isAnswered {
                _ = waiting.popFirst()
                continue
            }
            let ready = links.values.filter { $0.lane == .shared && $0.segmentsInFlight < Self.depth }
            guard let link = ready.min(by: { $0.segmentsInFlight < $1.segmentsInFlight }) else { break }
            guard isAlive(link) else { continue }
            _ = waiting.popFirst()
            guard case .segment(let statements) = call.work else { continue }
            send(statements, for: call, on: link)
        }
        for link in links.values where link.lane == .exclusive && !link.isLent && link.isIdle {
            tidy(link)
            guard link.isIdle, !waitingForLease.isEmpty, isAlive(link), let call = nextLease() else {
                continue
            }
            link.isLent = true
            call.answer(.success(.link(link)))
        }
        for link in links.values where link.segmentsInFlight > 0 || link.mode != .pipeline {
            flush(link)
            if link.mode == .copyIn { continueCopyIn(link) }
        }
    }

    private func nextLease() -> Call? {
        while let call = waitingForLease.popFirst() {
            if !call.isAnswered { return call }
        }
        return nil
    }

    /// Whether an idle connection still stands; one that the server closed meanwhile is given up before anything is
    /// sent on it, so that nobody's request is lost.
    private func isAlive(_ link: Link) -> Bool {
        guard link.segmentsInFlight == 0 else { return true }
        guard PQconsumeInput(link.connection) == 1, PQstatus(link.connection) == CONNECTION_OK else {
            lose(link, .lost(Self.message(of: link.connection)))
            return false
        }
        read(link)
        return link.state == .ready
    }

    func send(_ statements: [Statement], for call: Call?, on link: Link, preparing: Bool = true) {
        call?.isSent = true
        call?.link = link
        if link.busySince == nil { link.busySince = .now }
        call?.mayRepeat = link.lane == .shared || PQtransactionStatus(link.connection) == PQTRANS_IDLE
        // A statement that cannot be prepared would fail under a name again; without one it says why.
        let preparing = preparing && call?.wasRepeated != true
        let isTidy = sendHousekeeping(on: link)
        for (index, statement) in statements.enumerated() {
            guard isTidy, send(statement, at: index, for: call, on: link, preparing: preparing) else {
                link.expected.append(.sync(call))
                return lose(link, .lost(Self.message(of: link.connection)))
            }
        }
        link.expected.append(.sync(call))
        link.segmentsInFlight += 1
        guard PQpipelineSync(link.connection) == 1 else {
            return lose(link, .lost(Self.message(of: link.connection)))
        }
    }

    /// Gives statements back to the server, outside of anybody's segment or transaction.
    private func sendHousekeeping(on link: Link) -> Bool {
        guard link.lane == .shared || PQtransactionStatus(link.connection) == PQTRANS_IDLE else {
            return true
        }
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

    private func send(
        _ statement: Statement,
        at index: Int,
        for call: Call?,
        on link: Link,
        preparing: Bool
    ) -> Bool {
        guard configuration.preparesStatements, preparing else {
            link.expected.append(.result(call, index: index, text: statement.text))
            return statement.withArguments { count, types, values, lengths, formats in
                PQsendQueryParams(link.connection, statement.text, count, types, values, lengths, formats, 1)
                    == 1
            }
        }
        let key = statement.key
        var name = link.statements.name(of: key)
        if name == nil {
            let new = link.statements.add(key)
            link.expected.append(.prepared(call, key))
            guard
                PQsendPrepare(
                    link.connection,
                    new,
                    statement.text,
                    Int32(statement.types.count),
                    statement.types
                ) == 1
            else {
                return false
            }
            name = new
        }
        link.expected.append(.result(call, index: index, text: statement.text))
        return statement.withArguments { count, _, values, lengths, formats in
            PQsendQueryPrepared(link.connection, name, count, values, lengths, formats, 1) == 1
        }
    }

    func readPipeline(_ link: Link) {
        while link.state == .ready, link.mode == .pipeline, !link.expected.isEmpty,
            PQisBusy(link.connection) == 0
        {
            guard let result = PQgetResult(link.connection) else {
                // The end of one statement's results.
                guard PQstatus(link.connection) == CONNECTION_OK else { break }
                if case .sync = link.expected.first {} else { _ = link.expected.popFirst() }
                continue
            }
            link.readings = 0
            link.bytesOfResult = 0
            if link.busySince != nil { link.busySince = .now }
            take(result, on: link)
        }
        guard link.state == .ready else { return }
        // Reading what an idle server says is what makes libpq pass it on.
        if link.expected.isEmpty { _ = PQisBusy(link.connection) }
        if let farewell = link.farewell { return lose(link, farewell) }
        if PQstatus(link.connection) == CONNECTION_BAD {
            lose(link, .lost(Self.message(of: link.connection)))
        }
    }

    private func take(_ result: OpaquePointer, on link: Link) {
        let status = PQresultStatus(result)
        if status == PGRES_PIPELINE_SYNC {
            PQclear(result)
            if case .sync(let call) = link.expected.popFirst() { finish(call, on: link) }
            return
        }
        switch link.expected.first {
        case .prepared(let call, let key):
            if status != PGRES_COMMAND_OK { link.statements.remove(key) }
            if status == PGRES_FATAL_ERROR { note(result, of: key.text, for: call, on: link) }
            PQclear(result)
        case .result(let call, _, let text):
            switch status {
            case PGRES_TUPLES_OK, PGRES_COMMAND_OK, PGRES_EMPTY_QUERY: keep(result, for: call, on: link)
            case PGRES_PIPELINE_ABORTED: PQclear(result)
            case PGRES_FATAL_ERROR:
                note(result, of: text, for: call, on: link)
                PQclear(result)
            default:
                PQclear(result)
                if call?.failure == nil {
                    call?.failure = PostgresError(
                        .refused,
                        .featureNotSupported,
                        "a statement of this kind cannot be a query"
                    )
                }
            }
        case .sync(let call):
            // What was put off to the commit has failed, and everything with it.
            if status == PGRES_FATAL_ERROR {
                note(result, of: call?.lastText, for: call, on: link, isCommitting: true)
            }
            PQclear(result)
        case .housekeeping, nil: PQclear(result)
        }
    }

    private func keep(_ result: OpaquePointer, for call: Call?, on link: Link) {
        guard let call else { return PQclear(result) }
        if link.lane == .shared, PQresultStatus(result) == PGRES_COMMAND_OK, Self.beginsTransaction(result) {
            // The statements of others behind it would become part of it, and be lost with it.
            PQclear(result)
            let message = "a transaction needs a connection of its own"
            call.fail(PostgresError(.refused, .featureNotSupported, message))
            return lose(link, .lost(message))
        }
        guard !call.isAnswered else { return PQclear(result) }
        let size = PQresultMemorySize(result)
        guard size <= configuration.maximumResultBytes else {
            PQclear(result)
            call.failure = .tooLarge(configuration.maximumResultBytes)
            return
        }
        call.results.append(QueryResult(result))
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
        link.busySince = link.segmentsInFlight == 0 ? nil : .now
        guard let call, !call.isAnswered else { return }
        guard let failure = call.failure else { return call.answer(.success(.results(call.results))) }
        guard failure.state == .invalidStatementName || failure.state == .featureNotSupported else {
            return call.fail(failure)
        }
        for statement in call.statements {
            // A statement that the server forgot, or whose columns the schema has changed since.
            if failure.state == .featureNotSupported {
                link.statements.retire(statement.key)
            } else {
                link.statements.remove(statement.key)
            }
        }
        guard call.mayRepeat, !call.wasRepeated else { return call.fail(failure) }
        // The whole segment was undone, so it may be done again; inside a transaction it may not.
        call.startOver()
        if case .segment = call.work { return waiting.append(call) }
        send(call.statements, for: call, on: link)
    }
}

extension Statement {
    /// Lends the arguments in the form that libpq wants them.
    func withArguments<Value>(
        _ body: (
            Int32, UnsafePointer<UInt32>?, UnsafePointer<UnsafePointer<CChar>?>?, UnsafePointer<Int32>?,
            UnsafePointer<Int32>?
        ) -> Value
    ) -> Value {
        guard !types.isEmpty else { return body(0, nil, nil, nil, nil) }
        // libpq takes NULL for a missing base address, so empty values point at something.
        let padded = bytes.isEmpty ? [0] : bytes
        return padded.withUnsafeBytes { buffer in
            var offset = 0
            let base = buffer.baseAddress?.assumingMemoryBound(to: CChar.self)
            let values = lengths.map { length -> UnsafePointer<CChar>? in
                defer { offset += max(0, Int(length)) }
                return length < 0 ? nil : base.map { $0 + min(offset, buffer.count - 1) }
            }
            let formats = [Int32](repeating: 1, count: types.count)
            let sizes = lengths.map { max(0, $0) }
            return body(Int32(types.count), types, values, sizes, formats)
        }
    }
}
