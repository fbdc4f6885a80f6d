/// The table of what was found, and what it was found on.
struct Report {
    private let machine: Machine
    private let size: LedgerSize
    private let isQuick: Bool
    private var rows: [(name: String, line: String)] = []

    private static let head = """
        | row | what | min | median | max | floor | goal | verdict | medians | note | day |
        |---|---|--:|--:|--:|--:|--:|---|---|---|---|
        """

    init(machine: Machine, size: LedgerSize, isQuick: Bool) {
        self.machine = machine
        self.size = size
        self.isQuick = isQuick
    }

    /// Takes a finding in, and tells of it at once.
    mutating func add(_ finding: Finding) {
        let line = Self.line(finding, day: machine.day)
        rows.append((finding.row, line))
        tell("\(finding.row): \(finding.values.isEmpty ? finding.note : Self.figure(finding.values.median))")
    }

    /// Whether something was found, or skipped with a reason, for a row or a part of it.
    func holds(_ row: String) -> Bool {
        rows.contains { $0.name == row || $0.name.hasPrefix("\(row) ") }
    }

    var markdown: String {
        ([origin, "", Self.head] + rows.map(\.line)).joined(separator: "\n")
    }

    /// Writes the measured rows into a file's table; rows of other names stay.
    func update(_ path: String) throws {
        let file = try MarkedFile(path, mark: "measured")
        var lines: [(name: String, line: String)] = file.content.split(separator: "\n").compactMap {
            guard let name = Self.name(ofLine: $0) else { return nil }
            return (name, String($0))
        }
        for row in rows {
            if let place = lines.firstIndex(where: { $0.name == row.name }) {
                lines[place] = row
            } else {
                lines.append(row)
            }
        }
        lines.sort { (Self.order($0.name), $0.name) < (Self.order($1.name), $1.name) }
        try file.write(([origin, "", Self.head] + lines.map(\.line)).joined(separator: "\n"))
    }

    private var origin: String {
        """
        \(isQuick ? "A quick run, which says nothing of speed. " : "")Last run \(machine.day): \(machine.description); \
        \(machine.versions); \(size.description).
        """
    }

    private static func line(_ finding: Finding, day: String) -> String {
        let values = finding.values.sorted()
        var unit = ""
        var medians = ""
        switch finding.value {
        case .comparison(let comparison):
            medians =
                "\(comparison.ours) \(figure(comparison.ourRates.median)), \(comparison.other) \(figure(comparison.otherRates.median))"
        case .figures(_, let name): unit = " \(name)"
        case .skipped: break
        }
        let median = values.isEmpty ? "–" : "**\(figure(values.median))**\(unit)"
        let measured = [values.first.map(figure) ?? "–", median, values.last.map(figure) ?? "–"]
        let wanted = [finding.bounds?.floor, finding.bounds?.goal].map { $0.map(figure) ?? "–" }
        let cells =
            [finding.row, finding.words] + measured + wanted + [finding.verdict, medians, finding.note, day]
        return "| \(cells.joined(separator: " | ")) |"
    }

    private static func name(ofLine line: Substring) -> String? {
        let cells = line.split(separator: "|", omittingEmptySubsequences: false)
        guard cells.count > 3, let name = cells.dropFirst().first.map({ trimmed($0) }), name != "row",
            !name.hasPrefix("---")
        else { return nil }
        return name
    }

    private static func trimmed(_ text: Substring) -> String {
        String(text.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }

    /// `G2` stands before `G10`; rows without a number at the end.
    private static func order(_ name: String) -> Int {
        name.hasPrefix("G") ? Int(name.dropFirst().prefix { $0.isNumber }) ?? .max : .max
    }

    /// With three digits that count.
    static func figure(_ value: Double) -> String {
        guard value.isFinite else { return "–" }
        if value.magnitude >= 100 { return "\(Int(value.rounded()))" }
        let scale = value.magnitude >= 10 ? 10.0 : value.magnitude >= 1 ? 100.0 : 1000.0
        return "\((value * scale).rounded() / scale)"
    }
}
