import Postgres
import ReferralGroup
import Storage
import TestSupport
import Testing

@Suite(.freshDatabase)
struct `Counting tries` {
    let scratch: ScratchDatabase

    init() throws {
        scratch = try .current
    }

    @Test func `leaves room for as many as a bucket holds`() async throws {
        let bucket = Bucket("test", "a", limit: 3, within: 3000)
        for _ in 0..<3 { #expect(try await take([bucket]) == 0) }
        for _ in 0..<5 {
            let seconds = try await take([bucket])
            #expect((800...1000).contains(seconds))
        }
        #expect(try await take([Bucket("test", "b", limit: 3, within: 3000)]) == 0)
        #expect(try await take([Bucket("other", "a", limit: 3, within: 3000)]) == 0)
    }

    @Test func `counts a try that has to wait against no bucket`() async throws {
        let full = Bucket("test", "full", limit: 1, within: 3600)
        let all = Bucket("all", "", limit: 3, within: 3600)
        #expect(try await take([full, all]) == 0)
        for _ in 0..<10 { #expect(try await take([full, all]) > 0) }
        #expect(try await take([all]) == 0)
        #expect(try await take([all]) == 0)
        #expect(try await take([all]) > 0)
    }

    @Test func `waits for the fullest`() async throws {
        let buckets = [
            Bucket("test", "a", limit: 1, within: 60), Bucket("test", "b", limit: 1, within: 600),
        ]
        #expect(try await take(buckets) == 0)
        let seconds = try await take(buckets)
        #expect((400...600).contains(seconds))
    }

    @Test func `goes on when the clock was set back`() async throws {
        let bucket = Bucket("test", "a", limit: 2, within: 60)
        #expect(try await take([bucket]) == 0)
        try await scratch.superuser.run(Query<Void>("UPDATE app.throttle SET at = now() + interval '1 year'"))
        #expect(try await take([bucket]) == 0)
        let seconds = try await take([bucket])
        #expect((1...30).contains(seconds))
    }

    @Test func `forgets what has long run dry`() async throws {
        for number in 0..<30 {
            #expect(try await take([Bucket("test", "\(number)", limit: 2, within: 60)]) == 0)
        }
        try await scratch.superuser.run(
            Query<Void>("UPDATE app.throttle SET at = now() - interval '25 hours'")
        )
        for _ in 0..<2 { _ = try await take([Bucket("test", "new", limit: 2, within: 60)]) }
        #expect(try await scratch.superuser.run(Query<Int>(value: "SELECT count(*) FROM app.throttle")) == 1)
    }

    @Test func `never stands in its own way`() async throws {
        let scratch = scratch
        let buckets = (0..<6).map { Bucket("test", "\($0)", limit: 1000, within: 60) }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<120 {
                let mixed = number.isMultiple(of: 2) ? buckets : buckets.reversed()
                group.addTask {
                    let nobody = scratch.database.acting(as: .nobody(door: .web), in: nil)
                    let seconds: Int = try await nobody.run(.takeTry(mixed))
                    #expect(seconds == 0)
                }
            }
            try await group.waitForAll()
        }
    }

    private func take(_ buckets: [Bucket]) async throws -> Int {
        try await scratch.database.acting(as: .nobody(door: .web), in: nil).run(.takeTry(buckets))
    }
}
