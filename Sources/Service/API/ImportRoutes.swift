import Crypto
import Exchange
import HTTPTypes
import Hummingbird
import NIOCore
import Pages
import ReferralGroup
import Storage

/// Exports of other tools: a file goes in as a whole or not at all, and can be taken back.
struct ImportRoutes {
    /// The most that is read of a file.
    static let sizeLimit = 1 << 20
    static let types = ["text/csv", "application/vnd.ms-excel", "application/xml", "text/xml"]
    static let formType = "multipart/form-data"
    let database: Database

    func add(to routes: inout Routes) {
        routes.inChapter(.get, "", needs: .importFiles, use: list)
        routes.inChapter(.post, "", needs: .importFiles, use: bring)
        routes.inChapter(.get, "{id}", needs: .importFiles, use: show)
        routes.inChapter(.delete, "{id}", needs: .importFiles, use: undo)
    }

    func list(_ request: Request, context: ChapterContext) async throws -> Response {
        _ = try QueryParameters(request, known: [])
        let batches = try await acting(context).run(.imports(of: context.chapter.id))
        return Response(json: batches) { $0.write(to: &$1) }
    }

    func show(_ request: Request, context: ChapterContext) async throws -> Response {
        _ = try QueryParameters(request, known: [])
        let batches = try await acting(context).run(.imports(of: context.chapter.id))
        guard let id = context.parameters.get("id").flatMap({ Int64($0) }),
            let batch = batches.first(where: { $0.id == id })
        else { throw Problem.notFound }
        return Response(object: { batch.write(to: &$0) })
    }

    /// Brings in the file of the body; with `dry_run=true` says what would happen to each row, and changes nothing.
    ///
    /// A file that was brought in before is known by its bytes: it comes in once, with or without Idempotency-Key.
    func bring(_ request: Request, context: ChapterContext) async throws -> Response {
        let sent = try await SentFile(request)
        let question = try ImportQuestion(request, of: sent)
        let outcome = try await outcome(of: sent.bytes, as: question, context)
        return try Response(outcome, at: request.place, isRehearsal: question.isRehearsal)
    }

    /// What became of a file, or would.
    func outcome(
        of bytes: [UInt8],
        as question: ImportQuestion,
        _ context: ChapterContext
    ) async throws -> ImportOutcome {
        let file = ImportedFile(name: question.name, fingerprint: Array(SHA256.hash(data: bytes)))
        let importer = Importer(database: acting(context), chapter: context.chapter, advice: .request)
        do {
            let spreadsheet = try ExportFile(bytes: bytes).spreadsheet()
            switch question.kind {
            case .palms:
                let summary = try SummaryFile(spreadsheet)
                let from = try question.day("from", question.from ?? summary.firstDay)
                let to = try question.day("to", question.to ?? summary.lastDay)
                guard from <= to else { throw Problem.unfit("to", "\(to) is before \(from)") }
                let (rows, problems) = summary.rows(in: context.chapter.currency)
                try Self.refuse(problems)
                return try await importer.importSummary(
                    rows,
                    of: file,
                    from: from,
                    to: to,
                    isRehearsal: question.isRehearsal
                )
            case .slips:
                let slips = try SlipsFile(spreadsheet)
                let meeting = try question.day("meeting", question.meeting ?? slips.meetingDate)
                let (rows, problems) = slips.slips(in: context.chapter.currency)
                try Self.refuse(problems)
                return try await importer.importSlips(
                    rows,
                    of: file,
                    meeting: meeting,
                    formers: question.formers,
                    isRehearsal: question.isRehearsal
                )
            }
        } catch let error as ExchangeError {
            throw Problem(status: .unprocessableContent, kind: "file", detail: Phrase(of: error.description))
        } catch let known as FileKnownByOtherDates {
            throw Problem(
                status: .conflict,
                kind: "imported-otherwise",
                detail: "This file is import \(known.batch.id), for other days; undo that one first."
            )
        }
    }

    func undo(_ request: Request, context: ChapterContext) async throws -> Response {
        _ = try QueryParameters(request, known: [])
        guard let id = context.parameters.get("id").flatMap({ Int64($0) }) else { throw Problem.notFound }
        try await undo(id, context)
        return Response(status: .noContent)
    }

    /// Takes an import back, or says what leans on it.
    func undo(_ id: Int64, _ context: ChapterContext) async throws {
        do {
            guard try await acting(context).undoImport(id, in: context.chapter.id) else {
                throw Problem.notFound
            }
        } catch let leaned as ImportLeanedOn {
            let first =
                leaned.later.isEmpty
                ? "records entered by hand name them"
                : "undo the later imports first: \(leaned.later.reversed().map { "\($0)" }.joined(separator: ", "))"
            throw Problem(
                status: .conflict,
                kind: "leaned-on",
                detail: "Import \(id) brought members that later records name; \(first)."
            )
        }
    }

    /// By the door of imports, as at the shell: the audit trail tells what came in files from what was typed.
    private func acting(_ context: ChapterContext) -> ActingDatabase {
        database.answering(within: nil).acting(as: context.actor.through(.import), in: context.chapter.id)
    }

    private static func refuse(_ problems: [RowProblem]) throws {
        guard !problems.isEmpty else { return }
        throw Problem(
            status: .unprocessableContent,
            kind: "rows",
            detail: "Nothing was imported, for \(problems.count) rows are not right.",
            faults: problems.prefix(1000).map {
                Problem.Fault(pointer: "/rows/\($0.line)", kind: "row", detail: Phrase(of: $0.description))
            }
        )
    }
}

/// A file that came as the body itself, or in a form beside names that the address could not hold.
struct SentFile {
    let bytes: [UInt8]
    var name: String?
    var formers: [String] = []

    init(_ request: Request) async throws {
        let type = request.headers[.contentType] ?? ""
        let collect = {
            Array(try await request.body.collect(upTo: ImportRoutes.sizeLimit).readableBytesView)
        }
        if let form = try await MultipartForm(type, collect) {
            let file: MultipartForm.Part
            (file, formers) = try Self.fields(of: form)
            bytes = Array(file.content)
            name = file.fileName.flatMap { Body.line($0, atMost: Body.longestLine) }
            return
        }
        let media = type.lowercased().utf8.prefix { $0 != UInt8(ascii: ";") && $0 != UInt8(ascii: " ") }
        guard ImportRoutes.types.contains(where: { $0.utf8.elementsEqual(media) }) else {
            let types = ImportRoutes.types.joined(separator: ", ")
            throw Problem(
                status: .unsupportedMediaType,
                kind: "media-type",
                detail:
                    "Send the file itself, as one of \(types), or a form: \(ImportRoutes.formType) with its boundary."
            )
        }
        bytes = try await collect()
    }

    private static func fields(of form: MultipartForm) throws -> (MultipartForm.Part, formers: [String]) {
        var (file, formers): (MultipartForm.Part?, [String]) = (nil, [])
        for part in form.parts {
            switch part.name {
            case "file":
                guard file == nil else { throw Problem.field("file", "it is given more than once") }
                file = part
            case "former":
                guard let name = part.text else { throw Problem.field("former", "give text in UTF-8") }
                formers.append(name)
            default:
                throw Problem.field(
                    part.name.echo,
                    "there is no such field; there are file and former, and the rest stands in the address"
                )
            }
        }
        guard let file else { throw Problem.field("file", "it is missing") }
        return (file, formers)
    }
}

/// What a request says of its file.
struct ImportQuestion {
    static let mostFormers = 200
    let kind: ImportBatch.Kind
    let name: String
    let from: LocalDate?
    let to: LocalDate?
    let meeting: LocalDate?
    let formers: [String]
    let isRehearsal: Bool

    init(_ request: Request, of sent: SentFile) throws {
        let parameters = try QueryParameters(
            request,
            known: ["kind", "name", "from", "to", "meeting", "dry_run"],
            repeatable: ["former"]
        )
        let listed = parameters.values("former")
        guard listed.count <= Self.mostFormers, sent.formers.count <= Self.mostFormers else {
            throw Problem.parameter("former", "give at most \(Self.mostFormers) names")
        }
        try self.init(
            kind: parameters.value("kind", String.self, Phrase(of: Self.kinds)),
            name: parameters.value("name", String.self, "the name of the file") ?? sent.name ?? "upload",
            from: parameters.value("from", LocalDate.self, "a date such as 2026-10-01"),
            to: parameters.value("to", LocalDate.self, "a date such as 2026-10-31"),
            meeting: parameters.value("meeting", LocalDate.self, "a date such as 2026-10-28"),
            formers: listed + sent.formers,
            isRehearsal: parameters.value("dry_run", Bool.self, "true or false") ?? false
        )
    }

    init(
        kind: String?,
        name: String,
        from: LocalDate?,
        to: LocalDate?,
        meeting: LocalDate?,
        formers: [String],
        isRehearsal: Bool
    ) throws {
        guard let kind = kind.flatMap(ImportBatch.Kind.init(rawValue:)) else {
            throw Problem.parameter("kind", "say what the file is: \(Self.kinds)")
        }
        guard formers.count <= 2 * Self.mostFormers else {
            throw Problem.parameter("former", "give at most \(Self.mostFormers) names")
        }
        self.kind = kind
        self.name = try Self.line(name, "name")
        (self.from, self.to, self.meeting) = (from, to, meeting)
        self.formers = try formers.map { try Self.line($0, "former") }
        for (name, isOfOther) in [
            ("meeting", meeting != nil && kind == .palms), ("from", from != nil && kind == .slips),
            ("to", to != nil && kind == .slips), ("former", !formers.isEmpty && kind == .palms),
        ] where isOfOther {
            throw Problem.unfit(name, "a file of \(kind.rawValue) has none")
        }
        self.isRehearsal = isRehearsal
    }

    private static let kinds = ImportBatch.Kind.allCases.map(\.rawValue).joined(separator: " or ")

    /// A day that the request or the file has to say.
    func day(_ name: String, _ day: LocalDate?) throws -> LocalDate {
        guard let day else { throw Problem.unfit(name, "the file does not say it; give a date") }
        return day
    }

    private static func line(_ text: String, _ name: String) throws -> String {
        guard let line = Body.line(text, atMost: Body.longestLine) else {
            throw Problem.parameter(name, "give one line of text, of at most \(Body.longestLine) characters")
        }
        return line
    }
}

extension ImportBatch {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.key("id")
        writer.number(id)
        writer.member("kind", kind.rawValue)
        writer.member("file", file.name)
        writer.member("from", from.description)
        writer.member("to", to.description)
        writer.member("rows", rows)
        writer.member("imported", importedAt.description)
        writer.member("undone", undoneAt?.description)
    }
}

extension Response {
    /// What became of a file; a refusal of one that was meant to go in is a problem with a fault for each row.
    fileprivate init(_ outcome: ImportOutcome, at imports: String, isRehearsal: Bool) throws {
        let result: String
        var (made, status): (Int64?, HTTPResponse.Status) = (nil, .ok)
        switch outcome.result {
        case .imported(let batch): (result, made, status) = ("imported", batch, .created)
        case .alreadyImported(let batch): (result, made) = ("already-imported", batch)
        case .wouldImport: result = "would-import"
        case .refused:
            result = "refused"
            guard isRehearsal else {
                throw Problem(
                    status: .unprocessableContent,
                    kind: "rows",
                    detail: "Nothing was imported, for some rows cannot go in.",
                    faults: outcome.verdicts.filter(\.isRefused).prefix(1000).map {
                        Problem.Fault(
                            pointer: "/rows/\($0.line)",
                            kind: "row",
                            detail: Phrase(of: $0.message)
                        )
                    }
                )
            }
        }
        self.init(object: { writer in
            writer.member("result", result)
            writer.key("import")
            if let made { writer.number(made) } else { writer.null() }
            writer.key("rows")
            writer.array { writer in
                for verdict in outcome.verdicts {
                    writer.object { writer in
                        writer.member("row", verdict.line)
                        writer.member("refused", verdict.isRefused)
                        writer.member("message", verdict.message)
                    }
                }
            }
            writer.key("new_members")
            writer.array { writer in for name in outcome.newMembers { writer.string(name) } }
        })
        self.status = status
        if let made { headers[.location] = "\(imports)/\(made)" }
    }
}
