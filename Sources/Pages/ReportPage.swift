import ReferralGroup

/// A report: what it is for, a chart and the table behind it for each of its tables, and what the columns mean.
package func reportPage(_ report: Report) -> HTML {
    page(
        title: "\(report.chapterName), \(report.shape.title)",
        """
        <p class="eyebrow">\(report.chapterName)</p>
        <h1>\(report.shape.title)</h1>
        <p>\(report.shape.purpose)</p>
        <p class="hint">\(report.period.from) to \(report.period.to). All amounts in \(report.currency). As of <time datetime="\(report.asOf)">\(moment(report.asOf))</time>.</p>
        \(otherReports(of: report.chapter, besides: report.shape.name))
        \(report.tables.map { section($0, of: report) })
        \(parameters(of: report))
        """
    )
}

/// The way to the other reports of a chapter.
func otherReports(of chapter: Chapter.Slug, besides name: String) -> HTML {
    let reports = [("roi", "Return")] + ReportShape.all.map { ($0.name, $0.title) }
    let links = reports.filter { $0.0 != name }.map { report -> HTML in
        "<a href=\"/chapters/\(chapter)/reports/\(report.0)\">\(report.1)</a>\n"
    }
    return "<nav class=\"jump\" aria-label=\"Other reports\">\(links)</nav>"
}

private func section(_ table: Report.Table, of report: Report) -> HTML {
    """
    <section id="\(table.shape.key)"><h2>\(table.shape.title)</h2>
    \(table.rows.isEmpty ? "<p>There is nothing to show for these days.</p>" : chart(of: table))
    \(table.withheldSentence.map { "<p class=\"note\">\($0)</p>" } ?? .none)
    \(table.rows.isEmpty && table.total == nil ? .none : figures(table, of: report))
    \(legend(of: table.shape))
    </section>

    """
}

private func figures(_ table: Report.Table, of report: Report) -> HTML {
    let columns = table.shape.columns
    let foot: HTML =
        table.total.map { "<tfoot><tr>\(cells($0, columns, isTotal: true, in: report))</tr></tfoot>" }
        ?? .none
    let rows = table.rows.map { row -> HTML in
        "<tr>\(cells(row, columns, isTotal: false, in: report))</tr>\n"
    }
    return """
        <div class="scroll" tabindex="0" role="region" aria-label="\(table.shape.title)"><table>
        <caption>\(table.shape.title): \(table.rows.count) \(table.rows.count == 1 ? "row" : "rows")</caption>
        <thead><tr>\(columns.map(heading))</tr></thead>
        <tbody>
        \(rows)</tbody>
        \(foot)
        </table></div>
        """
}

private func heading(_ column: Column) -> HTML {
    let text: HTML = column.measure.isNumber ? .none : " class=\"text\""
    return "<th scope=\"col\"\(text)>\(column.heading)</th>"
}

private func cells(_ row: Report.Row, _ columns: [Column], isTotal: Bool, in report: Report) -> HTML {
    let cells = zip(columns, row.cells).enumerated().map { number, pair -> HTML in
        let (column, cell) = pair
        guard number > 0 else {
            return
                "<th scope=\"row\">\(isTotal && cell == .none ? "All" : cell.shown(as: column.measure))</th>"
        }
        let isWithheld = cell == .none && row.withheld.contains(column.key)
        let shown: HTML = isWithheld ? "fewer than 3" : "\(cell.shown(as: column.measure))"
        let style: HTML =
            if cell.isNegative { " class=\"minus\"" } else if !column.measure.isNumber {
                " class=\"text\""
            } else { .none }
        return "<td\(style)>\(shown)</td>"
    }
    return "\(cells)"
}

private func legend(of table: TableShape) -> HTML {
    let words = table.columns.filter { !$0.meaning.isEmpty }
    guard !words.isEmpty else { return .none }
    return """
        <details class="legend" open><summary>What the columns mean</summary>
        <dl>
        \(words.map { column -> HTML in "<dt>\(column.heading)</dt><dd>\(column.meaning)</dd>\n" })</dl></details>
        """
}

private func parameters(of report: Report) -> HTML {
    let address = "/api/v1/chapters/\(report.chapter)/reports/\(report.shape.name)"
    let question: HTML =
        "from=\(report.period.from)&amp;to=\(report.period.to)&amp;as_of=\(report.asOf)"
    let choices = zip(report.shape.options, report.choices).map { option, choice -> HTML in
        "<dt>\(option.name)</dt><dd>\(choice)</dd>\n"
    }
    let entries: HTML =
        report.shape.entries == nil
        ? .none : ", <a href=\"\(address)/entries?\(question)\">every entry behind it</a>"
    return """
        <section class="legend"><h2>How this was computed</h2>
        <dl>
        <dt>Days</dt><dd>\(report.period.from) to \(report.period.to), days of the chapter’s own time zone</dd>
        \(choices)<dt>As of</dt><dd>\(moment(report.asOf)): nothing after that day counts</dd>
        <dt>Rounding</dt><dd>each figure once, when it is printed; a column may differ from its total by a unit</dd>
        <dt>–</dt><dd>nothing to divide by, or not yours to see</dd>
        <dt>The same as</dt><dd><a href="\(address).json?\(question)">JSON</a>, <a href="\(address).csv?\(question)">CSV</a>\(entries)</dd>
        </dl></section>
        """
}

extension Report.Cell {
    func shown(as measure: Column.Measure) -> String {
        switch self {
        case .none: "–"
        case .text(let text): text
        case .member(_, let name): name
        case .number(let figure): measure == .ratio ? Numbers.share(figure) : Numbers.text(figure)
        case .day(let day): day.description
        case .month(let month): month.description
        case .words(let words): words.joined(separator: ", ")
        case .truth(let truth): truth ? "yes" : "no"
        }
    }

    var figure: Figure? {
        if case .number(let figure) = self { figure } else { nil }
    }

    fileprivate var isNegative: Bool {
        figure?.isNegative == true
    }
}
