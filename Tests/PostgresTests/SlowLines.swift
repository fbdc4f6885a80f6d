import Postgres
import TestSupport
import Testing

/// One value of every type that there is.
private struct Everything: RowDecodable, Equatable {
    var small: Int16 = .min
    var middle: Int32 = .max
    var large: Int = .min
    var truth = true
    var ratio = -1.5
    var text = "Zoë 𝄞\n"
    var bytes = Bytes(Array(0...255))
    var id = UUID(high: 0x0123_4567_89AB_CDEF, low: .max)
    var day = CalendarDay(daysSinceEpoch: -1)
    var moment = Timestamp(microsecondsSinceEpoch: 1_790_000_000_123_456)
    var time = TimeOfDay(microsecondsSinceMidnight: 86_399_999_999)
    var amount = Numeric(unscaled: -12_345_678_901_234_567_890, scale: 7)
    var document = JSONText(#"{"a": [1, "ü"]}"#)
    var missing: String?
    var numbers: [Int?] = [1, nil, .max]
    var words = ["", "a", "ß"]

    init() {}

    init(row: Row) throws {
        small = try row["small"]
        middle = try row["middle"]
        large = try row["large"]
        truth = try row["truth"]
        ratio = try row["ratio"]
        text = try row["text"]
        bytes = try row["bytes"]
        id = try row["id"]
        day = try row["day"]
        moment = try row["moment"]
        time = try row["time"]
        amount = try row["amount"]
        document = try row["document"]
        missing = try row["missing"]
        numbers = try row["numbers"]
        words = try row["words"]
    }

    var echo: Query<Everything> {
        Query(
            """
            SELECT \(small)::int2 AS small, \(middle)::int4 AS middle, \(large)::int8 AS large,
                   \(truth)::boolean AS truth, \(ratio)::float8 AS ratio, \(text)::text AS text,
                   \(bytes)::bytea AS bytes, \(id)::uuid AS id, \(day)::date AS day,
                   \(moment)::timestamptz AS moment, \(time)::time AS time, \(amount)::numeric AS amount,
                   \(document)::jsonb AS document, \(missing)::text AS missing,
                   \(numbers)::int8[] AS numbers, \(words)::text[] AS words
            """
        )
    }
}

@Suite(.disturbing, .timeLimit(.minutes(20))) struct `A line that lets only some bytes through at a time` {
    @Test(arguments: [(1, 1.0), (1, 0), (2, 0), (3, 0.5), (7, 0)])
    func `gives the right values of every type`(size: Int, pause: Double) async throws {
        // Byte by byte, on a machine that runs everything else as well, signing in takes its time.
        try await withFaultyLine({ $0.waitTimeout = .seconds(60) }) { line, client, _ async throws in
            try line.slice(.both, into: size, pause: pause)
            let everything = Everything()
            #expect(try await client.run(everything.echo) == everything)
            #expect(try await client.run(everything.echo.exclusive) == everything)
            let error = try await failure { try await client.run(Query<Int>(value: "SELECT \(1) / 0")) }
            #expect(error.state.rawValue == "22012")
            #expect(error.message == "division by zero")
            #expect(error.statement == "SELECT $1 / 0")
        }
    }

    @Test(arguments: [1, 5, 1000])
    func `gives a large result whole`(size: Int) async throws {
        try await withFaultyLine { line, client, _ async throws in
            try line.slice(.both, into: size)
            let (numbers, text) = try await client.run(
                Query<[Int]>(values: "SELECT g * 1000003 FROM generate_series(1, 1500) AS g"),
                Query<String>(value: "SELECT repeat('0123456789', 1000)")
            )
            #expect(numbers == (1...1500).map { $0 * 1_000_003 })
            #expect(text == String(repeating: "0123456789", count: 1000))
        }
    }

    @Test(arguments: [1, 11])
    func `takes a COPY in and gives it out again`(size: Int) async throws {
        try await withFaultyLine { line, client, _ async throws in
            try await client.run(Query<Void>("CREATE TABLE line (id bigint, body text)"))
            try line.slice(.both, into: size)
            let rows = AsyncStream<[any PostgresEncodable]> { rows in
                for id in 1...800 { rows.yield([id, "text \(id)"]) }
                rows.finish()
            }
            let taken = try await client.withConnection { try await $0.copy(rows, into: "line (id, body)") }
            #expect(taken == 800)
            let given = try await client.withConnection { connection async throws in
                var bytes: [UInt8] = []
                for try await piece in connection.copy("(SELECT id, body FROM line ORDER BY id)") {
                    bytes += piece
                }
                return String(decoding: bytes, as: UTF8.self)
            }
            #expect(given == (1...800).map { "\($0)\ttext \($0)\n" }.joined())
        }
    }

    @Test func `gives each of many callers their own answer`() async throws {
        try await withFaultyLine({ $0.waitTimeout = .seconds(60) }) { line, client, _ async throws in
            try line.slice(.both, into: 1)
            try await withThrowingTaskGroup { group in
                for caller in 0..<60 {
                    group.addTask {
                        let query = Query<String>(value: "SELECT 'of ' || \(String(caller))")
                        let answer = try await client.run(caller % 6 == 0 ? query.exclusive : query)
                        #expect(answer == "of \(caller)")
                    }
                }
                try await group.waitForAll()
            }
        }
    }
}

@Suite(.disturbing, .timeLimit(.minutes(20))) struct `A long line` {
    private let one = Query<Int>(value: "SELECT 1")

    /// How often the client waited for the server in `work`, on connections that are there already.
    private func roundTrips(
        _ line: FaultyLink,
        of work: () async throws -> Void
    ) async throws -> Int {
        let before = try line.count().turns
        try await work()
        return try line.count().turns - before
    }

    @Test func `is gone over once for a segment, twice for a transaction of one`() async throws {
        try await withFaultyLine({
            $0.sharedConnections = 1
            $0.exclusiveConnections = 1
        }) { line, client, _ async throws in
            _ = try await client.run(one)
            _ = try await client.run(one.exclusive)
            try line.delay(.both, by: 30)
            let segment = try await roundTrips(line) {
                try await client.run(
                    after: ["SELECT set_config('app.person_id', '1', true)"],
                    one,
                    Query<Int>(value: "SELECT 2"),
                    Query<Int>(value: "SELECT 3")
                )
            }
            #expect(segment == 1)
            let transaction = try await roundTrips(line) {
                try await client.transaction(after: ["SELECT set_config('app.person_id', '1', true)"]) {
                    _ = try await $0.run(one, one, one)
                }
            }
            #expect(transaction == 2)
        }
    }

    @Test func `is shared by many callers, who do not wait for each other`() async throws {
        try await withFaultyLine({ $0.sharedConnections = 1 }) { line, client, _ async throws in
            _ = try await client.run(one)
            try line.delay(.both, by: 100)
            let turns = try await roundTrips(line) {
                try await withThrowingTaskGroup { group in
                    for caller in 0..<60 {
                        group.addTask {
                            let answer = try await client.run(Query<Int>(value: "SELECT \(caller)"))
                            #expect(answer == caller)
                        }
                    }
                    try await group.waitForAll()
                }
            }
            // One after the other they would take 60.
            #expect(turns < 30)
        }
    }
}
