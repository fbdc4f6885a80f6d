import Exchange
import Pages
import ReferralGroup

/// A report that comes in every format, with the same figures.
package protocol PrintableReport: Sendable {
    var asOf: Instant { get }
    var json: [UInt8] { get }
    /// For a terminal.
    var text: String { get }
    /// The figures as tables, of which HTML, XLSX and PDF are made.
    var report: Report { get }

    /// `table` where there are several; the first without it.
    func csv(of table: String?) -> String
}

extension PrintableReport {
    package func written(
        as format: ReportFormat,
        table: String? = nil,
        in language: Language = .english,
        by printer: Printer
    ) async throws -> [UInt8] {
        switch format {
        case .json: json
        case .csv: Array(csv(of: table).utf8)
        case .html: document(in: language)
        case .xlsx: try report.xlsx { Phrase(reading: $0).plain(in: language) }
        case .pdf: try await printer.pdf(of: document(in: language))
        }
    }

    /// The report as a page that stands alone.
    package func document(in language: Language) -> [UInt8] {
        Array(reportDocument(report).text(in: language).utf8)
    }

    /// What a file of it is called, as in `cedar-roi-2026-10.xlsx`.
    package func fileName(as format: ReportFormat) -> String {
        "\(report.fileName).\(format.rawValue)"
    }
}

extension Report: PrintableReport {
    package var report: Report { self }

    package func csv(of table: String?) -> String {
        tables.first { table == nil || $0.shape.key == table }.map(csv) ?? ""
    }
}

extension MonthlyROI: PrintableReport {
    package var text: String { table }

    package func csv(of table: String?) -> String { csv }
}

extension AttendanceSummary: PrintableReport {
    package var text: String { table }

    package func csv(of table: String?) -> String { csv }
}
