import Glibc
import Synchronization
import TestCluster

/// A TCP line to a PostgreSQL server that goes wrong on command: `Tests/Faults/proxy.py`, which ends with this object.
package final class FaultyLink: Sendable {
    /// The port of 127.0.0.1 to connect to.
    package let port: Int
    private let process: ChildProcess
    private let channel: Mutex<Channel>

    package enum Direction: String, Sendable, CaseIterable {
        /// From the client to the server.
        case up
        /// From the server to the client.
        case down
        case both
    }

    /// The connections that are open, or the next one to be opened.
    package enum Which: String, Sendable {
        case now, next
    }

    package enum End: String, Sendable, CaseIterable {
        case reset = "rst"
        case finish = "fin"
    }

    package struct Count: Sendable, Equatable {
        package var opened = 0
        package var open = 0
        package var up = 0
        package var down = 0
        /// How often the client spoke after the server: the round trips of one that is alone.
        package var turns = 0
    }

    package struct Failure: Error, CustomStringConvertible {
        package let description: String
    }

    /// A line to `server`: the path of its socket, or `host:port`.
    package init(to server: String) throws {
        let (near, far) = try Self.socketPair()
        defer { close(far) }
        var channel = Channel(near)
        process = try ChildProcess(
            ["python3", Self.program, server],
            input: far,
            answers: far,
            output: "/dev/stderr"
        )
        guard let port = Int(try channel.readLine()) else {
            throw Failure(description: "the faulty line did not start")
        }
        self.port = port
        self.channel = Mutex(channel)
    }

    deinit {
        channel.withLock { $0.close() }
        process.wait()
    }

    /// How to reach over the line, without encryption, the server that `address` reaches directly.
    package func conninfo(for address: String) -> String {
        let settings = ["host=127.0.0.1", "port=\(port)", "sslmode=disable", "gssencmode=disable"]
        guard address.contains("://") else { return ([address] + settings).joined(separator: " ") }
        return address + (address.contains("?") ? "&" : "?") + settings.joined(separator: "&")
    }

    /// Every piece comes so much later.
    package func delay(_ direction: Direction, by milliseconds: Int) throws {
        try tell("latency \(direction.rawValue) \(milliseconds)")
    }

    /// At most so many bytes at a time, with a pause between.
    package func slice(_ direction: Direction, into size: Int, pause milliseconds: Double = 0) throws {
        try tell("slice \(direction.rawValue) \(size) \(milliseconds)")
    }

    /// Bytes are lost without a word.
    package func swallow(_ direction: Direction) throws {
        try tell("blackhole \(direction.rawValue)")
    }

    /// Bytes wait until the line is healed.
    package func stall(_ direction: Direction) throws {
        try tell("stall \(direction.rawValue)")
    }

    /// Nobody can connect.
    package func refuse() throws {
        try tell("refuse")
    }

    /// Both sides are closed as soon as so many bytes have passed.
    package func cut(_ which: Which, _ direction: Direction, after bytes: Int, by end: End) throws {
        try tell("cut \(which.rawValue) \(direction.rawValue) \(bytes) \(end.rawValue)")
    }

    /// The byte after the next so many arrives with the bits of `mask` turned over.
    package func flip(_ which: Which, _ direction: Direction, after bytes: Int, _ mask: UInt8) throws {
        try tell("flip \(which.rawValue) \(direction.rawValue) \(bytes) \(mask)")
    }

    /// Every connection ends by RST.
    package func reset() throws {
        try tell("reset")
    }

    /// The line is good again; connections that lost bytes are closed.
    package func heal() throws {
        try tell("heal")
    }

    /// What has passed since the line was laid.
    package func count() throws -> Count {
        let words = try tell("count").split(separator: " ")
        let numbers = words.enumerated().compactMap { $0 % 2 == 1 ? Int($1) : nil }
        guard numbers.count == 5 else { throw Failure(description: "the faulty line cannot count") }
        return Count(
            opened: numbers[0],
            open: numbers[1],
            up: numbers[2],
            down: numbers[3],
            turns: numbers[4]
        )
    }

    @discardableResult
    private func tell(_ command: String) throws -> String {
        let answer = try channel.withLock { channel in
            try channel.write(command)
            return try channel.readLine()
        }
        guard !answer.hasPrefix("error") else { throw Failure(description: "\(command): \(answer)") }
        return answer
    }

    private static var program: String {
        var folders = #filePath.split(separator: "/", omittingEmptySubsequences: false)
        folders.removeLast(2)
        return folders.joined(separator: "/") + "/Faults/proxy.py"
    }

    private static func socketPair() throws -> (Int32, Int32) {
        var ends: [Int32] = [0, 0]
        // Another child started meanwhile would keep the line open.
        let type = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
        guard socketpair(AF_UNIX, type, 0, &ends) == 0 else { throw Failure(description: "no socket left") }
        return (ends[0], ends[1])
    }
}

/// Lines to the proxy, and from it.
private struct Channel {
    private let socket: Int32
    private var unread: [UInt8] = []

    init(_ socket: Int32) {
        self.socket = socket
    }

    func write(_ line: String) throws {
        let bytes = Array("\(line)\n".utf8)
        guard send(socket, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count else {
            throw FaultyLink.Failure(description: "the faulty line has ended")
        }
    }

    mutating func readLine() throws -> String {
        while true {
            if let end = unread.firstIndex(of: 0x0a) {
                defer { unread.removeFirst(end + 1) }
                return String(decoding: unread[..<end], as: UTF8.self)
            }
            var piece = [UInt8](repeating: 0, count: 256)
            let count = read(socket, &piece, piece.count)
            guard count > 0 else { throw FaultyLink.Failure(description: "the faulty line has ended") }
            unread += piece[..<count]
        }
    }

    func close() {
        Glibc.close(socket)
    }
}
