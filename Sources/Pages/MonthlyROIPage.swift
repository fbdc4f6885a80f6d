import ReferralGroup

/// The monthly return of a chapter: what stands out, the chart, the table behind it, and what the words mean.
package func monthlyROIPage(_ report: MonthlyROI) -> HTML {
    let base = "/chapters/\(report.chapter)/reports/roi"
    let api = "/api/v1/chapters/\(report.chapter)/reports/roi"
    let totals = report.inMonth.totals
    return page(
        title: "\(report.chapterName), return for \(report.month)",
        """
        <nav class="months" aria-label="Months">
        <a href="\(base)?month=\(report.month.advanced(by: -1))" rel="prev">← \(report.month.advanced(by: -1))</a>
        <a href="\(base)?month=\(report.month.advanced(by: 1))" rel="next">\(report.month.advanced(by: 1)) →</a>
        </nav>
        <p class="eyebrow">\(report.chapterName)</p>
        <h1>Return for \(title(of: report.month))</h1>
        <p class="hint">All amounts in \(report.currency). As of \(moment(report.asOf)). The same as <a href="\(api).json?month=\(report.month)">JSON</a> or <a href="\(api).csv?month=\(report.month)">CSV</a>.</p>
        \(headlines(totals, currency: report.currency))
        \(notes(totals))
        <section><h2>Who put in, who got out</h2>
        \(returnChart(report.inMonth.members, currency: report.currency))
        \(table(report.inMonth, caption: "The month"))
        </section>
        <details><summary>The last twelve months</summary>\(table(report.trailing, caption: "Twelve months, ending with this one"))</details>
        <details><summary>Since joining</summary>\(table(report.sinceJoining, caption: "Since each member joined"))</details>
        \(legend)
        """
    )
}

/// A field of the API in words: `median_roi` is median roi.
private func words(_ field: String) -> String {
    String(decoding: field.utf8.map { $0 == UInt8(ascii: "_") ? UInt8(ascii: " ") : $0 }, as: UTF8.self)
}

/// An instant to the minute.
private func moment(_ instant: Instant) -> String {
    let text = instant.description
    return "\(text.prefix(10)) \(text.dropFirst(11).prefix(5)) UTC"
}

private func title(of month: Month) -> String {
    let names = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
        "November", "December",
    ]
    return "\(names[(month.number - 1) % 12]) \(month.year)"
}

private func headlines(_ totals: MonthlyROI.Totals, currency: Currency) -> HTML {
    let figures = totals.figures
    let quartiles = totals.quartilesROI.map(Numbers.percent).joined(separator: " to ")
    let tiles: [(String, String, String)] = [
        ("Return on cost", Numbers.percent(figures.roi), "half of the members between \(quartiles)"),
        (
            "Net", Numbers.text(figures.net),
            "profit \(Numbers.text(figures.profit)) less cost \(Numbers.text(figures.cost))"
        ),
        (
            "Received", Numbers.text(figures.received),
            "of it from outside \(Numbers.text(totals.receivedOutside))"
        ),
        ("Given", Numbers.text(figures.given), "thanks to our members"),
        (
            "Hours", Numbers.text(figures.hours),
            "\(Numbers.rounded(figures.rot, to: 2)) \(currency) of profit an hour"
        ),
        (
            "A seat is worth", Numbers.text(totals.seatValue),
            "a year; an open one costs \(Numbers.text(totals.openSeatMonth)) a month"
        ),
    ]
    let items = tiles.map { name, value, hint -> HTML in
        "<div class=\"tile\"><dt>\(name)</dt><dd>\(value)</dd><dd class=\"hint\">\(hint)</dd></div>\n"
    }
    return "<dl class=\"tiles\">\(items)</dl>"
}

private func notes(_ totals: MonthlyROI.Totals) -> HTML {
    let withheld: HTML =
        totals.withheld.isEmpty
        ? .none
        : "<p class=\"note\">Fewer than 3 of the others earned, so these are withheld: \(totals.withheld.map(words).joined(separator: ", ")).</p>"
    let unconverted: HTML =
        totals.unconverted.isEmpty
        ? .none
        : "<p class=\"note\">Left out for want of an exchange rate: \(totals.unconverted.joined(separator: "; ")).</p>"
    return "\(withheld)\(unconverted)"
}

private func table(_ block: MonthlyROI.Block, caption: String) -> HTML {
    let headings = [
        "Dues", "Fees", "Spent", "Hours", "Time", "Cost", "Received", "Profit", "Given", "Net", "ROI",
        "Per hour", "Paid back",
    ]
    let head = headings.map { name -> HTML in "<th scope=\"col\">\(name)</th>" }
    let rows = block.members.map { line -> HTML in
        "<tr><th scope=\"row\">\(line.name)</th>\(cells(line.figures))<td>\(line.payback?.description ?? "–")</td></tr>\n"
    }
    return """
        <div class="scroll" tabindex="0" role="region" aria-label="\(caption)"><table>
        <caption>\(caption): \(block.totals.members) members</caption>
        <thead><tr><th scope="col">Member</th>\(head)</tr></thead>
        <tbody>
        \(rows)</tbody>
        <tfoot><tr><th scope="row">All</th>\(cells(block.totals.figures))<td></td></tr></tfoot>
        </table></div>
        """
}

private func cells(_ figures: MonthlyROI.Figures) -> [HTML] {
    let amounts = [
        figures.dues, figures.fees, figures.spent, figures.hours, figures.time, figures.cost,
        figures.received, figures.profit,
        figures.given, figures.net,
    ]
    let texts =
        amounts.map(Numbers.text) + [Numbers.percent(figures.roi), Numbers.rounded(figures.rot, to: 2)]
    return zip(texts, amounts + [figures.roi, figures.rot]).map { text, figure -> HTML in
        figure?.isNegative == true ? "<td class=\"minus\">\(text)</td>" : "<td>\(text)</td>"
    }
}

private let legend: HTML = """
    <section class="legend"><h2>What the words mean</h2><dl>
    <dt>Dues</dt><dd>the membership fee, day by day</dd>
    <dt>Fees</dt><dd>meeting fees, for every meeting or those attended, as the chapter decided</dd>
    <dt>Spent</dt><dd>money of activities and one-to-ones</dd>
    <dt>Hours, time</dt><dd>meetings marked present or late, one-to-ones, activities and education; at the value of an hour</dd>
    <dt>Cost</dt><dd>dues + fees + spent + time</dd>
    <dt>Received, profit</dt><dd>closed business the member earned; times the member’s margin</dd>
    <dt>Given</dt><dd>closed business for which others thanked the member</dd>
    <dt>Net, ROI</dt><dd>profit − cost; net / cost</dd>
    <dt>Per hour</dt><dd>profit / hours</dd>
    <dt>Paid back</dt><dd>the month in which the net since joining reached zero</dd>
    <dt>–</dt><dd>nothing to divide by, or withheld: what a member earned is theirs, and shown to others only in sums of three and more</dd>
    </dl></section>
    """
