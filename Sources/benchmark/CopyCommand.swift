import ArgumentParser

/// G10 and G11.
struct CopyRows: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "copy",
        abstract: "A checked import of a CSV file beside psql's \\copy."
    )
    static let measurements: [any Measurement.Type] = [Importing.self]

    @OptionGroup var options: MeasuringOptions

    func run() async throws {
        try await options.run(Self.measurements)
    }
}
