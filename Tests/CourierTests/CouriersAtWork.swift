import Courier
import Postgres
import ReferralGroup
import ServiceLifecycle
import Storage
import TestSupport
import Testing

@Suite(.sampleDatabase, .timeLimit(.minutes(10)))
struct `Couriers at work` {
    let sample: SampleChapter

    init() async throws {
        sample = try await SampleChapter()
    }

    @Test func `share an outbox and tell each thing once, in order`() async throws {
        let server = try WebhookReceiver()
        let hook = try await add(server)
        for _ in 1...30 { try await ping(hook) }
        try await withCouriers(3, to: server) {
            while try server.received().count < 30 { try await pause() }
        }
        let ids = try server.received().compactMap { $0.headers["webhook-id"] }
        #expect(ids.count == 30)
        let told = try await sample.shell.run(.deliveries(of: hook, in: sample.alder.id))
        #expect(ids == told.reversed().map(\.event.description))
        #expect(told.allSatisfy { $0.standing == .delivered })
    }

    @Test func `are woken by what there is to tell`() async throws {
        let server = try WebhookReceiver()
        let hook = try await add(server)
        try await withCouriers(1, to: server, pause: .seconds(3600)) {
            try await ping(hook)
            while try server.received().isEmpty { try await pause() }
            try await ping(hook)
            while try server.received().count < 2 { try await pause() }
        }
    }

    @Test func `are not held up by receivers who say nothing`() async throws {
        let (slow, quick) = (try WebhookReceiver(), try WebhookReceiver())
        try slow.be(.hang)
        var hooks: [SlipID] = []
        for path in 1...8 {
            hooks.append(
                try await sample.shell.run(
                    .makeWebhook(
                        at: "\(slow.url)\(path)",
                        host: "slow",
                        events: [.memberLeft],
                        secret: secret
                    )
                )
            )
        }
        // They fail once, and are known for it.
        try await sample.scratch.superuser.run(Query<Void>("UPDATE app.webhook SET failing_since = now()"))
        for hook in hooks { try await ping(hook) }
        let good = try await add(quick)
        try await ping(good)
        try await run([Courier(trusting: try slow.authorities(with: quick), of: sample.database)]) {
            while try quick.received().isEmpty { try await pause() }
            while try slow.received().count < 6 { try await pause() }
            #expect(try slow.received().count == 6, "two places are kept for those who answer")
            try slow.be(.heal)
        }
    }

    @Test func `see to its end what is under way when they are told to stop`() async throws {
        let server = try WebhookReceiver()
        let hook = try await add(server)
        try server.be(.hang)
        try await ping(hook)
        try await withCouriers(1, to: server) {
            while try server.received().isEmpty { try await pause() }
        }
        let told = try await sample.shell.run(.deliveries(of: hook, in: sample.alder.id))
        #expect(told.map(\.lastTrouble) == [WebhookTrouble.late.rawValue])
    }

    private let secret = [UInt8](0..<32)

    private func add(_ server: WebhookReceiver) async throws -> SlipID {
        try await sample.shell.run(
            .makeWebhook(at: server.url, host: "here", events: [.memberLeft], secret: secret)
        )
    }

    private func ping(_ hook: SlipID) async throws {
        _ = try await sample.shell.run(.pingWebhook(hook))
    }

    private func pause() async throws {
        try await Task.sleep(for: .milliseconds(20))
    }

    private func withCouriers(
        _ count: Int,
        to server: WebhookReceiver,
        pause: Duration = .milliseconds(100),
        _ work: @escaping @Sendable () async throws -> Void
    ) async throws {
        let couriers = (0..<count).map { _ in Courier(to: server, of: sample.database, pause: pause) }
        try await run(couriers, work)
    }

    /// Runs them, ends them as a service is ended, and waits for it.
    private func run(
        _ couriers: [Courier],
        _ work: @escaping @Sendable () async throws -> Void
    ) async throws {
        let group = ServiceGroup(services: couriers, logger: .silent)
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            try await work()
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
        }
    }
}
