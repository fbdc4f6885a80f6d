import Glibc
import Synchronization
import TestCluster

/// pgbench with a script of ours, over the same socket, with as many connections.
struct Pgbench: Sendable {
    private let ground: Ground
    private let role: String
    private let script: String
    private let unitsPerTransaction: Double
    private let clients: Int

    /// The script knows `:chapters` and `:members`.
    init(
        _ ground: Ground,
        role: String = Ground.app,
        clients: Int = 4,
        unitsPerTransaction: Double = 1,
        script: String
    ) {
        self.ground = ground
        self.role = role
        self.clients = clients
        self.unitsPerTransaction = unitsPerTransaction
        self.script = script
    }

    /// It runs as many transactions as took about so long the last time: `-T` knows whole seconds only.
    func side(_ name: String = "pgbench") -> Side {
        let tempo = Tempo()
        return Side(name) { duration in
            let count = tempo.lastRate.map { Int($0 * duration.seconds / Double(clients)) } ?? 10
            var rate = try run(transactionsPerClient: max(count, 2))
            if tempo.lastRate == nil {
                rate = try run(transactionsPerClient: max(Int(rate * 0.2 / Double(clients)), 10))
                rate = try run(transactionsPerClient: max(Int(rate * duration.seconds / Double(clients)), 2))
            }
            tempo.note(rate)
            return rate * unitsPerTransaction
        }
    }

    /// Returns transactions a second, without the time to connect.
    private func run(transactionsPerClient count: Int) throws -> Double {
        let (source, answer) = (try ScratchFile(), try ScratchFile())
        try source.write(script)
        let arguments = [
            "\(ground.cluster.binaries)/pgbench", "-n", "-M", "prepared", "-c", "\(clients)", "-j", "2", "-t",
            "\(count)", "-D", "chapters=\(ground.size.chapters)", "-D", "members=\(ground.size.members)",
            "-f",
            source.path, ground.address(role: role),
        ]
        try ChildProcess.run(arguments, output: answer.path)
        let said = ChildProcess.contents(of: answer.path)
        guard let line = said.split(separator: "\n").last(where: { $0.hasPrefix("tps = ") }),
            let rate = Double(line.dropFirst(6).prefix { $0 != " " })
        else { throw Trouble("pgbench did not say how fast it was:\n\(said)") }
        return rate
    }

    private final class Tempo: Sendable {
        private let rate = Mutex<Double?>(nil)

        var lastRate: Double? {
            rate.withLock { $0 }
        }

        func note(_ rate: Double) {
            self.rate.withLock { $0 = rate }
        }
    }
}
