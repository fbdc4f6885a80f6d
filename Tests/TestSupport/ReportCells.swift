import ReferralGroup

extension Report.Table {
    /// The cells of each row by its first one, as a reader sees them; the row of all is `Total`.
    package var words: [String: [String]] {
        var words: [String: [String]] = [:]
        for row in rows { words[row.cells.first?.word ?? ""] = row.cells.dropFirst().map(\.word) }
        if let total { words["Total"] = total.cells.dropFirst().map(\.word) }
        return words
    }
}

extension Report.Cell {
    package var word: String {
        switch self {
        case .none: "–"
        case .text(let text): text
        case .member(_, let name): name
        case .number(let figure): figure.description
        case .day(let day): day.description
        case .month(let month): month.description
        case .words(let words): words.joined(separator: ", ")
        case .truth(let truth): truth ? "yes" : "no"
        }
    }
}
