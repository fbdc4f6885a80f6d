/// A TCP line to a PostgreSQL server that goes wrong on command: `Tests/Faults/proxy.py`, which ends with this object.
package final class FaultyLink: Sendable {
    /// The port of 127.0.0.1 to connect to.
    package let port: Int
    private let proxy: Dialogue

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
        proxy = try Dialogue(with: ["python3", Dialogue.program("Faults/proxy.py"), server])
        guard let port = Int(try proxy.hear()) else {
            throw Failure(description: "the faulty line did not start")
        }
        self.port = port
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
        let answer = try proxy.ask(command)
        guard !answer.hasPrefix("error") else { throw Failure(description: "\(command): \(answer)") }
        return answer
    }
}
