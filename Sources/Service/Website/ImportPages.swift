import HTTPTypes
import Hummingbird
import Identity
import Pages
import ReferralGroup
import Storage

/// Files of other tools: what they would do is shown first, and then done.
///
/// Nothing is kept between the two: the page with the verdicts holds the file, and sends it again.
struct ImportPages {
    /// In base64 it still fits into one request.
    static let mostBytes = 700_000
    let database: Database

    func add(to routes: inout Routes) {
        routes.inChapter(.get, "imports", needs: .importFiles, use: list)
        routes.inChapter(.get, "imports/new", needs: .importFiles, use: choose)
        routes.inChapter(.post, "imports/preview", needs: .importFiles, use: preview)
        routes.inChapter(.post, "imports", needs: .importFiles, use: bring)
        routes.inChapter(.get, "imports/{id}/undo", needs: .importFiles, use: showUndo)
        routes.inChapter(.post, "imports/{id}/undo", needs: .importFiles, use: undo)
    }

    func list(_ request: Request, context: ChapterContext) async throws -> Response {
        let page = try QueryParameters(request, known: ["page"]).page()
        let batches = try await context.acting(in: database).run(.imports(of: context.chapter.id))
        return context.answer(request) { importsPage(batches, page: page, for: $0) }
    }

    func choose(_ request: Request, context: ChapterContext) async throws -> Response {
        _ = try QueryParameters(request, known: [])
        return context.answer(request) { newImportPage(for: $0) }
    }

    func preview(_ request: Request, context: ChapterContext) async throws -> Response {
        try await outcome(request, context, isRehearsal: true) { _ in nil }
    }

    func bring(_ request: Request, context: ChapterContext) async throws -> Response {
        try await outcome(request, context, isRehearsal: false) { outcome in
            switch outcome.result {
            case .imported, .alreadyImported:
                Response(status: .seeOther, headers: [.location: "\(context.folder)/imports"])
            case .wouldImport, .refused: nil
            }
        }
    }

    /// Shows what a file would do, unless `done` has another answer to what it did.
    private func outcome(
        _ request: Request,
        _ context: ChapterContext,
        isRehearsal: Bool,
        unless done: (ImportOutcome) -> Response?
    ) async throws -> Response {
        let upload = try await Upload(request, context)
        do {
            let question = try upload.question(isRehearsal: isRehearsal)
            let outcome = try await routes.outcome(of: try upload.file(), as: question, context)
            if let answer = done(outcome) { return answer }
            let preview = ImportPreview(
                fileName: question.name,
                outcome: outcome,
                fields: try upload.sentAgain(as: question)
            )
            let status: HTTPResponse.Status = isRehearsal ? .ok : .unprocessableContent
            return context.answer(request, status: status) { importPreviewPage(preview, for: $0) }
        } catch {
            var problem = Problem(error)
            guard [.unprocessableContent, .conflict, .badRequest].contains(problem.status) else {
                throw error
            }
            if problem.pointer == nil, problem.faults.isEmpty { problem.pointer = "file" }
            let filled = Filled(problem, values: upload.texts.filter { $0.key != "content" })
            return context.answer(request, status: problem.status) { newImportPage(filled, for: $0) }
        }
    }

    private var routes: ImportRoutes {
        ImportRoutes(database: database)
    }

    func showUndo(_ request: Request, context: ChapterContext) async throws -> Response {
        _ = try QueryParameters(request, known: [])
        let batch = try await batch(context)
        return context.answer(request) { undoImportPage(batch, for: $0) }
    }

    func undo(_ request: Request, context: ChapterContext) async throws -> Response {
        let form = try await request.form(context.anyone)
        let batch = try await batch(context)
        do {
            try await routes.undo(batch.id, context)
            return Response(status: .seeOther, headers: [.location: "\(context.folder)/imports"])
        } catch let problem as Problem where problem.status == .conflict {
            return context.answer(request, status: .conflict) {
                undoImportPage(batch, Filled(form, problem), for: $0)
            }
        }
    }

    private func batch(_ context: ChapterContext) async throws -> ImportBatch {
        let batches = try await context.acting(in: database).run(.imports(of: context.chapter.id))
        guard let id = context.parameters.get("id").flatMap({ Int64($0) }),
            let batch = batches.first(where: { $0.id == id })
        else { throw Problem.notFound }
        return batch
    }
}

/// A file and what was said of it, as a form sends them.
private struct Upload {
    let texts: [String: String]
    private let sent: MultipartForm.Part?
    private static let known: Set<String> = [
        "kind", "name", "from", "to", "meeting", "former", "content", "form_token", "once",
    ]

    init(_ request: Request, _ context: ChapterContext) async throws {
        let form = try await MultipartForm(request.headers[.contentType] ?? "") {
            Array(try await request.body.collect(upTo: ImportRoutes.sizeLimit).readableBytesView)
        }
        guard let form else {
            // One without a file; from another site it is not even that.
            if FormFields.isForm(request) { _ = try await request.form(context.anyone) }
            throw Problem(
                status: .unsupportedMediaType,
                kind: "media-type",
                detail: "Send a form with a file: \(ImportRoutes.formType)"
            )
        }
        var (texts, sent): ([String: String], MultipartForm.Part?) = ([:], nil)
        for part in form.parts {
            if part.name == "file" {
                sent = part
            } else if Self.known.contains(part.name), let text = part.text, texts[part.name] == nil {
                texts[part.name] = text
            } else {
                throw Problem.field(part.name.echo, "there is no such field, or it is given more than once")
            }
        }
        self.texts = texts.filter { !FormFields.own.contains($0.key) }
        self.sent = sent
    }

    func file() throws -> [UInt8] {
        let kept = texts["content"].flatMap { Base64.plain.bytes($0.utf8) }
        guard let bytes = sent.map({ Array($0.content) }) ?? kept, !bytes.isEmpty else {
            throw Problem.field("file", "choose a file")
        }
        guard bytes.count <= ImportPages.mostBytes else {
            throw Problem.field("file", "it is larger than 700 kB; an operator brings it in at the shell")
        }
        return bytes
    }

    func question(isRehearsal: Bool) throws -> ImportQuestion {
        let name = sent?.fileName ?? texts["name"] ?? ""
        return try ImportQuestion(
            kind: texts["kind"],
            name: name.isEmpty ? "upload" : name,
            from: date("from"),
            to: date("to"),
            meeting: date("meeting"),
            formers: formers,
            isRehearsal: isRehearsal
        )
    }

    /// The names, a line each.
    private var formers: [String] {
        (texts["former"] ?? "").utf8.split { $0 == 0x0a || $0 == 0x0d }
            .map { String(Substring($0)) }.filter { !$0.utf8.allSatisfy { $0 <= 0x20 } }
    }

    private func date(_ name: String) throws -> LocalDate? {
        guard let text = texts[name], !text.isEmpty else { return nil }
        guard let date = LocalDate(text) else { throw Problem.field(name, "give a date such as 2026-10-28") }
        return date
    }

    /// What brings in the same file in the same way.
    func sentAgain(as question: ImportQuestion) throws -> [(name: String, value: String)] {
        [
            ("kind", question.kind.rawValue), ("name", question.name),
            ("from", question.from?.description ?? ""), ("to", question.to?.description ?? ""),
            ("meeting", question.meeting?.description ?? ""),
            ("former", question.formers.joined(separator: "\n")),
            ("content", Base64.plain.text(try file())),
        ]
    }
}
