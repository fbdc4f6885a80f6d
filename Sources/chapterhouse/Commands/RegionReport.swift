import ArgumentParser
import Exchange
import ReferralGroup
import Storage

/// Compares the chapters of a region.
struct RegionReport: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "region",
        abstract: ReportShape.region.purpose,
        discussion: """
            Tables: \(ReportShape.region.tables.map(\.key).joined(separator: ", ")).
            Example: chapterhouse report region south-quay --month 2026-10 --choose by=age --choose bounds=2,5
            Example: chapterhouse report region south-quay --months --output south-quay.csv
            """
    )

    @OptionGroup var database: DatabaseOptions
    @Argument(help: "The region's short name.") var region: Chapter.Slug
    @OptionGroup var printing: PrintingOptions
    @OptionGroup var days: ReportDays
    @Option(help: "Only this table, for a CSV holds one; the first without it.") var table: String?
    @Option(help: "What chapters are grouped by, and where groups end: by=age, bounds=2,5.") var choose:
        [Choice] = []
    @Flag(help: "A row for each chapter and month instead, as CSV.") var months = false

    func validate() throws {
        let shape = ReportShape.region
        if let table, !shape.tables.contains(where: { $0.key == table }) {
            let known = shape.tables.map(\.key).joined(separator: ", ")
            throw ValidationError("--table: there is no “\(table)” here; there are \(known)")
        }
        for choice in choose where !shape.options.contains(where: { $0.name == choice.name }) {
            let known = shape.options.map { "\($0.name)=\($0.fallback)" }.joined(separator: ", ")
            throw ValidationError("--choose: there is no “\(choice.name)” here; there are \(known)")
        }
        if months, ![.table, .csv].contains(printing.format) {
            throw ValidationError("--months comes as CSV; leave --format away")
        }
        if months, table != nil || !choose.isEmpty {
            throw ValidationError("--months has neither tables nor choices")
        }
    }

    func run() async throws {
        try printing.check()
        try await database.withDatabase { opened in
            let shell = opened.acting(as: .system(door: .cli), in: nil)
            var acting = shell
            if let email = database.person {
                guard let bearer = try await shell.run(.actingAs(email, slug: nil)) else {
                    throw Failure(.notAllowed, "nobody has the e-mail \(email)")
                }
                acting = opened.acting(as: .themselves(bearer.person, door: .cli), in: nil)
            }
            guard let region = try await acting.run(.directedRegion(region)) else {
                throw Unknown.region(region.description)
            }
            let period = try await days.period(of: 12) { [acting] in try await acting.run(.todayInUTC) }
            let asOf = days.asOf ?? Clock.now()
            guard months else {
                let report = try await acting.report(
                    .region,
                    of: region,
                    in: period,
                    asOf: asOf,
                    choosing: ReportShape.region.options.map { option in
                        choose.last { $0.name == option.name }?.value ?? option.fallback
                    }
                )
                return try await printing.write(report, table: table)
            }
            let rows = try await acting.months(of: region, in: period, asOf: asOf)
            try await Output.write(to: printing.output) { write in
                var csv = CSVWriter(ReportShape.monthsOfRegion)
                for try await chapter in rows {
                    for row in chapter { csv.append(row, of: ReportShape.monthsOfRegion) }
                    try write(csv.take())
                }
                try write(csv.take())
            }
        }
    }
}
