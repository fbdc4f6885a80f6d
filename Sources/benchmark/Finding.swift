/// What was measured for one row.
struct Finding: Sendable {
    /// The name of the row: `G1`, or `G10 unique` where a row has several.
    let row: String
    let words: String
    let value: Value
    let bounds: Bounds?
    let note: String

    enum Value: Sendable {
        /// Ours over the other, a value a pair.
        case comparison(Comparison)
        /// Values of which less than three make one figure, in a unit.
        case figures([Double], unit: String)
        /// Not measured; the note says why.
        case skipped
    }

    /// What is wanted of the median.
    struct Bounds: Sendable {
        let floor: Double
        let goal: Double
        /// Whether a larger value is a better one.
        var isHigherBetter = true
    }

    init(_ row: String, _ words: String, _ value: Value, bounds: Bounds? = nil, note: String = "") {
        self.row = row
        self.words = words
        self.value = value
        self.bounds = bounds
        self.note = note
    }

    static func skipped(_ row: String, _ words: String, because reason: String) -> Finding {
        Finding(row, words, .skipped, note: "skipped: \(reason)")
    }

    /// The values whose median counts.
    var values: [Double] {
        switch value {
        case .comparison(let comparison): comparison.ratios
        case .figures(let figures, _): figures
        case .skipped: []
        }
    }

    var verdict: String {
        guard case let median = values.median, !median.isNaN else { return "–" }
        guard let bounds else { return "report" }
        let reaches: (Double) -> Bool = { bounds.isHigherBetter ? median >= $0 : median <= $0 }
        return reaches(bounds.goal) ? "goal" : reaches(bounds.floor) ? "floor" : "below"
    }
}
