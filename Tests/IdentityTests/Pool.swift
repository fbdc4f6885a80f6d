import Dispatch
import Glibc
import Testing

@testable import Identity

/// Work that lasts until it is let go.
private struct Gate: Sendable {
    private let gate = DispatchSemaphore(value: 0)

    func wait() {
        gate.wait()
    }

    func letGo(_ count: Int = 1) {
        for _ in 0..<count { gate.signal() }
    }
}

/// Waits until something holds; a minute is for a machine that stands still.
private func until(_ holds: @Sendable () -> Bool) async throws {
    let deadline = ContinuousClock.now + .seconds(60)
    while !holds() {
        try #require(ContinuousClock.now < deadline)
        try await Task.sleep(for: .milliseconds(1))
    }
}

@Suite(.timeLimit(.minutes(20))) struct `The pool that hashes` {
    private let gate = Gate()

    private func cheapCost() throws -> PasswordHash.Cost {
        try #require(PasswordHash.Cost(logarithm: 4, blockSize: 8, parallelism: 1))
    }

    @Test func `knows the right password`() async throws {
        let pool = try HashingPool(cost: cheapCost())
        let hash = try await pool.hash(Password(unchecked: Array("the right one".utf8)))
        #expect(try await pool.verify("the right one", against: hash))
        #expect(try await !pool.verify("the right One", against: hash))
        #expect(try await !pool.verify("the right one ", against: hash))
        #expect(!pool.wantsRehash(of: hash))
        #expect(hash.needsRehash)
    }

    @Test(arguments: ["any", "", String(repeating: "x", count: 1025)])
    func `takes one hash for anybody, known or not`(password: String) async throws {
        let pool = try HashingPool(cost: cheapCost())
        let hash = try PasswordHash(of: Password(unchecked: [0]), cost: cheapCost())
        #expect(pool.hashesDone == 0)
        #expect(try await !pool.verify(password, against: nil))
        #expect(pool.hashesDone == 1)
        #expect(try await !pool.verify(password, against: hash))
        #expect(pool.hashesDone == 2)
    }

    @Test func `works on no more threads than it may`() async throws {
        let pool = HashingPool(threads: 2, lineLength: 10)
        try await withThrowingTaskGroup(of: Int.self) { group in
            for number in 0..<7 {
                group.addTask { [gate] in
                    try await pool.run {
                        gate.wait()
                        return number
                    }
                }
            }
            try await until { pool.waiting == 5 }
            #expect(pool.threadsAtWork == 2)
            gate.letGo(7)
            var done: Set<Int> = []
            for try await number in group { done.insert(number) }
            #expect(done == Set(0..<7))
        }
        try await until { pool.threadsAtWork == 0 }
        #expect(pool.hashesDone == 7)
    }

    @Test func `refuses at once who finds the line full`() async throws {
        let pool = HashingPool(threads: 1, lineLength: 1)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<2 { group.addTask { [gate] in try await pool.run { gate.wait() } } }
            try await until { pool.waiting == 1 }
            await #expect(throws: HashingPool.Busy.lineIsFull) { try await pool.run {} }
            #expect(pool.hashesDone == 0)
            gate.letGo(2)
            try await group.waitForAll()
        }
        try await pool.run {}
        #expect(pool.hashesDone == 3)
    }

    @Test func `sends away who waited too long`() async throws {
        let pool = HashingPool(threads: 1, lineLength: 5, patience: .milliseconds(20))
        async let first: Void = pool.run { [gate] in gate.wait() }
        try await until { pool.threadsAtWork == 1 }
        await #expect(throws: HashingPool.Busy.waitedTooLong) { try await pool.run {} }
        #expect(pool.waiting == 0)
        gate.letGo()
        try await first
        #expect(pool.hashesDone == 1)
    }

    @Test func `does not hurry who is served already`() async throws {
        let pool = HashingPool(threads: 1, patience: .zero)
        let answer = try await pool.run {
            _ = DispatchSemaphore(value: 0).wait(timeout: .now() + .milliseconds(30))
            return 7
        }
        #expect(answer == 7)
    }

    @Test func `frees the place of who is cancelled`() async throws {
        let pool = HashingPool(threads: 1, lineLength: 1)
        async let first: Void = pool.run { [gate] in gate.wait() }
        try await until { pool.threadsAtWork == 1 }
        let second = Task { try await pool.run {} }
        try await until { pool.waiting == 1 }
        second.cancel()
        await #expect(throws: CancellationError.self) { try await second.value }
        #expect(pool.waiting == 0)
        async let third = pool.run { 3 }
        try await until { pool.waiting == 1 }
        gate.letGo()
        try await first
        #expect(try await third == 3)
        #expect(pool.hashesDone == 2)
    }

    @Test func `hashes nothing for who was cancelled before`() async throws {
        let pool = HashingPool()
        let caller = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            try await pool.run {}
        }
        await #expect(throws: CancellationError.self) { try await caller.value }
        #expect(pool.hashesDone == 0)
    }

    @Test func `leaves the processors to others`() async throws {
        let pool = HashingPool()
        let niceness = try await pool.run { nice(0) }
        #expect(niceness >= 10)
    }

    @Test func `hands on what goes wrong`() async throws {
        let pool = HashingPool()
        await #expect(throws: Password.Refused.common) {
            try await pool.run { throw Password.Refused.common }
        }
        try await until { pool.threadsAtWork == 0 }
    }

    @Test func `answers or refuses everybody in a crowd that comes and goes`() async throws {
        let pool = try HashingPool(threads: 2, lineLength: 4, patience: .milliseconds(2), cost: cheapCost())
        let outcomes = await withTaskGroup(of: Bool.self) { group in
            for number in 0..<300 {
                group.addTask {
                    let caller = Task { try await pool.verify("somebody", against: nil) }
                    if number % 3 == 0 { caller.cancel() }
                    switch await caller.result {
                    case .success: return true
                    case .failure: return false
                    }
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(outcomes.count == 300)
        #expect(pool.hashesDone == outcomes.count(where: \.self))
        try await until { pool.threadsAtWork == 0 }
        #expect(pool.waiting == 0)
    }
}
