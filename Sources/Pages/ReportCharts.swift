import ReferralGroup

/// What is drawn above a table: readable in black and white, and told in words for those who do not see it.
func chart(of table: Report.Table, on medium: Medium) -> HTML {
    switch table.shape.chart {
    case nil: .none
    case .bars(let keys): bars(table, keys, on: medium)
    case .pie(let key): pie(table, key, on: medium)
    case .heat(let key): heat(table, key, on: medium)
    }
}

/// Where a report is read.
///
/// On a screen charts are drawn in shares of its width, so that letters keep their size on a phone, and coloured by
/// the style sheet. On paper they are drawn to scale with colours of their own, for WeasyPrint styles no SVG.
enum Medium {
    case screen, paper

    private static let width = 680.0

    /// A length across the chart, in percent of its width.
    fileprivate func across(_ percent: Double) -> String {
        guard self == .paper else { return percentage(percent) }
        let tenths = Int((min(max(percent, 0), 100) * Self.width / 10).rounded())
        return "\(tenths / 10).\(tenths % 10)"
    }

    fileprivate func size(height: Int) -> HTML {
        switch self {
        case .screen: "width=\"100%\" height=\"\(height)\""
        case .paper:
            "width=\"680\" height=\"\(height)\" viewBox=\"0 0 680 \(height)\" font-family=\"sans-serif\" font-size=\"11\""
        }
    }

    /// A name at the left, as wide as there is room.
    fileprivate func name(_ name: HTML, y: Int, width: Double) -> HTML {
        switch self {
        case .screen: "<svg width=\"\(percentage(width))\"><text x=\"0\" y=\"\(y)\">\(name)</text></svg>"
        case .paper: "<text x=\"0\" y=\"\(y)\">\(name)</text>"
        }
    }

    /// How much of the chart bars may take that begin at 39 percent, before figures of so many letters at the right: on
    /// a phone a letter takes somewhat more than two percent.
    fileprivate func roomForBars(besideLetters letters: Int) -> Double {
        self == .paper ? 38 : min(38, max(12, 60 - 2.3 * Double(letters)))
    }

    /// How a rectangle of a series looks where no style sheet says so.
    fileprivate func paint(_ series: Int) -> HTML {
        guard self == .paper else { return .none }
        let (fill, edge) = Self.paints[series % Self.paints.count]
        return " fill=\"\(fill)\" stroke=\"\(edge)\""
    }

    fileprivate func shade(_ step: Int) -> HTML {
        self == .paper ? " fill=\"#1f7a74\" fill-opacity=\"\(step >= 10 ? "1" : "0.\(step)")\"" : .none
    }

    /// Dark ones and light ones with an edge by turns, which black and white keeps apart.
    private static let paints = [
        ("#1f7a74", "none"), ("#f4e4bf", "#a8781a"), ("#8a6fb0", "none"), ("#d6d0e6", "#8a6fb0"),
        ("#c4623f", "none"), ("#f3d9cc", "#c4623f"), ("#4a6fa5", "none"), ("#d3deed", "#4a6fa5"),
    ]
}

extension Report.Table {
    /// The place of a column, and its words.
    fileprivate func column(_ key: String) -> (index: Int, column: Column)? {
        shape.columns.firstIndex { $0.key == key }.map { ($0, shape.columns[$0]) }
    }

    /// What the first column calls a row.
    fileprivate func name(of row: Report.Row, on medium: Medium) -> HTML {
        guard let cell = row.cells.first, let column = shape.columns.first else { return .none }
        return cell.shown(as: column.measure, on: medium)
    }

    /// The same, as much of it as there is room for.
    fileprivate func label(of row: Report.Row, on medium: Medium) -> HTML {
        guard let cell = row.cells.first, let column = shape.columns.first else { return .none }
        return cell.label(as: column.measure, on: medium)
    }
}

/// A chart has room for so many rows; the table holds them all.
private let mostRows = 60

/// A bar for each row and column, of one length of measure, each in a pattern of its own.
private func bars(_ table: Report.Table, _ keys: [String], on medium: Medium) -> HTML {
    let columns = keys.compactMap(table.column)
    let rows = table.rows.prefix(mostRows)
    let values = rows.map { row in columns.map { max(row.cells[$0.index].figure?.approximately ?? 0, 0) } }
    guard let most = values.flatMap(\.self).max(), most > 0 else { return .none }
    let height = 9 * columns.count + 10
    // A page has room for so much of a chart, and the next one for the rest.
    let size = medium == .paper ? max(460 / height, 1) : mostRows
    let all = Array(zip(rows, values))
    let figures = stride(from: 0, to: all.count, by: size).map { first -> HTML in
        let piece = all[first..<min(first + size, all.count)]
        return bars(Array(piece), of: columns, upTo: most, of: table, from: first, on: medium)
    }
    return "\(figures)"
}

private func bars(
    _ rows: [(row: Report.Row, values: [Double])],
    of columns: [(index: Int, column: Column)],
    upTo most: Double,
    of table: Report.Table,
    from first: Int,
    on medium: Medium
) -> HTML {
    let height = 9 * columns.count + 10
    let figures = rows.map { pair in
        columns.map { pair.row.cells[$0.index].shown(as: $0.column.measure, on: medium) }
    }
    // Figures are as long in every language.
    let longest = figures.map { joined($0, " · ").text.unicodeScalars.count }.max() ?? 0
    let room = medium.roomForBars(besideLetters: longest)
    let lines = rows.enumerated().map { number, pair -> HTML in
        let (row, values) = pair
        let top = height * number + 4
        let name = table.name(of: row, on: medium)
        let shown = zip(columns, figures[number]).map { column, figure -> HTML in
            "\(Phrase(of: column.column.heading)) \(figure)"
        }
        let drawn = values.enumerated().map { index, value -> HTML in
            "<rect class=\"series\(index)\"\(medium.paint(index)) x=\"\(medium.across(39))\" y=\"\(top + 9 * index)\" width=\"\(medium.across(value / most * room))\" height=\"8\" rx=\"1.5\"/>"
        }
        return """
            <g><title>\(name): \(joined(shown, ", "))</title>\
            \(medium.name(table.label(of: row, on: medium), y: top + height / 2, width: 38))\(drawn)\
            <text class="value" x="\(medium.across(100))" y="\(top + height / 2)" text-anchor="end">\(joined(figures[number], " · "))</text></g>

            """
    }
    let keysOfColours = columns.enumerated().map { index, column -> HTML in
        "<span class=\"key series\(index)\"></span> \(Phrase(of: column.column.heading)) "
    }
    let headings = columns.map { Phrase(of: $0.column.heading) }
    return figure(
        table,
        on: medium,
        from: first,
        title: headings.count == 2
            ? "\(headings[0]) and \(headings[1]) of each row" : "\(listed(headings)) of each row",
        height: height * rows.count + 8,
        "\(lines)",
        caption: "\(keysOfColours)\(omitted(table))"
    )
}

/// Shares of a whole, drawn as one band: its parts are compared more easily than the slices of a circle.
private func pie(_ table: Report.Table, _ key: String, on medium: Medium) -> HTML {
    guard let column = table.column(key) else { return .none }
    let parts = table.rows.compactMap { row -> (name: HTML, value: Double)? in
        guard let value = row.cells[column.index].figure?.approximately, value > 0 else { return nil }
        return (table.name(of: row, on: medium), value)
    }
    let sum = parts.reduce(0) { $0 + $1.value }
    guard sum > 0 else { return .none }
    var left = 0.0
    let drawn = parts.enumerated().map { index, part -> HTML in
        let share = part.value / sum * 100
        defer { left += share }
        return """
            <g><title>\(part.name): \(Numeral(percentage(share)))</title>\
            <text class="axis" x="\(medium.across(left + share / 2))" y="11" text-anchor="middle">\(share < 2 ? "" : "\(index + 1)")</text>\
            <rect class="series\(index % 8)"\(medium.paint(index)) x="\(medium.across(left))" y="16" width="\(medium.across(share))" height="34"/></g>
            """
    }
    let names = parts.enumerated().map { index, part -> HTML in
        "<span class=\"part\"><span class=\"key series\(index % 8)\"></span> \(index + 1) \(part.name) \(Numeral(percentage(part.value / sum * 100)))</span> "
    }
    return figure(
        table,
        on: medium,
        title: "Shares of \(Phrase(of: column.column.heading))",
        height: 54,
        "\(drawn)",
        caption: "\(names)"
    )
}

/// A field for each pair of the first two columns, the darker the more.
private func heat(_ table: Report.Table, _ key: String, on medium: Medium) -> HTML {
    guard let column = table.column(key), table.shape.columns.count > 2 else { return .none }
    // Members times members stand on both sides in one order; members times months do not.
    let measures = table.shape.columns.map(\.measure)
    let isSquare = measures[0] == measures[1]
    var (lines, across) = (Names(), Names())
    let fields = table.rows.compactMap { row -> (from: Int, to: Int, value: Double, shown: HTML)? in
        let from = lines.place(of: row.cells[0])
        let to = isSquare ? lines.place(of: row.cells[1]) : across.place(of: row.cells[1])
        guard let figure = row.cells[column.index].figure, !figure.isZero, !figure.isNegative else {
            return nil
        }
        return (
            from, to, figure.approximately,
            row.cells[column.index].shown(as: column.column.measure, on: medium)
        )
    }
    if isSquare { across = lines }
    guard let most = fields.map(\.value).max(), max(lines.all.count, across.all.count) <= mostRows else {
        return .none
    }
    let width = 64.0 / Double(across.all.count)
    let foot = 18 * lines.all.count + 16
    let rows = lines.all.enumerated().map { number, name -> HTML in
        let label = name.label(as: measures[0], on: medium)
        return "\(medium.name(isSquare ? "\(number + 1) \(label)" : label, y: 18 * number + 15, width: 34))\n"
    }
    let columns = across.all.enumerated().map { number, name -> HTML in
        // Where there are many, one of five is named: the numbers of all would run into each other.
        guard across.all.count <= 14 || number == 0 || number % 5 == 4 else { return .none }
        // A month stands below its column with the two digits that its year leaves room for.
        let label = isSquare ? "\(number + 1)" : name.lastTwoDigits
        return
            "<text class=\"axis\" x=\"\(medium.across(36 + width * (Double(number) + 0.5)))\" y=\"\(foot)\" text-anchor=\"middle\">\(label)</text>\n"
    }
    let drawn = fields.map { field -> HTML in
        // Ten steps, so that shades can be told apart in print.
        let shade = max(1, Int((field.value / most * 10).rounded(.up)))
        return """
            <g><title>\(say: "\(shown(lines.all[field.from])) to \(shown(across.all[field.to])): \(field.shown)")</title>\
            <rect class="heat\(min(shade, 10))"\(medium.shade(shade)) x="\(medium.across(36 + width * Double(field.to)))" y="\(18 * field.from + 3)" width="\(medium.across(width * 0.94))" height="16"/></g>
            """
    }
    func shown(_ cell: Report.Cell) -> HTML { cell.shown(as: .text, on: medium) }
    let (first, last) = (across.all.first ?? .none, across.all.last ?? .none)
    let order: Phrase =
        isSquare
        ? "From each line to each column of the same number; the darker, the more."
        : "\(shown(first)) to \(shown(last)); the darker, the more."
    return figure(
        table,
        on: medium,
        title: "\(Phrase(of: column.column.heading)), from the row to the column",
        height: foot + 8,
        "\(rows)\(columns)\(drawn)",
        caption: "\(say: order)"
    )
}

/// What stands along one side of a field, each once, in the order in which it came.
private struct Names {
    private(set) var all: [Report.Cell] = []
    private var places: [Report.Cell: Int] = [:]

    mutating func place(of cell: Report.Cell) -> Int {
        if let known = places[cell] { return known }
        places[cell] = all.count
        all.append(cell)
        return all.count - 1
    }
}

extension Report.Cell {
    /// The month of a year, `09`.
    fileprivate var lastTwoDigits: String {
        if case .month(let month) = self { String(month.description.suffix(2)) } else { "" }
    }
}

private func figure(
    _ table: Report.Table,
    on medium: Medium,
    from first: Int = 0,
    title: Phrase,
    height: Int,
    _ drawing: HTML,
    caption: HTML
) -> HTML {
    let id = "chart-\(table.shape.key)\(first > 0 ? "-\(first + 1)" : "")"
    return """
        <figure class="chart">
        <svg \(medium.size(height: height)) role="img" aria-labelledby="\(id)-title \(id)-text">
        <title id="\(id)-title">\(say: title)</title>
        <desc id="\(id)-text">\(say: "\(Phrase(of: table.shape.title)): \(count: table.rows.count) rows. The table below holds the figures.")</desc>
        \(drawing)</svg>
        <figcaption>\(caption)</figcaption>
        </figure>
        """
}

private func omitted(_ table: Report.Table) -> HTML {
    table.rows.count > mostRows ? " \(say: "The first \(mostRows) of \(table.rows.count) rows.")" : .none
}
