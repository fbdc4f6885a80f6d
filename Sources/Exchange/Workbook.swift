internal import CXLSXWriter
import ReferralGroup

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// An XLSX file while it is written: sheets of typed cells, ready to be printed.
///
/// Text is only ever text: nothing becomes a formula or a link, whatever it begins with.
final class Workbook {
    /// How the cells of a row or a column look.
    enum Style: Hashable {
        case plain, title, soft, wrapped
        case heading, headingOfNumbers
        case number(decimals: Int), percentage(decimals: Int), day, month
    }

    private let workbook: UnsafeMutablePointer<lxw_workbook>
    private let file: TemporaryFile
    private var formats: [StyleOfCell: UnsafeMutablePointer<lxw_format>] = [:]
    private var sheetNames: Set<String> = []
    private var isClosed = false

    private struct StyleOfCell: Hashable {
        let style: Style
        let isTotal: Bool
    }

    init(title: String, subject: String, created: Instant) throws {
        file = try TemporaryFile()
        guard let workbook = workbook_new(file.path) else { throw WorkbookError("there is no memory for it") }
        self.workbook = workbook
        title.withMutableCString { title in
            subject.withMutableCString { subject in
                var properties = lxw_doc_properties()
                properties.title = title
                properties.subject = subject
                // Without one it takes the time of day, and equal reports would differ.
                properties.created = max(1, Int(created.microsecondsSinceEpoch / 1_000_000))
                workbook_set_properties(workbook, &properties)
            }
        }
    }

    deinit {
        if !isClosed { lxw_workbook_free(workbook) }
    }

    /// A sheet of its own, named as near to `name` as a sheet's name may be.
    func addSheet(_ name: String) throws -> Sheet {
        let name = sheetName(name)
        guard let sheet = workbook_add_worksheet(workbook, name) else {
            throw WorkbookError("the sheet “\(name)” cannot be added")
        }
        return Sheet(sheet)
    }

    /// The bytes of the file; nothing can be added after.
    func finish() throws -> [UInt8] {
        isClosed = true
        let error = workbook_close(workbook)
        guard error == LXW_NO_ERROR else { throw WorkbookError(String(cString: lxw_strerror(error))) }
        return try file.contents()
    }

    /// What Excel calls a sheet: at most 31 characters, none of its syntax, and no name twice.
    private func sheetName(_ wanted: String) -> String {
        let forbidden = Set("[]:*?/\\'\u{0}".unicodeScalars)
        let scalars = wanted.unicodeScalars.map { forbidden.contains($0) || $0.value < 0x20 ? "-" : $0 }
        var name = String(String.UnicodeScalarView(scalars.prefix(31)))
        if name.isEmpty || name.lowercased() == "history" { name = "Table" }
        var number = 1
        var free = name
        // Room for a number.
        name = String(String.UnicodeScalarView(name.unicodeScalars.prefix(24)))
        while !sheetNames.insert(free.lowercased()).inserted {
            number += 1
            free = "\(name) \(number)"
        }
        return free
    }

    func format(_ style: Style, isTotal: Bool = false) throws -> UnsafeMutablePointer<lxw_format> {
        let key = StyleOfCell(style: style, isTotal: isTotal)
        if let known = formats[key] { return known }
        guard let format = workbook_add_format(workbook) else {
            throw WorkbookError("there is no memory for it")
        }
        style.set(on: format)
        if isTotal {
            format_set_bold(format)
            format_set_top(format, UInt8(LXW_BORDER_THIN.rawValue))
            format_set_top_color(format, Style.house)
        }
        formats[key] = format
        return format
    }
}

/// What kept a workbook from being written: no room, no memory.
package struct WorkbookError: Error, Sendable {
    package let reason: String

    init(_ reason: String) {
        self.reason = reason
    }
}

extension Workbook.Style {
    fileprivate static let house: lxw_color_t = 0x1B5D58
    private static let softInk: lxw_color_t = 0x566563

    fileprivate func set(on format: UnsafeMutablePointer<lxw_format>) {
        format_set_align(format, UInt8(LXW_ALIGN_VERTICAL_TOP.rawValue))
        switch self {
        case .plain: break
        case .title:
            format_set_bold(format)
            format_set_font_size(format, 16)
            format_set_font_color(format, Self.house)
        case .soft: format_set_font_color(format, Self.softInk)
        case .wrapped: format_set_text_wrap(format)
        case .heading, .headingOfNumbers:
            format_set_bold(format)
            format_set_text_wrap(format)
            format_set_font_color(format, 0xFFFFFF)
            format_set_bg_color(format, Self.house)
            format_set_align(format, UInt8(LXW_ALIGN_VERTICAL_CENTER.rawValue))
            if self == .headingOfNumbers { format_set_align(format, UInt8(LXW_ALIGN_RIGHT.rawValue)) }
        case .number(let decimals):
            format_set_num_format(
                format,
                "#,##0\(Self.fraction(decimals));[Red]-#,##0\(Self.fraction(decimals))"
            )
        case .percentage(let decimals):
            format_set_num_format(format, "0\(Self.fraction(decimals))%;[Red]-0\(Self.fraction(decimals))%")
        case .day:
            format_set_num_format(format, "yyyy-mm-dd")
            format_set_align(format, UInt8(LXW_ALIGN_LEFT.rawValue))
        case .month:
            format_set_num_format(format, "yyyy-mm")
            format_set_align(format, UInt8(LXW_ALIGN_LEFT.rawValue))
        }
    }

    private static func fraction(_ decimals: Int) -> String {
        decimals > 0 ? "." + String(repeating: "0", count: decimals) : ""
    }
}

/// One sheet of a workbook.
struct Sheet {
    private let sheet: UnsafeMutablePointer<lxw_worksheet>

    fileprivate init(_ sheet: UnsafeMutablePointer<lxw_worksheet>) {
        self.sheet = sheet
    }

    typealias Format = UnsafeMutablePointer<lxw_format>

    func write(_ text: String, _ row: Int, _ column: Int, _ format: Format) throws {
        try check(
            worksheet_write_string(sheet, lxw_row_t(row), lxw_col_t(column), text.fitForACell, format)
        )
    }

    func write(_ number: Double, _ row: Int, _ column: Int, _ format: Format) throws {
        try check(worksheet_write_number(sheet, lxw_row_t(row), lxw_col_t(column), number, format))
    }

    func write(_ truth: Bool, _ row: Int, _ column: Int, _ format: Format) throws {
        try check(worksheet_write_boolean(sheet, lxw_row_t(row), lxw_col_t(column), truth ? 1 : 0, format))
    }

    func writeNothing(_ row: Int, _ column: Int, _ format: Format) throws {
        try check(worksheet_write_blank(sheet, lxw_row_t(row), lxw_col_t(column), format))
    }

    /// Days before 1900 are not in Excel's calendar: false.
    func write(_ day: LocalDate, _ row: Int, _ column: Int, _ format: Format) throws -> Bool {
        let (year, month, number) = day.parts
        guard year >= 1900 else { return false }
        var date = lxw_datetime(
            year: Int32(year),
            month: Int32(month),
            day: Int32(number),
            hour: 0,
            min: 0,
            sec: 0
        )
        try check(worksheet_write_datetime(sheet, lxw_row_t(row), lxw_col_t(column), &date, format))
        return true
    }

    /// In characters of the usual letter.
    func setWidth(of column: Int, to width: Int) throws {
        try check(worksheet_set_column(sheet, lxw_col_t(column), lxw_col_t(column), Double(width), nil))
    }

    func setHeight(of row: Int, to points: Double) throws {
        try check(worksheet_set_row(sheet, lxw_row_t(row), points, nil))
    }

    /// The rows above `row` and the columns before `column` stay where they are.
    func freeze(above row: Int, before column: Int) {
        worksheet_freeze_panes(sheet, lxw_row_t(row), lxw_col_t(column))
    }

    /// A4 across, as wide as the page, with what is on it and the number of the page below.
    ///
    /// `heading` is the last of the rows that every page repeats; nil for none.
    func print(rows: Int, columns: Int, heading: Int?, footer: String) throws {
        worksheet_set_landscape(sheet)
        worksheet_set_paper(sheet, 9)
        worksheet_fit_to_pages(sheet, 1, 0)
        worksheet_set_margins(sheet, 0.5, 0.5, 0.5, 0.7)
        try check(
            worksheet_print_area(sheet, 0, 0, lxw_row_t(max(rows - 1, 0)), lxw_col_t(max(columns - 1, 0)))
        )
        if let heading { try check(worksheet_repeat_rows(sheet, 0, lxw_row_t(heading))) }
        // An ampersand begins a code; two are one. All of it may have 255 characters.
        let scalars = footer.unicodeScalars.prefix(80).flatMap { $0 == "&" ? [$0, $0] : [$0] }
        let words = String(String.UnicodeScalarView(scalars))
        try check(worksheet_set_footer(sheet, "&L&8 \(words)&R&8 &P / &N"))
    }

    private func check(_ error: lxw_error) throws {
        guard error == LXW_NO_ERROR else { throw WorkbookError(String(cString: lxw_strerror(error))) }
    }
}

/// A file of our own, 0600 and nameless as soon as it is read.
private final class TemporaryFile {
    let path: String
    private let descriptor: Int32

    init() throws {
        let folder = getenv("TMPDIR").map { String(cString: $0) } ?? ""
        var template = Array("\(folder.isEmpty ? "/tmp" : folder)/chapterhouse-XXXXXX".utf8CString)
        descriptor = mkstemp(&template)
        guard descriptor >= 0 else { throw WorkbookError(String(cString: strerror(errno))) }
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit {
        unlink(path)
        close(descriptor)
    }

    func contents() throws -> [UInt8] {
        let size = lseek(descriptor, 0, SEEK_END)
        guard size >= 0 else { throw WorkbookError(String(cString: strerror(errno))) }
        var bytes = [UInt8](repeating: 0, count: size)
        var read = 0
        while read < size {
            let count = bytes.withUnsafeMutableBytes {
                pread(descriptor, $0.baseAddress?.advanced(by: read), size - read, read)
            }
            guard count > 0 else { throw WorkbookError(String(cString: strerror(errno))) }
            read += count
        }
        return bytes
    }
}

extension String {
    /// Without what XML has no character for, and no longer than a cell may be.
    fileprivate var fitForACell: String {
        guard utf8.count > 32_000 || unicodeScalars.contains(where: \.isNoCharacterOfXML) else { return self }
        let scalars = unicodeScalars.prefix(32_000).map { $0.isNoCharacterOfXML ? "\u{FFFD}" : $0 }
        return String(String.UnicodeScalarView(scalars))
    }

    fileprivate func withMutableCString<Result>(_ body: (UnsafeMutablePointer<CChar>?) -> Result) -> Result {
        var bytes = Array(utf8CString)
        return bytes.withUnsafeMutableBufferPointer { body($0.baseAddress) }
    }
}

extension Unicode.Scalar {
    fileprivate var isNoCharacterOfXML: Bool {
        switch value {
        case 0xFFFE, 0xFFFF, 0x00...0x08, 0x0B, 0x0C, 0x0E...0x1F: true
        default: false
        }
    }
}
