import ArgumentParser

/// G3 to G9.
struct HTTPRows: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "http",
        abstract: "The service over HTTP beside pgbench, FastAPI and Django.",
        discussion:
            "Needs wrk and, for the peers, Python; what is missing is installed where that is possible."
    )
    static let measurements: [any Measurement.Type] = [BesidePgbench.self, BesidePeers.self]

    @OptionGroup var options: MeasuringOptions

    func run() async throws {
        try await options.run(Self.measurements)
    }
}

/// G15 and G16.
struct StartRows: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "start",
        abstract: "How soon the service answers, and what it holds in memory, beside FastAPI."
    )
    static let measurements: [any Measurement.Type] = [Starting.self]

    @OptionGroup var options: MeasuringOptions

    func run() async throws {
        try await options.run(Self.measurements)
    }
}
