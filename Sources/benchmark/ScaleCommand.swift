import ArgumentParser

/// G12, G13, G14.
struct ScaleRows: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "scale",
        abstract: "Reports of ten times the history and of ten times the chapters.",
        discussion: """
            Two more ledgers are written, which takes about an hour and 60 GB; with --chapters 300 a quarter of both.
            Example: benchmark scale --chapters 300 --output docs/performance.md
            """
    )
    static let measurements: [any Measurement.Type] = [Scaling.self]

    @OptionGroup var options: MeasuringOptions

    func run() async throws {
        try await options.run(Self.measurements)
    }
}
