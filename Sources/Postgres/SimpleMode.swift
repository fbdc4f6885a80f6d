internal import CLibPQ

// What runs outside pipeline mode, on a connection that one caller holds: scripts and COPY.
extension EventLoop {
    func perform(_ operation: Call.Operation, for call: Call, on link: Link) {
        guard link.state == .ready else {
            return call.fail(.lost("the connection was lost before this was sent", mayHaveHappened: false))
        }
        switch operation {
        case .segment(let statements): send(statements, for: call, on: link)
        case .script(let text): begin(text, as: .script, for: call, on: link)
        case .copyIn(let text): begin(text, as: .copyIn, for: call, on: link)
        case .copyOut(let text): begin(text, as: .copyOut, for: call, on: link)
        case .copyData(let bytes): put(bytes, for: call, on: link)
        case .copyEnd(let reason): endCopy(reason, for: call, on: link)
        case .copyNext:
            link.simple = call
            readCopyOut(link)
        }
    }

    private func begin(_ text: String, as mode: Link.Mode, for call: Call, on link: Link) {
        guard link.isIdle, PQexitPipelineMode(link.connection) == 1 else {
            return call.fail(
                PostgresError(.refused, .featureNotSupported, "the connection is at work on something else")
            )
        }
        call.isSent = true
        link.simple = call
        link.mode = mode
        link.busySince = .now
        guard PQsendQuery(link.connection, text) == 1 else {
            return lose(link, Self.message(of: link.connection))
        }
        flush(link)
    }

    func readScript(_ link: Link) {
        while link.mode == .script, PQisBusy(link.connection) == 0 {
            guard let result = PQgetResult(link.connection) else { return leaveSimpleMode(link) }
            take(result, for: link.simple)
        }
    }

    func readCopyIn(_ link: Link) {
        while link.mode == .copyIn, PQisBusy(link.connection) == 0 {
            guard let result = PQgetResult(link.connection) else { return leaveSimpleMode(link) }
            if PQresultStatus(result) == PGRES_COPY_IN {
                PQclear(result)
                // Said again for as long as COPY goes on; only who began it waits for that.
                guard case .onLink(_, .copyIn) = link.simple?.work else { return }
                let call = link.simple
                link.simple = nil
                link.busySince = nil
                call?.answer(.success(.results([])))
                return
            }
            take(result, for: link.simple)
        }
    }

    private func put(_ bytes: [UInt8], for call: Call, on link: Link) {
        guard link.mode == .copyIn else {
            return call.fail(PostgresError(.refused, .featureNotSupported, "no COPY is under way"))
        }
        link.simple = call
        link.unsentCopy = bytes
        link.busySince = .now
        continueCopy(link)
    }

    /// Hands the server what it has room for; the caller goes on when all of it is sent.
    func continueCopy(_ link: Link) {
        guard link.mode == .copyIn, let call = link.simple, case .onLink(_, .copyData) = call.work else {
            return
        }
        if !link.unsentCopy.isEmpty {
            let accepted = link.unsentCopy.withUnsafeBytes {
                PQputCopyData(
                    link.connection,
                    $0.baseAddress?.assumingMemoryBound(to: CChar.self),
                    Int32($0.count)
                )
            }
            guard accepted >= 0 else { return lose(link, Self.message(of: link.connection)) }
            if accepted == 1 { link.unsentCopy = [] }
        }
        flush(link)
        guard link.state == .ready, !link.wantsWrite, link.unsentCopy.isEmpty else { return }
        link.simple = nil
        link.busySince = nil
        call.answer(.success(.chunk(nil)))
    }

    private func endCopy(_ reason: String?, for call: Call, on link: Link) {
        guard link.mode == .copyIn else {
            return call.fail(PostgresError(.refused, .featureNotSupported, "no COPY is under way"))
        }
        link.simple = call
        link.busySince = .now
        guard PQputCopyEnd(link.connection, reason) >= 0 else {
            return lose(link, Self.message(of: link.connection))
        }
        flush(link)
        readCopyIn(link)
    }

    func readCopyOut(_ link: Link) {
        while link.mode == .copyOut {
            guard let call = link.simple else { return }
            // Until COPY has begun there are results to read, after it has ended too.
            guard link.isCopyingOut else {
                guard PQisBusy(link.connection) == 0 else { return }
                guard let result = PQgetResult(link.connection) else { return leaveSimpleMode(link) }
                if PQresultStatus(result) == PGRES_COPY_OUT {
                    PQclear(result)
                    link.isCopyingOut = true
                    link.simple = nil
                    call.answer(.success(.results([])))
                    return
                }
                take(result, for: call)
                continue
            }
            var buffer: UnsafeMutablePointer<CChar>?
            let length = PQgetCopyData(link.connection, &buffer, 1)
            if length > 0, let buffer {
                let bytes = Array(UnsafeRawBufferPointer(start: buffer, count: Int(length)))
                PQfreemem(buffer)
                link.simple = nil
                link.busySince = .now
                call.answer(.success(.chunk(bytes)))
                return
            }
            if length == 0 { return }
            link.isCopyingOut = false
        }
    }

    private func take(_ result: OpaquePointer, for call: Call?) {
        if PQresultStatus(result) == PGRES_FATAL_ERROR, call?.failure == nil {
            call?.failure = PostgresError(result: result, statement: nil)
        }
        PQclear(result)
    }

    private func leaveSimpleMode(_ link: Link) {
        let call = link.simple
        link.simple = nil
        link.busySince = nil
        let wasCopyingOut = link.mode == .copyOut
        link.mode = .pipeline
        guard PQenterPipelineMode(link.connection) == 1 else {
            return lose(link, Self.message(of: link.connection))
        }
        if let failure = call?.failure {
            call?.fail(failure)
        } else {
            call?.answer(.success(wasCopyingOut ? .chunk(nil) : .results([])))
        }
    }
}
