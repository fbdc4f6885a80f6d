internal import CLibPQ
import Glibc

// What runs outside pipeline mode, on a connection that one caller holds: scripts and COPY.
extension EventLoop {
    func perform(_ operation: Call.Operation, for call: Call, on link: Link) {
        guard link.state == .ready else {
            return fail(call, .lost("the connection was lost before this was sent"))
        }
        guard link.isIdle || link.mode != .pipeline && link.simple == nil else {
            return fail(
                call,
                PostgresError(.refused, .featureNotSupported, "the connection is at work on something else")
            )
        }
        switch (operation, link.mode, link.copy) {
        case (.segment(let statements), .pipeline, _): send(statements, for: call, on: link)
        case (.script(let text), .pipeline, _): begin(text, as: .script, for: call, on: link)
        case (.copyIn(let text), .pipeline, _): begin(text, as: .copyIn, for: call, on: link)
        case (.copyOut(let text), .pipeline, _): begin(text, as: .copyOut, for: call, on: link)
        case (.copyData, .copyIn, .underWay), (.copyEnd, .copyIn, .underWay):
            take(call, on: link)
            if case .copyData(let bytes) = operation { link.copied = bytes }
            call.isAccepted = false
            continueCopyIn(link)
        case (.copyNext, .copyOut, _):
            take(call, on: link)
            readCopyOut(link)
            if link.state == .ready { watchIfChanged(link) }
        default:
            fail(call, PostgresError(.refused, .featureNotSupported, "a COPY is under way, or none is"))
        }
    }

    private func take(_ call: Call, on link: Link) {
        call.isSent = true
        call.link = link
        link.simple = call
        link.busySince = now
    }

    private func begin(_ text: String, as mode: Link.Mode, for call: Call, on link: Link) {
        guard PQexitPipelineMode(link.connection) == 1 else {
            return lose(link, .lost(Self.message(of: link.connection)))
        }
        take(call, on: link)
        link.mode = mode
        link.copy = .starting
        guard PQsendQuery(link.connection, text) == 1 else {
            return lose(link, .lost(Self.message(of: link.connection)))
        }
        flush(link)
    }

    func readScript(_ link: Link) {
        while link.state == .ready, link.mode == .script, PQisBusy(link.connection) == 0 {
            guard let result = PQgetResult(link.connection) else { return leaveSimpleMode(link) }
            take(result, for: link.simple, on: link)
        }
    }

    func readCopyIn(_ link: Link) {
        guard link.copy != .underWay else { return }
        while link.state == .ready, link.mode == .copyIn, PQisBusy(link.connection) == 0 {
            guard let result = PQgetResult(link.connection) else { return leaveSimpleMode(link) }
            if link.copy == .starting, PQresultStatus(result) == PGRES_COPY_IN {
                PQclear(result)
                link.copy = .underWay
                return answer(link, .results([]))
            }
            take(result, for: link.simple, on: link)
        }
    }

    /// Puts bytes, or the end of them, where libpq has room; the caller goes on when they are on their way.
    func continueCopyIn(_ link: Link) {
        guard link.copy == .underWay, let call = link.simple, case .onLink(_, let operation) = call.work
        else { return }
        if !call.isAccepted {
            let taken: Int32 =
                switch operation {
                case .copyEnd(let reason): PQputCopyEnd(link.connection, reason)
                default:
                    link.copied.withUnsafeBytes {
                        PQputCopyData(
                            link.connection,
                            $0.baseAddress?.assumingMemoryBound(to: CChar.self),
                            Int32(clamping: $0.count)
                        )
                    }
                }
            guard taken >= 0 else { return lose(link, .lost(Self.message(of: link.connection))) }
            call.isAccepted = taken == 1
        }
        flush(link)
        guard link.state == .ready, call.isAccepted else { return }
        if case .copyEnd = operation {
            link.copy = .ending
            return readCopyIn(link)
        }
        guard !link.wantsWrite else { return }
        link.copied = []
        answer(link, .chunk(nil))
    }

    func readCopyOut(_ link: Link) {
        while link.state == .ready, link.mode == .copyOut, let call = link.simple {
            guard link.copy == .underWay else {
                guard PQisBusy(link.connection) == 0 else { return }
                guard let result = PQgetResult(link.connection) else { return leaveSimpleMode(link) }
                if link.copy == .starting, PQresultStatus(result) == PGRES_COPY_OUT {
                    PQclear(result)
                    link.copy = .underWay
                    return answer(link, .results([]))
                }
                take(result, for: call, on: link)
                continue
            }
            guard collectRows(link) else { return }
        }
    }

    /// Gathers the rows that have arrived; false when the caller has got some, or has to wait.
    private func collectRows(_ link: Link) -> Bool {
        while link.copied.count < 64 << 10 {
            var buffer: UnsafeMutablePointer<CChar>?
            let length = PQgetCopyData(link.connection, &buffer, 1)
            guard length > 0, let buffer else {
                if length != 0 { link.copy = .ending }
                break
            }
            link.copied.append(contentsOf: UnsafeRawBufferPointer(start: buffer, count: Int(length)))
            PQfreemem(buffer)
        }
        guard !link.copied.isEmpty else { return link.copy == .ending }
        let rows = link.copied
        link.copied = []
        answer(link, .chunk(rows))
        return false
    }

    private func answer(_ link: Link, _ answer: Call.Answer) {
        let call = link.simple
        link.simple = nil
        link.busySince = nil
        call?.answer(.success(answer))
        watchIfChanged(link)
    }

    private func take(_ result: OpaquePointer, for call: Call?, on link: Link) {
        switch PQresultStatus(result) {
        case PGRES_FATAL_ERROR:
            let error = PostgresError(result: result, statement: call?.lastText)
            PQclear(result)
            if call?.failure == nil { call?.failure = error }
            if error.endsConnection { lose(link, error) }
        case PGRES_COPY_IN, PGRES_COPY_OUT, PGRES_COPY_BOTH:
            PQclear(result)
            let error = PostgresError(.refused, .featureNotSupported, "COPY cannot be part of a script")
            call?.failure = error
            lose(link, error)
        default:
            call?.results = [QueryResult(result, nil)]
        }
    }

    private func leaveSimpleMode(_ link: Link) {
        guard PQstatus(link.connection) == CONNECTION_OK, PQenterPipelineMode(link.connection) == 1 else {
            return lose(link, .lost(Self.message(of: link.connection)))
        }
        let call = link.simple
        let wasCopyingOut = link.mode == .copyOut
        link.simple = nil
        link.busySince = nil
        link.mode = .pipeline
        watchIfChanged(link)
        guard let call else { return }
        if let failure = call.failure { return fail(call, failure) }
        call.answer(.success(wasCopyingOut ? .chunk(nil) : .results(call.results)))
    }
}
