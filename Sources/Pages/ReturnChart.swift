import ReferralGroup

/// Cost and profit of each member beside each other, as bars; the table below holds the same figures.
func returnChart(_ lines: [MonthlyROI.Line], currency: Currency) -> HTML {
    let shown = lines.sorted { $0.sortKey > $1.sortKey }
    let most = shown.flatMap { [$0.figures.cost.approximately, $0.figures.profit?.approximately ?? 0] }.max() ?? 0
    guard most > 0 else { return .none }
    let rowHeight = 30
    let height = shown.count * rowHeight + 8
    let bars = shown.enumerated().map { index, line -> HTML in
        let top = index * rowHeight + 8
        let cost = width(line.figures.cost.approximately, of: most)
        let profit = width(line.figures.profit?.approximately ?? 0, of: most)
        let profitBar: HTML = line.figures.profit == nil ? .none : "<rect class=\"profit\" x=\"150\" y=\"\(top)\" width=\"\(profit)\" height=\"10\" rx=\"2\"/>"
        return """
            <g><title>\(line.name): cost \(Numbers.text(line.figures.cost)), profit \(Numbers.text(line.figures.profit)) \(currency)</title>
            <text class="name" x="142" y="\(top + 14)" text-anchor="end">\(shortened(line.name))</text>
            \(profitBar)<rect class="cost" x="150" y="\(top + 12)" width="\(cost)" height="6" rx="2"/>
            <text class="value" x="\(156 + max(cost, profit))" y="\(top + 14)">\(Numbers.text(line.figures.net))</text></g>

            """
    }
    return """
        <figure class="chart">
        <svg viewBox="0 0 640 \(height)" role="img" aria-labelledby="chart-title chart-text">
        <title id="chart-title">Cost and profit of each member</title>
        <desc id="chart-text">A pair of bars for each member, with the net beside it; the table below holds the figures.</desc>
        \(bars)
        </svg>
        <figcaption><span class="key profit"></span> profit <span class="key cost"></span> cost; the figure is the net, in \(currency)</figcaption>
        </figure>
        """
}

private func width(_ value: Double, of most: Double) -> Int {
    guard value > 0 else { return 0 }
    return max(1, Int((value / most * 390).rounded()))
}

/// As much of a name as the margin holds.
private func shortened(_ name: String) -> String {
    name.count > 19 ? String(name.prefix(18)) + "…" : name
}

extension MonthlyROI.Line {
    fileprivate var sortKey: Double {
        figures.net?.approximately ?? -figures.cost.approximately
    }
}
