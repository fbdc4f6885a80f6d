import Logging
import NIOCore

/// Stops taking in connections for a moment when the system has no room for another.
///
/// Whoever comes waits meanwhile. NIO's own handler leaves the socket among those that are waited for, and so it is
/// asked for the connection again and again, as fast as a processor can.
final class AcceptPause: ChannelInboundHandler {
    typealias InboundIn = Any

    private let logger: Logger
    private var isResting = false
    /// When it may be told again, which is not with every pause.
    private var quietUntil = NIODeadline.uptimeNanoseconds(0)

    private static let length = TimeAmount.milliseconds(100)

    private init(_ logger: Logger) {
        self.logger = logger
    }

    /// Has what listens rest; where it has gone already, there is nothing to do.
    static func add(to listening: any Channel, _ logger: Logger) async {
        let added = listening.eventLoop.submit {
            try listening.pipeline.syncOperations.addHandler(AcceptPause(logger), position: .first)
        }
        do {
            try await added.get()
        } catch {
            logger.debug("connections are taken in without a pause", metadata: ["error": "\(error)"])
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if error is IOError, !isResting { rest(context, error) }
        context.fireErrorCaught(error)
    }

    private func rest(_ context: ChannelHandlerContext, _ error: any Error) {
        isResting = true
        if NIODeadline.now() >= quietUntil {
            quietUntil = .now() + .seconds(60)
            logger.error(
                "no connection can be taken in; whoever comes waits",
                metadata: ["error": "\(error)"]
            )
        }
        setReading(false, context)
        let bound = NIOLoopBound((pause: self, context: context), eventLoop: context.eventLoop)
        context.eventLoop.scheduleTask(in: Self.length) {
            let (pause, context) = bound.value
            pause.isResting = false
            pause.setReading(true, context)
        }
    }

    private func setReading(_ reads: Bool, _ context: ChannelHandlerContext) {
        do {
            try context.channel.syncOptions?.setOption(.autoRead, value: reads)
        } catch {
            // It is closed, and takes in nobody any more.
        }
    }
}
