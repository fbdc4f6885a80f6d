import FoundationEssentials
import Printing
import ReferralGroup
import TestSupport
import Testing

extension PrintableReport {
    /// What another program reads in the report: `workbook.py`, `page.py` or `pdf.py` of Tests/Formats.
    func read(
        _ format: ReportFormat,
        with reader: String,
        by printer: Printer = .ofTheTests
    ) async throws -> JSON {
        try await Reading.read(written(as: format, by: printer), with: reader)
    }
}

extension Printer {
    /// WeasyPrint as deploy/test installs it.
    static let ofTheTests = Printer(program: TestPython.besides("weasyprint"))
}

enum Reading {
    static func read(_ bytes: [UInt8], with reader: String) async throws -> JSON {
        let file = FileManager.default.temporaryDirectory.appending(path: "chapterhouse-\(UUID())")
        defer {
            do { try FileManager.default.removeItem(at: file) } catch { Issue.record(error) }
        }
        try Data(bytes).write(to: file)
        let ending = try await TestPython.run("Formats/\(reader)", [file.path])
        try #require(ending.hasSucceeded, "\(ending.words)")
        return try JSON(ending.words)
    }
}
