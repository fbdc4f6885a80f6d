import Glibc
import Synchronization
import TestCluster

/// A program in Tests that answers every line with a line; it ends with this object.
final class Dialogue: Sendable {
    private let process: ChildProcess
    private let channel: Mutex<Channel>

    init(with arguments: [String]) throws {
        let (near, far) = try Self.socketPair()
        defer { close(far) }
        do {
            process = try ChildProcess(arguments, input: far, answers: far, output: "/dev/stderr")
        } catch {
            close(near)
            throw error
        }
        channel = Mutex(Channel(near))
    }

    deinit {
        channel.withLock { $0.close() }
        process.wait()
    }

    /// What it says next.
    func hear() throws -> String {
        try channel.withLock { try $0.readLine() }
    }

    func ask(_ line: String) throws -> String {
        try channel.withLock { channel in
            try channel.write(line)
            return try channel.readLine()
        }
    }

    /// Where a file of the folder Tests lies.
    static func program(_ path: String) -> String {
        var folders = #filePath.split(separator: "/", omittingEmptySubsequences: false)
        folders.removeLast(2)
        return folders.joined(separator: "/") + "/" + path
    }

    private static func socketPair() throws -> (Int32, Int32) {
        var ends: [Int32] = [0, 0]
        // Another child started meanwhile would keep the line open.
        let type = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
        guard socketpair(AF_UNIX, type, 0, &ends) == 0 else {
            throw DialogueFailure(description: "no socket left")
        }
        return (ends[0], ends[1])
    }
}

/// Lines to the program, and from it.
private struct Channel {
    private let socket: Int32
    private var unread: [UInt8] = []

    init(_ socket: Int32) {
        self.socket = socket
    }

    func write(_ line: String) throws {
        let bytes = Array("\(line)\n".utf8)
        guard send(socket, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count else {
            throw DialogueFailure(description: "the other program has ended")
        }
    }

    mutating func readLine() throws -> String {
        while true {
            if let end = unread.firstIndex(of: 0x0a) {
                defer { unread.removeFirst(end + 1) }
                return String(decoding: unread[..<end], as: UTF8.self)
            }
            var piece = [UInt8](repeating: 0, count: 65_536)
            let count = read(socket, &piece, piece.count)
            guard count > 0 else { throw DialogueFailure(description: "the other program has ended") }
            unread += piece[..<count]
        }
    }

    func close() {
        Glibc.close(socket)
    }
}

struct DialogueFailure: Error, CustomStringConvertible {
    let description: String
}
