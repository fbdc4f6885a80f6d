import Postgres
import Testing

@Suite(.disturbing, .timeLimit(.minutes(20))) struct `Large answers` {
    private let megabyte = 1 << 20

    @Test func `of one row of 50 MB arrive whole, and parameters of that size do`() async throws {
        try await withDatabase { client async throws in
            let text = String(repeating: "x", count: 50 * megabyte)
            let query = Query<String>(value: "SELECT repeat('x', \(Int32(50 * megabyte)))")
            for query in [query, query.exclusive] {
                #expect(try await client.run(query) == text)
                #expect(try await client.run(Query<Int32>(value: "SELECT length(\(text))")) == 50 << 20)
            }
        }
    }

    @Test func `do not keep others on the same connection from theirs`() async throws {
        try await withDatabase({ $0.sharedConnections = 1 }) { client async throws in
            try await withThrowingTaskGroup { group in
                for caller in 0..<30 {
                    group.addTask {
                        let length = caller % 5 == 0 ? 4_000_000 : 10
                        let answer = try await client.run(
                            Query<String>(value: "SELECT repeat(\(String(caller % 10)), \(Int32(length)))")
                        )
                        #expect(answer == String(repeating: String(caller % 10), count: length))
                    }
                }
                try await group.waitForAll()
            }
        }
    }

    @Test func `are the last on their connection, for libpq would keep the room for them`() async throws {
        try await withDatabase({
            $0.sharedConnections = 1
            $0.exclusiveConnections = 1
        }) { client async throws in
            let process = Query<Int32>(value: "SELECT pg_backend_pid()")
            func text(of length: Int) -> Query<String> {
                Query(value: "SELECT repeat('x', \(Int32(length)))")
            }
            for isExclusive in [false, true] {
                func alike<Value>(_ query: Query<Value>) -> Query<Value> {
                    isExclusive ? query.exclusive : query
                }
                let first = try await client.run(alike(process))
                _ = try await client.run(alike(text(of: 500_000)))
                #expect(try await client.run(alike(process)) == first)
                #expect(try await client.run(alike(text(of: 2_000_000))).utf8.count == 2_000_000)
                #expect(try await client.run(alike(process)) != first)
            }
            #expect(await client.measurements().lostConnections == 0)
        }
    }

    @Test func `beyond the limit are refused to who asked, and to nobody else`() async throws {
        try await withDatabase({
            $0.sharedConnections = 1
            $0.maximumResultBytes = 1 << 20
        }) { client async throws in
            let guilty = Query<Void>("SELECT repeat('x', 1000) FROM generate_series(1, 100000)")
            for _ in 0..<5 {
                let asking = Task { try await failure { try await client.run(guilty) } }
                let others = (0..<20).map { number in
                    Task { try await client.run(Query<Int>(value: "SELECT \(number)")) }
                }
                let error = try await asking.value
                #expect(error.kind == .refused)
                #expect(error.state == .programLimitExceeded)
                for (number, other) in others.enumerated() {
                    switch await other.result {
                    case .success(let answer): #expect(answer == number)
                    case .failure(let error as PostgresError): #expect(error.kind == .connection, "\(error)")
                    case .failure(let error): throw error
                    }
                }
                #expect(await client.answers())
            }
        }
    }

    @Test(
        arguments: [2 << 20, 40 << 20]
    )
    func `beyond the limit do not hide that what was written with them may be there`(size: Int) async throws {
        try await withDatabase({ $0.maximumResultBytes = 1 << 20 }) { client async throws in
            try await client.run(Query<Void>("CREATE TABLE note (id bigint)"))
            let error = try await failure {
                try await client.run(
                    Query<Void>("INSERT INTO note VALUES (1)"),
                    Query<Void>("SELECT repeat('x', \(Int32(size)))")
                )
            }
            #expect(error.kind == .refused)
            let rows = try await client.run(Query<Int>(value: "SELECT count(*) FROM note"))
            #expect(rows == 0 || error.mayHaveHappened)
        }
    }

    @Test func `with a flood of notices keep their order`() async throws {
        try await withDatabase({ $0.sharedConnections = 1 }) { client async throws in
            try await client.withConnection {
                try await $0.run(
                    script: """
                        CREATE FUNCTION chatter(times integer) RETURNS integer LANGUAGE plpgsql AS $$
                        BEGIN
                            FOR i IN 1..times LOOP
                                RAISE NOTICE 'remark % %', i, repeat('x', 100);
                            END LOOP;
                            RETURN times;
                        END $$
                        """
                )
            }
            try await withThrowingTaskGroup { group in
                for caller in 0..<20 {
                    group.addTask { () async throws in
                        let times = Int32(caller % 4 == 0 ? 5_000 : caller)
                        let query = Query<Int32>(value: "SELECT chatter(\(times))")
                        #expect(try await client.run(caller % 5 == 0 ? query.exclusive : query) == times)
                    }
                }
                try await group.waitForAll()
            }
        }
    }
}

@Suite(.disturbing, .timeLimit(.minutes(20))) struct `An error among the questions of many` {
    /// What goes wrong, and how the server calls it.
    private static let mistakes: [(SQL, String)] = [
        ("SELECT 1 / 0", "22012"),
        ("SELECT nothing", "42703"),
        ("SELEC 1", "42601"),
        ("SELECT 'a'::integer", "22P02"),
        ("INSERT INTO later VALUES (1), (1)", "23505"),
        ("SELECT FROM no_such_table", "42P01"),
        ("SELECT raised()", "P0001"),
    ]

    @Test func `fails who made it, and nobody else`() async throws {
        try await withDatabase({ $0.sharedConnections = 1 }) { client async throws in
            try await client.withConnection {
                try await $0.run(
                    script: """
                        CREATE TABLE later (id bigint PRIMARY KEY DEFERRABLE INITIALLY DEFERRED);
                        CREATE TABLE note (id bigint NOT NULL);
                        CREATE FUNCTION raised() RETURNS integer LANGUAGE plpgsql AS
                            $$ BEGIN RAISE EXCEPTION 'on purpose'; END $$
                        """
                )
            }
            try await withThrowingTaskGroup { group in
                for caller in 0..<400 {
                    group.addTask {
                        let insert = Query<Void>("INSERT INTO note VALUES (\(caller))")
                        guard caller % 3 == 0 else {
                            let (_, answer) = try await client.run(
                                insert,
                                Query<Int>(value: "SELECT \(caller)")
                            )
                            return #expect(answer == caller)
                        }
                        let (mistake, state) = Self.mistakes[caller / 3 % Self.mistakes.count]
                        let error = try await failure {
                            try await client.run(insert, Query<Void>(mistake), Query<Void>("SELECT 2"))
                        }
                        #expect(error.state.rawValue == state)
                        #expect(!error.mayHaveHappened)
                    }
                }
                try await group.waitForAll()
            }
            let rows = try await client.run(Query<[Int]>(values: "SELECT id FROM note ORDER BY id"))
            #expect(rows == (0..<400).filter { $0 % 3 != 0 })
        }
    }
}
