import Postgres
import Testing

/// What comes back of a value that was sent as a parameter.
private func echo<Value: PostgresCodable>(
    _ value: Value,
    as type: SQL,
    _ client: PostgresClient
) async throws -> Value {
    try await client.run(Query<Value>(value: "SELECT \(value)::\(type)"))
}

@Suite struct `Values travel both ways unchanged` {
    private func holds<Value: PostgresCodable & Equatable>(_ values: [Value], as type: SQL) async throws {
        try await withDatabase { client async throws in
            for value in values {
                #expect(try await echo(value, as: type, client) == value)
                #expect(try await echo(Optional(value), as: type, client) == value)
            }
            #expect(try await echo(Value?.none, as: type, client) == nil)
            let array: SQL = "\(type)[]"
            #expect(try await echo(values, as: array, client) == values)
            #expect(try await echo([Value](), as: array, client) == [])
            let gaps = values.map(Optional.some) + [nil]
            #expect(try await echo(gaps, as: array, client) == gaps)
        }
    }

    @Test func integers() async throws {
        try await holds([Int16.min, -1, 0, 1, .max], as: "int2")
        try await holds([Int32.min, -1, 0, 1, .max], as: "int4")
        try await holds([Int64.min, -1, 0, 1, .max], as: "int8")
        try await holds([Int.min, -1, 0, 1, .max], as: "int8")
    }

    @Test func `true and false`() async throws {
        try await holds([true, false], as: "boolean")
    }

    @Test func `floating-point numbers`() async throws {
        try await holds(
            [0, -0.0, 1.5, .infinity, -.infinity, .leastNonzeroMagnitude, .greatestFiniteMagnitude],
            as: "float8"
        )
        try await withDatabase { client async throws in
            #expect(try await echo(Double.nan, as: "float8", client).isNaN)
        }
    }

    @Test func `texts of any script, long and empty`() async throws {
        let texts = [
            "", "a", "Zoë Müller", "e\u{301}", "𝄞 🧑‍🌾", "line\r\nline\t", "'; --",
            String(repeating: "ß", count: 300_000),
        ]
        try await holds(texts, as: "text")
        try await holds(["", "abc"], as: "varchar")
    }

    @Test func bytes() async throws {
        try await holds([Bytes([]), Bytes([0]), Bytes(Array(0...255))], as: "bytea")
    }

    @Test func `days, moments and times`() async throws {
        try await holds(
            [-2_440_588, -1, 0, 20_000, 2_145_000_000].map(CalendarDay.init(daysSinceEpoch:)),
            as: "date"
        )
        let moments: [Int64] = [
            -210_866_803_200_000_000, -1, 0, 1_790_000_000_123_456, .max,
        ]
        try await holds(moments.map(Timestamp.init(microsecondsSinceEpoch:)), as: "timestamptz")
        try await holds([0, 86_399_999_999].map(TimeOfDay.init(microsecondsSinceMidnight:)), as: "time")
    }

    @Test func `exact numbers`() async throws {
        let numbers: [(Int128, Int)] = [
            (0, 0), (0, 5), (1, 0), (-1, 1), (12_345, 2), (10_000, 0), (10_000, 4), (-99_999_999, 3), (1, 38),
            (99_999_999_999_999_999_999_999_999_999_999_999_999, 0),
            (-99_999_999_999_999_999_999_999_999_999_999_999_999, 38),
        ]
        try await holds(numbers.map { Numeric(unscaled: $0.0, scale: $0.1) }, as: "numeric")
        try await withDatabase { client async throws in
            let texts = try await client.run(
                Query<[String]>(
                    values:
                        "SELECT value::text FROM unnest(\(numbers.map { Numeric(unscaled: $0.0, scale: $0.1) })) AS value"
                )
            )
            #expect(texts.prefix(6) == ["0", "0.00000", "1", "-0.1", "123.45", "10000"])
        }
    }

    @Test func `UUIDs, random and ordered by time`() async throws {
        try await holds(
            [UUID(high: 0, low: 0), UUID(high: .max, low: .max), .random(), .timeOrdered()],
            as: "uuid"
        )
        let text = "01890a5d-ac96-774b-bcce-b302099a8057"
        try await withDatabase { client async throws in
            let sent = try #require(UUID(text))
            #expect(try await client.run(Query<String>(value: "SELECT \(sent)::text")) == text)
            #expect(sent.description == text)
        }
    }

    @Test func `JSON in either form`() async throws {
        try await withDatabase { client async throws in
            let text = #"{"a": [1, "ü"]}"#
            #expect(try await echo(JSONText(text), as: "jsonb", client).text == text)
            #expect(try await echo(JSONText(text), as: "json", client).text == text)
        }
    }
}

@Suite struct `Values that cannot be sent are refused before anything is` {
    @Test(arguments: ["\0", "a\0", "\0b", "a\0b"])
    func `a text with a NUL`(text: String) async throws {
        try await withDatabase { client async throws in
            await #expect(throws: PostgresError.self) { _ = try await echo(text, as: "text", client) }
            await #expect(throws: PostgresError.self) { _ = try await echo([text], as: "text[]", client) }
            do {
                _ = try await echo(text, as: "text", client)
            } catch let error as PostgresError {
                #expect(error.kind == .refused)
                #expect(error.state == .invalidText)
                #expect(error.statement == "SELECT $1::text")
                #expect(!error.mayHaveHappened)
            }
        }
    }

    @Test func `a statement and a script with a NUL`() async throws {
        try await withDatabase { client async throws in
            await #expect(throws: PostgresError.self) {
                try await client.run(Query<Void>("SELECT 1\0; DROP TABLE x"))
            }
            await #expect(throws: PostgresError.self) {
                try await client.withConnection { try await $0.run(script: "SELECT 1\0") }
            }
        }
    }

    @Test func `days and moments beyond the calendar`() async throws {
        try await withDatabase { client async throws in
            for days in [Int.min, Int(Int32.min), Int(Int32.max) + 10_957, .max] {
                await #expect(throws: PostgresError.self) {
                    _ = try await echo(CalendarDay(daysSinceEpoch: days), as: "date", client)
                }
            }
            await #expect(throws: PostgresError.self) {
                _ = try await echo(Timestamp(microsecondsSinceEpoch: .min), as: "timestamptz", client)
            }
        }
    }
}

private struct Named<Value: PostgresDecodable>: RowDecodable {
    init(row: Row) throws {
        let _: Value = try row["v"]
    }
}

@Suite struct `Columns are found by their names` {
    /// Reads three columns from left to right, back again, one twice, and by place.
    private struct ReadInEveryOrder: RowDecodable {
        let values: [Int]

        init(row: Row) throws {
            values = try [
                row["a"], row["b"], row["b"], row["c"], row["c"], row["b"], row["a"], row["a"], row["c"],
                row["a"],
                row[1],
            ]
        }
    }

    @Test func `in whatever order they are read, of several with one name the first`() async throws {
        try await withDatabase { client async throws in
            let sql: SQL =
                "SELECT n AS a, n + 1 AS b, -1 AS b, -2 AS a, n + 2 AS c FROM generate_series(10, 20, 10) AS n"
            let rows = try await client.run(Query<[ReadInEveryOrder]>(sql))
            #expect(
                rows.map(\.values)
                    == [10, 20].map { n in
                        [n, n + 1, n + 1, n + 2, n + 2, n + 1, n, n, n + 2, n, n + 1]
                    }
            )
        }
    }
}

@Suite struct `Values that do not fit are failures that name the column` {
    private func failure<Value: PostgresDecodable>(
        of type: Value.Type,
        _ sql: SQL
    ) async throws -> DecodingFailure? {
        var found: DecodingFailure?
        try await withDatabase { client async throws in
            do {
                _ = try await client.run(Query<Named<Value>>(sql))
                Issue.record("nothing was thrown")
            } catch let failure as DecodingFailure {
                found = failure
            }
        }
        return found
    }

    @Test func `NULL, another type, a number too large, infinity`() async throws {
        #expect(try await failure(of: Int.self, "SELECT NULL::int8 AS v")?.column == "v")
        #expect(try await failure(of: Int.self, "SELECT 'a'::text AS v")?.column == "v")
        #expect(try await failure(of: String.self, "SELECT 1::int8 AS v")?.column == "v")
        #expect(try await failure(of: Int16.self, "SELECT 32768::int4 AS v")?.column == "v")
        #expect(try await failure(of: CalendarDay.self, "SELECT 'infinity'::date AS v")?.column == "v")
        #expect(try await failure(of: Timestamp.self, "SELECT '-infinity'::timestamptz AS v")?.column == "v")
        #expect(try await failure(of: Numeric.self, "SELECT 'NaN'::numeric AS v")?.column == "v")
        #expect(try await failure(of: Numeric.self, "SELECT 'Infinity'::numeric AS v")?.column == "v")
        #expect(try await failure(of: Numeric.self, "SELECT 1e60::numeric AS v")?.column == "v")
        #expect(try await failure(of: [Int].self, "SELECT '{1,NULL}'::int8[] AS v")?.column == "v")
        #expect(try await failure(of: [Int].self, "SELECT '{{1},{2}}'::int8[] AS v")?.column == "v")
    }

    @Test func `a column that is not there`() async throws {
        #expect(try await failure(of: Int.self, "SELECT 1 AS other")?.column == "v")
    }

    @Test func `any bytes give a value or a failure`() throws {
        var generator = Generator(seed: 7)
        let types: [UInt32] = [
            16, 17, 18, 19, 20, 21, 23, 25, 114, 701, 1007, 1009, 1016, 1082, 1083, 1184, 1231, 1700, 2950,
            3802,
        ]
        var values = 0
        var failures = 0
        func read<Value: PostgresDecodable>(
            _: Value.Type,
            _ bytes: UnsafeRawBufferPointer,
            _ type: UInt32
        ) throws {
            do {
                _ = try Value(bytes, type: type)
                values += 1
            } catch is DecodingFailure {
                failures += 1
            }
        }
        for round in 0..<40_000 {
            let type = types[round % types.count]
            var bytes = (0..<Int.random(in: 0...40, using: &generator)).map { _ in
                UInt8.random(in: 0...255, using: &generator)
            }
            // Half of them look like the array or number they are not.
            if round % 2 == 0 {
                for index in bytes.indices where index % 4 != 3 && index < 20 { bytes[index] = 0 }
            }
            try bytes.withUnsafeBytes { bytes in
                try read(Bool.self, bytes, type)
                try read(Int16.self, bytes, type)
                try read(Int.self, bytes, type)
                try read(Double.self, bytes, type)
                try read(String.self, bytes, type)
                try read(Bytes.self, bytes, type)
                try read(JSONText.self, bytes, type)
                try read(Numeric.self, bytes, type)
                try read(CalendarDay.self, bytes, type)
                try read(Timestamp.self, bytes, type)
                try read(TimeOfDay.self, bytes, type)
                try read(UUID.self, bytes, type)
                try read([Int32?].self, bytes, type)
                try read([String].self, bytes, type)
                try read([Numeric].self, bytes, type)
            }
        }
        #expect(values > 1_000)
        #expect(failures > 1_000)
    }
}

/// Random numbers that are the same in every run.
struct Generator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}
