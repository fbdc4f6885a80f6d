import NIOCore

/// Runs what the requests of a connection do on the event loop that reads and writes it.
///
/// Where it awaits the database it changes threads, and nowhere else: on Swift's own threads each part of a request
/// and each part of its answer would wake another one. What takes long waits elsewhere: passwords are hashed by
/// `HashingPool`, and what PDF is made of is another process.
final class LoopExecutor: TaskExecutor {
    private let loop: any EventLoop

    init(_ loop: any EventLoop) {
        self.loop = loop
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        loop.execute { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}
