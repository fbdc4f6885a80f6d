/// From nothing to the first answer out of the database, and the memory of a server that waits.
enum Starting: Measurement {
    static let rows = ["G15", "G16"]

    static func findings(on ground: Ground, at pace: Pace) async throws -> [Finding] {
        let peers: Peers
        do {
            _ = try Server.chapterhouse()
            peers = try Peers(ground, installing: !pace.isQuick)
        } catch {
            return rows.map { .skipped($0, "Start / FastAPI", because: "\(error)".firstLine) }
        }
        let readers = try await Readers(ground, atMost: 1)
        let clock = ContinuousClock()
        let ours = Runner(name: "ours") {
            try Server.chapterhouse(ground, answering: readers.first(.lookup, to: .ours))
        }
        let other = Runner(name: "FastAPI") {
            try peers.fastAPI(workers: 1, answering: readers.first(.lookup, to: .peer(encodesItself: true)))
        }
        // The first start fills the page cache and compiles Python.
        for runner in [ours, other] { _ = try await runner.measure(clock) }
        var starts = Comparison(ours: ours.name, other: other.name)
        var memory = Comparison(ours: ours.name, other: other.name)
        for pair in 0..<pace.pairs {
            let isOurTurn = pair.isMultiple(of: 2)
            let first = try await (isOurTurn ? ours : other).measure(clock)
            let second = try await (isOurTurn ? other : ours).measure(clock)
            let (mine, theirs) = isOurTurn ? (first, second) : (second, first)
            starts.add(1 / mine.seconds, 1 / theirs.seconds)
            memory.add(mine.memory, theirs.memory)
        }
        return [
            Finding(
                "G15",
                "From the start of the program to the first answer out of the database, FastAPI 1 worker / ours",
                .comparison(starts),
                bounds: Finding.Bounds(floor: 3, goal: 8),
                note: "Medians are starts a second"
            ),
            Finding(
                "G16",
                "Memory (PSS) of a server that has answered once, ours / FastAPI 1 worker",
                .comparison(memory),
                bounds: Finding.Bounds(floor: 0.75, goal: 0.5, isHigherBetter: false),
                note: "Medians are megabytes"
            ),
        ]
    }

    /// Starts a server, and looks at it a second later.
    private struct Runner: Sendable {
        let name: String
        let start: @Sendable () throws -> Server

        func measure(_ clock: ContinuousClock) async throws -> (seconds: Double, memory: Double) {
            let begin = clock.now
            let server = try start()
            let seconds = (clock.now - begin).seconds
            defer { server.stop() }
            try await Task.sleep(for: .seconds(1))
            return (seconds, server.memory)
        }
    }
}
