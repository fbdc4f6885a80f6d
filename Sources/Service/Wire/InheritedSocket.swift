import Glibc
import NIOCore
import NIOPosix

/// A socket that listens already and stays when the service goes; systemd holds it, or whoever else started us.
package struct InheritedSocket: Sendable {
    private let descriptor: CInt
    /// Where sockets that are handed over begin.
    private static let first: CInt = 3

    /// The first socket that was handed over, as sd_listen_fds(3) says; nil where none was meant for this process.
    package static func handedOver() -> InheritedSocket? {
        defer { for name in ["LISTEN_PID", "LISTEN_FDS", "LISTEN_FDNAMES"] { unsetenv(name) } }
        guard number("LISTEN_PID") == Int(getpid()), (number("LISTEN_FDS") ?? 0) > 0 else { return nil }
        _ = fcntl(first, F_SETFD, FD_CLOEXEC)
        _ = fcntl(first, F_SETFL, fcntl(first, F_GETFL) | O_NONBLOCK)
        return InheritedSocket(descriptor: first)
    }

    private static func number(_ variable: String) -> Int? {
        getenv(variable).flatMap { Int(String(cString: $0)) }
    }

    /// Takes connections in for what listens at another place; gives back the channel to close when that shall end.
    func takeIn(for listening: any Channel) async throws -> any Channel {
        let loop = listening.eventLoop
        let descriptor = descriptor
        return try await loop.flatSubmit {
            let takeover = Takeover()
            do {
                try listening.pipeline.syncOperations.addHandler(takeover, position: .first)
            } catch {
                return loop.makeFailedFuture(error)
            }
            let bound = NIOLoopBound(takeover, eventLoop: loop)
            return ServerBootstrap(group: loop, childGroup: MultiThreadedEventLoopGroup.singleton)
                .serverChannelOption(.autoRead, value: false)
                .serverChannelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try channel.pipeline.syncOperations.addHandler(Takeover.Source(bound.value))
                    }
                }
                .withBoundSocket(descriptor)
                .map { channel in
                    bound.value.take(from: channel)
                    return channel
                }
        }.get()
    }
}

/// Stands first where Hummingbird listens, and feeds it connections of another socket.
///
/// Hummingbird opens what it listens on by itself; with a socket that was handed over that is one nobody finds. Its
/// bounds, its counting and its ending hold all the same, for every connection passes through them.
private final class Takeover: ChannelDuplexHandler {
    typealias InboundIn = Any
    typealias OutboundIn = Never

    private var source: (any Channel)?
    private var context: ChannelHandlerContext?

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
        source?.close(promise: nil)
    }

    func take(from source: any Channel) {
        self.source = source
        source.read()
    }

    func read(context: ChannelHandlerContext) {
        source?.read()
    }

    /// Reads on unless it rests, as it does where there is no room for more.
    private func readOn() {
        guard let channel = context?.channel else { return }
        let reads = try? channel.syncOptions?.getOption(.autoRead)
        if reads == true { channel.read() }
    }

    /// Stands where connections come in.
    final class Source: ChannelInboundHandler {
        typealias InboundIn = Any

        private let takeover: Takeover

        init(_ takeover: Takeover) {
            self.takeover = takeover
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            takeover.context?.fireChannelRead(data)
        }

        func channelReadComplete(context: ChannelHandlerContext) {
            takeover.context?.fireChannelReadComplete()
            takeover.readOn()
        }

        func errorCaught(context: ChannelHandlerContext, error: any Error) {
            takeover.context?.fireErrorCaught(error)
        }
    }
}
