import Postgres

/// What is asked in a soak, each with how often in ten thousand.
enum Question: String, CaseIterable, Sendable {
    case oneNumber, settingsInSegment, textOfItsOwn, someRows, ownConnection
    case errorInSegment, unknownColumn, constraintAtTheEnd
    case commit, rollback
    case largeResult, hugeResult
    case cancelledShared, cancelledExclusive, deadline
    case copyIn, copyOut, tellListeners

    private var weight: Int {
        switch self {
        case .oneNumber: 6_400
        case .settingsInSegment: 1_500
        case .textOfItsOwn: 800
        case .someRows: 300
        case .ownConnection: 200
        case .errorInSegment: 300
        case .unknownColumn: 100
        case .constraintAtTheEnd: 40
        case .commit: 80
        case .rollback: 80
        case .largeResult: 60
        case .hugeResult: 2
        case .cancelledShared: 40
        case .cancelledExclusive: 20
        case .deadline: 20
        case .copyIn: 15
        case .copyOut: 15
        case .tellListeners: 28
        }
    }

    /// Each as often as it is asked.
    static func bag(of questions: [Question]) -> [Question] {
        questions.flatMap { Array(repeating: $0, count: $0.weight) }
    }
}

/// What was thought of the answer to one question.
enum Judgement: Sendable {
    case right
    /// With an error that was to be expected: how.
    case failed(String)
    case wrong(String)

    static func check(_ isRight: Bool, _ what: @autoclosure () -> String = "another answer") -> Judgement {
        isRight ? .right : .wrong(what())
    }
}

/// Asks, and judges the answer; a number is asked with only once.
struct Questions: Sendable {
    let client: PostgresClient

    static let table: SQL =
        "CREATE UNLOGGED TABLE soak (number bigint PRIMARY KEY DEFERRABLE INITIALLY DEFERRED, word text)"

    func answer(to question: Question, number: Int) async -> Judgement {
        do {
            return try await ask(question, number)
        } catch let error as PostgresError {
            return Self.judge(error, of: question)
        } catch {
            return .wrong("\(error)")
        }
    }

    /// A server process that is ended takes its connection with it, and whatever was on it.
    private static func judge(_ error: PostgresError, of question: Question) -> Judgement {
        if error.kind == .connection || error.state == .adminShutdown { return .failed("connection lost") }
        if error.kind == .cancelled, question == .cancelledShared || question == .cancelledExclusive {
            return .failed("cancelled")
        }
        if error.kind == .timedOut, question == .deadline { return .failed("deadline passed") }
        if error.state == .queryCanceled, question == .deadline || question == .cancelledExclusive {
            return .failed("ended by the server")
        }
        return .wrong("\(error.kind) \(error)")
    }

    private func ask(_ question: Question, _ number: Int) async throws -> Judgement {
        switch question {
        case .oneNumber: .check(try await client.run(Query<Int>(value: "SELECT \(number)")) == number)
        case .settingsInSegment: try await settingsInSegment(number)
        case .textOfItsOwn:
            .check(
                try await client.run(Query<Int>(value: SQL(stringLiteral: "SELECT \(number % 400) + 0")))
                    == number % 400
            )
        case .someRows:
            .check(
                try await client.run(
                    Query<[Int]>(values: "SELECT \(number) + g FROM generate_series(1, 200) AS g")
                ) == Array(number + 1...number + 200)
            )
        case .ownConnection:
            .check(try await client.run(Query<Int>(value: "SELECT \(number)").exclusive) == number)
        case .errorInSegment: try await errorInSegment(number)
        case .unknownColumn: try await unknownColumn(number)
        case .constraintAtTheEnd: try await constraintAtTheEnd(number)
        case .commit: try await commit(number)
        case .rollback: try await rollback(number)
        case .largeResult: try await text(ofLength: 1 + number % 160_000, number)
        case .hugeResult: try await text(ofLength: (1 + number % 8) << 20, number)
        case .cancelledShared: try await cancelled(number, isExclusive: false)
        case .cancelledExclusive: try await cancelled(number, isExclusive: true)
        case .deadline: try await deadline(number)
        case .copyIn: try await copyIn(number)
        case .copyOut: try await copyOut(number)
        case .tellListeners:
            .check(
                try await client.run(
                    Query<Int>("SELECT pg_notify('soak', \(String(number)))") { $0.count }
                ) == 1
            )
        }
    }

    private func settingsInSegment(_ number: Int) async throws -> Judgement {
        let (mine, setting) = try await client.run(
            after: ["SELECT set_config('app.person_id', \(String(number)), true)"],
            Query<Int>(value: "SELECT \(number)"),
            Query<String>(value: "SELECT current_setting('app.person_id')")
        )
        return .check(mine == number && setting == String(number), "\(mine) with \(setting)")
    }

    private func errorInSegment(_ number: Int) async throws -> Judgement {
        do {
            _ = try await client.run(
                Query<Int>(value: "SELECT \(number)"),
                Query<Int>(value: "SELECT \(number) / 0")
            )
            return .wrong("a division by zero succeeded")
        } catch let error as PostgresError where error.state.rawValue == "22012" {
            return error.statement == "SELECT $1 / 0" ? .failed("22012") : .wrong("\(error.statement ?? "")")
        }
    }

    private func unknownColumn(_ number: Int) async throws -> Judgement {
        let name = "no_such_column_\(number % 50)"
        do {
            try await client.run(Query<Void>(SQL(stringLiteral: "SELECT \(name)")))
            return .wrong("a column that is not there was found")
        } catch let error as PostgresError where error.state.rawValue == "42703" {
            return error.message.contains("\"\(name)\"") ? .failed("42703") : .wrong(error.message)
        }
    }

    /// The segment's implicit commit fails, after every statement was answered.
    private func constraintAtTheEnd(_ number: Int) async throws -> Judgement {
        do {
            try await client.run(
                Query<Void>("INSERT INTO soak (number) VALUES (\(-number - 1)), (\(-number - 1))")
            )
            return .wrong("two rows have one key")
        } catch let error as PostgresError where error.state == .uniqueViolation {
            return .failed("23505")
        }
    }

    private func commit(_ number: Int) async throws -> Judgement {
        let setting = try await client.transaction(after: [
            "SELECT set_config('app.person_id', \(String(number)), true)"
        ]) { transaction in
            try await transaction.run(
                Query<Void>("INSERT INTO soak (number, word) VALUES (\(number), 'kept')")
            )
            return try await transaction.run(Query<String>(value: "SELECT current_setting('app.person_id')"))
        }
        let removed = try await client.run(
            Query<Int>("DELETE FROM soak WHERE number = \(number)") { $0.affected }
        )
        return .check(
            setting == String(number) && removed == 1,
            "\(removed) rows of a committed transaction, with \(setting)"
        )
    }

    private func rollback(_ number: Int) async throws -> Judgement {
        do {
            try await client.transaction { transaction in
                try await transaction.run(
                    Query<Void>("INSERT INTO soak (number, word) VALUES (\(number), 'undone')")
                )
                throw Undone()
            }
        } catch is Undone {
            let left = try await client.run(
                Query<Int>(value: "SELECT count(*) FROM soak WHERE number = \(number)")
            )
            return .check(left == 0, "\(left) rows of a transaction that was rolled back")
        }
        return .wrong("a transaction outlived its error")
    }

    private struct Undone: Error {}

    private func text(ofLength length: Int, _ number: Int) async throws -> Judgement {
        let letter = String(number % 10)
        let text = try await client.run(
            Query<String>(value: "SELECT repeat(\(letter), \(Int32(length)))")
        )
        let byte = UInt8(ascii: "0") + UInt8(number % 10)
        return .check(text.utf8.count == length && text.utf8.allSatisfy { $0 == byte }, "another text")
    }

    private func cancelled(_ number: Int, isExclusive: Bool) async throws -> Judgement {
        let query = Query<Int>(value: "SELECT \(number) FROM pg_sleep(0.001)")
        let task = Task { try await client.run(isExclusive ? query.exclusive : query) }
        if number.isMultiple(of: 2) { await Task.yield() }
        task.cancel()
        return .check(try await task.value == number)
    }

    private func deadline(_ number: Int) async throws -> Judgement {
        let query = Query<Int>(value: "SELECT \(number) FROM pg_sleep(0.002)").exclusive
        let until = ContinuousClock.now + .milliseconds(number % 20)
        return .check(try await client.run(after: [], query, before: until) == number)
    }

    private func copyIn(_ number: Int) async throws -> Judgement {
        do {
            try await client.transaction { transaction in
                let rows = AsyncStream<Row> { rows in
                    for place in 0..<200 { rows.yield(Row(number: number, place: place)) }
                    rows.finish()
                }
                let sent = try await transaction.copy(rows, into: "soak (number, word)")
                let found = try await transaction.run(
                    Query<Int>(
                        value: """
                            SELECT count(*) FROM soak
                             WHERE number BETWEEN \(number * 1000) AND \(number * 1000 + 999) AND word = \("row of \(number)")
                            """
                    )
                )
                throw Copied(sent: sent, found: found)
            }
        } catch let copied as Copied {
            return .check(
                copied.sent == 200 && copied.found == 200,
                "\(copied.sent) rows sent, \(copied.found) found"
            )
        }
        return .wrong("a transaction outlived its error")
    }

    /// Carries the counts out of a transaction that is to be undone.
    private struct Copied: Error {
        let sent: Int
        let found: Int
    }

    private struct Row: CopyEncodable {
        let number: Int
        let place: Int

        func encode(into row: inout CopiedRow) throws(PostgresError) {
            try row.append(Int64(number) * 1000 + Int64(place))
            try row.append("row of \(number)")
        }
    }

    private func copyOut(_ number: Int) async throws -> Judgement {
        let text = try await client.withConnection { connection in
            var bytes: [UInt8] = []
            let source = SQL(stringLiteral: "(SELECT \(number) + g FROM generate_series(1, 500) AS g)")
            for try await piece in connection.copy(source) { bytes += piece }
            return String(decoding: bytes, as: UTF8.self)
        }
        let expected = (1...500).map { "\(number + $0)\n" }.joined()
        return .check(text == expected, "\(text.utf8.count) bytes, not \(expected.utf8.count)")
    }
}
