import ReferralGroup

/// What was brought in, the newest first.
package func importsPage(_ batches: [ImportBatch], page: Int, for reader: Reader) -> HTML {
    let folder: HTML = "\(reader.folder)/imports"
    let length = 50
    let shown = batches.reversed().dropFirst((page - 1) * length).prefix(length)
    let rows = shown.map { batch -> HTML in
        let undo: HTML =
            batch.undoneAt == nil
            ? "<a href=\"\(folder)/\(batch.id)/undo\">\(say: "Take it back")</a>"
            : chip("taken back on \(moment(batch.undoneAt ?? batch.importedAt))", .quiet)
        return """
            <li>\(who("\(batch.file.name)", "\(say: batch.kind.word) · \(days(batch.from, batch.to)) · \(say: "\(count: batch.rows) rows") · \(moment(batch.importedAt))"))\
            <span>\(undo)</span></li>

            """
    }
    let bring = button("\(folder)/new", "Bring in a file")
    return chapterPage(
        "Imports",
        in: .imports,
        for: reader,
        """
        \(rows.isEmpty ? nothing("Nothing was brought in yet. The exports of other tools are read as they are; you see what would happen before anything does.", bring) : "<ul class=\"plain\">\n\(rows)</ul>\n\(bring)")
        \(pager(previous: page > 1 ? "\(folder)?page=\(page - 1)" : nil, next: batches.count > page * length ? "\(folder)?page=\(page + 1)" : nil))
        """
    )
}

/// Where a file is chosen.
package func newImportPage(_ filled: Filled = .blank, for reader: Reader) -> HTML {
    let fields: [Field] = [
        .few(
            "kind",
            "What the file is",
            of: ImportBatch.Kind.allCases.map { Choice($0.rawValue, "\(say: $0.word)") },
            preset: ImportBatch.Kind.slips.rawValue
        ),
        .line(
            "file",
            "The file",
            type: "file",
            hint: "As the other tool wrote it: XML, XLS or CSV, of at most 700 kB.",
            isRequired: true,
            extra: " accept=\".xls,.xml,.csv\""
        ),
        .line("meeting", "Meeting of the slips", type: "date", hint: "Where the file does not say it."),
        .line("from", "First day of the summary", type: "date", hint: "Where the file does not say it."),
        .day("to", "Last day of the summary"),
        .text(
            "former",
            "Former members",
            hint: "Names of the file that are on no roster any more, one a line."
        ),
    ]
    return chapterPage(
        "Bring in a file",
        in: .imports,
        for: reader,
        above: back(to: .imports, for: reader),
        """
        <form class="entry" method="post" action="\(reader.folder)/imports/preview" enctype="multipart/form-data">
        \(reader.formToken.field)
        \(filled.summary(naming: fields.map { ($0.name, $0.label) }))\(fields.map { $0.html(in: filled) })\
        <p class="send"><button>\(say: "Show what would happen")</button></p>
        </form>
        """
    )
}

/// What a file would do, row by row, and the button that does it.
package struct ImportPreview: Sendable {
    package let fileName: String
    package let outcome: ImportOutcome
    /// What is sent again with the button: the file in base64 among it.
    package let fields: [(name: String, value: String)]

    package init(fileName: String, outcome: ImportOutcome, fields: [(name: String, value: String)]) {
        self.fileName = fileName
        self.outcome = outcome
        self.fields = fields
    }
}

package func importPreviewPage(_ preview: ImportPreview, for reader: Reader) -> HTML {
    let outcome = preview.outcome
    let refused = outcome.verdicts.count(where: \.isRefused)
    let rows = outcome.verdicts.prefix(1000).map { verdict -> HTML in
        let word = verdict.isRefused ? chip("refused", .bad) : chip("goes in", .good)
        return
            "<tr><th scope=\"row\">\(verdict.line)</th><td class=\"text\">\(word)</td><td class=\"text\">\(say: Phrase(ofRow: verdict.message))</td></tr>\n"
    }
    let names = outcome.newMembers.map { name -> HTML in "<li>\(name)</li>\n" }
    let title: Phrase = "What would happen"
    return chapterPage(
        title,
        in: .imports,
        for: reader,
        above: back(to: .imports, for: reader),
        """
        <p><b>\(preview.fileName)</b></p>
        \(next(after: preview, refused: refused, reader))
        \(names.isEmpty ? .none : "<section><h2>\(say: "Former members that are made")</h2><ul>\n\(names)</ul></section>\n")
        <section><h2>\(say: "Row by row")</h2>
        <div class="scroll" tabindex="0" role="region" aria-label="\(say: "Row by row")"><table>
        <caption>\(say: "\(count: outcome.verdicts.count) rows")</caption>
        <thead><tr><th scope="col">\(say: "Row")</th><th scope="col" class="text">\(say: "Verdict")</th><th scope="col" class="text">\(say: "What becomes of it")</th></tr></thead>
        <tbody>
        \(rows)</tbody></table></div></section>
        """
    )
}

private func next(after preview: ImportPreview, refused: Int, _ reader: Reader) -> HTML {
    let again = button("\(reader.folder)/imports/new", "Choose another file", style: "button quiet")
    switch preview.outcome.result {
    case .alreadyImported(let batch):
        return
            "<p class=\"note\">\(say: "This file was brought in already, as import \(batch). Nothing is done twice.")</p>\n\(again)"
    case .refused:
        return
            "<p class=\"alert\" role=\"alert\">\(say: "\(count: refused) rows cannot go in, so nothing would. What to do stands beside each.")</p>\n\(again)"
    case .wouldImport, .imported:
        let fields = preview.fields.map { field -> HTML in
            "<input type=\"hidden\" name=\"\(field.name)\" value=\"\(field.value)\">\n"
        }
        return """
            <p class="note">\(say: "Every row goes in. Nothing is written yet, and all of it can be taken back later.")</p>
            <form method="post" action="\(reader.folder)/imports" enctype="multipart/form-data">
            \(reader.formToken.field)
            \(fields)<p class="send"><button>\(say: "Bring it in")</button></p>
            </form>
            \(again)
            """
    }
}

package func undoImportPage(_ batch: ImportBatch, _ filled: Filled = .blank, for reader: Reader) -> HTML {
    chapterPage(
        "Take an import back",
        in: .imports,
        for: reader,
        above: back(to: .imports, for: reader),
        delicateForm(
            to: "\(reader.folder)/imports/\(batch.id)/undo",
            """
            <p><b>\(batch.file.name)</b>, \(days(batch.from, batch.to))</p>
            <p>\(say: "\(count: batch.rows) rows and all they made leave the ledger. The file can be brought in again.")</p>

            """,
            [],
            filled,
            button: "Take it back",
            back: "\(reader.folder)/imports",
            formToken: reader.formToken
        )
    )
}

extension ImportBatch.Kind {
    fileprivate var word: Phrase {
        switch self {
        case .palms: "attendance summary (PALMS)"
        case .slips: "slips of a meeting"
        }
    }
}
