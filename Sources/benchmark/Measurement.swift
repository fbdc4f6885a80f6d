/// A family of rows that one command measures.
protocol Measurement: Sendable {
    /// The names of the rows that it promises, `G1`; a row that cannot be measured here is found as skipped.
    static var rows: [String] { get }

    static func findings(on ground: Ground, at pace: Pace) async throws -> [Finding]
}

/// How long everything is measured.
struct Pace: Sendable {
    var pairs = 7
    var slice = Duration.milliseconds(2500)
    /// How many rows an import has.
    var importedRows = 1_000_000
    /// Whether it is only seen that something runs.
    var isQuick = false

    static let quick = Pace(pairs: 1, slice: .milliseconds(200), importedRows: 2_000, isQuick: true)
}

/// One of two programs that do the same work.
struct Side: Sendable {
    let name: String
    /// Works for about so long, and returns how much was done in a second.
    let rate: @Sendable (Duration) async throws -> Double

    init(_ name: String, rate: @escaping @Sendable (Duration) async throws -> Double) {
        self.name = name
        self.rate = rate
    }
}

extension Pace {
    /// Lets the two sides work in adjacent slices, after a warm-up of each; who begins alternates.
    func compare(_ ours: Side, _ other: Side) async throws -> Comparison {
        for side in [ours, other] { _ = try await side.rate(slice / 2) }
        var comparison = Comparison(ours: ours.name, other: other.name)
        for pair in 0..<pairs {
            if pair.isMultiple(of: 2) {
                let rate = try await ours.rate(slice)
                comparison.add(rate, try await other.rate(slice))
            } else {
                let rate = try await other.rate(slice)
                comparison.add(try await ours.rate(slice), rate)
            }
        }
        return comparison
    }
}

/// What two sides did in the same pairs of slices.
struct Comparison: Sendable {
    let ours: String
    let other: String
    /// Each side's rates, in units a second.
    private(set) var ourRates: [Double] = []
    private(set) var otherRates: [Double] = []

    init(ours: String, other: String) {
        self.ours = ours
        self.other = other
    }

    mutating func add(_ ourRate: Double, _ otherRate: Double) {
        ourRates.append(ourRate)
        otherRates.append(otherRate)
    }

    /// Ours over the other, pair by pair.
    var ratios: [Double] {
        zip(ourRates, otherRates).map { $1 > 0 ? $0 / $1 : .nan }
    }
}

extension [Double] {
    /// The middle one, or the mean of the two in the middle.
    var median: Double {
        guard !isEmpty else { return .nan }
        let ordered = sorted()
        return (ordered[(count - 1) / 2] + ordered[count / 2]) / 2
    }
}
