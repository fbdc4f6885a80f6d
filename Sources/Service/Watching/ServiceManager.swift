import Glibc
import NIOCore
import NIOPosix
import ServiceLifecycle

/// Tells systemd how the service fares, by the datagrams that sd_notify(3) describes.
package struct ServiceManager: Service {
    /// The socket's path; an abstract one begins with a zero byte.
    private let path: [UInt8]
    /// How long it waits for a sign of life before it begins the service anew; nil where it does not watch.
    package let patience: Duration?
    private let loops: any EventLoopGroup

    /// Nil where no service manager wants to hear anything, or its words make no sense.
    package init?(
        environment: [String: String],
        loops: any EventLoopGroup = MultiThreadedEventLoopGroup.singleton
    ) {
        self.loops = loops
        guard let socket = environment["NOTIFY_SOCKET"] else { return nil }
        var path = Array(socket.utf8)
        guard let first = path.first, first == UInt8(ascii: "/") || first == UInt8(ascii: "@"),
            path.count < MemoryLayout.size(ofValue: sockaddr_un().sun_path)
        else { return nil }
        if first == UInt8(ascii: "@") { path[0] = 0 }
        self.path = path
        // It may be meant for another: a process that started us by exec says nothing, one by fork its own number.
        let isMeant = environment["WATCHDOG_PID"].map { Int32($0) == getpid() } ?? true
        patience =
            isMeant
            ? environment["WATCHDOG_USEC"].flatMap(Int64.init).flatMap { $0 > 0 ? .microseconds($0) : nil }
            : nil
    }

    /// It answers people from now on.
    package func ready(at address: String) {
        say("READY=1\nSTATUS=Serving at \(address)")
    }

    /// Gives signs of life until the service ends, as long as every event loop turns.
    ///
    /// A loop that hangs keeps the next sign back, and with it all that follow.
    package func run() async throws {
        await withGracefulShutdownHandler {
            guard let patience else { return (try? await gracefulShutdown()) ?? () }
            await cancelWhenGracefulShutdown {
                while !Task.isCancelled {
                    await turnEveryLoop()
                    say("WATCHDOG=1")
                    try? await Task.sleep(for: patience / 3)
                }
            }
        } onGracefulShutdown: {
            say("STOPPING=1\nSTATUS=Finishing what was begun")
        }
    }

    private func turnEveryLoop() async {
        for loop in loops.makeIterator() {
            try? await loop.submit {}.get()
        }
    }

    /// Sends a datagram; where nobody takes it, the service is none the worse.
    private func say(_ words: String) {
        let socket = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard socket >= 0 else { return }
        defer { close(socket) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path) }
        // An abstract address ends where its length says, not at a zero.
        let length = socklen_t(MemoryLayout<sa_family_t>.size + path.count + (path[0] == 0 ? 0 : 1))
        let bytes = Array(words.utf8)
        withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                _ = sendto(socket, bytes, bytes.count, Int32(MSG_NOSIGNAL), $0, length)
            }
        }
    }
}
