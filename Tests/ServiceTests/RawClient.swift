import Foundation
import Glibc
import Testing

/// Somebody who speaks to the service byte by byte, as no well-meaning client would.
final class RawClient {
    private let descriptor: Int32

    /// With a small `window` it takes hardly anything that it does not read.
    init(port: Int, window: Int32? = nil) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        try #require(descriptor >= 0)
        // A deadline against a hang, far beyond what any answer takes.
        var deadline = timeval(tv_sec: 60, tv_usec: 0)
        let size = socklen_t(MemoryLayout<timeval>.size)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &deadline, size)
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &deadline, size)
        if var window {
            setsockopt(
                descriptor,
                SOL_SOCKET,
                SO_RCVBUF,
                &window,
                socklen_t(MemoryLayout<Int32>.size)
            )
        }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(UInt16(port).bigEndian)
        address.sin_addr.s_addr = in_addr_t(0x7f00_0001).bigEndian
        let status = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        try #require(status == 0)
    }

    deinit {
        close(descriptor)
    }

    /// False once the service listens no more.
    @discardableResult
    func send(_ text: String) async -> Bool {
        let (descriptor, bytes) = (descriptor, Array(text.utf8))
        defer { withExtendedLifetime(self) {} }
        return await onThreadOfItsOwn {
            var rest = bytes[...]
            while !rest.isEmpty {
                let count = rest.withUnsafeBytes {
                    Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
                }
                guard count > 0 else { return false }
                rest = rest.dropFirst(count)
            }
            return true
        }
    }

    /// What comes up to the end of `text`; nil when the service closes before, or never says it.
    func read(through text: String) async -> String? {
        let (descriptor, wanted) = (descriptor, Array(text.utf8))
        defer { withExtendedLifetime(self) {} }
        return await onThreadOfItsOwn {
            var all: [UInt8] = []
            var byte: UInt8 = 0
            while recv(descriptor, &byte, 1, 0) == 1 {
                all.append(byte)
                if all.suffix(wanted.count).elementsEqual(wanted) {
                    return String(decoding: all, as: UTF8.self)
                }
            }
            return nil
        }
    }

    /// All that comes until the service closes; nil when it never does.
    func readToEnd() async -> String? {
        let descriptor = descriptor
        defer { withExtendedLifetime(self) {} }
        return await onThreadOfItsOwn {
            var all: [UInt8] = []
            var piece = [UInt8](repeating: 0, count: 65_536)
            while true {
                let count = recv(descriptor, &piece, piece.count, 0)
                if count < 0, errno == EAGAIN || errno == EWOULDBLOCK { return nil }
                guard count > 0 else { return String(decoding: all, as: UTF8.self) }
                all += piece[..<count]
            }
        }
    }
}

/// Runs what blocks where it holds up nobody: the service answers on the threads that tests run on.
private func onThreadOfItsOwn<Value: Sendable>(_ work: @escaping @Sendable () -> Value) async -> Value {
    await withCheckedContinuation { continuation in
        Thread.detachNewThread { continuation.resume(returning: work()) }
    }
}
