import Postgres
import Testing

/// Many callers who write and read, while something keeps breaking under them.
struct Crowd {
    let client: PostgresClient
    let ledger = Ledger()
    private let callers = 24

    init(_ client: PostgresClient) {
        self.client = client
    }

    /// Works until `disturb` has ended; what is asked meanwhile is answered rightly or fails.
    func work(while disturb: @escaping @Sendable () async throws -> Void) async throws {
        try await withThrowingTaskGroup(of: Bool.self) { group in
            group.addTask {
                try await disturb()
                return true
            }
            for caller in 0..<callers {
                group.addTask {
                    var round = 0
                    while !Task.isCancelled {
                        try await turn(caller * 1_000_000 + round)
                        round += 1
                    }
                    return false
                }
            }
            while let isOver = try await group.next() {
                if isOver { group.cancelAll() }
            }
        }
    }

    /// Whether too little has happened yet, or only to few.
    func goesOn(after rounds: Int) async -> Bool {
        let (kept, failed) = (await ledger.acknowledged.count, await failed)
        return rounds < 80 || kept < 300 || failed <= 20
    }

    /// Whether it was broken a few times only, or hardly anybody was told: on a busy machine few ask meanwhile.
    func isHardlyHurt(after rounds: Int = 3) async -> Bool {
        let failed = await failed
        return rounds < 3 || failed <= 20
    }

    /// Waits until there is enough to tell what was kept, with nothing broken any more.
    func workEnough() async throws {
        while await ledger.acknowledged.count < 300 { try await Task.sleep(for: .milliseconds(50)) }
    }

    private var failed: Int {
        get async { await ledger.unknown.count + ledger.surelyNot.count }
    }

    private func turn(_ id: Int) async throws {
        let insert = Query<Void>("INSERT INTO note VALUES (\(id))")
        let mine = Query<[Int]>(values: "SELECT id FROM note WHERE id = \(id)")
        switch id % 4 {
        case 0:
            try await ledger.write(id) {
                let (_, found) = try await client.run(insert, mine)
                #expect(found == [id])
            }
        case 1:
            try await ledger.write(id) {
                try await client.transaction { transaction async throws in
                    try await transaction.run(insert)
                    #expect(try await transaction.run(mine) == [id])
                }
            }
        case 2:
            try await ledger.write(id) { try await client.run(insert.exclusive) }
        default:
            do {
                let text = String(id)
                let answer = try await client.run(
                    after: ["SELECT set_config('app.person_id', \(text), true)"],
                    Query<String>(value: "SELECT current_setting('app.person_id')"),
                    Query<String>(value: "SELECT repeat(\(text), 500)")
                )
                #expect(answer.0 == text)
                #expect(answer.1 == String(repeating: text, count: 500))
            } catch let error as PostgresError {
                #expect(error.kind != .refused)
            }
        }
        // A database that is not there answers at once; nobody asks it for ever without a pause.
        try? await Task.sleep(for: .milliseconds(1))
    }

    /// The table holds what was acknowledged and nothing that was denied; some of each kind was there.
    func check(_ straight: PostgresClient) async throws {
        let notes = Query<[Int]>(values: "SELECT id FROM note")
        var rows: [Int]?
        // What was killed last may be noticed by the server only now, and takes the first question with it.
        try await eventually {
            rows = try? await straight.run(notes)
            return rows != nil
        }
        await ledger.compare(with: rows ?? [])
        #expect(await ledger.acknowledged.count >= 300)
        #expect(await failed > 20)
    }
}
