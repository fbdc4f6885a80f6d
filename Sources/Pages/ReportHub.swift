import ReferralGroup

/// Of which days the reports of the hub are to be; empty for what each takes by itself.
package struct ReportDays: Sendable {
    package let month: Month?
    package let from: LocalDate?
    package let to: LocalDate?

    package init(month: Month? = nil, from: LocalDate? = nil, to: LocalDate? = nil) {
        self.month = month
        self.from = from
        self.to = to
    }

    fileprivate var query: HTML {
        if let month { return "?month=\(month)" }
        if let from, let to { return "?from=\(from)&amp;to=\(to)" }
        return .none
    }
}

/// Every report that the reader may see, with what it is for.
package func reportHub(
    _ shapes: [ReportShape],
    _ days: ReportDays,
    _ problem: Filled = .blank,
    for reader: Reader
) -> HTML {
    let cards = shapes.map { shape in
        card(shape.name, Phrase(of: shape.title), Phrase(of: shape.purpose), days, reader)
    }
    let roi = card(
        "roi",
        "Return",
        "What membership costs and brings: each month, the last twelve, and since joining.",
        // The return is of months, whatever days the others are of.
        days.month == nil ? ReportDays() : days,
        reader
    )
    let fields: [Field] = [
        .line(
            "month",
            "Month",
            type: "month",
            preset: days.month?.description ?? "",
            hint: "Or the first and the last day:"
        ),
        .day("from", "From", preset: days.from), .day("to", "Until", preset: days.to),
    ]
    return page(
        title: "\(say: "Reports")",
        for: reader,
        in: .reports,
        """
        <h1>\(say: "Reports")</h1>
        \(problem.summary(naming: fields.map { ($0.name, $0.label) }))<details class="more"\(days.query.isEmpty && problem.summary(naming: []).isEmpty ? .none : " open")>
        <summary>\(say: "Other days")</summary>
        <form class="entry" method="get" action="\(reader.folder)/reports">
        \(fields.map { $0.html(in: problem) })<p class="send"><button>\(say: "Set the days")</button> \
        <a href="\(reader.folder)/reports">\(say: "As each report has them")</a></p>
        </form></details>
        <ul class="cards">
        \(roi)\(cards)</ul>
        """
    )
}

private func card(
    _ name: String,
    _ title: Phrase,
    _ purpose: Phrase,
    _ days: ReportDays,
    _ reader: Reader
) -> HTML {
    let folder: HTML = reader.chapter.map { "/api/v1/chapters/\($0.slug)/reports/\(name)" } ?? .none
    let files = ["csv", "xlsx", "pdf"].map { format -> HTML in
        "<a href=\"\(folder).\(format)\(days.query)\" download>\(format.uppercased())</a> "
    }
    return """
        <li class="card"><h2><a href="\(reader.folder)/reports/\(name)\(days.query)">\(say: title)</a></h2>
        <p>\(say: purpose)</p><p class="hint">\(files)</p></li>

        """
}
