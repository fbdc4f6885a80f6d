import HTTPTypes
import Hummingbird
import Logging
import NIOConcurrencyHelpers
import NIOCore
import NIOEmbedded
import Service

extension HTTPResponder where Context == AnyoneContext {
    /// What is answered to a request that came over no line: of a stream of events the first, after which whoever asks
    /// leaves.
    func answer(
        _ method: HTTPRequest.Method,
        _ address: String,
        headers: HTTPFields = [:],
        body: ByteBuffer? = nil,
        from peer: String? = nil,
        logger: Logger = .nearlySilent
    ) async throws -> Answer {
        var (headers, logger) = (headers, logger)
        if let body { headers[.contentLength] = "\(body.readableBytes)" }
        logger[metadataKey: "hb.request.id"] = .stringConvertible(RequestID())
        let head = HTTPRequest(
            method: method,
            scheme: "http",
            authority: "localhost",
            path: address,
            headerFields: headers
        )
        let source = ApplicationRequestContextSource(channel: NIOAsyncTestingChannel(), logger: logger)
        var context = AnyoneContext(source: source)
        if let peer { context.clientAddress = peer }
        let request = Request(head: head, body: RequestBody(buffer: body ?? ByteBuffer()))
        let response = try await respond(to: request, context: context)
        let isStream = response.headers[.contentType]?.hasPrefix("text/event-stream") == true
        let written = Written(upTo: isStream ? 1 : .max)
        do { try await response.body.write(written) } catch is Written.Left {}
        return Answer(
            address: address,
            status: response.status.code,
            headers: response.headers,
            text: String(buffer: written.body)
        )
    }
}

/// The body of an answer, gathered.
private final class Written: ResponseBodyWriter, Sendable {
    /// Whoever asked reads no more.
    struct Left: Error {}

    private let most: Int
    private let gathered = NIOLockedValueBox((body: ByteBuffer(), pieces: 0))

    init(upTo most: Int) {
        self.most = most
    }

    var body: ByteBuffer {
        gathered.withLockedValue { $0.body }
    }

    func write(_ buffer: ByteBuffer) async throws {
        let pieces = gathered.withLockedValue { gathered in
            gathered.body.writeImmutableBuffer(buffer)
            gathered.pieces += 1
            return gathered.pieces
        }
        if pieces >= most { throw Left() }
    }

    func finish(_ trailers: HTTPFields?) async throws {}
}
