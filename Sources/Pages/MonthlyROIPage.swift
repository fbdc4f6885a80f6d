import ReferralGroup

/// The monthly return of a chapter: what stands out, the chart, the table behind it, and what the words mean.
package func monthlyROIPage(
    _ report: MonthlyROI,
    closing form: ClosingForm? = nil,
    beside others: [ReportShape] = ReportShape.all
) -> HTML {
    let isOfOne = report.since == report.month
    let month = isOfOne ? title(of: report.month) : "\(title(of: report.since)) to \(title(of: report.month))"
    return page(
        title: "\(report.chapterName), return for \(month)",
        """
        \(otherMonths(report))
        <p class="eyebrow">\(report.chapterName)</p>
        <h1>Return for \(month)</h1>
        <p class="hint">All amounts in \(report.currency). As of <time datetime="\(report.asOf)">\(moment(report.asOf))</time>.</p>
        \(closingNote(report))\(headlines(report))
        \(notes(report.inMonth.totals))
        <nav class="jump" aria-label="On this page">
        <a href="#month">\(month)</a> <a href="#trailing">12 months</a> <a href="#since-joining">Since joining</a> <a href="#words">What the words mean</a>
        </nav>
        <section id="month"><h2>Who put in, who got out</h2>
        \(returnChart(report.inMonth.members, currency: report.currency))
        \(returnTable(report.inMonth, named: month))
        </section>
        <section id="trailing"><h2>The last twelve months</h2>
        \(summary(of: report.trailing.totals))
        \(returnTable(report.trailing, named: "Twelve months, ending with \(title(of: report.month))"))
        </section>
        <section id="since-joining"><h2>Since joining</h2>
        \(summary(of: report.sinceJoining.totals))
        \(returnTable(report.sinceJoining, named: "Since each member joined"))
        </section>
        \(closingForm(report, form))\(legend)
        \(links(to: others, of: report.chapter, besides: "roi"))
        \(parameters(of: report))
        """
    )
}

private func otherMonths(_ report: MonthlyROI) -> HTML {
    let before = report.month.advanced(by: -1)
    let after = report.month.advanced(by: 1)
    // A chapter may be a day ahead of UTC.
    let isToCome = after.firstDay.daysSinceEpoch > day(of: report.asOf) + 1
    return """
        <nav class="months" aria-label="Months">
        \(before < report.month ? link(to: before, "prev", "← \(title(of: before))") : .none)
        \(isToCome ? .none : link(to: after, "next", "\(title(of: after)) →"))
        </nav>
        """

    func link(to month: Month, _ relation: String, _ label: String) -> HTML {
        "<a href=\"/chapters/\(report.chapter)/reports/roi?month=\(month)\" rel=\"\(relation)\">\(label)</a>"
    }
}

private func day(of instant: Instant) -> Int {
    let (days, rest) = instant.microsecondsSinceEpoch.quotientAndRemainder(dividingBy: 86_400_000_000)
    return Int(days) - (rest < 0 ? 1 : 0)
}

/// A field of the API in words: `median_roi` is median roi.
private func words(_ field: String) -> String {
    String(decoding: field.utf8.map { $0 == UInt8(ascii: "_") ? UInt8(ascii: " ") : $0 }, as: UTF8.self)
}

/// An instant to the minute.
package func moment(_ instant: Instant) -> String {
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

private func parameters(of report: MonthlyROI) -> HTML {
    let address = "/api/v1/chapters/\(report.chapter)/reports/roi"
    // Asked as of its moment, a closed month would be computed anew.
    let asOf: HTML = report.closing == nil ? "&amp;as_of=\(report.asOf)" : .none
    let isOfOne = report.since == report.month
    let months: HTML = isOfOne ? "month=\(report.month)" : "from=\(report.since)&amp;to=\(report.month)"
    let question: HTML = "\(months)\(asOf)"
    return """
        <section class="legend"><h2>How this was computed</h2>
        <dl>
        <dt>\(isOfOne ? "Month" : "Months")</dt><dd>\(report.since.firstDay) to \(report.month.lastDay), days of the chapter’s own time zone</dd>
        <dt>Twelve months</dt><dd>\(report.month.advanced(by: -11).firstDay) to \(report.month.lastDay)</dd>
        <dt>As of</dt><dd>\(moment(report.asOf)): nothing after that day counts, and dues run up to it</dd>
        <dt>Rules</dt><dd>the fees, the value of an hour and the margins in force on each day</dd>
        <dt>Rounding</dt><dd>each figure once, when it is printed; a column may differ from its total by a cent</dd>
        <dt>The same as</dt><dd>\(otherFormats(at: address, question))</dd>
        </dl></section>
        """
}
