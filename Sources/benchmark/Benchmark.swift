import ArgumentParser

/// Measures Chapterhouse beside what it is compared with; the rows are those of docs/performance.md.
@main
struct Benchmark: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "benchmark",
        abstract: "Measures Chapterhouse beside what it is compared with, pair by pair.",
        discussion: """
            Every command starts a PostgreSQL of its own in a fresh folder (TMPDIR says where) and fills it with a
            made ledger, the same rows every time. Measure with a release build on a machine that does nothing else.
            """,
        subcommands: [
            PostgresRows.self, HTTPRows.self, StartRows.self, SignInRows.self, CopyRows.self, ScaleRows.self,
            WorldRows.self, Soak.self,
            All.self,
        ]
    )

    /// Every family of rows, in the order of `all`: what restarts the server, and what adds to the ledger, comes last.
    static let measurements =
        PostgresRows.measurements + HTTPRows.measurements + StartRows.measurements
        + SignInRows.measurements + CopyRows.measurements
        + ScaleRows.measurements + WorldRows.measurements
}

/// Everything that `docs/performance.md` has a row for.
struct All: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Measure every row.")

    @OptionGroup var options: MeasuringOptions

    func run() async throws {
        try await options.run(Benchmark.measurements)
    }
}
