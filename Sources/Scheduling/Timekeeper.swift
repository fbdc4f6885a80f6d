import Logging
import ReferralGroup
import ServiceLifecycle
import Storage

/// Sees that what is due is done, one job at a time; several timekeepers share the work and never a job.
package struct Timekeeper: Service {
    private let schedule: ActingDatabase
    private let logger: Logger
    private let pause: Duration

    /// What became of one job.
    package struct Work: Sendable {
        package let job: DueJob
        package let outcome: Outcome
    }

    package enum Outcome: Sendable, Hashable {
        case done
        /// Its lease went to another, whose say it is now.
        case taken
        case failed(until: Instant, trouble: String)
        case givenUp(trouble: String)
    }

    package init(database: Database, logger: Logger, pause: Duration = .seconds(60)) {
        schedule = database.acting(as: .system(door: .cli), in: nil)
        self.logger = logger
        self.pause = pause
    }

    /// Works until it is told to stop; the job under way then is seen to its end.
    package func run() async throws {
        let (wakings, waker) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        await withThrowingTaskGroup { tasks in
            tasks.addTask {
                for await _ in schedule.jobEntries { waker.yield() }
            }
            tasks.addTask {
                while true {
                    waker.yield()
                    try await Task.sleep(for: pause)
                }
            }
            for await _ in wakings.cancelOnGracefulShutdown() {
                await workOff()
            }
            tasks.cancelAll()
        }
    }

    private func workOff() async {
        do {
            try await plan()
            while !Task.isShuttingDownGracefully, let work = try await workOnNext() {
                report(work)
                if work.job.kind == KindOfWork.sealing.rawValue, work.outcome == .done {
                    try await reportHeads()
                }
            }
        } catch {
            logger.error("scheduled work cannot be read", metadata: ["error": "\(Self.said(of: error))"])
        }
    }

    /// Enters the occasions that have come; how many were new.
    @discardableResult
    package func plan() async throws -> Int64 {
        try await schedule.run(.planJobs)
    }

    /// Does the job that has been due longest, or returns nil where none is.
    package func workOnNext() async throws -> Work? {
        guard let job = try await schedule.run(.takeJob) else { return nil }
        do {
            return Work(job: job, outcome: try await schedule.run(.run(job)) ? .done : .taken)
        } catch {
            let trouble = Self.said(of: error)
            // Where the database is away this fails as well, and the lease says when another may try.
            let next = try await schedule.run(.failed(job, trouble: trouble))
            guard let next else {
                return Work(job: job, outcome: job.attempt >= 8 ? .givenUp(trouble: trouble) : .taken)
            }
            return Work(job: job, outcome: .failed(until: next, trouble: trouble))
        }
    }

    private static func said(of error: any Error) -> String {
        if let refused = error as? Refused { return refused.message }
        return DatabaseTrouble(error)?.message ?? "\(error)"
    }

    /// What went wrong may name people: the log has only which job it was.
    private func report(_ work: Work) {
        let job: Logger.Metadata = [
            "job": "\(work.job.id)", "kind": "\(work.job.kind)", "try": "\(work.job.attempt)",
        ]
        switch work.outcome {
        case .done, .taken: logger.info("did scheduled work", metadata: job)
        case .failed: logger.warning("scheduled work failed; see: chapterhouse jobs list", metadata: job)
        case .givenUp:
            logger.error("scheduled work was given up; see: chapterhouse jobs list", metadata: job)
        }
    }

    /// Written down where the database's owner need not be able to rewrite it, a head vouches for all behind it.
    private func reportHeads() async throws {
        for head in try await schedule.run(.auditHeads(onlyOfLastBatch: true)) {
            logger.info(
                "sealed an audit trail",
                metadata: [
                    "chapter": "\(head.chapter ?? "")", "entries": "\(head.entries)", "up_to": "\(head.upTo)",
                    "head": "\(head.hash)",
                ]
            )
        }
    }
}
