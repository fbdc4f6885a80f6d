import Fetching
import Glibc
import Identity
import Logging
import ReferralGroup
import ServiceLifecycle
import Storage
import Synchronization

/// Tells webhooks what there is to tell; several couriers share one outbox and never a delivery.
package struct Courier: Service {
    private let outbox: ActingDatabase
    private let receiver: Receiver
    private let logger: Logger
    private let pause: Duration
    private let places: Int

    /// What became of one try.
    package struct Errand: Sendable {
        package let delivery: DueDelivery
        package let answer: Receiver.Answer
        /// Nil where another has it meanwhile, or it is gone.
        package let outcome: ToldWebhook?
    }

    /// So many are told at once; `pause` is how long it waits when nobody says that there is something.
    package init(
        database: Database,
        receiver: Receiver,
        logger: Logger,
        places: Int = 8,
        pause: Duration = .seconds(10)
    ) {
        outbox = database.acting(as: .system(door: .cli), in: nil)
        self.receiver = receiver
        self.logger = logger
        self.places = places
        self.pause = pause
    }

    /// Goes until it is told to stop; what is under way then is seen to its end.
    package func run() async throws {
        let (wakings, waker) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let free = Vacancies(places)
        await withDiscardingTaskGroup { errands in
            await withThrowingTaskGroup { tasks in
                tasks.addTask {
                    for await _ in outbox.webhookEvents { waker.yield() }
                }
                tasks.addTask {
                    while true {
                        waker.yield()
                        try await Task.sleep(for: pause)
                    }
                }
                for await _ in wakings.cancelOnGracefulShutdown() {
                    while !Task.isShuttingDownGracefully, let delivery = await next(free) {
                        errands.addTask {
                            await deliver(delivery)
                            free.leave()
                            waker.yield()
                        }
                    }
                }
                tasks.cancelAll()
            }
        }
    }

    /// Takes what is due, where somebody is free to go; the last quarter of them goes to nobody who failed the last time.
    private func next(_ free: Vacancies) async -> DueDelivery? {
        guard let left = free.take() else { return nil }
        do {
            if let delivery = try await outbox.run(.takeDelivery(onlyAnswering: left < places / 4)) {
                return delivery
            }
        } catch {
            logger.error("what webhooks are to be told cannot be read", metadata: Self.said(of: error))
        }
        free.leave()
        return nil
    }

    private func deliver(_ delivery: DueDelivery) async {
        do {
            report(try await tell(delivery))
        } catch {
            logger.error("what a webhook was told cannot be noted", metadata: Self.said(of: error))
        }
    }

    private static func said(of error: any Error) -> Logger.Metadata {
        ["error": "\(DatabaseTrouble(error)?.message ?? "\(error)")"]
    }

    /// Tells what has been due longest, or returns nil where nothing is.
    package func deliverNext() async throws -> Errand? {
        guard let delivery = try await outbox.run(.takeDelivery(onlyAnswering: false)) else { return nil }
        return try await tell(delivery)
    }

    private func tell(_ delivery: DueDelivery) async throws -> Errand {
        let answer = await receiver.post(
            delivery.body,
            to: delivery.address,
            headers: Self.headers(of: delivery, at: Int(time(nil)))
        )
        return Errand(delivery: delivery, answer: answer, outcome: try await note(answer, of: delivery))
    }

    /// By the convention of Standard Webhooks: a secret that was renewed signs as well for a day.
    private static func headers(of delivery: DueDelivery, at second: Int) -> [String] {
        let id = delivery.event.description
        let signatures = delivery.secrets.map { bytes in
            SigningSecret(bytes: bytes).signature(of: delivery.body, id: id, at: second)
        }
        return [
            "webhook-id: \(id)", "webhook-timestamp: \(second)",
            "webhook-signature: \(signatures.joined(separator: " "))",
        ]
    }

    /// A database that is away for a moment shall not make it come twice.
    private func note(_ answer: Receiver.Answer, of delivery: DueDelivery) async throws -> ToldWebhook? {
        let (status, trouble): (Int?, WebhookTrouble?) =
            switch answer {
            case .status(let status): (status, nil)
            case .trouble(let trouble): (nil, trouble)
            }
        var attempt = 1
        while true {
            do {
                return try await outbox.run(.told(delivery, status: status, trouble: trouble))
            } catch  where attempt < 5 {
                try await Task.sleep(for: .seconds(attempt))
                attempt += 1
            }
        }
    }

    /// An address may hold a secret of the receiver: the log has only which delivery it was.
    private func report(_ errand: Errand) {
        let delivery = errand.delivery
        var metadata: Logger.Metadata = [
            "delivery": "\(delivery.id)", "webhook": "\(delivery.webhook)", "try": "\(delivery.attempt)",
        ]
        switch errand.answer {
        case .status(let status): metadata["status"] = "\(status)"
        case .trouble(let trouble): metadata["trouble"] = "\(trouble.rawValue)"
        }
        switch errand.outcome {
        case .delivered: logger.info("told a webhook", metadata: metadata)
        case .later, nil: logger.warning("a webhook could not be told yet", metadata: metadata)
        case .givenUp: logger.error("telling a webhook was given up", metadata: metadata)
        case .off: logger.error("a webhook was switched off", metadata: metadata)
        }
    }
}

/// How many are free to go.
private final class Vacancies: Sendable {
    private let free: Mutex<Int>

    init(_ places: Int) {
        free = Mutex(places)
    }

    /// Takes a place and says how many are left then; nil where none was.
    func take() -> Int? {
        free.withLock { free in
            guard free > 0 else { return nil }
            free -= 1
            return free
        }
    }

    func leave() {
        free.withLock { $0 += 1 }
    }
}
