import Postgres
import ReferralGroup

extension ActingDatabase {
    /// A report as the one who acts may see it; the arithmetic is in `Schema/Reports`, a function for each table.
    package func report(
        _ shape: ReportShape,
        of chapter: Chapter,
        in period: Period,
        asOf: Instant,
        choosing choices: [String] = []
    ) async throws -> Report {
        let choices = shape.completed(choices)
        // Whatever is written meanwhile, all tables are of one moment.
        let tables = try await transaction(isolation: .repeatableRead) {
            try await $0.tables(shape, of: chapter.id, in: period, asOf: asOf, choices)
        }
        return Report(shape, of: chapter, in: period, asOf: asOf, choices: choices, tables: tables)
    }

    /// The same of a region, in the currency of most of its chapters.
    package func report(
        _ shape: ReportShape,
        of region: Region,
        in period: Period,
        asOf: Instant,
        choosing choices: [String] = []
    ) async throws -> Report {
        let choices = shape.completed(choices)
        let (tables, currency) = try await transaction(isolation: .repeatableRead) { reading in
            let currency = try await reading.run(
                Query<Currency>(value: "SELECT currency_of_region(\(region.id))")
            )
            return (
                try await reading.tables(shape, of: region.id, in: period, asOf: asOf, choices), currency
            )
        }
        return Report(
            shape,
            of: region.slug,
            named: region.name,
            in: period,
            currency: currency,
            asOf: asOf,
            choices: choices,
            tables: tables
        )
    }

    /// The records behind the figures of a report, of one member or of all, for one column or for all.
    package func entries(
        _ entries: TableShape,
        of shape: ReportShape,
        behind figure: String?,
        of member: Membership.ID?,
        in chapter: Chapter,
        during period: Period,
        asOf: Instant
    ) async throws -> Report {
        let source = shape.function(entries, of: chapter.id, in: period, asOf: asOf, shape.completed([]))
        // What was taken out of the ledger stands beside what is in it.
        let (table, corrections) = try await run(
            Query.table(
                entries,
                """
                SELECT * FROM \(source)
                 WHERE (\(member) IS NULL OR member_id = \(member))
                   AND (\(figure) IS NULL OR figure = \(figure))
                """
            ).exclusive,
            Query.table(
                .corrections,
                """
                SELECT slip, day, was, replacement_id IS NOT NULL AS is_replaced, reason, corrected_by AS by,
                       to_char(corrected_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS at,
                       slip_id::text AS slip_id, replacement_id::text AS replacement_id
                  FROM corrections(\(chapter.id), \(period.from), \(period.to), \(member))
                """
            ).exclusive
        )
        return Report(shape, of: chapter, in: period, asOf: asOf, tables: [table, corrections])
    }
}

extension ActingTransaction {
    fileprivate func tables(
        _ shape: ReportShape,
        of place: some PostgresEncodable,
        in period: Period,
        asOf: Instant,
        _ choices: [String]
    ) async throws -> [Report.Table] {
        var tables: [Report.Table] = []
        for table in shape.tables {
            let source = shape.function(table, of: place, in: period, asOf: asOf, choices)
            tables.append(try await run(.table(table, "SELECT * FROM \(source)")))
        }
        return tables
    }
}

extension ReportShape {
    /// The function that computes a table: `giving_members(…)`.
    fileprivate func function(
        _ table: TableShape,
        of place: some PostgresEncodable,
        in period: Period,
        asOf: Instant,
        _ choices: [String]
    ) -> SQL {
        let function = SQL(stringLiteral: "\(name)_\(table.key)")
        let call: SQL = "\(function)(\(place), \(period.from), \(period.to), \(asOf)"
        return "\(choices.reduce(call) { "\($0), \($1)" }))"
    }

    /// A value for every option: those chosen, and where there are fewer, what is taken else.
    fileprivate func completed(_ choices: [String]) -> [String] {
        choices + options.dropFirst(choices.count).map(\.fallback)
    }
}

extension Query<Report.Table> {
    static func table(_ table: TableShape, _ statement: SQL) -> Self {
        Query(statement) { result in
            var rows: [Report.Row] = []
            var total: Report.Row?
            for row in result.rows {
                let read = try Report.Row(row, columns: table.columns)
                if table.hasTotal, try row["is_total"] { total = read } else { rows.append(read) }
            }
            return Report.Table(table, rows: rows, total: total)
        }
    }
}

extension Report.Row {
    fileprivate init(_ row: Postgres.Row, columns: [Column]) throws {
        let withholds = columns.contains(where: \.isPrivate)
        try self.init(
            cells: columns.map { try Report.Cell(row, column: $0) },
            withheld: withholds ? row["withheld"] : []
        )
    }
}

extension Report.Cell {
    fileprivate init(_ row: Postgres.Row, column: Column) throws {
        let key = column.key
        switch column.measure {
        case .member:
            let name: String? = try row["\(key)_name"]
            self = try name.map { .member(try row["\(key)_id"], name: $0) } ?? .none
        case .text, .word, .figure: self = try (row[key] as String?).map(Self.text) ?? .none
        case .count: self = try (row[key] as Int64?).map { .number(Figure($0)) } ?? .none
        case .amount, .number, .ratio: self = try (row[key] as Figure?).map(Self.number) ?? .none
        case .day: self = try (row[key] as LocalDate?).map(Self.day) ?? .none
        case .month: self = try (row[key] as Month?).map(Self.month) ?? .none
        case .words: self = try (row[key] as [String]?).map(Self.words) ?? .none
        case .truth: self = try (row[key] as Bool?).map(Self.truth) ?? .none
        }
    }
}
