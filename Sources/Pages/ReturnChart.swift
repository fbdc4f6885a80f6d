import ReferralGroup

/// A band of cost for each member and a bar of what stands against it; the table below holds the same figures.
///
/// Drawn without a view box, in shares of the width, so that letters keep their size on a phone.
func returnChart(_ lines: [MonthlyROI.Line], currency: Currency) -> HTML {
    let measure = Measure(for: lines)
    let most =
        lines.map { max($0.figures.cost.approximately, measure.bar($0)?.approximately ?? 0) }.max() ?? 0
    guard most > 0 else { return .none }
    let rows = measure.ranked(lines).enumerated().map { number, line in
        Row(line: line, measure: measure, top: 26 * number + 4, most: most)
    }
    return """
        <figure class="chart">
        <svg width="100%" height="\(26 * rows.count + 8)" role="img" aria-labelledby="chart-title chart-text">
        <title id="chart-title">\(say: measure.title(in: currency))</title>
        <desc id="chart-text">\(say: gist(of: rows)) \(say: "The table below holds the figures.")</desc>
        <svg class="names" width="38%">
        \(rows.map(\.name))</svg>
        <svg class="bars" x="39%" width="39%">
        \(rows.map(\.bars))</svg>
        \(rows.map(\.value))</svg>
        <figcaption><span class="key cost"></span> \(say: "cost") <span class="key profit"></span> \(say: measure.caption)</figcaption>
        </figure>
        """
}

/// What stands against the cost: profit, or what was given where most of the profit is not the reader's to see.
private enum Measure {
    case profit, given

    init(for lines: [MonthlyROI.Line]) {
        let withheld = lines.count { $0.figures.profit == nil }
        self = withheld > lines.count / 2 ? .given : .profit
    }

    func bar(_ line: MonthlyROI.Line) -> Figure? {
        self == .profit ? line.figures.profit : line.figures.given
    }

    func value(_ line: MonthlyROI.Line) -> Figure? {
        self == .profit ? line.figures.net : line.figures.given
    }

    /// The largest value first, and last those without one.
    func ranked(_ lines: [MonthlyROI.Line]) -> [MonthlyROI.Line] {
        let known = lines.filter { value($0) != nil }
        let ranked = known.enumerated().sorted { one, other in
            let values = (value(one.element)?.approximately ?? 0, value(other.element)?.approximately ?? 0)
            return values.0 == values.1 ? one.offset < other.offset : values.0 > values.1
        }
        return ranked.map(\.element) + lines.filter { value($0) == nil }
    }

    func title(in currency: Currency) -> Phrase {
        self == .profit
            ? "Cost and profit of each member, in \(currency)"
            : "Cost and given of each member, in \(currency)"
    }

    func parts(of line: MonthlyROI.Line) -> Phrase {
        let (cost, bar) = (Numbers.text(line.figures.cost), Numbers.text(bar(line)))
        return self == .profit
            ? "\(line.name): cost \(cost), profit \(bar)" : "\(line.name): cost \(cost), given \(bar)"
    }

    var caption: Phrase {
        switch self {
        case .profit:
            "profit of what was received; the figure is the net. A bar that passes its band is a return."
        case .given: "given, which is also the figure: closed business for which others thanked the member"
        }
    }
}

private struct Row {
    let line: MonthlyROI.Line
    let measure: Measure
    let top: Int
    let most: Double

    var name: HTML {
        "<text x=\"0\" y=\"\(top + 13)\">\(shortened(line.name))</text>\n"
    }

    var bars: HTML {
        let bar = measure.bar(line)
        let inner: HTML =
            bar.map {
                "<rect class=\"profit\" y=\"\(top + 5)\" width=\"\(width($0))\" height=\"8\" rx=\"1.5\"/>"
            }
            ?? .none
        return """
            <g><title>\(say: measure.parts(of: line))</title>\
            <rect class="cost" y="\(top + 1)" width="\(width(line.figures.cost))" height="16" rx="2"/>\(inner)</g>

            """
    }

    var value: HTML {
        let style = measure.value(line)?.isNegative == true ? "value minus" : "value"
        return """
            <text class="\(style)" x="100%" y="\(top + 13)" text-anchor="end">\(shownValue)</text>

            """
    }

    var shownValue: Numeral {
        Numbers.text(measure.value(line))
    }

    private func width(_ figure: Figure) -> String {
        percentage(figure.approximately / most * 100)
    }
}

/// As much of a name as the chart has room for.
func shortened(_ name: String) -> String {
    let scalars = name.unicodeScalars
    guard scalars.count > 40 else { return name }
    return String(String.UnicodeScalarView(scalars.prefix(39))) + "…"
}

private func gist(of rows: [Row]) -> Phrase {
    let known = rows.filter { $0.measure.value($0.line) != nil }
    guard let best = known.first, let last = known.last else {
        return "Bands for \(count: rows.count) members."
    }
    return """
        Bars for \(count: rows.count) members, the largest figure first: \
        \(best.line.name) with \(best.shownValue) to \(last.line.name) with \(last.shownValue).
        """
}

/// A length of a drawing with one decimal.
func percentage(_ value: Double) -> String {
    guard value > 0 else { return "0.0%" }
    let tenths = Int((min(value, 100) * 10).rounded())
    return "\(tenths / 10).\(tenths % 10)%"
}
