import Glibc
import Postgres
import Synchronization

/// What came of the questions so far.
final class SoakRecord: Sendable {
    private let queries: Int
    private let milestones: [Int]
    private let state: Mutex<State>

    struct State: Sendable {
        var begun = 0
        var answered = 0
        /// When each caller asked what they wait for now.
        var waitingSince: [ContinuousClock.Instant?]
        /// Callers who asked their last question.
        var finished = 0
        var lost: Set<Int> = []
        var asked: [Question: Int] = [:]
        /// Answers that were an error as it should be, by what it was.
        var errors: [String: Int] = [:]
        var wrong = 0
        var firstWrong: [String] = []
        var terminations = 0
        var listenings = 0
        /// What listeners were surely told, and what they heard.
        var told: Set<Int> = []
        var heard: Set<Int> = []
        var samples: [Sample] = []
        /// While a sample is taken nobody asks: what an answer holds on its way does not count.
        var isPausing = false
    }

    /// What the process holds.
    struct Sample: Sendable {
        let answered: Int
        let residentBytes: Int
        let descriptors: Int
    }

    init(callers: Int, queries: Int) {
        self.queries = queries
        milestones = [queries / 10, queries / 2]
        state = Mutex(State(waitingSince: [ContinuousClock.Instant?](repeating: nil, count: callers)))
    }

    var current: State {
        state.withLock { $0 }
    }

    /// Lets a caller ask one more question; false when enough were asked.
    func begin(_ caller: Int) -> Bool {
        let now = ContinuousClock.now
        return state.withLock { state in
            guard state.begun < queries else {
                state.finished += 1
                return false
            }
            state.begun += 1
            state.waitingSince[caller] = now
            return true
        }
    }

    func end(_ caller: Int, _ question: Question, _ number: Int, _ answer: Judgement) {
        state.withLock { state in
            state.waitingSince[caller] = nil
            state.answered += 1
            state.asked[question, default: 0] += 1
            if question == .tellListeners, case .right = answer { state.told.insert(number) }
            switch answer {
            case .right: break
            case .failed(let how): state.errors[how, default: 0] += 1
            case .wrong(let what): Self.note("\(question): \(what)", in: &state)
            }
        }
    }

    func noteWrong(_ what: String) {
        state.withLock { Self.note(what, in: &$0) }
    }

    func noteTermination(of count: Int) {
        state.withLock { $0.terminations += count }
    }

    func noteListening() {
        state.withLock { $0.listenings += 1 }
    }

    func noteHeard(_ payload: String) {
        state.withLock { state in
            guard let number = Int(payload), state.heard.insert(number).inserted else {
                return Self.note("a listener heard \(payload), or heard it twice", in: &state)
            }
        }
    }

    var isPausing: Bool {
        state.withLock { $0.isPausing }
    }

    /// Whether everybody is done, or lost.
    var isOver: Bool {
        state.withLock { $0.finished + $0.lost.count >= $0.waitingSince.count }
    }

    /// Looks for lost callers, and at what the process holds when it is time for it.
    func look(_ patience: Duration) {
        let now = ContinuousClock.now
        state.withLock { state in
            for (caller, since) in state.waitingSince.enumerated() {
                if let since, now - since > patience { state.lost.insert(caller) }
            }
            guard state.samples.count < milestones.count,
                state.answered >= milestones[state.samples.count]
            else { return }
            state.isPausing = true
            let stillAsking = state.waitingSince.enumerated().contains {
                $1 != nil && !state.lost.contains($0)
            }
            guard !stillAsking else { return }
            state.samples.append(Self.sample(state.answered))
            state.isPausing = false
        }
    }

    /// Takes the last sample, and gives a listener some time to hear what it was told.
    func lookAtLast() async throws {
        for _ in 0..<100 where !current.told.isSubset(of: current.heard) {
            try await Task.sleep(for: .milliseconds(100))
        }
        let unheard = current.told.subtracting(current.heard).count
        if unheard > 0 { noteWrong("\(unheard) notifications were never heard") }
        state.withLock { $0.samples.append(Self.sample($0.answered)) }
    }

    /// What is held when nobody asks, without what malloc keeps for later.
    private static func sample(_ answered: Int) -> Sample {
        trim()
        return Sample(answered: answered, residentBytes: residentBytes, descriptors: descriptors)
    }

    private static func note(_ what: String, in state: inout State) {
        state.wrong += 1
        if state.firstWrong.count < 20 { state.firstWrong.append(what) }
    }

    /// `malloc_trim`, where there is one: Swift's Glibc leaves its header out.
    private static func trim() {
        guard let symbol = dlsym(dlopen(nil, RTLD_NOW), "malloc_trim") else { return }
        _ = unsafeBitCast(symbol, to: (@convention(c) (Int) -> Int32).self)(0)
    }

    private static var residentBytes: Int {
        guard let file = fopen("/proc/self/statm", "r") else { return 0 }
        defer { fclose(file) }
        var line = [CChar](repeating: 0, count: 128)
        guard fgets(&line, 128, file) != nil else { return 0 }
        let words = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
            .split(separator: " ")
        return words.count > 1 ? (Int(words[1]) ?? 0) * sysconf(Int32(_SC_PAGESIZE)) : 0
    }

    private static var descriptors: Int {
        guard let folder = opendir("/proc/self/fd") else { return 0 }
        defer { closedir(folder) }
        var count = 0
        while readdir(folder) != nil { count += 1 }
        // Without the folder's own, `.` and `..`.
        return count - 3
    }
}

/// What came of a whole soak.
struct SoakOutcome: CustomStringConvertible {
    private let state: SoakRecord.State
    private let duration: Duration
    private let measurements: Measurements

    init(_ record: SoakRecord, duration: Duration, measurements: Measurements) {
        state = record.current
        self.duration = duration
        self.measurements = measurements
    }

    var isClean: Bool {
        state.wrong == 0 && state.lost.isEmpty && isFlat
    }

    /// Memory may grow by a quarter or 32 MB after the first tenth, descriptors by as many as one reconnection holds.
    private var isFlat: Bool {
        guard let first = state.samples.first, let last = state.samples.last else { return false }
        let room = max(first.residentBytes / 4, 32 << 20)
        return last.residentBytes <= first.residentBytes + room && last.descriptors <= first.descriptors + 8
    }

    var description: String {
        let rate = Int(Double(state.answered) / duration.seconds)
        let questions = state.asked.sorted { $0.value > $1.value }.map { "\($0.key) \($0.value)" }
        let errors = state.errors.sorted { $0.value > $1.value }.map { "\($0.key) \($0.value)" }
        let samples = state.samples.map {
            "\($0.residentBytes >> 20) MB and \($0.descriptors) descriptors after \($0.answered)"
        }
        var lines = [
            "queries: \(state.answered) in \(Int(duration.seconds)) s, \(rate) a second",
            "kinds: \(questions.joined(separator: ", "))",
            "errors, as they should be: \(errors.isEmpty ? "none" : errors.joined(separator: ", "))",
            "server processes ended: \(state.terminations); connections made \(measurements.connects), lost \(measurements.lostConnections)",
            "notifications: \(state.told.count) told, \(state.heard.count) heard, listening \(state.listenings) times",
            "memory: \(samples.joined(separator: "; "))\(isFlat ? "" : " — it grows")",
            "wrong: \(state.wrong)",
            "lost: \(state.lost.count)",
        ]
        lines += state.firstWrong.map { "  \($0)" }
        return lines.joined(separator: "\n")
    }
}
