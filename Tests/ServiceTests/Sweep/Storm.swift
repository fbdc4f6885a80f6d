import Postgres
import Storage
import TestSupport

/// What goes wrong between the service and its database, one thing after the other.
struct Storm: Sendable {
    /// How long a statement of the service may run; what a lock holds up takes longer.
    static let statementTimeout = Duration.milliseconds(500)

    enum Fault: CaseIterable {
        case endServers, cancelStatements, lockTables, resetLine, cutAnswers, cutQuestions, refuseLine
        case loseAnswers, sliceLine
    }

    let line: FaultyLink
    let superuser: PostgresClient
    /// The service's way to the database, over the line.
    let client: PostgresClient

    init(over scratch: ScratchDatabase) async throws {
        superuser = scratch.superuser
        line = try FaultyLink(
            to: try await scratch.superuser.run(
                Query<String>(
                    value: """
                        SELECT split_part(current_setting('unix_socket_directories'), ',', 1) || '/.s.PGSQL.'
                            || current_setting('port')
                        """
                )
            )
        )
        let address = line.conninfo(for: try scratch.address(role: "chapterhouse_app"))
        var configuration = Configuration(address: address, logger: .silent)
        configuration.applicationName = "chapterhouse"
        configuration.statementTimeout = Self.statementTimeout
        client = PostgresClient(configuration)
    }

    /// Every fault twice, in an order that the seed decides; the line is good again afterwards.
    func blow(_ seed: inout SeededNumbers) async throws {
        for fault in (Fault.allCases + Fault.allCases).shuffled(using: &seed) {
            let bytes = Int.random(in: 1...3000, using: &seed)
            try await strike(fault, after: bytes)
            try line.heal()
            try await Task.sleep(for: .milliseconds(60))
        }
    }

    private func strike(_ fault: Fault, after bytes: Int) async throws {
        switch fault {
        case .endServers: try await tell("pg_terminate_backend(pid)")
        case .cancelStatements:
            for _ in 0..<10 {
                try await tell("pg_cancel_backend(pid)")
                try await Task.sleep(for: .milliseconds(5))
            }
        case .lockTables:
            try await superuser.transaction { transaction in
                try await transaction.run(
                    Query<Void>("LOCK TABLE app.membership, app.referral IN ACCESS EXCLUSIVE MODE")
                )
                try await Task.sleep(for: Self.statementTimeout * 3 / 2)
            }
        case .resetLine: try line.reset()
        case .cutAnswers:
            try line.cut(.now, .down, after: bytes, by: .reset)
            try await Task.sleep(for: .milliseconds(60))
        case .cutQuestions:
            try line.cut(.now, .up, after: bytes, by: .finish)
            try await Task.sleep(for: .milliseconds(60))
        case .refuseLine:
            try line.refuse()
            try line.reset()
            try await Task.sleep(for: .milliseconds(150))
        case .loseAnswers:
            try line.swallow(.down)
            try await Task.sleep(for: .milliseconds(150))
        case .sliceLine:
            try line.slice(.both, into: 61)
            try await Task.sleep(for: .milliseconds(150))
        }
    }

    private func tell(_ order: SQL) async throws {
        _ = try await superuser.run(
            Query<Int>(
                value: """
                    SELECT count(\(order)) FROM pg_stat_activity
                     WHERE datname = current_database() AND usename = 'chapterhouse_app'
                    """
            )
        )
    }
}

/// Numbers that are the same each time (SplitMix64).
struct SeededNumbers: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var number = state
        number = (number ^ (number >> 30)) &* 0xbf58_476d_1ce4_e5b9
        number = (number ^ (number >> 27)) &* 0x94d0_49bb_1331_11eb
        return number ^ (number >> 31)
    }
}
