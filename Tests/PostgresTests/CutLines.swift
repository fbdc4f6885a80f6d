import Postgres
import Synchronization
import TestSupport
import Testing

/// Holds a conversation over and over, and cuts the line after every one of its bytes in turn, both ways.
private struct Cutting {
    let lane: Lane
    /// How many bytes further the next cut is.
    var step = 1
    private let workers = 6

    private struct Place: Sendable {
        let direction: FaultyLink.Direction
        let bytes: Int
        let end: FaultyLink.End
    }

    /// `conversation` is held with the number of the cut, and passes on no error that a cut explains.
    ///
    /// Returns how many cuts there were.
    func everywhere(
        _ database: FaultyDatabase,
        _ conversation: @escaping @Sendable (PostgresClient, Int) async throws -> Bool
    ) async throws -> Int {
        let line = try database.line()
        let client = client(database, line)
        try await arrive(client)
        let before = try line.count()
        #expect(try await conversation(client, 0))
        let after = try line.count()
        await client.shutdown()
        let places =
            places(.up, upTo: after.up - before.up) + places(.down, upTo: after.down - before.down)
        let numbered = Array(places.enumerated())
        try await withThrowingTaskGroup(of: Void.self) { group in
            for worker in 0..<workers {
                let mine = numbered.filter { $0.offset % workers == worker }
                group.addTask {
                    let line = try database.line()
                    let client = self.client(database, line)
                    for (number, place) in mine {
                        try await self.cut(at: place, line, client) { try await conversation($0, number + 1) }
                    }
                    await client.shutdown()
                }
            }
            try await group.waitForAll()
        }
        return places.count
    }

    private func places(_ direction: FaultyLink.Direction, upTo last: Int) -> [Place] {
        stride(from: 0, through: last, by: step).map {
            Place(direction: direction, bytes: $0, end: $0 / step % 2 == 0 ? .reset : .finish)
        }
    }

    private func client(_ database: FaultyDatabase, _ line: FaultyLink) -> PostgresClient {
        database.client(over: line) {
            $0.sharedConnections = 1
            $0.exclusiveConnections = 1
        }
    }

    /// Whatever happened before, the next question is answered.
    private func arrive(_ client: PostgresClient) async throws {
        #expect(try await withoutHanging { await client.answers(on: lane) })
    }

    private func cut(
        at place: Place,
        _ line: FaultyLink,
        _ client: PostgresClient,
        _ conversation: @escaping @Sendable (PostgresClient) async throws -> Bool
    ) async throws {
        try await arrive(client)
        let opened = try line.count().opened
        // Between two questions the client notices, and connects again before it asks the second.
        let isReached = { @Sendable () throws in
            let now = try line.count()
            return now.open == 0 || now.opened > opened
        }
        try line.cut(.now, place.direction, after: place.bytes, by: place.end)
        let wasAnswered = try await withoutHanging { try await conversation(client) }
        // The answer may have been quicker than the end of the line behind it.
        if wasAnswered { try await eventually { try isReached() } }
        #expect(try isReached(), "\(place) was not reached")
    }
}

/// What `work` returns, or nil where the line was cut.
private func unlessCut<Value>(_ work: () async throws -> Value) async throws -> Value? {
    do {
        return try await work()
    } catch let error as PostgresError where error.kind == .connection {
        return nil
    }
}

@Suite(.disturbing, .timeLimit(.minutes(20))) struct `A line cut after any byte` {
    private let allRows = Query<[Int]>(values: "SELECT id FROM note")

    private func withNotes(_ body: (FaultyDatabase) async throws -> Void) async throws {
        try await withFaultyDatabase { database async throws in
            try await database.straight.run(
                Query<Void>("CREATE TABLE note (id bigint NOT NULL, part integer NOT NULL DEFAULT 1)")
            )
            try await body(database)
        }
    }

    @Test func `gives the right answer or an error, and the next call is served`() async throws {
        try await withFaultyDatabase { database async throws in
            let answers = Atomic(0)
            let cuts = try await Cutting(lane: .shared).everywhere(database) { client, number in
                let person = String(1_000_000 + number)
                let settings: [SQL] = ["SELECT set_config('app.person_id', \(person), true)"]
                let answer = try await unlessCut {
                    try await client.run(
                        after: settings,
                        Query<String>(value: "SELECT current_setting('app.person_id')"),
                        Query<Int>(value: "SELECT \(number) * 2")
                    )
                }
                guard let answer else { return false }
                #expect(answer == (person, number * 2))
                let error = try await failure {
                    try await client.run(
                        after: settings,
                        Query<Int>(value: "SELECT \(number)"),
                        Query<Int>(value: "SELECT \(number) / 0")
                    )
                }
                guard error.kind == .server else {
                    #expect(error.kind == .connection)
                    return false
                }
                #expect(error.state.rawValue == "22012")
                #expect(error.statement == "SELECT $1 / 0")
                answers.add(1, ordering: .relaxed)
                return true
            }
            #expect(cuts > 500)
            #expect(answers.load(ordering: .relaxed) >= 2)
        }
    }

    @Test func `keeps a segment that was acknowledged, and none of which the error denies it`() async throws {
        try await withNotes { database async throws in
            let ledger = Ledger()
            let cuts = try await Cutting(lane: .shared).everywhere(database) { client, number in
                try await ledger.write(number) {
                    try await client.run(
                        Query<Void>("INSERT INTO note (id) VALUES (\(number))"),
                        Query<Int>(value: "SELECT count(*) FROM note WHERE id = \(number)")
                    )
                }
                return await ledger.acknowledged.contains(number)
            }
            let unknownAndThere = try await ledger.compare(with: database.straight.run(allRows))
            #expect(cuts > 200)
            #expect(unknownAndThere > 10)
            #expect(await ledger.unknown.count > unknownAndThere)
            // The one that nothing cut, and the one cut behind the last byte of its answer; behind the last byte of
            // the question, the answer may be quicker than the cut, or not.
            #expect(await ledger.acknowledged.count >= 2)
        }
    }

    @Test func `keeps a transaction that was acknowledged, and none of which the error denies it`()
        async throws
    {
        try await withNotes { database async throws in
            let ledger = Ledger()
            let cuts = try await Cutting(lane: .exclusive).everywhere(database) { client, number in
                try await ledger.write(number) {
                    try await client.transaction { transaction async throws in
                        try await transaction.run(Query<Void>("INSERT INTO note (id) VALUES (\(number))"))
                    }
                }
                return await ledger.acknowledged.contains(number)
            }
            let unknownAndThere = try await ledger.compare(with: database.straight.run(allRows))
            #expect(cuts > 200)
            #expect(unknownAndThere > 10)
            // The one that nothing cut, and the one cut behind the last byte of its answer; behind the last byte of
            // the question, the answer may be quicker than the cut, or not.
            #expect(await ledger.acknowledged.count >= 2)
        }
    }

    @Test func `keeps all rows of a COPY or none`() async throws {
        try await withNotes { database async throws in
            let ledger = Ledger()
            let cuts = try await Cutting(lane: .exclusive).everywhere(database) { client, number in
                try await ledger.write(number) {
                    let parts = AsyncStream<[any PostgresEncodable]> { rows in
                        for part in Int32(1)...5 { rows.yield([number, part]) }
                        rows.finish()
                    }
                    try await client.transaction { transaction async throws in
                        #expect(try await transaction.copy(parts, into: "note (id, part)") == 5)
                    }
                }
                return await ledger.acknowledged.contains(number)
            }
            let (whole, torn) = try await database.straight.run(
                Query<[Int]>(values: "SELECT id FROM note GROUP BY id HAVING count(DISTINCT part) = 5"),
                Query<Int>(
                    value: "SELECT count(*) FROM (SELECT FROM note GROUP BY id HAVING count(*) <> 5) AS torn"
                )
            )
            #expect(torn == 0)
            #expect(await ledger.compare(with: whole) > 10)
            #expect(cuts > 200)
        }
    }
}

@Suite(.disturbing, .timeLimit(.minutes(20))) struct `A line cut behind an error` {
    @Test func `leaves no doubt that nothing happened`() async throws {
        try await withFaultyLine({ $0.sharedConnections = 1 }) { line, client, database async throws in
            try await database.straight.run(Query<Void>("CREATE TABLE note (id bigint)"))
            let refused = {
                try await failure {
                    try await client.run(
                        Query<Void>("INSERT INTO note VALUES (1)"),
                        Query<Int>(value: "SELECT \(1) / 0")
                    )
                }
            }
            _ = try await refused()
            let before = try line.count()
            _ = try await refused()
            let size = try line.count().down - before.down
            // All but the last byte of what the server says in the end.
            try line.cut(.now, .down, after: size - 1, by: .reset)
            let error = try await refused()
            #expect(error.state.rawValue == "22012")
            #expect(!error.mayHaveHappened)
            #expect(try await database.straight.run(Query<Int>(value: "SELECT count(*) FROM note")) == 0)
        }
    }
}

@Suite(.disturbing, .timeLimit(.minutes(20))) struct `A line cut while it is being opened` {
    /// The first message of the server alone has a few hundred bytes that libpq takes together: every third is enough.
    private let step = 3

    @Test func `fails the call, which did not happen, and the next finds its way`() async throws {
        try await withFaultyDatabase { database async throws in
            try await database.straight.run(Query<Void>("CREATE TABLE note (id bigint NOT NULL)"))
            let line = try database.line()
            let first = database.client(over: line)
            let whole = try await first.withConnection { _ in try line.count() }
            await first.shutdown()
            let ledger = Ledger()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for worker in 0..<8 {
                    group.addTask {
                        let line = try database.line()
                        for direction in [FaultyLink.Direction.up, .down] {
                            let last = direction == .up ? whole.up : whole.down
                            for bytes in stride(from: worker * step, to: last, by: 8 * step) {
                                try await open(line, direction, bytes, database, ledger)
                            }
                        }
                    }
                }
                try await group.waitForAll()
            }
            try await ledger.compare(
                with: database.straight.run(Query<[Int]>(values: "SELECT id FROM note"))
            )
            #expect(await ledger.surelyNot.count > 200)
        }
    }

    private func open(
        _ line: FaultyLink,
        _ direction: FaultyLink.Direction,
        _ bytes: Int,
        _ database: FaultyDatabase,
        _ ledger: Ledger
    ) async throws {
        // A second connection would meet what is meant for the next client.
        let client = database.client(over: line) { $0.sharedConnections = 1 }
        let id = bytes * 2 + (direction == .up ? 0 : 1)
        try line.cut(.next, direction, after: bytes, by: id / 2 % 2 == 0 ? .reset : .finish)
        try await withoutHanging {
            try await ledger.write(id) {
                try await client.run(Query<Void>("INSERT INTO note VALUES (\(id))"))
            }
        }
        #expect(await ledger.surelyNot.contains(id), "\(direction) after \(bytes) bytes")
        try await eventually { (try? await client.ping()) != nil }
        await client.shutdown()
    }
}
