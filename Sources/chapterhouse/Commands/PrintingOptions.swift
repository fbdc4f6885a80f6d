import ArgumentParser
import Pages
import Printing

/// In which format a report is printed, and where to.
struct PrintingOptions: ParsableArguments {
    /// What a terminal shows, or one of the formats there are everywhere.
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case table, json, csv, html, xlsx, pdf
    }

    @Option(help: "How to print it: table, json, csv, html, xlsx or pdf.") var format: Format = .table
    @Option(help: "The language of html, xlsx and pdf: en or de.") var language = "en"
    @Option(help: "A file to write to, instead of the standard output.") var output: String?

    /// Fails before the work where nothing can be written after it.
    func check() throws {
        if fileFormat?.isText == false, output == nil, Output.isTerminal {
            throw Failure(
                .usage,
                "\(format.rawValue) is not for a terminal: give a file with --output, or send it into a pipe"
            )
        }
        _ = try chosenLanguage
        try Output.checkRoom(for: output)
    }

    func write(_ report: some PrintableReport, table: String? = nil) async throws {
        guard let fileFormat else { return try Output.write(report.text, to: output) }
        var bytes = try await report.written(
            as: fileFormat,
            table: table,
            in: chosenLanguage,
            by: .ofTheSettings
        )
        if fileFormat == .json { bytes.append(0x0a) }
        try Output.write(bytes, to: output)
    }

    private var chosenLanguage: Language {
        get throws {
            guard let language = Language(code: language) else {
                let known = Language.all.map(\.code).joined(separator: ", ")
                throw Failure(.usage, "there is no language “\(language)” here; there are \(known)")
            }
            return language
        }
    }

    private var fileFormat: ReportFormat? {
        ReportFormat(rawValue: format.rawValue)
    }
}

extension Printer {
    /// WeasyPrint, as it is set or the search path has it.
    static var ofTheSettings: Printer {
        GivenSettings.current[.weasyPrint].map { Printer(program: $0) } ?? Printer()
    }
}
