/// A real nginx with the sample of `deploy/nginx` before a service: `Tests/Proxy/nginx.py`, which ends with this object.
package final class Nginx: Sendable {
    /// Its port of 127.0.0.1 for http.
    package let plainPort: Int
    private let program: Dialogue

    package struct Failure: Error, CustomStringConvertible {
        package let description: String
    }

    /// What nginx wrote down.
    package struct Log: Sendable {
        /// A line for every request, of which it says as little as the sample wants.
        package let requests: [JSON]
        /// All that it wrote, to this log, that of errors, and those that the sample leaves alone.
        package let text: String

        /// How many requests the service was given.
        package var forwarded: Int {
            requests.count { $0["upstream"]?.string?.isEmpty == false }
        }
    }

    /// People call it by `name`; the service listens at a port of 127.0.0.1.
    package init(before port: Int, as name: String = "a") throws {
        program = try Dialogue(with: [TestPython.path, Dialogue.program("Proxy/nginx.py"), name, "\(port)"])
        guard let port = Int(try program.hear()) else { throw Failure(description: "nginx did not start") }
        plainPort = port
    }

    /// A port where what is said in clear reaches nginx by https, as if it came from `address`, one of this machine's.
    package func door(from address: String) throws -> Int {
        let answer = try program.ask("door \(address)")
        guard let port = Int(answer) else { throw Failure(description: answer) }
        return port
    }

    package func log() throws -> Log {
        let files = try JSON(try program.ask("log")).members.compactMapValues(\.string)
        return Log(
            requests: try (files["access"] ?? "").split(separator: "\n").map { try JSON(String($0)) },
            text: files.values.joined()
        )
    }
}
