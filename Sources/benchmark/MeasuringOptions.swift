import ArgumentParser

/// What every measuring command understands.
struct MeasuringOptions: ParsableArguments {
    @Flag(help: "One short pair on a few chapters: shows that everything runs, not how fast.")
    var quick = false

    @Option(help: "How many pairs of adjacent slices (7).")
    var pairs: Int?

    @Option(help: "How long a slice is, in seconds (2.5).")
    var slice: Double?

    @Option(help: "How many chapters the ledger has (1100).")
    var chapters: Int?

    @Option(help: "How many members a chapter has (30).")
    var members: Int?

    @Option(help: "How many years the ledger goes back (1).")
    var years: Int?

    @Option(help: "How many rows are imported from a CSV file (1000000).")
    var rows: Int?

    @Option(
        parsing: .upToNextOption,
        help: "Only these rows, by name (G1 G18), and what is measured with them."
    )
    var only: [String] = []

    @Option(help: "A Markdown file in whose table the measured rows replace those of the same name.")
    var output: String?

    func validate() throws {
        for (name, number) in [
            ("pairs", pairs), ("chapters", chapters), ("years", years), ("rows", rows),
        ] {
            if let number, number < 1 { throw ValidationError("--\(name) takes a number from 1 on") }
        }
        if let members, members < 4 { throw ValidationError("--members takes a number from 4 on") }
        if let years, years > 50 { throw ValidationError("--years takes a number up to 50") }
        if let slice, !(0.01...600).contains(slice) {
            throw ValidationError("--slice takes seconds between 0.01 and 600")
        }
    }

    var pace: Pace {
        var pace = quick ? Pace.quick : Pace()
        if let pairs { pace.pairs = pairs }
        if let slice { pace.slice = .seconds(slice) }
        if let rows { pace.importedRows = rows }
        return pace
    }

    var size: LedgerSize {
        var size = quick ? LedgerSize.quick : LedgerSize()
        if let chapters { size.chapters = chapters }
        if let members { size.members = members }
        if let years { size.years = years }
        return size
    }

    /// Measures, tells, and writes what `--output` asks for; fails where a promised row is missing.
    func run(_ all: [any Measurement.Type]) async throws {
        let measurements = all.filter { only.isEmpty || !Set(only).isDisjoint(with: $0.rows) }
        let known = all.flatMap { $0.rows }
        if let unknown = Set(only).subtracting(known).min() {
            throw ValidationError("--only takes \(known.joined(separator: ", ")); \(unknown) is none of them")
        }
        let ground = try await Ground.prepare(size, isQuick: quick)
        var report = Report(machine: try await Machine(ground), size: size, isQuick: quick)
        do {
            for measurement in measurements {
                for finding in try await measurement.findings(on: ground, at: pace) { report.add(finding) }
            }
        } catch {
            ground.stop()
            throw error
        }
        ground.stop()
        print(report.markdown)
        if let output { try report.update(output) }
        let missing = measurements.flatMap { $0.rows }.filter { !report.holds($0) }
        guard missing.isEmpty else { throw RowsMissing(rows: missing) }
    }
}

/// A measurement promised rows that it did not measure.
struct RowsMissing: Error, CustomStringConvertible {
    let rows: [String]

    var description: String {
        "nothing was found for \(rows.joined(separator: ", "))"
    }
}
