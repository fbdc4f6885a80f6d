import Glibc
import TestCluster

/// The load generator: one thread, 32 connections that are kept, each question in its turn.
struct Wrk: Sendable {
    private let server: Server
    private let requests: [Request]

    init(_ server: Server, _ requests: [Request]) {
        self.server = server
        self.requests = requests
    }

    /// Sees that `wrk` is there; a quick run installs nothing.
    static func require(installing: Bool) throws {
        if isInstalled { return }
        guard installing, geteuid() == 0 else {
            throw Trouble("wrk is not installed; run: apt-get install wrk")
        }
        let log = try ScratchFile()
        try ChildProcess.run(["apt-get", "install", "-y", "-q", "wrk"], output: log.path)
    }

    private static var isInstalled: Bool {
        let folders = getenv("PATH").map { String(cString: $0) } ?? ""
        return folders.split(separator: ":").contains { access("\($0)/wrk", X_OK) == 0 }
    }

    /// Answers a second.
    func side() -> Side {
        Side(server.name) { duration in
            let (count, seconds) = try load(for: duration)
            return Double(count) / seconds
        }
    }

    /// Answers for each second of processor time that the server takes.
    func thrift() -> Side {
        Side(server.name) { duration in
            let before = server.processorSeconds
            let (count, _) = try load(for: duration)
            return Double(count) / max(server.processorSeconds - before, 0.001)
        }
    }

    /// Asks for about so long, in whole seconds; every answer has to be a good one.
    private func load(for duration: Duration) throws -> (answers: Int, seconds: Double) {
        let (script, output) = (try ScratchFile(), try ScratchFile())
        try script.write(lua)
        let seconds = max(1, Int(duration.seconds.rounded()))
        let arguments = [
            "wrk", "-t1", "-c32", "-d\(seconds)s", "--timeout", "30s", "-s", script.path,
            "http://127.0.0.1:\(server.port)",
        ]
        try ChildProcess.run(arguments, output: output.path)
        let said = ChildProcess.contents(of: output.path)
        let lines = said.split(separator: "\n").map { $0.split(separator: " ") }
        guard let counted = lines.first(where: { $0.dropFirst().first == "requests" }),
            let count = counted.first.flatMap({ Int($0) }), count > 0,
            let rate = lines.first(where: { $0.first == "Requests/sec:" })?.last.flatMap({ Double($0) }),
            rate > 0
        else { throw Trouble("\(server.name) answered nothing:\n\(said)") }
        guard !said.contains("Non-2xx"), !said.contains("Socket errors") else {
            throw Trouble("\(server.name) did not answer everything:\n\(said)")
        }
        return (count, Double(count) / rate)
    }

    /// Written out beforehand, so that asking costs the generator little.
    private var lua: String {
        let lines = requests.map { "add(\"\($0.path)\", \"\($0.header.name)\", \"\($0.header.value)\")" }
        return """
            local requests, turn = {}, 0
            local function add(path, name, value)
                requests[#requests + 1] = wrk.format("GET", path, {[name] = value})
            end
            function init()
                \(lines.joined(separator: "\n    "))
            end
            function request()
                turn = turn % #requests + 1
                return requests[turn]
            end

            """
    }
}
