import Exchange
import Glibc
import Postgres
import ReferralGroup

/// A line of the file that is imported: a referral with an amount.
struct ImportedLine: Sendable, CopyEncodable {
    private let number: Int64
    private let chapter: Int32
    private let day: CalendarDay
    private let giver: Int64
    private let receiver: Int64
    private let tier: Int16
    private let amount: Int64
    private let need: String

    static let columns: SQL = "number, chapter_id, passed_on, giver_id, receiver_id, tier, amount, need"

    /// Throws where a cell is missing, is not what its column holds, or breaks a rule of referrals.
    private init(_ row: Spreadsheet.Row) throws {
        func text(_ column: Int) throws -> String {
            guard let cell = row[column] else { throw Self.wrong(row, column) }
            return cell.text
        }
        func whole<Number: FixedWidthInteger>(_ column: Int) throws -> Number {
            guard let number = Number(try text(column)) else { throw Self.wrong(row, column) }
            return number
        }
        number = try whole(1)
        chapter = try whole(2)
        guard let date = LocalDate(try text(3)) else { throw Self.wrong(row, 3) }
        day = CalendarDay(daysSinceEpoch: date.daysSinceEpoch)
        giver = try whole(4)
        receiver = try whole(5)
        tier = try whole(6)
        amount = try whole(7)
        guard let need = PlainText.line(try text(8)), !need.isEmpty else { throw Self.wrong(row, 8) }
        self.need = need
        guard giver != receiver, (1...9).contains(tier), amount >= 0 else { throw Self.wrong(row, 6) }
    }

    func encode(into row: inout CopiedRow) throws(PostgresError) {
        try row.append(number)
        try row.append(chapter)
        try row.append(day)
        try row.append(giver)
        try row.append(receiver)
        try row.append(tier)
        try row.append(amount)
        try row.append(need)
    }

    private static func wrong(_ row: Spreadsheet.Row, _ column: Int) -> Trouble {
        Trouble("row \(row.number), column \(column)")
    }

    /// Reads and checks a whole file, with the reader that every import uses.
    static func read(_ path: String) throws -> [ImportedLine] {
        var limits = ReadingLimits()
        limits.bytes = .max
        limits.rows = .max
        limits.cells = .max
        let table = try ExportFile(bytes: bytes(of: path), limits: limits).spreadsheet()
        return try table.sheets.flatMap(\.rows).map(ImportedLine.init)
    }

    private static func bytes(of path: String) throws -> [UInt8] {
        guard let file = fopen(path, "r") else { throw Trouble("\(path) cannot be read") }
        defer { fclose(file) }
        fseek(file, 0, SEEK_END)
        let size = ftell(file)
        rewind(file)
        return [UInt8](unsafeUninitializedCapacity: max(0, size)) { buffer, count in
            count = fread(buffer.baseAddress, 1, buffer.count, file)
        }
    }

    /// A file of so many lines, the same every time; a cell in ten is quoted.
    static func file(rows count: Int) -> String {
        var dice = Dice(seed: 1)
        var text = ""
        text.reserveCapacity(count * 72)
        for number in 1...max(1, count) {
            let giver = dice.upTo(33_000)
            let day = LocalDate(daysSinceEpoch: 20_000 + dice.upTo(365))
            let need =
                number % 10 == 0
                ? "\"Somebody, \"\"soon\"\", for matter \(number)\"" : "Somebody for matter \(number)"
            text +=
                "\(number),\(dice.upTo(1100)),\(day),\(giver),\(giver + 1),\(dice.upTo(9)),\(dice.upTo(1_000_000)),\(need)\n"
        }
        return text
    }
}
