import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1

/// Hummingbird's HTTP/1 channel with a guard between its parser and everything else.
struct GuardedChannel: ServerChildChannel {
    typealias Value = HTTP1Channel.Value

    private let inner: HTTP1Channel
    private let limits: Limits
    private let connections: OpenConnections
    private let proxies: TrustedProxies
    private let isSecure: Bool

    static func server(
        _ limits: Limits,
        _ connections: OpenConnections,
        proxies: TrustedProxies = TrustedProxies(),
        isSecure: Bool = false
    ) -> HTTPServerBuilder {
        HTTPServerBuilder { responder in
            GuardedChannel(
                inner: HTTP1Channel(
                    responder: responder,
                    configuration: HTTP1Channel.Configuration(
                        httpDecoderConfiguration: .init(
                            maxHeaderFieldSize: limits.headBytes,
                            maxHeaderListSize: limits.headBytes,
                            maxHeaderFieldCount: limits.headers
                        )
                    )
                ),
                limits: limits,
                connections: connections,
                proxies: proxies,
                isSecure: isSecure
            )
        }
    }

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        let (limits, isSecure, connections) = (limits, isSecure, connections)
        let isProxy = channel.remoteAddress?.ipAddress.map(proxies.trusts) ?? false
        let isWelcome = connections.open(channel, limit: isProxy ? nil : limits.connectionsOfOne)
        return inner.setup(channel: channel, logger: logger).flatMapThrowing { value in
            let pipeline = channel.pipeline.syncOperations
            let parser = try pipeline.handler(type: ByteToMessageHandler<HTTPRequestDecoder>.self)
            try pipeline.addHandler(
                ConnectionGuard(limits, connections, isSecure: isSecure, isWelcome: isWelcome),
                position: .after(parser)
            )
            return value
        }
    }

    func handle(value: Value, logger: Logger) async {
        await withTaskExecutorPreference(LoopExecutor(value.channel.eventLoop)) {
            await inner.handle(value: value, logger: logger)
        }
    }
}
