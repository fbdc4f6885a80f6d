import Postgres
import TestSupport
import Testing

@Suite(.disturbing, .timeLimit(.minutes(20))) struct `A byte of the server that arrives altered` {
    /// The bits turned over: what makes another type of message or length, a huge or negative length, another letter.
    private static let masks: [UInt8] = [0x01, 0x02, 0x10, 0x80, 0xFF]
    private static let workers = 12

    private struct Place: Sendable, Equatable {
        let bytes: Int
        let mask: UInt8
    }

    private func patient(_ configuration: inout Configuration) {
        configuration.sharedConnections = 1
        configuration.exclusiveConnections = 1
    }

    /// Does `work` on fresh connections, each with another byte of `size` altered.
    private func everywhere(
        _ size: Int,
        _ database: FaultyDatabase,
        _ work: @escaping @Sendable (FaultyLink, Place) async throws -> Void
    ) async throws {
        let places = (0..<size).flatMap { bytes in
            Self.masks.map { Place(bytes: bytes, mask: $0) }
        }
        let numbered = Array(places.enumerated())
        try await withThrowingTaskGroup(of: Void.self) { group in
            for worker in 0..<Self.workers {
                let mine = numbered.filter { $0.offset % Self.workers == worker }
                group.addTask {
                    let line = try database.line()
                    for (_, place) in mine { try await work(line, place) }
                }
            }
            try await group.waitForAll()
        }
    }

    /// A text that one altered byte makes similar to no other caller's.
    private static func name(_ caller: Int) -> String {
        String(repeating: ["a", "B", "3"][caller], count: 8)
    }

    /// Three callers ask at once on one connection; what each gets, or why not.
    private static func ask(_ client: PostgresClient) async -> [Result<String, any Error>] {
        let asking = (0..<3).map { caller in
            Task {
                try await withoutHanging {
                    try await client.run(
                        after: [],
                        Query<String>(value: "SELECT \(name(caller))"),
                        before: .now + .milliseconds(400)
                    )
                }
            }
        }
        var results: [Result<String, any Error>] = []
        for task in asking { results.append(await task.result) }
        return results
    }

    @Test func `in answers, gives nobody another's answer`() async throws {
        try await withFaultyDatabase { database async throws in
            let line = try database.line()
            let client = database.client(over: line, patient)
            _ = await Self.ask(client)
            let before = try line.count()
            for (caller, result) in await Self.ask(client).enumerated() {
                #expect(try result.get() == Self.name(caller))
            }
            let size = try line.count().down - before.down
            await client.shutdown()
            let failed = Ledger()
            try await everywhere(size, database) { line, place in
                let client = database.client(over: line, patient)
                _ = await Self.ask(client)
                try line.flip(.now, .down, after: place.bytes, place.mask)
                for (caller, result) in await Self.ask(client).enumerated() {
                    switch result {
                    case .success(let answer):
                        let same = zip(answer.utf8, Self.name(caller).utf8).filter { $0 == $1 }.count
                        // The byte may lie within the value, where nothing can tell.
                        #expect(same >= 7 && answer.utf8.count == 8, "\(answer) for \(caller) at \(place)")
                    case .failure(let error):
                        #expect(error is PostgresError || error is DecodingFailure, "\(error) at \(place)")
                        try await failed.write(place.bytes * 256 + Int(place.mask)) {}
                    }
                }
                await client.shutdown()
            }
            #expect(await failed.acknowledged.count > size * 2)
        }
    }

    @Test func `in the acknowledgement of a write, never turns a failure into success`() async throws {
        try await withFaultyDatabase { database async throws in
            try await database.straight.run(
                Query<Void>("CREATE TABLE note (id bigint PRIMARY KEY DEFERRABLE INITIALLY DEFERRED)"),
                Query<Void>("INSERT INTO note VALUES (1)")
            )
            let insert: @Sendable (PostgresClient) async throws -> Void = { client in
                try await client.run(
                    after: [],
                    Query<Void>("INSERT INTO note VALUES (1)"),
                    before: .now + .milliseconds(400)
                )
            }
            let line = try database.line()
            let client = database.client(over: line, patient)
            try await client.ping()
            let before = try line.count()
            #expect(try await failure { try await insert(client) }.state == .uniqueViolation)
            let size = try line.count().down - before.down
            await client.shutdown()
            // Its commit fails, behind the 31 bytes for the statement. An error that arrives as a row (E and D are a bit
            // apart) is one that libpq complains of, and forgets when the end of the segment follows it.
            let forgotten = Place(bytes: 31, mask: 0x01)
            try await everywhere(size, database) { line, place in
                guard place != forgotten else { return }
                let client = database.client(over: line, patient)
                try await client.ping()
                try line.flip(.now, .down, after: place.bytes, place.mask)
                await #expect(throws: PostgresError.self, "\(place)") {
                    try await withoutHanging { try await insert(client) }
                }
                await client.shutdown()
            }
        }
    }

    @Test func `while the line is opened, fails the call or is of no consequence`() async throws {
        try await withFaultyDatabase { database async throws in
            let line = try database.line()
            let client = database.client(over: line, patient)
            let size = try await client.withConnection { _ in try line.count().down }
            await client.shutdown()
            try await everywhere(size, database) { line, place in
                guard place.bytes % 4 == 0 || place.mask == 0xFF else { return }
                let client = database.client(over: line) {
                    patient(&$0)
                    $0.connectTimeout = .seconds(2)
                    $0.waitTimeout = .milliseconds(300)
                }
                try line.flip(.next, .down, after: place.bytes, place.mask)
                do {
                    let answer = try await withoutHanging {
                        try await client.run(Query<Int>(value: "SELECT \(place.bytes)"))
                    }
                    #expect(answer == place.bytes)
                } catch let error as PostgresError {
                    #expect(!error.mayHaveHappened)
                }
                try line.heal()
                await client.shutdown()
            }
        }
    }
}

@Suite(.disturbing, .timeLimit(.minutes(20))) struct `A connection whose bytes are altered` {
    @Test func `is replaced by itself, whatever was altered`() async throws {
        try await withFaultyDatabase { database async throws in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for mask: UInt8 in [0x01, 0x02, 0x10, 0x80, 0xFF] {
                    for half in 0...1 {
                        group.addTask { try await alter(every: half, of: 2, by: mask, database) }
                    }
                }
                try await group.waitForAll()
            }
        }
    }

    private func alter(
        every first: Int,
        of step: Int,
        by mask: UInt8,
        _ database: FaultyDatabase
    ) async throws {
        let line = try database.line()
        let client = database.client(over: line) {
            $0.sharedConnections = 1
            $0.statementTimeout = .milliseconds(200)
            $0.waitTimeout = .seconds(20)
        }
        try await client.ping()
        let before = try line.count()
        try await client.ping()
        let size = try line.count().down - before.down
        for bytes in stride(from: first, to: size, by: step) {
            try line.flip(.now, .down, after: bytes, mask)
            _ = try? await withoutHanging { try await client.ping() }
            let isBack = try await withoutHanging(for: .seconds(60)) {
                for _ in 0..<3 where await client.answers() { return true }
                return false
            }
            #expect(isBack, "after byte \(bytes)")
        }
        await client.shutdown()
    }
}
