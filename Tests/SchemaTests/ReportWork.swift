import Foundation
import Logging
import Postgres
import ReferralGroup
import Storage
import Synchronization
import TestSupport
import Testing

/// Reports of two chapters that differ in how many records they have, and that the planner takes for average ones: the
/// others in the same tables have ten of each.
@Suite(.sampleDatabase)
struct `A report of a chapter that is fuller than others` {
    let sample: SampleChapter

    init() async throws {
        sample = try await SampleChapter()
        try await sample.fill("\(sample.alder.id)", from: 1_000_000, people: 30, rows: Self.few, days: 7)
        try await sample.fill("\(sample.birch.id)", from: 2_000_000, people: 30, rows: Self.few * 3, days: 7)
        try await sample.fill("1000 + n % 300", from: 3_000_000, people: 3000, rows: 3000, days: 1)
        try await sample.write("ANALYZE")
    }

    /// A list that is gone through again for each row of another passes unseen while a chapter is small.
    @Test func `takes three times the work for three times the records, not nine times`() async throws {
        let (little, much) = (
            try await sample.work(in: sample.alder), try await sample.work(in: sample.birch)
        )
        #expect(much.values.contains { $0.rows > Self.few * 30 }, "too little was explained to tell")
        for (call, work) in much {
            let before = try #require(little[call])
            #expect(
                work.rows < before.rows * 7 / 2,
                "\(call) handles \(work), of a third of the records \(before)"
            )
        }
    }

    private static let few = 500
}

/// Reports of the last year of two chapters with the same year, of which one has nine more behind it.
@Suite(.sampleDatabase)
struct `A report of a chapter with a long history` {
    let sample: SampleChapter

    init() async throws {
        sample = try await SampleChapter()
        for (chapter, first) in [(sample.alder, 1_000_000), (sample.birch, 2_000_000)] {
            try await sample.fill(
                "\(chapter.id)",
                from: first,
                people: 30,
                rows: Self.aYear,
                days: 7,
                joined: "2016-01-01"
            )
        }
        for years in 1...9 {
            try await sample.record(
                in: "\(sample.birch.id)",
                from: 2_000_000,
                people: 30,
                rows: Self.aYear,
                days: 7,
                yearsAgo: years
            )
        }
        // The planner knows that there are many chapters.
        try await sample.fill("1000 + n % 300", from: 3_000_000, people: 3000, rows: 3000, days: 1)
        try await sample.write("ANALYZE")
    }

    @Test func `is the work of that year`() async throws {
        let (young, old) = (
            try await sample.work(in: sample.alder), try await sample.work(in: sample.birch)
        )
        #expect(old.values.contains { $0.rows > Self.aYear * 30 }, "too little was explained to tell")
        for (call, work) in old {
            let before = try #require(young[call])
            // Who gave to those whom they never met is read of all years.
            let more = call.hasPrefix("matrix_gaps") ? Self.aYear * 30 : before.rows / 10
            #expect(
                work.rows < before.rows + more,
                "\(call) handles \(work), of a year alone \(before)"
            )
        }
    }

    private static let aYear = 600
}

/// The report of a region, beside chapters that are not of it.
@Suite(.sampleDatabase)
struct `A report of a region among many chapters` {
    let sample: SampleChapter

    init() async throws {
        sample = try await SampleChapter()
        try await sample.write(
            """
            INSERT INTO region (slug, name) VALUES ('south', 'South');
            UPDATE chapter SET region_id = (SELECT id FROM region WHERE slug = 'south');
            ANALYZE chapter;
            """
        )
    }

    @Test func `is the work of its own chapters`() async throws {
        let days = "'2025-11-01', '2026-10-31', '\(SampleChapter.now)', 'size', 'usual'"
        let calls = ["chapters", "groups"].map {
            "region_\($0)((SELECT id FROM app.region WHERE slug = 'south'), \(days))"
        }
        let alone = try await sample.work(of: calls, in: sample.alder)
        try await sample.write(
            """
            SET session_replication_role = replica;
            INSERT INTO chapter (slug, name, folded_name, time_zone, currency)
            SELECT 'far-' || n, 'Far ' || n, 'far ' || n, 'Europe/Berlin', 'EUR' FROM generate_series(1, 3000) AS n;
            RESET session_replication_role;
            ANALYZE chapter;
            """
        )
        let among = try await sample.work(of: calls, in: sample.alder)
        for (call, (alone, among)) in zip(calls, zip(alone, among)) {
            #expect(alone.rows > 100, "too little was explained to tell")
            #expect(among.rows <= alone.rows * 11 / 10, "\(call) handles \(among), alone \(alone)")
        }
    }
}

extension SampleChapter {
    /// What every statement of each report had to do, by the report as one asks for it in alder.
    fileprivate func work(in chapter: Chapter) async throws -> [String: Work] {
        let calls = reportCalls(in: chapter)
        // The first return of a chapter adds up what is over.
        let work = try await work(of: [calls[0]] + calls, in: chapter).dropFirst()
        return Dictionary(uniqueKeysWithValues: zip(reportCalls(in: alder), work))
    }

    fileprivate func work(of calls: [String], in chapter: Chapter) async throws -> [Work] {
        let plans = Plans()
        let client = PostgresClient(
            Configuration(address: try scratch.address(role: "postgres"), logger: plans.logger)
        )
        let work = try await client.withConnection { connection in
            try await connection.run(script: Self.settings(for: chapter))
            try await connection.run(script: Self.watching)
            var work: [Work] = []
            for call in calls {
                try await connection.run(script: "SELECT count(*) FROM app.\(call)")
                work.append(Work(steps: try plans.takeAll()))
            }
            return work
        }
        await client.shutdown()
        return work
    }

    private static let watching = """
        LOAD 'auto_explain';
        SET auto_explain.log_min_duration = 0;
        SET auto_explain.log_nested_statements = on;
        SET auto_explain.log_analyze = on;
        SET auto_explain.log_timing = off;
        SET auto_explain.log_format = json;
        SET auto_explain.log_level = notice;
        """

    private static func settings(for chapter: Chapter) -> String {
        """
        SET jit = off;
        SET plan_cache_mode = force_generic_plan;
        SET app.chapter_id = '\(chapter.id)';
        SET app.person_id = '';
        SET app.rights = 'everything';
        SET app.asked = 'cli';
        """
    }
}

private struct Work: CustomStringConvertible {
    /// What the steps of all plans had in their hands, whether they gave them on or not.
    let rows: Int
    let hardest: String

    init(steps: [Explained.Step]) {
        rows = steps.map(\.handled).reduce(0, +)
        hardest = steps.max { $0.handled < $1.handled }.map { "\($0.handled) in one \($0.name)" } ?? "none"
    }

    var description: String {
        "\(rows) rows, \(hardest)"
    }
}

/// What auto_explain tells of the plans that were run.
private final class Plans: Sendable {
    private let told = Mutex<[String]>([])

    var logger: Logger {
        var logger = Logger(label: "plans") { _ in Handler(plans: self) }
        logger.logLevel = .debug
        return logger
    }

    /// Every step of every plan since the last call.
    func takeAll() throws -> [Explained.Step] {
        let texts = told.withLock { told in
            defer { told = [] }
            return told
        }
        return try texts.flatMap { text in
            try JSONDecoder().decode(Explained.self, from: Data(text.utf8)).plan.all
        }
    }

    private struct Handler: LogHandler {
        let plans: Plans
        var metadata: Logger.Metadata = [:]
        var logLevel: Logger.Level = .debug

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            let text = "\(event.message)"
            guard let start = text.firstRange(of: "plan:\n") else { return }
            plans.told.withLock { $0.append(String(text[start.upperBound...])) }
        }
    }
}

private struct Explained: Decodable {
    let plan: Step

    enum CodingKeys: String, CodingKey {
        case plan = "Plan"
    }

    struct Step: Decodable {
        /// In all its rounds.
        let handled: Int
        /// `Index Scan of referral`.
        let name: String
        let steps: [Step]

        var all: [Step] {
            [self] + steps.flatMap(\.all)
        }

        enum CodingKeys: String, CodingKey {
            case type = "Node Type"
            case alias = "Alias"
            case rows = "Actual Rows"
            case rounds = "Actual Loops"
            case filtered = "Rows Removed by Filter"
            case unjoined = "Rows Removed by Join Filter"
            case steps = "Plans"
        }

        init(from decoder: any Decoder) throws {
            let values = try decoder.container(keyedBy: CodingKeys.self)
            steps = try values.decodeIfPresent([Step].self, forKey: .steps) ?? []
            let (type, alias) = (
                try values.decode(String.self, forKey: .type),
                try values.decodeIfPresent(String.self, forKey: .alias)
            )
            name = alias.map { "\(type) of \($0)" } ?? type
            let rows = try [CodingKeys.rows, .filtered, .unjoined].map {
                try values.decodeIfPresent(Double.self, forKey: $0) ?? 0
            }
            let rounds = try values.decodeIfPresent(Double.self, forKey: .rounds) ?? 0
            handled = Int(rows.reduce(0, +) * rounds)
        }
    }
}
