import Exchange
import Postgres
import ReferralGroup

/// A line of the file that is imported: a referral with an amount.
struct ImportedLine: Sendable {
    private let number: Int64
    private let chapter: Int32
    private let day: CalendarDay
    private let giver: Int64
    private let receiver: Int64
    private let tier: Int16
    private let amount: Int64

    static let columns: SQL = "number, chapter_id, passed_on, giver_id, receiver_id, tier, amount, need"

    /// Throws where a cell is missing, is not what its column holds, or breaks a rule of referrals.
    init(_ record: borrowing CSVReader) throws {
        guard record.columns == 8 else { throw Self.wrong(record, record.columns) }
        guard let number = record.whole(1) else { throw Self.wrong(record, 1) }
        guard let chapter = record.whole(2).flatMap(Int32.init(exactly:)) else { throw Self.wrong(record, 2) }
        guard let date = record.date(3) else { throw Self.wrong(record, 3) }
        guard let giver = record.whole(4) else { throw Self.wrong(record, 4) }
        guard let receiver = record.whole(5), receiver != giver else { throw Self.wrong(record, 5) }
        guard let tier = record.whole(6).flatMap(Int16.init(exactly:)), (1...9).contains(tier) else {
            throw Self.wrong(record, 6)
        }
        guard let amount = record.whole(7), amount >= 0 else { throw Self.wrong(record, 7) }
        // The text is never made: its bytes are checked here, and sent from where they stand.
        let holdsNeed = record.withLine(8) { need in
            guard let need else { return false }
            return !need.isEmpty
        }
        guard holdsNeed else { throw Self.wrong(record, 8) }
        self.number = number
        self.chapter = chapter
        day = CalendarDay(daysSinceEpoch: date.daysSinceEpoch)
        self.giver = giver
        self.receiver = receiver
        self.tier = tier
        self.amount = amount
    }

    func encode(_ record: borrowing CSVReader, into row: inout CopiedRow) throws(PostgresError) {
        try row.append(number)
        try row.append(chapter)
        try row.append(day)
        try row.append(giver)
        try row.append(receiver)
        try row.append(tier)
        try row.append(amount)
        try record.withLine(8) { text throws(PostgresError) in
            if let text { try row.append(text: text) }
        }
    }

    private static func wrong(_ record: borrowing CSVReader, _ column: Int) -> Trouble {
        Trouble("row \(record.row), column \(column)")
    }

    /// A file of ours may be larger than any that somebody hands in.
    static var limits: ReadingLimits {
        var limits = ReadingLimits()
        limits.bytes = .max
        limits.rows = .max
        limits.cells = .max
        return limits
    }

    /// Reads and checks a whole file, row by row, and returns how many rows there are and their amounts' sum.
    static func check(_ path: String) throws -> (rows: Int, sum: Int64) {
        var (rows, sum) = (0, Int64(0))
        var file = try CSVFile(path: path, limits: limits)
        while try file.advance() {
            rows += 1
            sum &+= try ImportedLine(file.record).amount
        }
        return (rows, sum)
    }

    /// The same, and sends every row into a table.
    static func copy(_ path: String, into target: SQL, on connection: Connection) async throws -> Int {
        var file = try CSVFile(path: path, limits: limits)
        return try await connection.copy(into: target) { rows in
            while !rows.isFull {
                guard try file.advance() else { return false }
                try rows.append { try ImportedLine(file.record).encode(file.record, into: &$0) }
            }
            return true
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
