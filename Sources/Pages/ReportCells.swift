import ReferralGroup

extension Report.Cell {
    /// On a screen a ratio is rounded to a tenth of a percent; on paper, where nothing leads to the rest, it is whole.
    func shown(as measure: Column.Measure, on medium: Medium) -> HTML {
        switch self {
        case .none: "–"
        case .text(let text) where measure == .word: "\(Phrase(reading: text))"
        case .text(let key) where measure == .figure: "\(Phrase(of: Self.headings[key] ?? key))"
        case .text(let text) where Self.wordsForNothing.contains(text): "\(Phrase(of: text))"
        case .text(let text): "\(text)"
        // Who is no member of the chapter is named by a word: nobody, other chapters.
        case .member(nil, let name): "\(Phrase(of: name))"
        case .member(_, let name): "\(name)"
        case .number(let figure) where measure == .ratio:
            "\(medium == .screen ? Numbers.share(figure) : Numbers.exactShare(figure))"
        case .number(let figure): "\(Numbers.text(figure))"
        case .day(let day): "\(day, .long)"
        case .month(let month): "\(month, .long)"
        case .words(let words): listed(words.map { Phrase(reading: $0) })
        case .truth(let truth): "\(say: truth ? "yes" : "no")"
        }
    }

    /// The same with as much of somebody's name as a chart has room for.
    func label(as measure: Column.Measure, on medium: Medium) -> HTML {
        switch self {
        case .member(.some, let name): "\(shortened(name))"
        case .text(let text) where measure == .text:
            Report.Cell.text(shortened(text)).shown(as: measure, on: medium)
        default: shown(as: measure, on: medium)
        }
    }

    var figure: Figure? {
        if case .number(let figure) = self { figure } else { nil }
    }

    var isNegative: Bool {
        figure?.isNegative == true
    }

    /// What the columns are called that entries count in.
    private static let headings: [String: String] = {
        let columns = (ReportShape.all + ReportShape.ofRegions).flatMap(\.tables).flatMap(\.columns)
        return Dictionary(columns.map { ($0.key, $0.heading) }) { first, _ in first }
    }()

    /// What reports say where somebody wrote nothing that could be shown.
    private static let wordsForNothing: Set<String> = ["none", "not noted", "not said"]
}
