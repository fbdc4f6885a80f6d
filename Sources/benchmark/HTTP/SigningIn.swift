import ArgumentParser

/// What two hundred people who sign in with wrong passwords take from everybody else.
enum SigningIn: Measurement {
    static let rows = ["G19"]
    private static let crowd = 200

    static func findings(on ground: Ground, at pace: Pace) async throws -> [Finding] {
        do {
            _ = try Server.chapterhouse()
        } catch let trouble as Trouble {
            return rows.map { .skipped($0, "Reports beside sign-ins", because: trouble.description) }
        }
        let readers = try await Readers(ground)
        let reports = readers.requests(.roi, to: .ours)
        // So that each of them comes from an address of their own: one address is stopped long before.
        let ours = try Server.chapterhouse(
            ground,
            answering: readers.first(.roi, to: .ours),
            options: ["--trusted-proxy", "127.0.0.1/32"]
        )
        defer { ours.stop() }
        let slice = pace.slice * 4
        _ = try slowest(of: reports, from: ours, for: slice / 2)
        let quietMemory = ours.memory
        var latencies = Comparison(ours: "beside them", other: "quiet")
        var (hashed, sentAway) = (0, 0)
        for pair in 0..<pace.pairs {
            let quiet = try slowest(of: reports, from: ours, for: slice)
            let people = try Crowd(of: crowd, number: pair, at: ours.port)
            // They have come once the line is full and the first were told so.
            for _ in 0..<3000 where people.count(503) == 0 { try await Task.sleep(for: .milliseconds(10)) }
            let (hashedBefore, sentAwayBefore) = (people.count(422), people.count(503))
            let beside = Result { try slowest(of: reports, from: ours, for: slice) }
            hashed += people.count(422) - hashedBefore
            sentAway += people.count(503) - sentAwayBefore
            let isBusy = people.count(503) > 0
            people.disperse()
            guard isBusy else { throw Trouble("the sign-ins kept nobody busy: nothing was measured") }
            latencies.add(try beside.get() * 1000, quiet * 1000)
        }
        let words = "\(crowd) parallel sign-ins with wrong passwords"
        return [
            Finding(
                "G19",
                "p99 of the monthly ROI report beside \(words) / quiet",
                .comparison(latencies),
                bounds: Finding.Bounds(floor: 2, goal: 1.5, isHigherBetter: false),
                note: "Medians are milliseconds; meanwhile \(hashed) hashes, \(sentAway) told 503"
            ),
            Finding(
                "G19 memory",
                "Largest memory of the service (VmHWM) beside \(words)",
                .figures([ours.peakMemory], unit: "MB"),
                bounds: Finding.Bounds(floor: 512, goal: 400, isHigherBetter: false),
                note: "Quiet \(Int(quietMemory)) MB; each of two hashes at a time takes 128 MB"
            ),
        ]
    }

    /// The 99th percentile of how long one reader waits for a report, in seconds.
    private static func slowest(
        of reports: [Request],
        from server: Server,
        for time: Duration
    ) throws -> Double {
        var taken: [Double] = []
        let start = ContinuousClock.now
        while ContinuousClock.now - start < time {
            let begin = ContinuousClock.now
            _ = try server.answer(to: reports[taken.count % reports.count])
            taken.append((ContinuousClock.now - begin).seconds)
        }
        taken.sort()
        return taken[min(taken.count - 1, taken.count * 99 / 100)]
    }
}

/// G19.
struct SignInRows: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sign-in",
        abstract: "Whether reports stay quick, and memory bounded, while many sign in with wrong passwords."
    )
    static let measurements: [any Measurement.Type] = [SigningIn.self]

    @OptionGroup var options: MeasuringOptions

    func run() async throws {
        try await options.run(Self.measurements)
    }
}
