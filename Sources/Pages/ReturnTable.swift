import ReferralGroup

/// The figures of a block, a row for each member and one for all.
func returnTable(_ block: MonthlyROI.Block, named name: Phrase) -> HTML {
    """
    <div class="scroll" tabindex="0" role="region" aria-label="\(say: name)"><table class="return">
    <caption>\(say: name): \(say: "\(count: block.totals.members) members")</caption>
    <thead>
    <tr><td></td><th scope="colgroup" colspan="6">\(say: "Put in")</th><th scope="colgroup" colspan="3">\(say: "Got out")</th>\
    <th scope="colgroup" colspan="4">\(say: "Came to")</th><th scope="colgroup" colspan="4">\(say: "Did")</th></tr>
    <tr><th scope="col">\(say: "Member")</th>\(columns.map(heading))</tr>
    </thead>
    <tbody>
    \(block.members.map(row))</tbody>
    <tfoot><tr><th scope="row">\(say: "All")</th>\(totals(block.totals))</tr></tfoot>
    </table></div>
    """
}

private let columns: [Phrase] = [
    "Dues", "Fees", "Spent", "Hours", "Time", "Cost", "Received", "Profit", "Given", "Net", "ROI", "ROT",
    "Paid back", "Referrals given", "received", "1-2-1", "Meetings",
]

private func heading(_ name: Phrase) -> HTML {
    "<th scope=\"col\">\(say: name)</th>"
}

private func row(_ line: MonthlyROI.Line) -> HTML {
    let cells = columns(of: line.figures).map { _, figure, text in cell("\(text)", figure) }
    let counts = [line.referralsGiven, line.referralsReceived, line.oneToOnes, line.meetingsHeld]
    return """
        <tr><th scope="row">\(line.name)</th>\(cells)<td>\(line.payback.map { month -> HTML in "\(month, .long)" } ?? "–")</td>\
        \(counts.map { cell("\($0)") })</tr>

        """
}

private func totals(_ totals: MonthlyROI.Totals) -> HTML {
    let cells = columns(of: totals.figures).map { name, figure, text in
        cell(totals.text(figure, name) { _ in text }, figure)
    }
    return "\(cells)<td colspan=\"5\"></td>"
}

private func cell(_ text: HTML, _ figure: Figure? = nil) -> HTML {
    figure?.isNegative == true ? "<td class=\"minus\">\(text)</td>" : "<td>\(text)</td>"
}

/// Each figure by its name in the API, and as the page writes it.
private func columns(
    of figures: MonthlyROI.Figures
) -> [(name: String, figure: Figure?, text: Numeral)] {
    let amounts: [(String, Figure?)] = [
        ("dues", figures.dues), ("fees", figures.fees), ("spent", figures.spent), ("hours", figures.hours),
        ("time", figures.time), ("cost", figures.cost), ("received", figures.received),
        ("profit", figures.profit), ("given", figures.given), ("net", figures.net),
    ]
    return amounts.map { ($0, $1, Numbers.text($1)) } + [
        ("roi", figures.roi, Numbers.percent(figures.roi)),
        ("rot", figures.rot, Numbers.rounded(figures.rot, to: 2)),
    ]
}
