import ArgumentParser
import Exchange

/// Rows of one kind, printed as table, JSON or CSV with the same words.
struct Listing {
    /// In the words of the API: `joined_on`.
    let columns: [String]
    var rows: [[Cell]] = []

    enum Cell {
        case text(String)
        case number(String)
        case none

        init(_ text: String?) {
            self = text.map { .text($0) } ?? .none
        }
    }

    mutating func add(_ cells: Cell...) {
        rows.append(cells)
    }
}

extension Listing {
    func print(as format: Format) throws {
        switch format {
        case .table: try Output.write(table)
        case .json: try Output.line(json)
        case .csv: try Output.write(csv)
        }
    }

    private var table: String {
        let numbers = columns.indices.filter { index in
            rows.contains { if case .number = $0[index] { true } else { false } }
        }
        var table = TextTable(headings: columns, numbers: Set(numbers))
        for row in rows { table.add(row.map { $0.text ?? "–" }) }
        return table.text
    }

    private var json: String {
        var writer = JSONWriter()
        writer.array { writer in
            for row in rows {
                writer.object { writer in
                    for (column, cell) in zip(columns, row) {
                        writer.key(column)
                        switch cell {
                        case .text(let text): writer.string(text)
                        case .number(let digits): writer.number(digits)
                        case .none: writer.null()
                        }
                    }
                }
            }
        }
        return writer.text
    }

    private var csv: String {
        var writer = CSVWriter(header: columns)
        for row in rows {
            writer.append(
                row.map { cell in
                    switch cell {
                    case .text(let text): .text(text)
                    case .number(let digits): .number(digits)
                    case .none: .empty
                    }
                }
            )
        }
        return writer.text
    }
}

extension Listing.Cell {
    fileprivate var text: String? {
        switch self {
        case .text(let text), .number(let text): text
        case .none: nil
        }
    }
}

struct ListingOptions: ParsableArguments {
    @Option(help: "How to print it: table, json or csv.")
    var format: Format = .table
}
