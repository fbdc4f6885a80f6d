import Glibc

/// The same numbers every time, whatever the machine.
struct Dice: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// How often something happens that happens `rate` times on average; small rates, Poisson.
    mutating func count(rate: Double) -> Int {
        var product = Double.random(in: 0..<1, using: &self)
        let limit = exp(-rate)
        var count = 0
        while product > limit, count < 50 {
            count += 1
            product *= Double.random(in: 0..<1, using: &self)
        }
        return count
    }

    mutating func happens(_ probability: Double) -> Bool {
        Double.random(in: 0..<1, using: &self) < probability
    }

    /// Log-normal, as amounts of money are.
    mutating func amount(median: Double, spread: Double) -> Double {
        let one = Double.random(in: Double.leastNonzeroMagnitude..<1, using: &self)
        let other = Double.random(in: 0..<1, using: &self)
        return median * exp(spread * sqrt(-2 * log(one)) * cos(2 * .pi * other))
    }
}
