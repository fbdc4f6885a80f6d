import ArgumentParser

/// G1, G2, G17, G18.
struct PostgresRows: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "postgres",
        abstract: "Our client beside pgbench: lookups, writes, row-level security."
    )
    static let measurements: [any Measurement.Type] = [Lookup.self, RowSecurity.self, Writes.self]

    @OptionGroup var options: MeasuringOptions

    func run() async throws {
        try await options.run(Self.measurements)
    }
}
