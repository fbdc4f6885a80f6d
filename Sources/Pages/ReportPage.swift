import ReferralGroup

/// A report: what it is for, a chart and the table behind it for each of its tables, and what the columns mean.
///
/// `others` are those of the chapter that its reader may see.
package func reportPage(_ report: Report, beside others: [ReportShape] = ReportShape.all) -> HTML {
    page(
        title: "\(report.chapterName), \(report.shape.title)",
        """
        <p class="eyebrow">\(report.chapterName)</p>
        <h1>\(report.shape.title)</h1>
        <p>\(report.shape.purpose)</p>
        <p class="hint">\(report.period.words). All amounts in \(report.currency). As of <time datetime="\(report.asOf)">\(moment(report.asOf))</time>.</p>
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
        "<a href=\"/chapters/\(chapter)/reports/\(report.0)\">\(report.1)</a>\n"
    }
    return "<nav class=\"jump\" aria-label=\"Other reports\">\(links)</nav>"
}

/// The same days of a region, its chapters grouped in another way.
private func comparisons(in report: Report) -> HTML {
    let address = "/regions/\(report.chapter)/reports/\(report.shape.name)"
    let days = "from=\(report.period.from)&to=\(report.period.to)"
    let links = ["size", "weekday", "age"].filter { $0 != report.choices.first }.map { by -> HTML in
        "<a href=\"\(address)?by=\(by)&amp;\(days)\">By \(by)</a>\n"
    }
    return "<nav class=\"jump\" aria-label=\"Other groups\">\(links)</nav>"
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
    return "\(report.notes.map { note -> HTML in "<p class=\"note\">\(note)</p>\n" })\(sections)"
}

private func section(_ table: Report.Table, explaining columns: [Column], on medium: Medium) -> HTML {
    """
    <section id="\(table.shape.key)"><h2>\(table.shape.title)</h2>
    \(table.rows.isEmpty ? "<p>There is nothing to show for these days.</p>" : chart(of: table, on: medium))
    \(table.withheldSentence.map { sentence -> HTML in "<p class=\"note\">\(sentence)</p>" } ?? .none)
    \(table.rows.isEmpty && table.total == nil ? .none : figures(table, on: medium))
    \(legend(of: columns))
    </section>

    """
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

private func cells(_ row: Report.Row, _ columns: [Column], isTotal: Bool, on medium: Medium) -> HTML {
    let cells = zip(columns, row.cells).enumerated().map { number, pair -> HTML in
        let (column, cell) = pair
        guard number > 0 else {
            return
                "<th scope=\"row\">\(isTotal && cell == .none ? "All" : cell.shown(as: column.measure, on: medium))</th>"
        }
        let isWithheld = cell == .none && row.withheld.contains(column.key)
        let shown: HTML = isWithheld ? "fewer than 3" : "\(cell.shown(as: column.measure, on: medium))"
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
        <details class="legend" open><summary>What the columns mean</summary>
        <dl>
        \(words.map { column -> HTML in "<dt>\(column.heading)</dt><dd>\(column.meaning)</dd>\n" })</dl></details>
        """
}

private func parameters(of report: Report) -> HTML {
    let address = "/api/v1/\(report.shape.scope)s/\(report.chapter)/reports/\(report.shape.name)"
    let question: HTML =
        "from=\(report.period.from)&amp;to=\(report.period.to)&amp;as_of=\(report.asOf)"
    let entries: HTML =
        report.shape.entries == nil
        ? .none : ", <a href=\"\(address)/entries?\(question)\">every entry behind it</a>"
    let choices = zip(report.shape.options, report.choices).filter { $0.fallback != $1 }
        .map { option, value -> HTML in "&amp;\(option.name)=\(value)" }
    let asked: HTML = "\(question)\(choices)"
    let months: HTML =
        report.shape.scope == .region
        ? ", <a href=\"\(address)/months.csv?\(question)\">every chapter and month</a>" : .none
    return """
        <section class="legend"><h2>How this was computed</h2>
        <dl>
        <dt>Days</dt><dd>\(report.period.words), days of the chapter’s own time zone</dd>
        \(chosen(in: report))<dt>As of</dt><dd>\(moment(report.asOf)): nothing after that day counts</dd>
        <dt>Rounding</dt><dd>each figure once, when it is printed; a column may differ from its total by a unit</dd>
        <dt>–</dt><dd>nothing to divide by, or not yours to see</dd>
        <dt>The same as</dt><dd>\(otherFormats(at: address, asked))\(entries)\(months)</dd>
        </dl></section>
        """
}

/// What the reader chose.
func chosen(in report: Report) -> HTML {
    let chosen = zip(report.shape.options, report.choices).map { option, value -> HTML in
        "<dt>\(option.name)</dt><dd>\(value)</dd>\n"
    }
    return "\(chosen)"
}

/// The same report in every other format, for the same question.
func otherFormats(at address: String, _ question: HTML) -> HTML {
    let links = [
        ("json", "JSON"), ("csv", "CSV"), ("xlsx", "XLSX"), ("pdf", "PDF"), ("html", "a page to keep"),
    ]
    .enumerated().map { number, format -> HTML in
        "\(number > 0 ? ", " : "")<a href=\"\(address).\(format.0)?\(question)\">\(format.1)</a>"
    }
    return "\(links)"
}

extension Report.Cell {
    /// On a screen a ratio is rounded to a tenth of a percent; on paper, where nothing leads to the rest, it is whole.
    func shown(as measure: Column.Measure, on medium: Medium) -> String {
        switch self {
        case .none: "–"
        case .text(let text): text
        case .member(_, let name): name
        case .number(let figure) where measure == .ratio:
            (medium == .screen ? Numbers.share(figure) : Numbers.exactShare(figure)).description
        case .number(let figure): Numbers.text(figure).description
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
