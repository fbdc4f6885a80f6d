import ReferralGroup

/// A report: what it is for, a chart and the table behind it for each of its tables, and what the columns mean.
///
/// `others` are those of the chapter that its reader may see.
package func reportPage(
    _ report: Report,
    beside others: [ReportShape] = ReportShape.all,
    for reader: Reader? = nil
) -> HTML {
    let (title, purpose) = (Phrase(of: report.shape.title), Phrase(of: report.shape.purpose))
    let asOf: HTML = "<time datetime=\"\(report.asOf)\">\(moment(report.asOf))</time>"
    return page(
        title: "\(report.chapterName), \(title)",
        ofReportsFor: reader,
        """
        <p class="eyebrow">\(report.chapterName)</p>
        <h1>\(title)</h1>
        <p>\(purpose)</p>
        <p class="hint">\(say: "\(report.period.said). All amounts in \(report.currency). As of \(asOf).")</p>
        \(report.shape.scope == .chapter ? links(to: others, of: report.chapter, besides: report.shape.name) : comparisons(in: report))
        \(sections(of: report, on: .screen))
        \(parameters(of: report))
        """
    )
}

/// The way to the other reports of a chapter.
func links(to others: [ReportShape], of chapter: Chapter.Slug, besides name: String) -> HTML {
    let reports = [("roi", "Return")] + others.map { ($0.name, $0.title) }
    let links = reports.filter { $0.0 != name }.map { report -> HTML in
        "<a href=\"/chapters/\(chapter)/reports/\(report.0)\">\(Phrase(of: report.1))</a>\n"
    }
    return "<nav class=\"jump\" aria-label=\"\(say: "Other reports")\">\(links)</nav>"
}

/// The same days of a region, its chapters grouped in another way.
private func comparisons(in report: Report) -> HTML {
    let address = "/regions/\(report.chapter)/reports/\(report.shape.name)"
    let days = "from=\(report.period.from)&to=\(report.period.to)"
    let groups: [(by: String, name: Phrase)] = [
        ("size", "By size"), ("weekday", "By weekday"), ("age", "By age"),
    ]
    let links = groups.filter { $0.by != report.choices.first }.map { group -> HTML in
        "<a href=\"\(address)?by=\(group.by)&amp;\(days)\">\(say: group.name)</a>\n"
    }
    return "<nav class=\"jump\" aria-label=\"\(say: "Other groups")\">\(links)</nav>"
}

/// What was left out, and each table with its chart and its legend.
func sections(of report: Report, on medium: Medium) -> HTML {
    // What one table explained, the next need not.
    var explained: Set<String> = []
    let sections = report.tables.map { table -> HTML in
        let new = table.shape.columns.filter {
            !$0.meaning.isEmpty && explained.insert("\($0.heading): \($0.meaning)").inserted
        }
        return section(table, explaining: new, on: medium)
    }
    return
        "\(report.notes.map { note -> HTML in "<p class=\"note\">\(Phrase(reading: note))</p>\n" })\(sections)"
}

private func section(_ table: Report.Table, explaining columns: [Column], on medium: Medium) -> HTML {
    """
    <section id="\(table.shape.key)"><h2>\(Phrase(of: table.shape.title))</h2>
    \(table.rows.isEmpty ? "<p>\(say: "There is nothing to show for these days.")</p>" : chart(of: table, on: medium))
    \(withheld(from: table))
    \(table.rows.isEmpty && table.total == nil ? .none : figures(table, on: medium))
    \(legend(of: columns))
    </section>

    """
}

/// What the total leaves out, and why.
private func withheld(from table: Report.Table) -> HTML {
    guard let withheld = table.total?.withheld, !withheld.isEmpty else { return .none }
    let headings = table.shape.columns.filter { withheld.contains($0.key) }.map { Phrase(of: $0.heading) }
    let because = Phrase(of: table.shape.withheldBecause)
    return "<p class=\"note\">\(say: "\(because), so these are withheld: \(listed(headings)).")</p>"
}

private func figures(_ table: Report.Table, on medium: Medium) -> HTML {
    let columns = table.shape.columns
    let foot: HTML =
        table.total.map { "<tfoot><tr>\(cells($0, columns, isTotal: true, on: medium))</tr></tfoot>" }
        ?? .none
    // Without its type a closure's literal is a String, and a page shows it as text.
    let rows = table.rows.map { row -> HTML in
        "<tr>\(cells(row, columns, isTotal: false, on: medium))</tr>\n"
    }
    let title = Phrase(of: table.shape.title)
    return """
        <div class="scroll" tabindex="0" role="region" aria-label="\(title)"><table>
        <caption>\(title): \(say: "\(count: table.rows.count) rows")</caption>
        <thead><tr>\(columns.map(heading))</tr></thead>
        <tbody>
        \(rows)</tbody>
        \(foot)
        </table></div>
        """
}

private func heading(_ column: Column) -> HTML {
    let text: HTML = column.measure.isNumber ? .none : " class=\"text\""
    return "<th scope=\"col\"\(text)>\(Phrase(of: column.heading))</th>"
}

private func cells(_ row: Report.Row, _ columns: [Column], isTotal: Bool, on medium: Medium) -> HTML {
    let cells = zip(columns, row.cells).enumerated().map { number, pair -> HTML in
        let (column, cell) = pair
        guard number > 0 else {
            let name = isTotal && cell == .none ? "\(say: "All")" : cell.shown(as: column.measure, on: medium)
            return "<th scope=\"row\">\(name)</th>"
        }
        let isWithheld = cell == .none && row.withheld.contains(column.key)
        let shown: HTML = isWithheld ? "\(say: "fewer than 3")" : cell.shown(as: column.measure, on: medium)
        let style: HTML =
            if cell.isNegative { " class=\"minus\"" } else if !column.measure.isNumber {
                " class=\"text\""
            } else { .none }
        return "<td\(style)>\(shown)</td>"
    }
    return "\(cells)"
}

private func legend(of words: [Column]) -> HTML {
    guard !words.isEmpty else { return .none }
    return """
        <details class="legend" open><summary>\(say: "What the columns mean")</summary>
        <dl>
        \(words.map { column -> HTML in "<dt>\(Phrase(of: column.heading))</dt><dd>\(Phrase(of: column.meaning))</dd>\n" })</dl></details>
        """
}

private func parameters(of report: Report) -> HTML {
    let address = "/api/v1/\(report.shape.scope)s/\(report.chapter)/reports/\(report.shape.name)"
    let question: HTML =
        "from=\(report.period.from)&amp;to=\(report.period.to)&amp;as_of=\(report.asOf)"
    let entries: HTML =
        report.shape.entries == nil
        ? .none : ", <a href=\"\(address)/entries?\(question)\">\(say: "every entry behind it")</a>"
    let choices = zip(report.shape.options, report.choices).filter { $0.fallback != $1 }
        .map { option, value -> HTML in "&amp;\(option.name)=\(value)" }
    let asked: HTML = "\(question)\(choices)"
    let months: HTML =
        report.shape.scope == .region
        ? ", <a href=\"\(address)/months.csv?\(question)\">\(say: "every chapter and month")</a>" : .none
    return """
        <section class="legend"><h2>\(say: "How this was computed")</h2>
        <dl>
        \(computation(of: report))
        <dt>–</dt><dd>\(say: "nothing to divide by, or not yours to see")</dd>
        <dt>\(say: "The same as")</dt><dd>\(otherFormats(at: address, asked))\(entries)\(months)</dd>
        </dl></section>
        """
}

/// Of which days it is, as of when, and how it is rounded.
func computation(of report: Report) -> HTML {
    """
    <dt>\(say: "Days")</dt><dd>\(say: "\(report.period.said), days of the chapter’s own time zone")</dd>
    \(chosen(in: report))<dt>\(say: "As of")</dt><dd>\(say: "\(moment(report.asOf)): nothing after that day counts")</dd>
    <dt>\(say: "Rounding")</dt><dd>\(say: "each figure once, when it is printed; a column may differ from its total by a unit")</dd>
    """
}

/// What the reader chose.
private func chosen(in report: Report) -> HTML {
    let chosen = zip(report.shape.options, report.choices).map { option, value -> HTML in
        "<dt>\(Phrase(of: option.name))</dt><dd>\(Phrase(of: value))</dd>\n"
    }
    return "\(chosen)"
}

/// The same report in every other format, for the same question.
func otherFormats(at address: String, _ question: HTML) -> HTML {
    let formats: [(suffix: String, name: HTML)] = [
        ("json", "JSON"), ("csv", "CSV"), ("xlsx", "XLSX"), ("pdf", "PDF"),
        ("html", "\(say: "a page to keep")"),
    ]
    let links = formats.map { format -> HTML in
        "<a href=\"\(address).\(format.suffix)?\(question)\">\(format.name)</a>"
    }
    return joined(links, ", ")
}

extension Period {
    /// `1 October 2026 to 31 October 2026`, or a day alone.
    var said: Phrase {
        from == to ? "\(from, .long)" : "\(from, .long) to \(to, .long)"
    }
}
