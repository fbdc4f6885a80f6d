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

struct ListingOptions: ParsableArguments {
    @Option(help: "How to print it: table, json or csv.")
    var format: Format = .table
}
