import Glibc
import Postgres
import TestCluster

/// The load generator: one thread, 32 connections that are kept, each question in its turn.
///
/// It goes away with a question open on every connection. The server works on those all the same, so whoever is
/// measured next has to wait for them.
struct Wrk: Sendable {
    private let server: Server
    private let requests: [Request]
    private let ground: Ground
    private static let connections = 32

    init(_ server: Server, _ requests: [Request], on ground: Ground) {
        self.server = server
        self.requests = requests
        self.ground = ground
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
            try await ground.settle()
            return Double(count) / seconds
        }
    }

    /// Answers for each second of processor time that the server takes.
    func thrift() -> Side {
        Side(server.name) { duration in
            let before = server.processorSeconds
            let (count, _) = try load(for: duration)
            try await ground.settle()
            return Double(count + Self.connections) / max(server.processorSeconds - before, 0.001)
        }
    }

    /// Asks for about so long, in whole seconds; every answer has to be a good one.
    private func load(for duration: Duration) throws -> (answers: Int, seconds: Double) {
        let (script, output) = (try ScratchFile(), try ScratchFile())
        try script.write(lua)
        let seconds = max(1, Int(duration.seconds.rounded()))
        let arguments = [
            "wrk", "-t1", "-c\(Self.connections)", "-d\(seconds)s", "--timeout", "30s", "-s", script.path,
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

extension Ground {
    /// Waits until no server works for anybody any more.
    fileprivate func settle() async throws {
        let client = client(role: Self.superuser)
        let busy = Query<Int64>(
            value: "SELECT count(*) FROM pg_stat_activity WHERE usename = \(Self.app) AND state <> 'idle'"
        )
        var quiet = 0
        for _ in 0..<6000 where quiet < 5 {
            quiet = try await client.run(busy) == 0 ? quiet + 1 : 0
            try await Task.sleep(for: .milliseconds(10))
        }
        await client.shutdown()
        guard quiet == 5 else { throw Trouble("a server still works a minute after it was asked") }
    }
}
