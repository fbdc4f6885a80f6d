import Postgres
import Testing

@Suite struct `A listener` {
    private func notify(_ channel: String, _ payload: String) -> Query<Void> {
        Query("SELECT pg_notify(\(channel), \(payload))")
    }

    @Test func `hears what is told after it is connected, in order`() async throws {
        try await withDatabase { client async throws in
            var heard: [String] = []
            for await event in client.notifications(on: ["seats", "odd \"name\""]) {
                switch event {
                case .connected:
                    for number in 0..<100 { try await client.run(notify("seats", "\(number)")) }
                    try await client.run(notify("other", "not for us"), notify("odd \"name\"", "end"))
                case .notification(let told):
                    heard.append(told.payload)
                }
                if heard.last == "end" { break }
            }
            #expect(heard == (0..<100).map(String.init) + ["end"])
        }
    }

    @Test(.timeLimit(.minutes(20)))
    func `connects again, and says that it may have missed something`() async throws {
        try await withDatabase { client async throws in
            var connections = 0
            for await event in client.notifications(on: ["seats"]) where event == .connected {
                connections += 1
                if connections == 3 { break }
                try await client.run(
                    Query<Void>(
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%' AND datname = current_database()"
                    )
                )
            }
            #expect(connections == 3)
        }
    }

    @Test func `does not take a connection from those who work`() async throws {
        try await withDatabase({
            $0.exclusiveConnections = 1; $0.waitTimeout = .seconds(2)
        }) { client async throws in
            for await event in client.notifications(on: ["seats"]) where event == .connected {
                try await client.withConnection { try await $0.run(Query<Void>("SELECT 1")) }
                break
            }
        }
    }

    @Test func `stops with its task`() async throws {
        try await withDatabase { client async throws in
            let task = Task {
                for await _ in client.notifications(on: ["seats"]) {}
            }
            try await Task.sleep(for: .milliseconds(200))
            let time = await duration {
                task.cancel()
                await task.value
            }
            #expect(time < hang)
            let listeners = Query<Int>(
                value:
                    "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'LISTEN%' AND datname = current_database()"
            )
            try await eventually { try await client.run(listeners) == 0 }
        }
    }
}
