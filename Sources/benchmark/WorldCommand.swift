import ArgumentParser

/// G20, G21.
struct WorldRows: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "world",
        abstract: "A meeting night and the end of a month, as a group of thousands of chapters has them.",
        discussion: """
            Without --chapters it writes 11 000 chapters, which takes about half an hour and 45 GB; their region has 100.
            Example: benchmark world --output docs/performance.md
            """
    )
    static let measurements: [any Measurement.Type] = [World.self]

    @OptionGroup var options: MeasuringOptions

    func run() async throws {
        var options = options
        if options.chapters == nil, !options.quick { options.chapters = 11_000 }
        try await options.run(Self.measurements)
    }
}
