import Foundation
import NIOCore
import NIOPosix
import Service
import Synchronization
import Testing

/// What systemd is told by datagrams.
@Suite(.timeLimit(.minutes(5))) struct `Signs of life` {
    /// A socket that hears what a service manager would.
    private final class Ear: Sendable {
        struct Failure: Error {}

        let path: String
        private let socket: CInt

        init() throws {
            path = FileManager.default.temporaryDirectory.appending(path: "notify-\(UUID())").path
            socket = Glibc.socket(AF_UNIX, CInt(SOCK_DGRAM.rawValue), 0)
            var address = sockaddr_un()
            address.sun_family = sa_family_t(AF_UNIX)
            withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
            let bound = withUnsafePointer(to: &address) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    bind(socket, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
                }
            }
            guard bound == 0 else { throw Failure() }
        }

        deinit {
            close(socket)
            unlink(path)
        }

        /// What was said since; waits so long for the first of it.
        func heard(within milliseconds: CInt) -> [String] {
            var said: [String] = []
            var waiting = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
            while poll(&waiting, 1, said.isEmpty ? milliseconds : 0) == 1 {
                var bytes = [UInt8](repeating: 0, count: 4096)
                let count = recv(socket, &bytes, bytes.count, 0)
                said.append(String(decoding: bytes.prefix(max(count, 0)), as: UTF8.self))
            }
            return said
        }
    }

    @Test(arguments: [
        [:], ["NOTIFY_SOCKET": ""], ["NOTIFY_SOCKET": "relative"], ["NOTIFY_SOCKET": "vsock:2:1"],
        ["NOTIFY_SOCKET": "/" + String(repeating: "x", count: 200)],
    ])
    func `are given to nobody where nobody wants them`(environment: [String: String]) {
        #expect(ServiceManager(environment: environment) == nil)
    }

    @Test(arguments: [
        ("300000", nil, Duration.milliseconds(300)), ("300000", "\(getpid())", .milliseconds(300)),
        ("300000", "1", nil), ("", nil, nil), ("-1", nil, nil), ("soon", nil, nil),
    ])
    func `are asked for in microseconds, of one process`(
        often: String,
        of process: String?,
        patience: Duration?
    ) {
        var environment = ["NOTIFY_SOCKET": "/run/notify", "WATCHDOG_USEC": often]
        environment["WATCHDOG_PID"] = process
        #expect(ServiceManager(environment: environment)?.patience == patience)
    }

    @Test func `end where an event loop hangs, and go on when it turns again`() async throws {
        let ear = try Ear()
        let loops = MultiThreadedEventLoopGroup(numberOfThreads: 2)
        let manager = try #require(
            ServiceManager(
                environment: ["NOTIFY_SOCKET": ear.path, "WATCHDOG_USEC": "3000"],
                loops: loops
            )
        )
        let signs = Task { try await manager.run() }
        #expect(ear.heard(within: 60_000).allSatisfy { $0 == "WATCHDOG=1" })
        #expect(!ear.heard(within: 60_000).isEmpty)

        let (hanging, freed) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
        loops.next().execute {
            hanging.signal()
            freed.wait()
        }
        hanging.wait()
        // One may be on its way; none follows it.
        _ = ear.heard(within: 100)
        _ = ear.heard(within: 100)
        #expect(ear.heard(within: 300).isEmpty)
        freed.signal()
        #expect(!ear.heard(within: 60_000).isEmpty)

        signs.cancel()
        try await signs.value
        try await loops.shutdownGracefully()
    }
}
