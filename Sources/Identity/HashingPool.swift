import NIOConcurrencyHelpers

/// Hashes passwords on a few threads of its own, so that any number of sign-ins takes bounded memory and time.
///
/// Each hash takes 128 MiB. Whoever finds all threads busy waits in line; whoever finds the line full, or waits too
/// long, is told so by `Busy`. A caller who is cancelled leaves the line. Threads end when nobody waits.
package final class HashingPool: Sendable {
    /// There are more sign-ins than the service can check; asking again in a moment helps.
    package enum Busy: Error, Hashable, Sendable {
        case lineIsFull
        case waitedTooLong
        case noThreadLeft

        package var sentence: String {
            "too many people are signing in at the moment; try again in a few seconds"
        }
    }

    private struct Job: Sendable {
        let number: UInt64
        let run: @Sendable () -> Void
        let refuse: @Sendable (any Error) -> Void
    }

    private struct State: Sendable {
        var threads = 0
        var places = 0
        var line: [Job] = []
        var lastNumber: UInt64 = 0
        var hashesDone = 0
    }

    private let threads: Int
    private let lineLength: Int
    private let patience: Duration
    private let cost: PasswordHash.Cost
    private let state = NIOLockedValueBox(State())

    /// `patience` is how long somebody waits in line; new hashes are made at `cost`.
    package init(
        threads: Int = 2,
        lineLength: Int = 32,
        patience: Duration = .seconds(10),
        cost: PasswordHash.Cost = .ofToday
    ) {
        precondition(threads > 0 && lineLength >= 0, "a pool has a thread and no negative line")
        self.threads = threads
        self.lineLength = lineLength
        self.patience = patience
        self.cost = cost
    }

    /// How many hashes were computed so far.
    package var hashesDone: Int {
        state.withLockedValue { $0.hashesDone }
    }

    /// How many callers stand in line.
    package var waiting: Int {
        state.withLockedValue { $0.line.count }
    }

    /// How many threads hash at the moment, each with the memory of one hash.
    package var threadsAtWork: Int {
        state.withLockedValue { $0.threads }
    }

    /// What to keep of a new password.
    package func hash(_ password: Password) async throws -> PasswordHash {
        try await run { [cost] in try PasswordHash(of: password, cost: cost) }
    }

    /// The hash of a password that was right just now, whatever the rules for new ones say of it.
    package func hash(known password: String) async throws -> PasswordHash {
        let bytes = Array(password.utf8)
        return try await run { [cost] in try PasswordHash(of: Password(unchecked: bytes), cost: cost) }
    }

    /// Whether it is the password that was hashed; without a hash never, at the price of one.
    package func verify(_ password: String, against hash: PasswordHash?) async throws -> Bool {
        let bytes = Array(password.utf8)
        // A password of no length or beyond the longest one fits no hash, and costs as much as one that might.
        let isPossible = (1...Password.maximumBytes).contains(bytes.count)
        let candidate = isPossible ? bytes : [0]
        let wanted = hash ?? .ofNobody(cost: cost)
        let isRight = try await run { try wanted.matches(candidate) }
        return isRight && isPossible && hash != nil
    }

    /// Whether a sign-in should replace the hash by one at this pool's cost.
    package func wantsRehash(of hash: PasswordHash) -> Bool {
        hash.needsRehash(for: cost)
    }

    /// Keeps a place in the pool for what comes before a hash; throws `Busy` where there is none.
    ///
    /// So a crowd that could not be served is sent away before it asks anything of anybody else.
    package func withPlace<Value>(_ work: () async throws -> Value) async throws -> Value {
        let isKept = state.withLockedValue { state in
            guard state.places < threads + lineLength else { return false }
            state.places += 1
            return true
        }
        guard isKept else { throw Busy.lineIsFull }
        defer { state.withLockedValue { $0.places -= 1 } }
        return try await work()
    }

    /// Runs one hash's worth of work when its turn comes.
    func run<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
        try Task.checkCancellation()
        let deadline = ContinuousClock.now + patience
        let number = state.withLockedValue { state in
            state.lastNumber += 1
            return state.lastNumber
        }
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { [self] in
                try await Task.sleep(until: deadline)
                leaveLine(number, because: Busy.waitedTooLong)
            }
            defer { group.cancelAll() }
            return try await withTaskCancellationHandler {
                try await withCheckedThrowingContinuation { caller in
                    enter(
                        Job(
                            number: number,
                            run: { [self] in
                                let result = Result(catching: work)
                                state.withLockedValue { $0.hashesDone += 1 }
                                caller.resume(with: result)
                            },
                            refuse: { caller.resume(throwing: $0) }
                        )
                    )
                    // What happened on the way into the line found nobody in it to send away.
                    if Task.isCancelled { leaveLine(number, because: CancellationError()) }
                    if ContinuousClock.now >= deadline { leaveLine(number, because: Busy.waitedTooLong) }
                }
            } onCancel: {
                leaveLine(number, because: CancellationError())
            }
        }
    }

    private enum Entrance {
        case newThread, inLine, refused
    }

    private func enter(_ job: Job) {
        let entrance = state.withLockedValue { state -> Entrance in
            if state.threads < threads {
                state.threads += 1
                return .newThread
            }
            guard state.line.count < lineLength else { return .refused }
            state.line.append(job)
            return .inLine
        }
        switch entrance {
        case .inLine: return
        case .refused: job.refuse(Busy.lineIsFull)
        case .newThread:
            guard HashingThread.start({ [self] in work(from: job) }) else {
                state.withLockedValue { $0.threads -= 1 }
                return job.refuse(Busy.noThreadLeft)
            }
        }
    }

    private func work(from first: Job) {
        var next: Job? = first
        while let job = next {
            job.run()
            next = state.withLockedValue { state in
                guard state.line.isEmpty else { return state.line.removeFirst() }
                state.threads -= 1
                return nil
            }
        }
    }

    private func leaveLine(_ number: UInt64, because error: any Error) {
        let job = state.withLockedValue { state -> Job? in
            guard let place = state.line.firstIndex(where: { $0.number == number }) else { return nil }
            return state.line.remove(at: place)
        }
        job?.refuse(error)
    }
}
