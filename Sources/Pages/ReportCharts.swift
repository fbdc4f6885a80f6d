import ReferralGroup

/// What is drawn above a table: readable in black and white, and told in words for those who do not see it.
func chart(of table: Report.Table) -> HTML {
    switch table.shape.chart {
    case nil: .none
    case .bars(let keys): bars(table, keys)
    case .pie(let key): pie(table, key)
    case .heat(let key): heat(table, key)
    }
}

extension Report.Table {
    /// The place of a column, and its words.
    fileprivate func column(_ key: String) -> (index: Int, column: Column)? {
        shape.columns.firstIndex { $0.key == key }.map { ($0, shape.columns[$0]) }
    }
}

/// A chart has room for so many rows; the table holds them all.
private let mostRows = 60

/// A bar for each row and column, of one length of measure, each in a pattern of its own.
private func bars(_ table: Report.Table, _ keys: [String]) -> HTML {
    let columns = keys.compactMap(table.column)
    let rows = table.rows.prefix(mostRows)
    let values = rows.map { row in columns.map { max(row.cells[$0.index].figure?.approximately ?? 0, 0) } }
    guard let most = values.flatMap(\.self).max(), most > 0 else { return .none }
    let height = 9 * columns.count + 10
    let lines = zip(rows, values).enumerated().map { number, pair -> HTML in
        let (row, values) = pair
        let top = height * number + 4
        let name = row.cells.first?.shown(as: .text) ?? ""
        let shown = columns.map { row.cells[$0.index].shown(as: $0.column.measure) }
        let drawn = values.enumerated().map { index, value -> HTML in
            "<rect class=\"series\(index)\" x=\"39%\" y=\"\(top + 9 * index)\" width=\"\(percentage(value / most * 45))\" height=\"8\" rx=\"1.5\"/>"
        }
        return """
            <g><title>\(name): \(zip(columns, shown).map { "\($0.column.heading) \($1)" }.joined(separator: ", "))</title>\
            <svg width="38%"><text x="0" y="\(top + height / 2)">\(shortened(name))</text></svg>\(drawn)\
            <text class="value" x="100%" y="\(top + height / 2)" text-anchor="end">\(shown.joined(separator: " · "))</text></g>

            """
    }
    let keysOfColours = columns.enumerated().map { index, column -> HTML in
        "<span class=\"key series\(index)\"></span> \(column.column.heading) "
    }
    let title = columns.map(\.column.heading).joined(separator: " and ")
    return figure(
        table,
        title: "\(title) of each row",
        height: height * rows.count + 8,
        "\(lines)",
        caption: "\(keysOfColours)\(omitted(table))"
    )
}

/// Shares of a whole, drawn as one band: its parts are compared more easily than the slices of a circle.
private func pie(_ table: Report.Table, _ key: String) -> HTML {
    guard let column = table.column(key) else { return .none }
    let parts = table.rows.compactMap { row -> (name: String, value: Double)? in
        guard let value = row.cells[column.index].figure?.approximately, value > 0 else { return nil }
        return (row.cells.first?.shown(as: .text) ?? "", value)
    }
    let sum = parts.reduce(0) { $0 + $1.value }
    guard sum > 0 else { return .none }
    var left = 0.0
    let drawn = parts.enumerated().map { index, part -> HTML in
        let share = part.value / sum * 100
        defer { left += share }
        return """
            <g><title>\(part.name): \(percentage(share))</title>\
            <rect class="series\(index % 8)" x="\(percentage(left))" y="4" width="\(percentage(share))" height="34"/></g>
            """
    }
    let names = parts.enumerated().map { index, part -> HTML in
        "<span class=\"part\"><span class=\"key series\(index % 8)\"></span> \(part.name) \(percentage(part.value / sum * 100))</span> "
    }
    return figure(
        table,
        title: "Shares of \(column.column.heading)",
        height: 44,
        "\(drawn)",
        caption: "\(names)"
    )
}

/// A field for each pair of the first two columns, the darker the more.
private func heat(_ table: Report.Table, _ key: String) -> HTML {
    guard let column = table.column(key), table.shape.columns.count > 2 else { return .none }
    // Members times members stand on both sides in one order; members times months do not.
    let isSquare = table.shape.columns[0].measure == table.shape.columns[1].measure
    var (lines, across) = (Names(), Names())
    let fields = table.rows.compactMap { row -> (from: Int, to: Int, value: Double, shown: String)? in
        let from = lines.place(of: row.cells[0])
        let to = isSquare ? lines.place(of: row.cells[1]) : across.place(of: row.cells[1])
        guard let figure = row.cells[column.index].figure, !figure.isZero, !figure.isNegative else {
            return nil
        }
        return (from, to, figure.approximately, row.cells[column.index].shown(as: column.column.measure))
    }
    if isSquare { across = lines }
    guard let most = fields.map(\.value).max(), max(lines.all.count, across.all.count) <= mostRows else {
        return .none
    }
    let width = 64.0 / Double(across.all.count)
    let foot = 18 * lines.all.count + 16
    let rows = lines.all.enumerated().map { number, name -> HTML in
        let label = isSquare ? "\(number + 1) \(shortened(name))" : shortened(name)
        return "<svg width=\"34%\"><text x=\"0\" y=\"\(18 * number + 15)\">\(label)</text></svg>\n"
    }
    let columns = across.all.enumerated().map { number, name -> HTML in
        // A month stands below its column with the two digits that its year leaves room for.
        let label = isSquare ? "\(number + 1)" : String(name.suffix(2))
        return
            "<text class=\"axis\" x=\"\(percentage(36 + width * (Double(number) + 0.5)))\" y=\"\(foot)\" text-anchor=\"middle\">\(label)</text>\n"
    }
    let drawn = fields.map { field -> HTML in
        // Ten steps, so that shades can be told apart in print.
        let shade = max(1, Int((field.value / most * 10).rounded(.up)))
        return """
            <g><title>\(lines.all[field.from]) to \(across.all[field.to]): \(field.shown)</title>\
            <rect class="heat\(min(shade, 10))" x="\(percentage(36 + width * Double(field.to)))" y="\(18 * field.from + 3)" width="\(percentage(width * 0.94))" height="16"/></g>
            """
    }
    let order: HTML =
        isSquare
        ? "From each line to each column of the same number; the darker, the more."
        : "\(across.all.first ?? "") to \(across.all.last ?? ""); the darker, the more."
    return figure(
        table,
        title: "\(column.column.heading), from the row to the column",
        height: foot + 8,
        "\(rows)\(columns)\(drawn)",
        caption: "\(order)\(omitted(table))"
    )
}

/// What stands along one side of a field, each once, in the order in which it came.
private struct Names {
    private(set) var all: [String] = []
    private var places: [String: Int] = [:]

    mutating func place(of cell: Report.Cell) -> Int {
        let name = cell.shown(as: .text)
        if let known = places[name] { return known }
        places[name] = all.count
        all.append(name)
        return all.count - 1
    }
}

private func figure(
    _ table: Report.Table,
    title: String,
    height: Int,
    _ drawing: HTML,
    caption: HTML
) -> HTML {
    let id = "chart-\(table.shape.key)"
    return """
        <figure class="chart">
        <svg width="100%" height="\(height)" role="img" aria-labelledby="\(id)-title \(id)-text">
        <title id="\(id)-title">\(title)</title>
        <desc id="\(id)-text">\(table.shape.title): \(table.rows.count) rows. The table below holds the figures.</desc>
        \(drawing)</svg>
        <figcaption>\(caption)</figcaption>
        </figure>
        """
}

private func omitted(_ table: Report.Table) -> HTML {
    table.rows.count > mostRows ? " The first \(mostRows) of \(table.rows.count) rows." : .none
}
