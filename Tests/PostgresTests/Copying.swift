import Postgres
import Testing

private struct SourceFailed: Error {}

/// Rows of a number and a text, as many as are asked for; it fails instead of giving row number `failure`.
private struct Rows: AsyncSequence, AsyncIteratorProtocol {
    let count: Int
    let failure: Int?
    var next = 0

    mutating func next() async throws -> [any PostgresEncodable]? {
        guard next < count else { return nil }
        next += 1
        if next == failure { throw SourceFailed() }
        return [next, next % 7 == 0 ? String?.none : "text \(next)"]
    }

    func makeAsyncIterator() -> Self { self }
}

private func rows(_ count: Int, failingAt failure: Int? = nil) -> Rows {
    Rows(count: count, failure: failure)
}

@Suite struct `Copying rows in` {
    private func withTable(_ body: (PostgresClient) async throws -> Void) async throws {
        try await withDatabase { client async throws in
            try await client.run(Query<Void>("CREATE TABLE line (id bigint PRIMARY KEY, body text)"))
            try await body(client)
        }
    }

    private let count = Query<Int>(value: "SELECT count(*) FROM line")

    @Test func `keeps every one of them`() async throws {
        try await withTable { client async throws in
            for number in [0, 1, 50_000] {
                try await client.run(Query<Void>("TRUNCATE line"))
                let sent = try await client.withConnection {
                    try await $0.copy(rows(number), into: "line (id, body)")
                }
                #expect(sent == number)
                #expect(try await client.run(count) == number)
            }
            let (sum, missing) = try await client.run(
                Query<Int>(value: "SELECT sum(id)::bigint FROM line"),
                Query<Int>(value: "SELECT count(*) FROM line WHERE body IS NULL")
            )
            #expect(sum == 50_000 * 50_001 / 2)
            #expect(missing == 50_000 / 7)
        }
    }

    @Test(arguments: [1, 2, 20_000])
    func `keeps none when the source fails`(row: Int) async throws {
        try await withTable { client async throws in
            await #expect(throws: SourceFailed.self) {
                try await client.transaction { transaction async throws in
                    _ = try await transaction.copy(rows(30_000, failingAt: row), into: "line (id, body)")
                }
            }
            #expect(try await client.run(count) == 0)
            await #expect(throws: SourceFailed.self) {
                try await client.withConnection { connection async throws in
                    _ = try await connection.copy(rows(30_000, failingAt: row), into: "line (id, body)")
                }
            }
            #expect(try await client.run(count) == 0)
        }
    }

    @Test func `keeps none when the server refuses one, and says which`() async throws {
        try await withTable { client async throws in
            try await client.run(Query<Void>("INSERT INTO line VALUES (777)"))
            let error = try await failure {
                try await client.withConnection { try await $0.copy(rows(5_000), into: "line (id, body)") }
            }
            #expect(error.state == .uniqueViolation)
            #expect(error.context?.contains("line 777") == true)
            #expect(try await client.run(count) == 1)
        }
    }

    @Test func `leaves the transaction usable around a savepoint`() async throws {
        try await withTable { client async throws in
            try await client.transaction { transaction async throws in
                await #expect(throws: PostgresError.self) {
                    try await transaction.savepoint {
                        _ = try await transaction.copy(rows(3), into: "no_such_table")
                    }
                }
                _ = try await transaction.copy(rows(3), into: "line (id, body)")
            }
            #expect(try await client.run(count) == 3)
        }
    }

    @Test func `waits for a slow server without holding up anybody else`() async throws {
        try await withTable { client async throws in
            let locked = AsyncStream<Void>.makeStream()
            let release = AsyncStream<Void>.makeStream()
            try await withThrowingTaskGroup { group in
                group.addTask {
                    try await client.transaction { transaction async throws in
                        try await transaction.run(Query<Void>("LOCK TABLE line"))
                        locked.continuation.finish()
                        for await _ in release.stream {}
                    }
                }
                for await _ in locked.stream {}
                group.addTask {
                    let sent = try await client.withConnection {
                        try await $0.copy(rows(200_000), into: "line (id, body)")
                    }
                    #expect(sent == 200_000)
                }
                try await Task.sleep(for: .milliseconds(300))
                let time = try await duration {
                    for _ in 0..<20 { try await client.ping() }
                }
                #expect(time < hang)
                release.continuation.finish()
                try await group.waitForAll()
            }
            #expect(try await client.run(count) == 200_000)
        }
    }

    @Test func `ends when the task is cancelled`() async throws {
        try await withTable { client async throws in
            let task = Task {
                try await client.withConnection {
                    try await $0.copy(rows(100_000_000), into: "line (id, body)")
                }
            }
            try await Task.sleep(for: .milliseconds(300))
            task.cancel()
            await #expect(throws: (any Error).self) { try await task.value }
            #expect(try await client.run(count) == 0)
            _ = try await client.withConnection { try await $0.copy(rows(1), into: "line (id, body)") }
        }
    }
}

@Suite struct `Copying piece by piece` {
    /// Adds rows until the piece is full or `last` is there; true where there are more.
    private static func fill(_ piece: inout CopiedRows, from next: inout Int, to last: Int) throws -> Bool {
        while !piece.isFull {
            guard next <= last else { return false }
            let number = next
            try piece.append { row throws(PostgresError) in
                try row.append(Int64(number))
                try row.append(text: Array("text \(number)".utf8).span)
            }
            next += 1
        }
        return true
    }

    private func withTable(_ body: (PostgresClient) async throws -> Void) async throws {
        try await withDatabase { client async throws in
            try await client.run(Query<Void>("CREATE TABLE line (id bigint PRIMARY KEY, body text)"))
            try await body(client)
            // Whatever happened, the client goes on.
            try await client.run(Query<Void>("TRUNCATE line"))
            let sent = try await client.withConnection { connection async throws in
                var next = 1
                return try await connection.copy(into: "line (id, body)") { piece in
                    try Self.fill(&piece, from: &next, to: 3)
                }
            }
            #expect(sent == 3)
        }
    }

    private let count = Query<Int>(value: "SELECT count(*) FROM line")

    @Test func `keeps every row`() async throws {
        try await withTable { client async throws in
            let sent = try await client.withConnection { connection async throws in
                var next = 1
                return try await connection.copy(into: "line (id, body)") { piece in
                    try Self.fill(&piece, from: &next, to: 50_000)
                }
            }
            #expect(sent == 50_000)
            let wrong = Query<Int>(value: "SELECT count(*) FROM line WHERE body <> 'text ' || id")
            #expect(try await client.run(count) == 50_000)
            #expect(try await client.run(wrong) == 0)
        }
    }

    @Test(arguments: [1, 2, 5])
    func `keeps none when the source fails while a piece is sent`(call: Int) async throws {
        try await withTable { client async throws in
            await #expect(throws: SourceFailed.self) {
                try await client.withConnection { connection async throws in
                    var (next, calls) = (1, 0)
                    _ = try await connection.copy(into: "line (id, body)") { piece in
                        calls += 1
                        if calls == call { throw SourceFailed() }
                        return try Self.fill(&piece, from: &next, to: .max)
                    }
                }
            }
            #expect(try await client.run(count) == 0)
        }
    }

    @Test func `keeps none when it is cancelled`() async throws {
        try await withTable { client async throws in
            let underWay = AsyncStream<Void>.makeStream()
            let task = Task {
                try await client.withConnection { connection async throws in
                    var (next, calls) = (1, 0)
                    _ = try await connection.copy(into: "line (id, body)") { piece in
                        calls += 1
                        if calls == 3 { underWay.continuation.finish() }
                        return try Self.fill(&piece, from: &next, to: .max)
                    }
                }
            }
            for await _ in underWay.stream {}
            task.cancel()
            await #expect(throws: (any Error).self) { try await task.value }
            #expect(try await client.run(count) == 0)
        }
    }

    @Test func `says what the server refuses`() async throws {
        try await withTable { client async throws in
            try await client.run(Query<Void>("INSERT INTO line VALUES (20000)"))
            let error = try await failure {
                try await client.withConnection { connection async throws in
                    var next = 1
                    _ = try await connection.copy(into: "line (id, body)") { piece in
                        try Self.fill(&piece, from: &next, to: 10_000_000)
                    }
                }
            }
            #expect(error.state == .uniqueViolation)
            #expect(try await client.run(count) == 1)
            for text: [UInt8] in [[0x61, 0], [0xFF]] {
                let error = try await failure {
                    try await client.withConnection { connection async throws in
                        _ = try await connection.copy(into: "line (body, id)") { piece in
                            try piece.append { row throws(PostgresError) in
                                try row.append(text: text.span)
                                try row.append(Int64(1))
                            }
                            return false
                        }
                    }
                }
                #expect(error.state.category == "22")
            }
        }
    }
}

@Suite struct `Copying rows out` {
    @Test func `gives whole lines at the pace of whoever takes them`() async throws {
        try await withDatabase { client async throws in
            var bytes: [UInt8] = []
            try await client.withConnection { connection async throws in
                let lines: SQL = "(SELECT g, repeat('x', 50) FROM generate_series(1, 20000) AS g)"
                for try await piece in connection.copy(lines) {
                    #expect(piece.last == UInt8(ascii: "\n"))
                    bytes += piece
                }
            }
            let lines = bytes.split(separator: UInt8(ascii: "\n"))
            #expect(lines.count == 20_000)
            #expect(
                lines.last.map { String(decoding: $0, as: UTF8.self) } == "20000\t"
                    + String(repeating: "x", count: 50)
            )
        }
    }

    @Test func `may be left in the middle`() async throws {
        try await withDatabase({ $0.exclusiveConnections = 1 }) { client async throws in
            await #expect(throws: SourceFailed.self) {
                try await client.withConnection { connection async throws in
                    for try await _ in connection.copy("(SELECT generate_series(1, 100000000))") {
                        throw SourceFailed()
                    }
                }
            }
            let time = try await duration {
                try await client.withConnection { try await $0.run(Query<Void>("SELECT 1")) }
            }
            #expect(time < hang)
        }
    }

    @Test func `fails with the error of the server`() async throws {
        try await withDatabase { client async throws in
            let error = try await failure {
                try await client.withConnection { connection async throws in
                    let lines: SQL = "(SELECT 1 / (1000 - g) FROM generate_series(1, 1000) AS g)"
                    for try await _ in connection.copy(lines) {}
                }
            }
            #expect(error.state.category == "22")
        }
    }
}
