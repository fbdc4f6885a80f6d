import Exchange
import Glibc
import Postgres
import TestCluster

/// A CSV file read, checked and sent as typed rows, beside psql's `\copy` of the same file.
enum Importing: Measurement {
    static let rows = ["G10", "G11"]

    static func findings(on ground: Ground, at pace: Pace) async throws -> [Finding] {
        let file = try ScratchFile()
        try file.write(ImportedLine.file(rows: pace.importedRows))
        let client = ground.client(role: Ground.superuser)
        for target in [Target.bare, .unique] {
            try await client.withConnection { try await $0.run(script: target.creation) }
        }
        let (count, psql) = (pace.importedRows, Psql(ground, file: file))

        let findings = [
            Finding(
                "G10 bare",
                "Checked import of \(count) rows / psql `\\copy`: a table without index",
                .comparison(
                    try await pace.compare(
                        ours(importing: file, count, into: .bare, client),
                        psql.side(count, into: .bare, client)
                    )
                ),
                bounds: Finding.Bounds(floor: 1.4, goal: 1.7)
            ),
            Finding(
                "G10 unique",
                "The same into a table with a unique index",
                .comparison(
                    try await pace.compare(
                        ours(importing: file, count, into: .unique, client),
                        psql.side(count, into: .unique, client)
                    )
                ),
                bounds: Finding.Bounds(floor: 0.95, goal: 1.1)
            ),
            Finding(
                "G11",
                "CSV parsed and typed, rows a second / psql `\\copy` into a table without index",
                .comparison(
                    try await pace.compare(
                        Side("ours") { duration in
                            try await Self.rate(of: count, for: duration) {
                                let (rows, sum) = try ImportedLine.check(file.path)
                                guard sum > 0 else { throw Trouble("the amounts are lost") }
                                return rows
                            }
                        },
                        psql.side(count, into: .bare, client)
                    )
                ),
                bounds: Finding.Bounds(floor: 8, goal: 14)
            ),
        ]
        await client.shutdown()
        return findings
    }

    private static func ours(
        importing file: ScratchFile,
        _ count: Int,
        into target: Target,
        _ client: PostgresClient
    ) -> Side {
        Side("ours") { duration in
            try await rate(of: count, for: duration, before: { try await target.empty(client) }) {
                try await client.withConnection {
                    try await ImportedLine.copy(
                        file.path,
                        into: "\(target.sql) (\(ImportedLine.columns))",
                        on: $0
                    )
                }
            }
        }
    }

    /// Does something that takes `count` rows at a time, at least once and until the time is over.
    static func rate(
        of count: Int,
        for duration: Duration,
        before prepare: () async throws -> Void = {},
        _ work: () async throws -> Int
    ) async throws -> Double {
        var (spent, rounds) = (Duration.zero, 0)
        while spent < duration {
            try await prepare()
            let start = ContinuousClock.now
            let done = try await work()
            spent += ContinuousClock.now - start
            guard done == count else { throw Trouble("\(done) rows went in, not \(count)") }
            rounds += 1
        }
        return Double(rounds * count) / spent.seconds
    }
}

/// A table that rows are imported into.
enum Target: String, Sendable {
    case bare = "imported_bare"
    case unique = "imported_unique"

    var sql: SQL {
        SQL(stringLiteral: "public.\(rawValue)")
    }

    var creation: String {
        """
        CREATE TABLE public.\(rawValue) (
            number bigint NOT NULL, chapter_id integer NOT NULL, passed_on date NOT NULL, giver_id bigint NOT NULL,
            receiver_id bigint NOT NULL, tier smallint NOT NULL, amount bigint NOT NULL, need text NOT NULL
        );
        \(self == .unique ? "CREATE UNIQUE INDEX ON public.\(rawValue) (chapter_id, number);" : "")
        """
    }

    func empty(_ client: PostgresClient) async throws {
        try await client.withConnection { try await $0.run(script: "TRUNCATE public.\(rawValue)") }
    }
}

/// psql, which sends a file as it is; the server parses and checks the types.
private struct Psql: Sendable {
    private let ground: Ground
    private let file: ScratchFile

    init(_ ground: Ground, file: ScratchFile) {
        self.ground = ground
        self.file = file
    }

    func side(_ count: Int, into target: Target, _ client: PostgresClient) -> Side {
        Side("psql") { duration in
            try await Importing.rate(of: count, for: duration, before: { try await target.empty(client) }) {
                let answer = try ScratchFile()
                try ChildProcess.run(
                    [
                        "\(ground.cluster.binaries)/psql", "-X", "-c",
                        "\\copy public.\(target.rawValue) FROM '\(file.path)' WITH (FORMAT csv)",
                        ground.address(role: Ground.superuser),
                    ],
                    output: answer.path
                )
                let said = ChildProcess.contents(of: answer.path)
                guard said.hasPrefix("COPY "), let copied = Int(said.dropFirst(5).prefix { $0.isNumber })
                else {
                    throw Trouble("psql said: \(said)")
                }
                return copied
            }
        }
    }
}
