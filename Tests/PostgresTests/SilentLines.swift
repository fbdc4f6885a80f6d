import Postgres
import TestSupport
import Testing

@Suite(.disturbing, .timeLimit(.minutes(20))) struct `A line that swallows everything` {
    private let one = Query<Int>(value: "SELECT 1")

    /// Short waits, so that the tests need not be long.
    private func impatient(_ configuration: inout Configuration) {
        configuration.statementTimeout = .milliseconds(500)
        configuration.connectTimeout = .seconds(2)
        configuration.waitTimeout = .seconds(4)
    }

    @Test(arguments: [FaultyLink.Direction.up, .down, .both])
    func `ends each wait by its deadline, and is given up before long`(
        direction: FaultyLink.Direction
    ) async throws {
        try await withFaultyLine(impatient) { line, client, _ async throws in
            for query in [one, one.exclusive] {
                try line.heal()
                try await eventually { await client.answers(on: query.lane) }
                try line.swallow(direction)
                let before = try line.count()
                let time = try await duration {
                    let error = try await withoutHanging {
                        try await failure {
                            try await client.run(
                                after: [],
                                query,
                                before: .now + .milliseconds(300)
                            )
                        }
                    }
                    #expect(error.kind == .timedOut)
                    #expect(try error.mayHaveHappened == (line.count().up > before.up))
                }
                #expect(time < hang)
                let error = try await withoutHanging { try await failure { try await client.run(query) } }
                #expect(error.kind == .timedOut || error.kind == .connection)
                try line.heal()
                try await eventually { await client.answers(on: query.lane) }
            }
        }
    }

    @Test func `ends the wait of whoever set no deadline too`() async throws {
        try await withFaultyLine(impatient) { line, client, _ async throws in
            _ = try await client.run(one)
            try line.swallow(.down)
            let waiting = (0..<20).map { _ in
                Task { try await withoutHanging { try await failure { try await client.run(one) } } }
            }
            for task in waiting {
                let error = try await task.value
                #expect(error.kind == .timedOut || error.kind == .connection)
            }
        }
    }

    @Test func `is waited for as long as the caller's patience lasts, in and outside of transactions`()
        async throws
    {
        try await withFaultyLine { line, client, database async throws in
            try await database.straight.run(Query<Void>("CREATE TABLE number (id bigint NOT NULL)"))
            let hurried = client.waiting(atMost: .milliseconds(300))
            let insert = Query<Void>("INSERT INTO number VALUES (1)")
            for fallsSilent in ["outside", "within", "before COMMIT"] {
                try line.heal()
                for query in [one, one.exclusive] {
                    try await eventually { await client.answers(on: query.lane) }
                }
                let error = try await withoutHanging {
                    try await failure {
                        if fallsSilent == "outside" {
                            try line.swallow(.up)
                            return try await hurried.run(insert)
                        }
                        try await hurried.transaction { transaction async throws in
                            if fallsSilent == "within" { try line.swallow(.up) }
                            try await transaction.run(insert)
                            if fallsSilent == "before COMMIT" { try line.swallow(.up) }
                        }
                    }
                }
                #expect(error.kind == .timedOut, "\(fallsSilent)")
                #expect(error.mayHaveHappened == (fallsSilent != "within"), "\(fallsSilent)")
            }
            try line.heal()
            let count = Query<Int>(value: "SELECT count(*) FROM number")
            #expect(try await database.straight.run(count) == 0)
            // A report takes what time it needs.
            let slow = Query<Int>(value: "SELECT 1 FROM pg_sleep(0.5)").exclusive
            #expect(try await hurried.run(slow) == 1)
        }
    }

    private struct Numbers: AsyncSequence, AsyncIteratorProtocol {
        private var last = 0

        mutating func next() -> [any PostgresEncodable]? {
            last += 1
            return last > 100_000 ? nil : [last]
        }

        func makeAsyncIterator() -> Numbers { self }
    }

    @Test(arguments: [0, 1, 2]) func `is not waited for in a script or a COPY either`(kind: Int) async throws
    {
        try await withFaultyLine(impatient) { line, client, database async throws in
            try await database.straight.run(Query<Void>("CREATE TABLE number (id bigint NOT NULL)"))
            let error = try await withoutHanging {
                try await client.withConnection { connection async throws in
                    try await connection.run(Query<Void>("SELECT"))
                    try line.swallow(.down)
                    return try await failure {
                        switch kind {
                        case 0: try await connection.run(script: "SELECT; SELECT")
                        case 1: _ = try await connection.copy(Numbers(), into: "number (id)")
                        default: for try await _ in connection.copy("number") {}
                        }
                    }
                }
            }
            #expect(error.kind == .timedOut)
            #expect(error.mayHaveHappened)
            try line.heal()
            try await eventually { await client.answers(on: .exclusive) }
        }
    }

    @Test func `when it opens, fails who waits for it, who did not happen`() async throws {
        try await withFaultyLine(impatient) { line, client, _ async throws in
            try line.swallow(.both)
            for query in [one, one.exclusive] {
                let error = try await withoutHanging { try await failure { try await client.run(query) } }
                #expect(error.kind == .connection || error.kind == .timedOut)
                #expect(!error.mayHaveHappened)
            }
            try line.heal()
            try await eventually { await client.answers() }
        }
    }

    @Test func `is left for that of the second host`() async throws {
        try await withFaultyDatabase { database async throws in
            let first = try database.line()
            let second = try database.line()
            let client = database.client(over: first) {
                impatient(&$0)
                $0.waitTimeout = .seconds(10)
                $0.address += " host=127.0.0.1,127.0.0.1 port=\(first.port),\(second.port)"
            }
            _ = try await client.run(one)
            #expect(try second.count().opened == 0)
            try first.swallow(.both)
            let error = try await withoutHanging { try await failure { try await client.run(one) } }
            #expect(error.mayHaveHappened)
            try await withoutHanging { try await eventually { await client.answers() } }
            #expect(try second.count().opened > 0)
            await client.shutdown()
        }
    }
}

@Suite(.disturbing, .timeLimit(.minutes(20))) struct `A line that nobody answers at` {
    @Test func `says so at once, and is found again by itself`() async throws {
        try await withFaultyLine { line, client, _ async throws in
            try await client.ping()
            try line.refuse()
            try line.reset()
            for _ in 0..<5 {
                let error = try await withoutHanging(for: .seconds(3)) {
                    try await failure { try await client.ping() }
                }
                #expect(error.kind == .connection)
            }
            try line.heal()
            try await eventually { (try? await client.ping()) != nil }
        }
    }
}

@Suite(.disturbing, .timeLimit(.minutes(20))) struct `Answers that come late` {
    @Test func `are nobody's but those of who still waits`() async throws {
        try await withFaultyLine({ $0.sharedConnections = 1 }) { line, client, _ async throws in
            func ask(_ number: Int, before deadline: ContinuousClock.Instant? = nil) async throws -> Int {
                try await client.run(after: [], Query<Int>(value: "SELECT \(number)"), before: deadline)
            }
            _ = try await ask(0)
            for round in 1...10 {
                try line.stall(.down)
                let impatient = (0..<5).map { number in
                    Task {
                        try await failure {
                            try await ask(round * 100 + number, before: .now + .milliseconds(50))
                        }
                    }
                }
                for task in impatient { #expect(try await task.value.kind == .timedOut) }
                let cancelled = Task { try await failure { try await ask(round * 100 + 50) } }
                let patient = (60..<70).map { number in Task { try await ask(round * 100 + number) } }
                try await Task.sleep(for: .milliseconds(20))
                cancelled.cancel()
                #expect(try await cancelled.value.kind == .cancelled)
                try line.heal()
                for (number, task) in patient.enumerated() {
                    #expect(try await task.value == round * 100 + 60 + number)
                }
                #expect(try await ask(round) == round)
            }
        }
    }

    @Test func `of a connection of one's own are never read`() async throws {
        try await withFaultyLine({ $0.exclusiveConnections = 1 }) { line, client, _ async throws in
            for round in 1...5 {
                try await client.withConnection { connection async throws in
                    try line.stall(.down)
                    let task = Task {
                        try await failure { try await connection.run(Query<Int>(value: "SELECT -1")) }
                    }
                    try await Task.sleep(for: .milliseconds(20))
                    task.cancel()
                    #expect(try await task.value.kind == .cancelled)
                }
                try line.heal()
                let next = Query<Int>(value: "SELECT \(round)").exclusive
                #expect(try await client.run(next) == round)
            }
        }
    }
}
