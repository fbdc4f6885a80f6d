import ReferralGroup

extension Report {
    /// The report in the words of the API, on one line: an array for each table, and what it comes to beside it.
    package var json: [UInt8] {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("report", shape.name)
            writer.member(shape.scope.rawValue, chapter.description)
            writer.member("from", period.from.description)
            writer.member("to", period.to.description)
            writer.member("currency", currency.code)
            writer.member("as_of", asOf.description)
            for (option, choice) in zip(shape.options, choices) { writer.member(option.name, choice) }
            for table in tables { table.write(to: &writer) }
        }
        return writer.bytes
    }

    /// One table of the report, with what it comes to as its last row.
    package func csv(of table: Table) -> String {
        var writer = CSVWriter(table.shape)
        for row in table.rows { writer.append(row, of: table.shape) }
        if let total = table.total {
            var fields = total.fields(in: table.shape)
            // The column that names the rows says so.
            let name = table.shape.columns.first?.measure == .member ? 1 : 0
            if fields.indices.contains(name), fields[name] == .empty { fields[name] = .text("Total") }
            writer.append(fields)
        }
        return writer.text
    }

    /// For a terminal: every table, and what its columns mean.
    package var text: String {
        var lines =
            [
                "\(chapterName): \(shape.title), \(period.words), in \(currency), as of \(asOf)",
                shape.purpose,
            ] + zip(shape.options, choices).map { "\($0.name): \($1)" }
        for table in tables {
            lines += ["", table.shape.title, "", table.text]
            lines += table.shape.columns.filter { !$0.meaning.isEmpty }.map { "\($0.heading): \($0.meaning)" }
            if let withheld = table.withheldSentence { lines.append(withheld) }
        }
        return lines.joined(separator: "\n") + "\n"
    }
}

extension CSVWriter {
    /// Begins with the headings of a table.
    package init(_ table: TableShape) {
        self.init(
            header: table.columns.flatMap { column in
                column.measure == .member ? ["\(column.key)_id", column.key] : [column.key]
            }
        )
    }

    package mutating func append(_ row: Report.Row, of table: TableShape) {
        append(row.fields(in: table))
    }
}

extension Report.Table {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.key(shape.key)
        writer.array { writer in
            for row in rows { writer.object { row.write(shape.columns, to: &$0) } }
        }
        guard let total else { return }
        writer.key("\(shape.key)_total")
        writer.object { writer in
            // What names the rows says nothing of all of them.
            let sums = zip(shape.columns, total.cells).filter { $0.0.measure != .member }
            for (column, cell) in sums { cell.write(column, to: &writer) }
            guard shape.columns.contains(where: \.isPrivate) else { return }
            writer.key("withheld")
            writer.array { writer in for key in total.withheld { writer.string(key) } }
        }
    }

    fileprivate var text: String {
        let columns = shape.columns
        let numbers = columns.indices.filter { columns[$0].measure.isNumber }
        var table = TextTable(headings: columns.map(\.heading), numbers: Set(numbers))
        for row in rows { table.add(row.cells.map { $0.text ?? "–" }) }
        if let total {
            table.addRule()
            var cells = total.cells.map { $0.text ?? "–" }
            if total.cells.first == Report.Cell.none { cells[0] = "Total" }
            table.add(cells)
        }
        return table.text
    }
}

extension Report.Row {
    fileprivate func fields(in table: TableShape) -> [CSVWriter.Field] {
        zip(table.columns, cells).flatMap { column, cell -> [CSVWriter.Field] in
            switch cell {
            case .none: column.measure == .member ? [.empty, .empty] : [.empty]
            case .text(let text): [.text(text)]
            case .member(let id, let name): [id.map { .number($0.description) } ?? .empty, .text(name)]
            case .number(let figure): [.number(figure.description)]
            case .day(let day): [.text(day.description)]
            case .month(let month): [.text(month.description)]
            case .words(let words): [.list(words)]
            case .truth(let truth): [.text(truth ? "yes" : "no")]
            }
        }
    }

    fileprivate func write(_ columns: [Column], to writer: inout JSONWriter) {
        for (column, cell) in zip(columns, cells) { cell.write(column, to: &writer) }
    }
}

extension Report.Cell {
    fileprivate var text: String? {
        switch self {
        case .none: nil
        case .text(let text): text
        case .member(_, let name): name
        case .number(let figure): figure.description
        case .day(let day): day.description
        case .month(let month): month.description
        case .words(let words): words.joined(separator: "; ")
        case .truth(let truth): truth ? "yes" : "no"
        }
    }

    fileprivate func write(_ column: Column, to writer: inout JSONWriter) {
        writer.key(column.key)
        switch self {
        case .none: writer.null()
        case .text(let text): writer.string(text)
        case .member(let id, let name):
            writer.object { writer in
                writer.key("id")
                if let id { writer.number(id.number) } else { writer.null() }
                writer.member("name", name)
            }
        // Money is a string, for its currency stands in the report once.
        case .number(let figure) where column.measure == .amount: writer.string(figure)
        case .number(let figure): writer.number(figure)
        case .day(let day): writer.string(day.description)
        case .month(let month): writer.string(month.description)
        case .words(let words): writer.array { writer in for word in words { writer.string(word) } }
        case .truth(let truth): writer.bool(truth)
        }
    }
}
