import Glibc
import Postgres
import ReferralGroup
import Storage

/// What ten times the history, or ten times the chapters, does to a report.
enum Scaling: Measurement {
    static let rows = ["G12", "G13", "G14"]
    private static let callers = 4

    static func findings(on ground: Ground, at pace: Pace) async throws -> [Finding] {
        var (long, wide) = (ground.size, ground.size)
        long.years *= pace.isQuick ? 2 : 10
        wide.chapters *= pace.isQuick ? 2 : 10
        tell("writing \(long)")
        let deep = try await ground.beside(long, named: "deep")
        var findings = try await warm(
            "G12",
            "\(long.years) years / \(ground.size.years)",
            deep,
            ground,
            at: pace
        )
        findings += try await cold(deep, ground, at: pace)
        try await ground.drop(deep)
        tell("writing \(wide)")
        let broad = try await ground.beside(wide, named: "wide")
        findings += try await warm(
            "G13",
            "\(wide.chapters) / \(ground.size.chapters) chapters",
            broad,
            ground,
            at: pace
        )
        try await ground.drop(broad)
        findings += try await ClosedMonths.findings(on: ground, at: pace)
        return findings
    }

    /// Latencies under the same few callers: a ratio of rates, the other way round.
    private static func warm(
        _ row: String,
        _ words: String,
        _ large: Ground,
        _ small: Ground,
        at pace: Pace
    ) async throws -> [Finding] {
        let (one, other) = (try await Asked(small), try await Asked(large))
        // The first return of a chapter adds up its months; what is measured are those after it.
        for asked in [one, other] {
            for place in 0..<asked.count { try await asked.ask(.monthlyReturn, place: place) }
        }
        var findings: [Finding] = []
        func measure(
            _ name: String,
            _ report: String,
            note: String,
            _ ask: @escaping @Sendable (Asked, inout Dice) async throws -> Void
        ) async throws {
            let comparison = try await pace.compare(
                .asking("small", callers: callers) { try await ask(one, &$0) },
                .asking("large", callers: callers) { try await ask(other, &$0) }
            )
            findings.append(
                Finding(
                    "\(row) \(name)",
                    "Latency of the \(report), \(words), warm",
                    .comparison(comparison),
                    bounds: Finding.Bounds(floor: 1.2, goal: 1.05, isHigherBetter: false),
                    note: note
                )
            )
        }
        for kind in Reports.Kind.allCases {
            try await measure(kind.rawValue, kind.words, note: "64 chapters again and again, 4 callers") {
                try await $0.ask(kind, &$1)
            }
        }
        for shape in ReportShape.all {
            let note = "As `Storage` asks: settings, a transaction, every table"
            try await measure(shape.name, "report `\(shape.name)`", note: note) {
                try await $0.ask(shape, &$1)
            }
        }
        for asked in [one, other] { await asked.client.shutdown() }
        return findings
    }

    /// Each pair with a server that has just started, on files that the system has let go of.
    private static func cold(_ deep: Ground, _ ground: Ground, at pace: Pace) async throws -> [Finding] {
        var findings: [Finding] = []
        for report in Reports.Kind.allCases {
            var comparison = Comparison(ours: "small", other: "large")
            var way = ""
            for _ in 0..<max(1, pace.pairs) {
                let rate = try await coldRate(report, ground, way: &way)
                comparison.add(rate, try await coldRate(report, deep, way: &way))
            }
            findings.append(
                Finding(
                    "G12 \(report.rawValue) cold",
                    "Latency of the \(report.words), \(deep.size.years) years / \(ground.size.years), cold",
                    .comparison(comparison),
                    bounds: Finding.Bounds(floor: 1.5, goal: 1.2, isHigherBetter: false),
                    note: "Each chapter once, 4 callers; \(way)"
                )
            )
        }
        return findings
    }

    private static func coldRate(
        _ report: Reports.Kind,
        _ ground: Ground,
        way: inout String
    ) async throws -> Double {
        var used = ""
        try ground.restart { used = ground.forgetFiles() }
        way = used
        let asked = try await Asked(ground)
        // Connections and the catalogue are not what is measured.
        for _ in 0..<callers { try await asked.ask(report, place: 0) }
        let start = ContinuousClock.now
        try await withThrowingTaskGroup(of: Void.self) { group in
            for caller in 0..<callers {
                group.addTask {
                    for place in stride(from: 1 + caller, to: asked.count, by: callers) {
                        try await asked.ask(report, place: place)
                    }
                }
            }
            try await group.waitForAll()
        }
        let rate = Double(asked.count - 1) / (ContinuousClock.now - start).seconds
        await asked.client.shutdown()
        return rate
    }

    /// A client with the reports of some chapters of a ledger.
    private struct Asked: Sendable {
        let client: PostgresClient
        let database: Database
        let reports: Reports

        init(_ ground: Ground) async throws {
            let actor = try await ground.president()
            reports = try await Reports(ground, chapters: 64, as: actor)
            client = ground.client()
            database = Database(client)
        }

        var count: Int {
            reports.count
        }

        func ask(_ kind: Reports.Kind, _ dice: inout Dice) async throws {
            try await ask(kind, place: dice.upTo(reports.count) - 1)
        }

        func ask(_ shape: ReportShape, _ dice: inout Dice) async throws {
            try await reports.described(shape, ofChapter: dice.upTo(reports.count) - 1, in: database)
        }

        func ask(_ kind: Reports.Kind, place: Int) async throws {
            switch kind {
            case .attendance: try await reports.attendance(ofChapter: place, on: client)
            case .monthlyReturn: try await reports.returnOfMonth(ofChapter: place, on: client)
            }
        }
    }
}
