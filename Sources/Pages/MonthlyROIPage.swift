import ReferralGroup

/// The monthly return of a chapter: what stands out, the chart, the table behind it, and what the words mean.
package func monthlyROIPage(
    _ report: MonthlyROI,
    closing form: ClosingForm? = nil,
    beside others: [ReportShape] = ReportShape.all,
    for reader: Reader? = nil
) -> HTML {
    let isOfOne = report.since == report.month
    let month: Phrase =
        isOfOne ? "\(report.month, .long)" : "\(report.since, .long) to \(report.month, .long)"
    let asOf: HTML = "<time datetime=\"\(report.asOf)\">\(moment(report.asOf))</time>"
    return page(
        title: "\(say: "\(report.chapterName), return for \(month)")",
        ofReportsFor: reader,
        """
        \(otherMonths(report))
        <p class="eyebrow">\(report.chapterName)</p>
        <h1>\(say: "Return for \(month)")</h1>
        <p class="hint">\(say: "All amounts in \(report.currency). As of \(asOf).")</p>
        \(closingNote(report))\(headlines(report))
        \(notes(report.inMonth.totals))
        <nav class="jump" aria-label="\(say: "On this page")">
        <a href="#month">\(say: month)</a> <a href="#trailing">\(say: "12 months")</a> <a href="#since-joining">\(say: "Since joining")</a> <a href="#words">\(say: "What the words mean")</a>
        </nav>
        <section id="month"><h2>\(say: "Who put in, who got out")</h2>
        \(returnChart(report.inMonth.members, currency: report.currency))
        \(returnTable(report.inMonth, named: month))
        </section>
        <section id="trailing"><h2>\(say: "The last twelve months")</h2>
        \(summary(of: report.trailing.totals))
        \(returnTable(report.trailing, named: "Twelve months, ending with \(report.month, .long)"))
        </section>
        <section id="since-joining"><h2>\(say: "Since joining")</h2>
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
    let isToCome = after.firstDay.daysSinceEpoch > report.asOf.day.daysSinceEpoch + 1
    return """
        <nav class="months" aria-label="\(say: "Months")">
        \(before < report.month ? link(to: before, "prev", "← \(before, .long)") : .none)
        \(isToCome ? .none : link(to: after, "next", "\(after, .long) →"))
        </nav>
        """

    func link(to month: Month, _ relation: String, _ label: HTML) -> HTML {
        "<a href=\"/chapters/\(report.chapter)/reports/roi?month=\(month)\" rel=\"\(relation)\">\(label)</a>"
    }
}

/// A field of the API in words: `median_roi` is median roi.
private func inWords(_ field: String) -> String {
    String(decoding: field.utf8.map { $0 == UInt8(ascii: "_") ? UInt8(ascii: " ") : $0 }, as: UTF8.self)
}

/// An instant to the minute.
package func moment(_ instant: Instant) -> HTML {
    let text = instant.description
    guard let day = LocalDate(String(text.prefix(10))) else { return "\(text)" }
    return "\(say: "\(day, .long), \(text.dropFirst(11).prefix(5)) UTC")"
}

private func notes(_ totals: MonthlyROI.Totals) -> HTML {
    let because: Phrase = "Fewer than 3 of the others earned"
    let withheld: HTML =
        totals.withheld.isEmpty
        ? .none
        : "<p class=\"note\">\(say: "\(because), so these are withheld: \(listed(totals.withheld.map { Phrase(of: inWords($0)) })).")</p>"
    let leftOut = listed(totals.unconverted.map { Phrase(reading: $0) }, apart: "; ")
    let unconverted: HTML =
        totals.unconverted.isEmpty
        ? .none
        : "<p class=\"note\">\(say: "Left out for want of an exchange rate: \(leftOut).")</p>"
    return "\(withheld)\(unconverted)"
}

private func parameters(of report: MonthlyROI) -> HTML {
    let address = "/api/v1/chapters/\(report.chapter)/reports/roi"
    // Asked as of its moment, a closed month would be computed anew.
    let asOf: HTML = report.closing == nil ? "&amp;as_of=\(report.asOf)" : .none
    let isOfOne = report.since == report.month
    let months: HTML = isOfOne ? "month=\(report.month)" : "from=\(report.since)&amp;to=\(report.month)"
    let question: HTML = "\(months)\(asOf)"
    let trailing = Period(months: 12, endingWith: report.month)
    let period = Period(from: report.since.firstDay, to: report.month.lastDay) ?? trailing
    return """
        <section class="legend"><h2>\(say: "How this was computed")</h2>
        <dl>
        <dt>\(say: isOfOne ? "Month" : "Months")</dt><dd>\(say: "\(period.said), days of the chapter’s own time zone")</dd>
        <dt>\(say: "Twelve months")</dt><dd>\(say: trailing.said)</dd>
        <dt>\(say: "As of")</dt><dd>\(say: "\(moment(report.asOf)): nothing after that day counts, and dues run up to it")</dd>
        <dt>\(say: "Rules")</dt><dd>\(say: "the fees, the value of an hour and the margins in force on each day")</dd>
        <dt>\(say: "Rounding")</dt><dd>\(say: "each figure once, when it is printed; a column may differ from its total by a cent")</dd>
        <dt>\(say: "The same as")</dt><dd>\(otherFormats(at: address, question))</dd>
        </dl></section>
        """
}
