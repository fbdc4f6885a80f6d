import ReferralGroup

/// Bars of each member: cost, and what stands against it; the table below holds the same figures.
///
/// Where most of what was earned is withheld from the reader, what members gave stands against the cost instead.
func returnChart(_ lines: [MonthlyROI.Line], currency: Currency) -> HTML {
    let withheld = lines.filter { $0.figures.profit == nil }.count
    let measure: Measure = withheld * 2 > lines.count ? .given : .profit
    let shown = lines.sorted { measure.rank($0) > measure.rank($1) }
    let most =
        shown.flatMap { [$0.figures.cost.approximately, measure.figure($0)?.approximately ?? 0] }.max() ?? 0
    guard most > 0 else { return .none }
    let rowHeight = 26
    let height = shown.count * rowHeight + 6
    let bars = shown.enumerated().map { index, line -> HTML in
        let top = index * rowHeight + 6
        let cost = width(line.figures.cost.approximately, of: most)
        let against = width(measure.figure(line)?.approximately ?? 0, of: most)
        return """
            <g><title>\(line.name): cost \(Numbers.text(line.figures.cost)), \(measure.rawValue) \(Numbers.text(measure.figure(line))) \(currency)</title>
            <text class="name" x="122" y="\(top + 12)" text-anchor="end">\(shortened(line.name))</text>
            <rect class="profit" x="130" y="\(top)" width="\(against)" height="9" rx="2"/>
            <rect class="cost" x="130" y="\(top + 10)" width="\(cost)" height="5" rx="2"/>
            <text class="value" x="\(135 + max(cost, against))" y="\(top + 12)">\(Numbers.text(measure.value(line)))</text></g>

            """
    }
    return """
        <figure class="chart">
        <svg viewBox="0 0 440 \(height)" role="img" aria-labelledby="chart-title chart-text">
        <title id="chart-title">Cost and \(measure.rawValue) of each member</title>
        <desc id="chart-text">A pair of bars for each member; the table below holds the figures.</desc>
        \(bars)
        </svg>
        <figcaption><span class="key profit"></span> \(measure.rawValue) <span class="key cost"></span> cost; \(measure.caption), in \(currency)</figcaption>
        </figure>
        """
}

/// What stands against the cost.
private enum Measure: String {
    case profit, given

    func figure(_ line: MonthlyROI.Line) -> Figure? {
        self == .profit ? line.figures.profit : line.figures.given
    }

    func value(_ line: MonthlyROI.Line) -> Figure? {
        self == .profit ? line.figures.net : line.figures.given
    }

    func rank(_ line: MonthlyROI.Line) -> Double {
        value(line)?.approximately ?? -line.figures.cost.approximately
    }

    var caption: String {
        self == .profit ? "the figure is the net" : "the figure is what was given"
    }
}

private func width(_ value: Double, of most: Double) -> Int {
    guard value > 0 else { return 0 }
    return max(1, Int((value / most * 230).rounded()))
}

/// As much of a name as the margin holds.
private func shortened(_ name: String) -> String {
    name.count > 18 ? String(name.prefix(17)) + "…" : name
}
