import ArgumentParser
import Crypto
import Exchange
import ReferralGroup
import Storage

struct ImportCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Exports of other tools: a file goes in as a whole or not at all, and can be taken back.",
        subcommands: [Palms.self, Slips.self, List.self, Undo.self]
    )

    struct Palms: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "A chapter's summary of a period: makes the members, and keeps the figures of that time.",
            discussion:
                "Example: chapterhouse import palms cedar Chapter_Summary.xls --from 2025-02-25 --to 2025-08-25"
        )

        @OptionGroup var options: ChapterOptions
        @OptionGroup var rehearsal: RehearsalOptions
        @Argument(help: "The file.", completion: .file()) var file: String
        @Option(help: "The first day that the figures cover; new members join on it.") var from: LocalDate?
        @Option(help: "The last day that the figures cover.") var to: LocalDate?

        func run() async throws {
            let (export, summary) = try ExportFile.read(file) { try SummaryFile($0) }
            guard let from = from ?? summary.firstDay else {
                throw Failure(.usage, "--from: the file does not say its first day; give it")
            }
            guard let to = to ?? summary.lastDay else {
                throw Failure(.usage, "--to: the file does not say its last day; give it")
            }
            guard from <= to else { throw Failure(.usage, "--to: \(to) is before --from \(from)") }
            let outcome = try await options.withChapter(needing: .importFiles, door: .import) { session in
                let (rows, problems) = summary.rows(in: session.chapter.currency)
                try RehearsalOptions.refuse(problems, of: file)
                return try await session.importer(asking: rehearsal).importSummary(
                    rows,
                    of: export.fingerprinted(as: file),
                    from: from,
                    to: to,
                    isRehearsal: rehearsal.dryRun
                )
            }
            try rehearsal.tell(outcome, of: file, days: "\(from) to \(to)")
            try ImportCommands.tellReconciliation(summary)
        }
    }

    struct Slips: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "The slips of one meeting: referrals, one-to-ones, thanks, education, visitors.",
            discussion:
                "Example: chapterhouse import slips cedar Slips_Audit.xls --meeting 2025-08-20 --former \"Jana Dorn\""
        )

        @OptionGroup var options: ChapterOptions
        @OptionGroup var rehearsal: RehearsalOptions
        @Argument(help: "The file.", completion: .file()) var file: String
        @Option(help: "The local date of the meeting.") var meeting: LocalDate?
        @Option(help: "A name on the slips that belongs to a former member; may be given several times.")
        var former: [Line] = []

        func run() async throws {
            let (export, slips) = try ExportFile.read(file) { try SlipsFile($0) }
            guard let meeting = meeting ?? slips.meetingDate else {
                throw Failure(.usage, "--meeting: the file does not say the date of its meeting; give it")
            }
            let outcome = try await options.withChapter(needing: .importFiles, door: .import) { session in
                let (rows, problems) = slips.slips(in: session.chapter.currency)
                try RehearsalOptions.refuse(problems, of: file)
                return try await session.importer(asking: rehearsal).importSlips(
                    rows,
                    of: export.fingerprinted(as: file),
                    meeting: meeting,
                    formers: former.map(\.text),
                    isRehearsal: rehearsal.dryRun
                )
            }
            try rehearsal.tell(outcome, of: file, days: "the meeting of \(meeting)")
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "What was imported, and what was taken back."
        )

        @OptionGroup var options: ChapterOptions
        @OptionGroup var listing: ListingOptions

        func run() async throws {
            let batches = try await options.withChapter(needing: .importFiles) { session in
                try await session.database.run(.imports(of: session.chapter.id))
            }
            var rows = Listing(columns: [
                "id", "kind", "file", "from", "to", "rows", "imported_at", "undone_at",
            ])
            for batch in batches {
                rows.add(
                    .number("\(batch.id)"),
                    .text(batch.kind.rawValue),
                    .text(batch.file.name),
                    .text(batch.from.description),
                    .text(batch.to.description),
                    .number("\(batch.rows)"),
                    .text(batch.importedAt.description),
                    Listing.Cell(batch.undoneAt?.description)
                )
            }
            try rows.print(as: listing.format)
        }
    }

    struct Undo: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Take an import back, with everything it brought.",
            discussion: "Example: chapterhouse import undo cedar 12"
        )

        @OptionGroup var options: ChapterOptions
        @Argument(help: "The number of the import.") var id: Int64

        func run() async throws {
            try await options.withChapter(needing: .importFiles, door: .import) { session in
                guard try await session.database.undoImport(id, in: session.chapter.id) else {
                    throw Failure(
                        .badData,
                        "there is no import \(id) that stands; see: chapterhouse import list \(options.chapter)"
                    )
                }
            }
            try Output.line("Import \(id) is undone.")
        }
    }

    /// What the file's total holds beyond its rows: reported and explained, never corrected.
    private static func tellReconciliation(_ summary: SummaryFile) throws {
        guard let reconciliation = summary.reconciliation else {
            return try Output.line("The file has no Total row to compare with.")
        }
        let differing = reconciliation.lines.filter { $0.formerMembers != .zero }
        guard !differing.isEmpty else { return try Output.line("The rows add up to the file's Total.") }
        try Output.line(
            "The file's Total holds more than its rows: members who left during the period stand in no row of their own."
        )
        var rows = Listing(columns: [
            "column", "members", "visitors", "organisation", "total", "former_members",
        ])
        for line in differing {
            rows.add(
                .text(line.column.rawValue),
                .number(line.members.description),
                .number(line.visitors.description),
                .number(line.organisation.description),
                .number(line.total.description),
                .number(line.formerMembers.description)
            )
        }
        try rows.print(as: .table)
    }
}

struct RehearsalOptions: ParsableArguments {
    @Flag(help: "Say what would happen to each row, and change nothing.") var dryRun = false
    @Flag(help: "Say what happened to each row.") var verbose = false

    static func refuse(_ problems: [RowProblem], of file: String) throws {
        guard !problems.isEmpty else { return }
        let lines = problems.map { "\(file): \($0.description)" }.joined(separator: "\n")
        throw Failure(
            .badData,
            "nothing was imported; \(problems.count == 1 ? "one row is" : "\(problems.count) rows are") not right\n\(lines)"
        )
    }

    func tell(_ outcome: ImportOutcome, of file: String, days: String) throws {
        for verdict in outcome.verdicts where verdict.isRefused || dryRun || verbose {
            let place = verdict.line > 0 ? "row \(verdict.line): " : ""
            try Output.line("\(place)\(verdict.isRefused ? "refused: " : "")\(verdict.message)")
        }
        if !outcome.newMembers.isEmpty {
            try Output.line("New members: \(outcome.newMembers.joined(separator: ", ")).")
        }
        let count = outcome.verdicts.count
        switch outcome.result {
        case .imported(let batch):
            try Output.line("\(count) rows of \(file) for \(days) are import \(batch).")
        case .wouldImport:
            try Output.line("\(count) rows of \(file) for \(days) would go in; nothing was changed.")
        case .alreadyImported(let batch):
            try Output.line("\(file) is import \(batch) already; nothing was changed.")
        case .refused: throw Failure(.badData, "nothing of \(file) was imported, for some rows cannot go in")
        }
    }
}

extension ExportFile {
    /// Reads a file as the report it should be; what is wrong with it is said with its name.
    fileprivate static func read<Report>(
        _ path: String,
        as report: (Spreadsheet) throws -> Report
    ) throws -> (ExportFile, Report) {
        do {
            let file = try ExportFile(path: path)
            return (file, try report(file.spreadsheet()))
        } catch let error as ExchangeError where error.reason != .unreadable {
            throw Failure(.badData, "\(path): \(error.description)")
        }
    }

    fileprivate func fingerprinted(as path: String) -> ImportedFile {
        let name = path.utf8.split(separator: UInt8(ascii: "/")).last.flatMap { String($0) } ?? path
        return ImportedFile(name: name, fingerprint: Array(SHA256.hash(data: bytes)))
    }
}

extension ChapterSession {
    /// An importer that asks at the terminal about names the roster does not settle, where somebody sits there.
    fileprivate func importer(asking rehearsal: RehearsalOptions) -> Importer {
        guard Output.isInteractive, !rehearsal.dryRun else {
            return Importer(database: database, chapter: chapter)
        }
        return Importer(database: database, chapter: chapter) { unknown in
            Output.note("Who is “\(unknown.name)”?")
            for (index, candidate) in unknown.candidates.enumerated() {
                Output.note("  \(index + 1)  \(candidate.name), member since \(candidate.joinedOn)")
            }
            Output.note("  f  a former member\n  Enter  I do not know")
            let answer = readLine()?.split(separator: " ").joined() ?? ""
            if answer == "f" { return .formerMember }
            guard let number = Int(answer), unknown.candidates.indices.contains(number - 1) else {
                return .nobodyKnows
            }
            return .member(unknown.candidates[number - 1].member)
        }
    }
}
