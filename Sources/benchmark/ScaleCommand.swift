import ArgumentParser

/// G12, G13, G14.
struct ScaleRows: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "scale",
        abstract: "Reports of ten times the history and of ten times the chapters.",
        discussion: "Takes some ten minutes and 15 GB: two more ledgers are written."
    )
    static let measurements: [any Measurement.Type] = [Scaling.self]

    @OptionGroup var options: MeasuringOptions

    func run() async throws {
        try await options.run(Self.measurements)
    }
}
