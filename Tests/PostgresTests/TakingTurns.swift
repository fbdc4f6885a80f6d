import Postgres
import Synchronization
import Testing

@Suite struct `A flood of one caller` {
    /// Lets `flood` callers of one kind wait for the only connection, then one of another kind, and says how many of
    /// the flood were served before that one.
    private func served(before newcomer: Int64, flood: Int) async throws -> Int {
        let order = Order()
        try await withDatabase({
            $0.exclusiveConnections = 1
            $0.waitTimeout = .seconds(60)
        }) { client async throws in
            let holding = try await client.withConnection { _ async throws in
                var waiting = (0..<flood).map { _ in order.task(of: 1, in: client) }
                try await eventually { await client.measurements().waiting == flood }
                waiting.append(order.task(of: newcomer, named: 99, in: client))
                try await eventually { await client.measurements().waiting == flood + 1 }
                return waiting
            }
            for task in holding { try await task.value }
        }
        return order.names.withLock { $0.firstIndex(of: 99) ?? -1 }
    }

    /// The order in which callers were served.
    private final class Order: Sendable {
        let names = Mutex<[Int64]>([])

        func task(of caller: Int64, named name: Int64 = 0, in client: PostgresClient) -> Task<Void, any Error>
        {
            Task {
                try await client.onBehalf(of: caller).transaction { _ in names.withLock { $0.append(name) } }
            }
        }
    }

    @Test func `lets another go after one of it at most`() async throws {
        #expect(try await served(before: 2, flood: 40) <= 1)
    }

    @Test func `goes before more of the same`() async throws {
        #expect(try await served(before: 1, flood: 40) == 40)
    }

    @Test func `is what has to go when too many wait`() async throws {
        try await withDatabase({
            $0.exclusiveConnections = 1
            $0.queueLimit = 10
            $0.waitTimeout = .seconds(60)
        }) { client async throws in
            let refused = try await client.withConnection { _ async throws in
                let flood = (0..<10).map { _ in wait(for: client, of: 1) }
                try await eventually { await client.measurements().waiting == 10 }
                let others = (0..<3).map { _ in wait(for: client, of: 2) }
                try await eventually { await client.measurements().failures["53"] == 3 }
                return (flood, others)
            }
            var refusedOfFlood = 0
            for task in refused.0 where await task.value?.kind == .timedOut { refusedOfFlood += 1 }
            #expect(refusedOfFlood == 3)
            for task in refused.1 { #expect(await task.value?.kind == nil) }
        }
    }

    private func wait(for client: PostgresClient, of caller: Int64) -> Task<PostgresError?, Never> {
        Task {
            do {
                try await client.onBehalf(of: caller).withConnection { _ in }
                return nil
            } catch {
                return error as? PostgresError
            }
        }
    }
}
