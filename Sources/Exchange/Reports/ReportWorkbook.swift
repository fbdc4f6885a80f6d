import ReferralGroup

extension Report {
    /// The report as an XLSX file: a sheet for each table, and one that says what it is all about.
    ///
    /// Equal reports are equal bytes. A number of more digits than Excel can hold is written as text, and said so. `say` puts
    /// what we write ourselves into the reader's language; names stay as they are.
    package func xlsx(saying say: (String) -> String = { $0 }) throws -> [UInt8] {
        let workbook = try Workbook(
            title: "\(chapterName): \(say(shape.title))",
            subject: period.words,
            created: asOf
        )
        var isTooLong = false
        for table in tables {
            let sheet = try workbook.addSheet(say(table.shape.title))
            if try table.write(to: sheet, in: workbook, currency: currency, saying: say) { isTooLong = true }
            try sheet.print(
                rows: table.rows.count + (table.total == nil ? 1 : 2),
                columns: table.shape.fields.count,
                heading: 0,
                footer:
                    "\(chapterName): \(say(shape.title)), \(say(table.shape.title)). \(say("As of")) \(asOf)"
            )
        }
        try describe(in: workbook, isTooLong: isTooLong, saying: say)
        return try workbook.finish()
    }

    private func describe(in workbook: Workbook, isTooLong: Bool, saying say: (String) -> String) throws {
        let sheet = try workbook.addSheet(say("About"))
        for (column, width) in [24, 26, 26, 80].enumerated() { try sheet.setWidth(of: column, to: width) }
        let plain = try workbook.format(.plain)
        let soft = try workbook.format(.soft)
        try sheet.write(say(shape.title), 0, 0, workbook.format(.title))
        try sheet.setHeight(of: 0, to: 26)
        try sheet.write(say(shape.purpose), 1, 0, plain)
        var row = 3
        let choices = zip(shape.options, self.choices).map { ($0.name, $1) }
        for (name, value) in [
            (shape.scope == .chapter ? "Chapter" : "Region", chapterName),
            ("First day", period.from.description),
            ("Last day", period.to.description), ("Currency", currency.code),
        ] + choices {
            try sheet.write(say(name), row, 0, soft)
            try sheet.write(value, row, 1, plain)
            row += 1
        }
        try sheet.write(say("As of"), row, 0, soft)
        try sheet.write(asOf.description, row, 1, plain)
        row += 1
        var sentences = notes + tables.compactMap(\.withheldSentence)
        if isTooLong {
            sentences.append("Numbers of more than 15 digits are written as text: Excel would round them.")
        }
        for sentence in sentences {
            row += 1
            try sheet.write(say(sentence), row, 0, plain)
        }
        row += 2
        for (column, heading) in ["Table", "Column", "In the API", "What it means"].enumerated() {
            try sheet.write(say(heading), row, column, workbook.format(.heading))
        }
        for table in tables {
            for column in table.shape.columns where !column.meaning.isEmpty {
                row += 1
                try sheet.write(say(table.shape.title), row, 0, plain)
                try sheet.write(say(column.heading), row, 1, plain)
                try sheet.write(column.key, row, 2, soft)
                try sheet.write(say(column.meaning), row, 3, workbook.format(.wrapped))
            }
        }
        try sheet.print(
            rows: row + 1,
            columns: 4,
            heading: nil,
            footer: "\(chapterName): \(say(shape.title)). \(say("As of")) \(asOf)"
        )
    }
}

extension TableShape {
    /// The columns as a sheet has them: somebody is a number and a name.
    fileprivate var fields: [(heading: String, column: Column, isID: Bool)] {
        columns.flatMap { column in
            column.measure == .member
                ? [("\(column.heading) no.", column, true), (column.heading, column, false)]
                : [(column.heading, column, false)]
        }
    }
}

extension Report.Table {
    /// Writes the headings, the rows and the total; true where a number has more digits than Excel holds.
    fileprivate func write(
        to sheet: Sheet,
        in workbook: Workbook,
        currency: Currency,
        saying say: (String) -> String
    ) throws -> Bool {
        var isTooLong = false
        var place = 0
        for (index, column) in shape.columns.enumerated() {
            let decimals = decimals(of: index, in: currency)
            if column.measure == .member {
                try sheet.write(say("No."), 0, place, workbook.format(.headingOfNumbers))
                try sheet.setWidth(of: place, to: 6)
                for (number, row) in lines.enumerated() {
                    let format = try workbook.format(.number(decimals: 0), isTotal: row.isTotal)
                    if case .member(let id?, _) = row.cells[index] {
                        try sheet.write(Double(id.number), number + 1, place, format)
                    } else {
                        try sheet.writeNothing(number + 1, place, format)
                    }
                }
                place += 1
            }
            let heading = say(column.heading)
            try sheet.write(
                heading,
                0,
                place,
                workbook.format(column.measure.isNumber ? .headingOfNumbers : .heading)
            )
            var width = heading.unicodeScalars.count + 2
            for (number, row) in lines.enumerated() {
                let cell =
                    place == (shape.columns.first?.measure == .member ? 1 : 0) && row.isTotal
                        && row.cells[index] == .none
                    ? .text(say("Total")) : row.cells[index].said(as: column.measure, say)
                let format = try workbook.format(column.style(decimals), isTotal: row.isTotal)
                let written = try cell.write(to: sheet, number + 1, place, format)
                width = max(width, written.width)
                isTooLong = isTooLong || written.isTooLong
            }
            try sheet.setWidth(of: place, to: min(max(width + 1, 7), 48))
            place += 1
        }
        sheet.freeze(above: 1, before: shape.columns.first?.measure == .member ? 2 : 1)
        return isTooLong
    }

    private var lines: [(cells: [Report.Cell], isTotal: Bool)] {
        rows.map { ($0.cells, false) } + (total.map { [($0.cells, true)] } ?? [])
    }

    /// As many as the longest of the column's figures has; money as many as its currency.
    private func decimals(of column: Int, in currency: Currency) -> Int {
        let scales = lines.compactMap { row -> Int? in
            guard case .number(let figure) = row.cells[column] else { return nil }
            return figure.scale
        }
        let most = scales.max() ?? 0
        switch shape.columns[column].measure {
        case .amount: return max(most, currency.decimals)
        // A hundredth is a percent.
        case .ratio: return max(most - 2, 0)
        default: return most
        }
    }
}

extension Column {
    fileprivate func style(_ decimals: Int) -> Workbook.Style {
        switch measure {
        case .count, .amount, .number: .number(decimals: decimals)
        case .ratio: .percentage(decimals: decimals)
        case .day: .day
        case .month: .month
        case .member, .text, .word, .figure, .words, .truth: .plain
        }
    }
}

extension Report.Cell {
    /// Words of ours in the reader's language; what somebody wrote stays.
    fileprivate func said(as measure: Column.Measure, _ say: (String) -> String) -> Report.Cell {
        switch self {
        case .text(let text) where measure == .word: .text(say(text))
        case .member(nil, let name): .member(nil, name: say(name))
        case .words(let words): .words(words.map(say))
        default: self
        }
    }

    /// Writes the cell; how wide it is shown, and whether it is a number that had to become text.
    fileprivate func write(
        to sheet: Sheet,
        _ row: Int,
        _ column: Int,
        _ format: Sheet.Format
    ) throws -> (width: Int, isTooLong: Bool) {
        switch self {
        case .none: try sheet.writeNothing(row, column, format)
        case .text(let text), .member(_, let text):
            try sheet.write(text, row, column, format)
            return (text.unicodeScalars.count, false)
        case .number(let figure):
            let text = figure.description
            // Every three digits have a comma.
            let width = text.utf8.count + text.utf8.count / 3
            guard let number = figure.exactInExcel else {
                try sheet.write(text, row, column, format)
                return (width, true)
            }
            try sheet.write(number, row, column, format)
            return (width, false)
        case .day(let day):
            if try !sheet.write(day, row, column, format) {
                try sheet.write(day.description, row, column, format)
            }
            return (10, false)
        case .month(let month):
            if try !sheet.write(month.firstDay, row, column, format) {
                try sheet.write(month.description, row, column, format)
            }
            return (7, false)
        case .words(let words):
            let text = words.joined(separator: "; ")
            try sheet.write(text, row, column, format)
            return (text.unicodeScalars.count, false)
        case .truth(let truth):
            try sheet.write(truth, row, column, format)
            return (5, false)
        }
        return (0, false)
    }
}

extension Figure {
    /// A binary number from which Excel shows the very digits; nil for more than the 15 it keeps.
    fileprivate var exactInExcel: Double? {
        var digits = unscaled.magnitude
        while digits != 0, digits.isMultiple(of: 10) { digits /= 10 }
        return digits < 1_000_000_000_000_000 ? Double(description) : nil
    }
}
