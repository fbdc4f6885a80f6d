/// Numbers by chance, the same for the same seed.
struct Dice: RandomNumberGenerator {
    private var state: UInt64

    init(seed: Int) {
        state = UInt64(truncatingIfNeeded: seed)
        // Neighbouring seeds would give the same numbers, one place apart.
        state = next()
    }

    /// SplitMix64.
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }

    /// From 1 to `last`.
    mutating func upTo(_ last: Int) -> Int {
        Int(next() >> 33) % max(1, last) + 1
    }
}

extension Side {
    /// Callers who each ask for one thing after another; units are answers, or `units` of them where each is worth more.
    static func asking(
        _ name: String,
        callers: Int,
        units: Double = 1,
        _ ask: @escaping @Sendable (inout Dice) async throws -> Void
    ) -> Side {
        Side(name) { duration in
            let start = ContinuousClock.now
            let count = try await withThrowingTaskGroup(of: Int.self) { group in
                for caller in 0..<callers {
                    group.addTask {
                        var dice = Dice(seed: caller)
                        var count = 0
                        while ContinuousClock.now - start < duration {
                            try await ask(&dice)
                            count += 1
                        }
                        return count
                    }
                }
                return try await group.reduce(0, +)
            }
            return Double(count) * units / (ContinuousClock.now - start).seconds
        }
    }
}

extension Duration {
    var seconds: Double {
        self / .seconds(1)
    }
}
