import Postgres
import TestSupport
import Testing

/// Lets two tests at a time disturb the machine; more would only wait for each other.
struct Disturbing: TestTrait, SuiteTrait, TestScoping {
    private static let gate = Gate(places: 2)

    var isRecursive: Bool { true }

    func provideScope(
        for test: Test,
        testCase: Test.Case?,
        performing function: @Sendable () async throws -> Void
    ) async throws {
        guard testCase != nil else { return try await function() }
        try await Self.gate.enter(function)
    }
}

extension Trait where Self == Disturbing {
    static var disturbing: Disturbing { Disturbing() }
}

/// A fresh database, reached over lines that go wrong on command.
struct FaultyDatabase: Sendable {
    /// A client whose connections nothing happens to.
    let straight: PostgresClient
    private let address: String
    private let socket: String

    fileprivate init(_ straight: PostgresClient) async throws {
        self.straight = straight
        let (name, socket) = try await straight.run(
            Query<String>(value: "SELECT current_database()"),
            Query<String>(
                value: """
                    SELECT split_part(current_setting('unix_socket_directories'), ',', 1) || '/.s.PGSQL.'
                        || current_setting('port')
                    """
            )
        )
        address = try TestServer.shared.conninfo(database: name)
        self.socket = socket
    }

    func line() throws -> FaultyLink {
        try FaultyLink(to: socket)
    }

    /// A client that reaches the database over `line`.
    func client(
        over line: FaultyLink,
        _ configure: (inout Configuration) -> Void = { _ in }
    ) -> PostgresClient {
        var configuration = Configuration(address: line.conninfo(for: address), logger: .silent)
        configure(&configuration)
        return PostgresClient(configuration)
    }
}

func withFaultyDatabase(_ body: (FaultyDatabase) async throws -> Void) async throws {
    try await withDatabase { client async throws in
        try await body(FaultyDatabase(client))
    }
}

/// The same with one line, and a client over it.
func withFaultyLine(
    _ configure: (inout Configuration) -> Void = { _ in },
    _ body: (FaultyLink, PostgresClient, FaultyDatabase) async throws -> Void
) async throws {
    try await withFaultyDatabase { database async throws in
        let line = try database.line()
        let client = database.client(over: line, configure)
        do {
            try await body(line, client, database)
        } catch {
            await client.shutdown()
            throw error
        }
        await client.shutdown()
    }
}

struct Hang: Error {}

/// Ends `body` with a failure when it takes so long that it hangs; the limit is generous.
func withoutHanging<Value: Sendable>(
    for limit: Duration = .seconds(30),
    _ body: @escaping @Sendable () async throws -> Value
) async throws -> Value {
    try await withThrowingTaskGroup(of: Value?.self) { group in
        group.addTask { try await body() }
        group.addTask {
            try await Task.sleep(for: limit)
            return nil
        }
        defer { group.cancelAll() }
        guard let first = try await group.next(), let value = first else { throw Hang() }
        return value
    }
}

/// What callers were told of the rows that they wrote.
actor Ledger {
    private(set) var acknowledged: Set<Int> = []
    private(set) var surelyNot: Set<Int> = []
    private(set) var unknown: Set<Int> = []
    /// By what those that surely are not were denied.
    private var denials: [Int: PostgresError] = [:]

    /// Writes the row `id` by `work`, and notes what came of it; other errors than those of a line are thrown.
    func write(_ id: Int, by work: @Sendable () async throws -> Void) async throws {
        do {
            try await work()
            acknowledged.insert(id)
        } catch let error as PostgresError where error.kind != .refused {
            if error.mayHaveHappened {
                unknown.insert(id)
            } else {
                surelyNot.insert(id)
                denials[id] = error
            }
        }
    }

    /// Every row that was acknowledged is there once, and none that surely is not; returns how many of the unknown are.
    @discardableResult
    func compare(with rows: [Int], _ location: SourceLocation = #_sourceLocation) -> Int {
        let there = Set(rows)
        #expect(rows.count == there.count, "rows are there twice", sourceLocation: location)
        #expect(acknowledged.subtracting(there) == [], "acknowledged and lost", sourceLocation: location)
        let denied = surelyNot.intersection(there)
        #expect(denied == [], "denied and there: \(denied.map { denials[$0] })", sourceLocation: location)
        #expect(
            there.subtracting(acknowledged).subtracting(unknown) == [],
            "written by nobody",
            sourceLocation: location
        )
        return unknown.intersection(there).count
    }
}

extension PostgresClient {
    /// Whether it gets an answer, the right one; `exclusive` on a connection of its own.
    func answers(on lane: Lane = .shared) async -> Bool {
        let one = Query<Int>(value: "SELECT 1")
        do {
            if case .shared = lane { return try await run(one) == 1 }
            return try await run(one.exclusive) == 1
        } catch {
            return false
        }
    }
}
