import Exchange
import HTTPTypes
import NIOCore
import NIOHTTP1

/// Stands between the parser and Hummingbird, and holds one connection to the limits.
///
/// What it refuses it answers itself, with the headers of every answer, and then closes.
final class ConnectionGuard: ChannelDuplexHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    private enum Phase {
        /// Between requests, and not a byte of the next one.
        case idle
        case head
        case body
        /// The request is read; its answer is not yet written.
        case answering
        /// Refused: nothing more is let through either way.
        case closing
    }

    private let limits: Limits
    private let connections: OpenConnections
    private let isSecure: Bool
    /// Whether its address holds no more connections than it may.
    private let isWelcome: Bool
    private var phase = Phase.head
    /// When patience ends, and what then.
    ///
    /// The timer may go off sooner: one that is set anew for each part of each request costs more than one that
    /// finds once in a while that there is time left.
    private var deadline: NIODeadline?
    private var atDeadline: (ConnectionGuard, ChannelHandlerContext) -> Void = { _, _ in }
    private var timer: (task: Scheduled<Void>, at: NIODeadline)?
    private var isAnswerBegun = false
    private var isAnswered = true
    private var endsAfterAnswer = false

    private var declaredBytes: Int?
    private var bodyBytes = 0
    private var surplusBytes = 0
    private var readingSince: NIODeadline?
    /// What came of the next request before this one was answered.
    private var held: [HTTPServerRequestPart] = []
    private var wantsMore = false
    private var waited = TimeAmount.zero

    private var stallTimer: Scheduled<Void>?
    private var lastBuffered = 0
    private var written = 0

    init(_ limits: Limits, _ connections: OpenConnections, isSecure: Bool, isWelcome: Bool) {
        self.limits = limits
        self.connections = connections
        self.isSecure = isSecure
        self.isWelcome = isWelcome
    }

    func handlerAdded(context: ChannelHandlerContext) {
        wait(limits.head, context) { $0.refuse(.requestTimeout, $1) }
    }

    func channelActive(context: ChannelHandlerContext) {
        context.fireChannelActive()
        if !isWelcome { refuse(.tooManyRequests, context) }
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        timer?.task.cancel()
        stallTimer?.cancel()
    }

    func channelInactive(context: ChannelHandlerContext) {
        deadline = nil
        timer?.task.cancel()
        stallTimer?.cancel()
        context.fireChannelInactive()
    }

    func read(context: ChannelHandlerContext) {
        guard held.isEmpty else {
            wantsMore = true
            return
        }
        if readingSince == nil { readingSince = .now() }
        context.read()
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        stopWaiting()
        if case .idle = phase {
            phase = .head
            wait(limits.head, context) { $0.refuse(.requestTimeout, $1) }
        }
        context.fireChannelReadComplete()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        receive(unwrapInboundIn(data), context)
    }

    private func receive(_ part: HTTPServerRequestPart, _ context: ChannelHandlerContext) {
        if case .closing = phase { return drain(part, context) }
        if case .answering = phase { return held.append(part) }
        switch part {
        case .head(let head):
            if let status = refusal(of: head) { return refuse(status, context) }
            begin(head, context)
        case .body(let bytes):
            stopWaiting()
            bodyBytes += bytes.readableBytes
            if bodyBytes > limits.bodyBytes { return refuse(.payloadTooLarge, context) }
            if isAnswered {
                surplusBytes += bytes.readableBytes
                if surplusBytes > limits.surplusBytes { return context.close(promise: nil) }
            }
        case .end:
            deadline = nil
            phase = .answering
            context.fireChannelRead(wrapInboundOut(part))
            if isAnswered { rest(context) }
            return
        }
        context.fireChannelRead(wrapInboundOut(part))
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard let error = error as? HTTPParserError else { return context.fireErrorCaught(error) }
        refuse(error == .headerOverflow ? .requestHeaderFieldsTooLarge : .badRequest, context)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if event is ChannelShouldQuiesceEvent {
            endsAfterAnswer = true
            if awaitsFirst { return wait(limits.farewell, context) { $1.close(promise: nil) } }
        }
        context.fireUserInboundEventTriggered(event)
    }

    /// Whether a request is on its way for certain, or as good as: nobody connects to us to be silent, and who is closed
    /// upon does not know whether they were heard.
    private var awaitsFirst: Bool {
        guard case .head = phase else { return false }
        return connections.isDraining && !connections.isHurried
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        if case .closing = phase {
            promise?.fail(ChannelError.ioOnClosedChannel)
            return
        }
        switch unwrapOutboundIn(data) {
        case .head(var head):
            guard head.status.code >= 200 else { return context.write(data, promise: promise) }
            isAnswerBegun = true
            endsAfterAnswer = endsAfterAnswer || leavesTooMuch || connections.isDraining
            if endsAfterAnswer { head.headers.replaceOrAdd(name: "Connection", value: "close") }
            context.write(wrapOutboundOut(.head(head)), promise: promise)
        case .body(let bytes):
            written += bytes.readableBytes
            context.write(data, promise: promise)
        case .end:
            context.write(data, promise: promise)
            isAnswered = true
            isAnswerBegun = false
            if endsAfterAnswer {
                context.flush()
                sayGoodbye(context)
            } else if case .answering = phase {
                rest(context)
            }
        }
    }

    func flush(context: ChannelHandlerContext) {
        context.flush()
        watchWriting(context)
    }

    /// The status for a head that no route shall see.
    private func refusal(of head: HTTPRequestHead) -> HTTPResponseStatus? {
        let lengths = head.headers[canonicalForm: "content-length"]
        let codings = head.headers[canonicalForm: "transfer-encoding"]
        let hosts = head.headers["host"]
        guard head.method != .CONNECT, RequestTarget.isAcceptable(head.uri) else { return .badRequest }
        guard lengths.count <= 1, codings.isEmpty || (codings.count == 1 && lengths.isEmpty) else {
            return .badRequest
        }
        guard codings.allSatisfy({ $0.lowercased() == "chunked" }),
            codings.isEmpty || head.version == .http1_1
        else { return .badRequest }
        guard hosts.count == 1 || (hosts.isEmpty && head.version != .http1_1) else { return .badRequest }
        if let length = lengths.first {
            guard let bytes = Int(length) else { return .badRequest }
            guard bytes <= limits.bodyBytes else { return .payloadTooLarge }
        }
        return nil
    }

    private func begin(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
        stopWaiting()
        phase = .body
        (isAnswered, isAnswerBegun) = (false, false)
        (bodyBytes, surplusBytes, waited) = (0, 0, .zero)
        declaredBytes =
            head.headers.contains(name: "transfer-encoding")
            ? nil : head.headers.first(name: "content-length").flatMap { Int($0) } ?? 0
        // The parser takes nothing more after an upgrade, which nobody here makes.
        endsAfterAnswer = endsAfterAnswer || !head.isKeepAlive || head.headers.contains(name: "upgrade")
        watchBody(context)
    }

    /// Whether more of the body is to come than is worth reading for nothing.
    private var leavesTooMuch: Bool {
        guard case .body = phase else { return false }
        guard let declaredBytes else { return true }
        return declaredBytes - bodyBytes > limits.surplusBytes
    }

    private func rest(_ context: ChannelHandlerContext) {
        phase = .idle
        wait(limits.keepAlive, context) { $1.close(promise: nil) }
        let next = held
        held = []
        guard !next.isEmpty else { return }
        for part in next { receive(part, context) }
        context.fireChannelReadComplete()
        if wantsMore, held.isEmpty {
            wantsMore = false
            read(context: context)
        }
    }

    private func stopWaiting() {
        if let since = readingSince {
            waited = waited + (NIODeadline.now() - since)
            readingSince = nil
        }
    }

    /// Only the time in which we would have read counts: a slow route is not the client's fault.
    private func watchBody(_ context: ChannelHandlerContext) {
        let now = readingSince.map { NIODeadline.now() - $0 } ?? .zero
        let allowed = TimeAmount(limits.patience) + .seconds(Int64(bodyBytes / max(1, limits.bytesPerSecond)))
        let left = allowed - (waited + now)
        guard left > .zero else { return refuse(.requestTimeout, context) }
        wait(.nanoseconds(max(left.nanoseconds, 1_000_000)), context) { $0.watchBody($1) }
    }

    private func watchWriting(_ context: ChannelHandlerContext) {
        guard stallTimer == nil, let buffered = Self.buffered(context), buffered > 0 else { return }
        (lastBuffered, written) = (buffered, 0)
        scheduleStall(context)
    }

    private func scheduleStall(_ context: ChannelHandlerContext) {
        let bound = NIOLoopBound((guard: self, context: context), eventLoop: context.eventLoop)
        stallTimer = context.eventLoop.scheduleTask(in: TimeAmount(limits.patience)) {
            let (connection, context) = bound.value
            connection.lookAtWriting(context)
        }
    }

    private func lookAtWriting(_ context: ChannelHandlerContext) {
        stallTimer = nil
        guard let buffered = Self.buffered(context), buffered > 0 else { return }
        let taken = lastBuffered + written - buffered
        let seconds = Double(TimeAmount(limits.patience).nanoseconds) / 1e9
        guard Double(taken) >= seconds * Double(limits.bytesPerSecond) else {
            return context.close(promise: nil)
        }
        (lastBuffered, written) = (buffered, 0)
        scheduleStall(context)
    }

    private static func buffered(_ context: ChannelHandlerContext) -> Int? {
        do {
            return try context.channel.syncOptions?.getOption(.bufferedWritableBytes)
        } catch {
            return nil
        }
    }

    private func refuse(_ status: HTTPResponseStatus, _ context: ChannelHandlerContext) {
        if case .closing = phase { return }
        let mayAnswer = !isAnswerBegun
        let wasReading = !isAnswered
        phase = .closing
        deadline = nil
        guard mayAnswer else { return context.close(promise: nil) }
        let answer = WireRefusal(status: status, isSecure: isSecure)
        context.write(wrapOutboundOut(.head(answer.head)), promise: nil)
        context.write(
            wrapOutboundOut(.body(.byteBuffer(context.channel.allocator.buffer(bytes: answer.body)))),
            promise: nil
        )
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        // Whoever reads the body must not take a piece for the whole.
        if wasReading { context.fireErrorCaught(HTTPParserError.invalidEOFState) }
        sayGoodbye(context)
    }

    /// A close with unread bytes would take the answer from the client; so a little more is read first.
    private func sayGoodbye(_ context: ChannelHandlerContext) {
        phase = .closing
        stallTimer?.cancel()
        context.close(mode: .output, promise: nil)
        wait(limits.farewell, context) { $1.close(promise: nil) }
    }

    private func drain(_ part: HTTPServerRequestPart, _ context: ChannelHandlerContext) {
        guard case .body(let bytes) = part else { return }
        surplusBytes += bytes.readableBytes
        if surplusBytes > limits.surplusBytes { context.close(promise: nil) }
    }

    private func wait(
        _ duration: Duration,
        _ context: ChannelHandlerContext,
        _ then: @escaping (ConnectionGuard, ChannelHandlerContext) -> Void
    ) {
        let end = NIODeadline.now() + TimeAmount(duration)
        (deadline, atDeadline) = (end, then)
        if let timer, timer.at <= end { return }
        timer?.task.cancel()
        setTimer(to: end, context)
    }

    private func setTimer(to end: NIODeadline, _ context: ChannelHandlerContext) {
        let bound = NIOLoopBound((guard: self, context: context), eventLoop: context.eventLoop)
        let task = context.eventLoop.scheduleTask(deadline: end) {
            let (connection, context) = bound.value
            connection.lookAtClock(context)
        }
        timer = (task, end)
    }

    private func lookAtClock(_ context: ChannelHandlerContext) {
        timer = nil
        guard let deadline else { return }
        guard deadline <= .now() else { return setTimer(to: deadline, context) }
        self.deadline = nil
        atDeadline(self, context)
    }
}

/// An answer that is made without a route.
struct WireRefusal {
    let head: HTTPResponseHead
    let body: [UInt8]

    init(status: HTTPResponseStatus, isSecure: Bool) {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("type", "https://chapterhouse.invalid/problems/request")
            writer.member("title", status.reasonPhrase)
            writer.member("status", Int(status.code))
            writer.member("detail", status.reasonPhrase)
            writer.key("errors")
            writer.array { _ in }
        }
        body = writer.bytes
        var headers = HTTPHeaders()
        for field in SecurityHeaders.fields(isSecure: isSecure) {
            headers.add(name: field.name.rawName, value: field.value)
        }
        headers.add(name: "Cache-Control", value: "no-store")
        headers.add(name: "Content-Type", value: "application/problem+json; charset=utf-8")
        headers.add(name: "Content-Length", value: "\(body.count)")
        headers.add(name: "Connection", value: "close")
        if status == .tooManyRequests { headers.add(name: "Retry-After", value: "5") }
        head = HTTPResponseHead(version: .http1_1, status: status, headers: headers)
    }
}
