/// A file somebody hands in: its bytes, read no farther than the limit, and what kind they are.
package struct ExportFile: Sendable {
    package let bytes: [UInt8]
    package let kind: FileKind
    private let limits: ReadingLimits

    /// Takes bytes that came from elsewhere, such as the body of a request.
    package init(bytes: [UInt8], limits: ReadingLimits = ReadingLimits()) throws {
        guard bytes.count <= limits.bytes else { throw Self.tooLarge(bytes.count, limits: limits) }
        self.bytes = bytes
        self.limits = limits
        kind = try FileKind(of: bytes)
    }

    /// The tables in the file.
    package func spreadsheet() throws -> Spreadsheet {
        switch kind {
        case .spreadsheetML: try SpreadsheetMLReader.read(bytes, limits: limits)
        case .csv: try CSVReader.read(bytes, limits: limits)
        }
    }

    static func tooLarge(_ size: Int?, limits: ReadingLimits) -> ExchangeError {
        let limit = megabytes(limits.bytes)
        guard let size else {
            return ExchangeError(.tooLarge, "the file is larger than \(limit), the most that is read")
        }
        return ExchangeError(
            .tooLarge,
            "the file has \(megabytes(size)), and \(limit) is the most that is read"
        )
    }

    /// With one decimal, rounded up, so that a file over the limit never seems equal to it.
    private static func megabytes(_ bytes: Int) -> String {
        guard bytes >= 1_048_576 else { return "\(bytes) bytes" }
        let (whole, rest) = bytes.quotientAndRemainder(dividingBy: 1_048_576)
        let tenths = (rest * 10 + 1_048_575) / 1_048_576
        if tenths == 0 { return "\(whole) MB" }
        return tenths == 10 ? "\(whole + 1) MB" : "\(whole).\(tenths) MB"
    }
}
