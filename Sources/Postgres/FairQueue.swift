internal import DequeModule

/// Calls that wait, served by turns: whoever has many of them waiting waits behind their own, not in front of others.
struct FairQueue {
    private var queues: [Int64: Deque<Call>] = [:]
    /// Whose turn it is next; everyone for whom something waits stands here once.
    private var turns: Deque<Int64> = Deque()
    private(set) var count = 0

    var isEmpty: Bool {
        count == 0
    }

    var all: [Call] {
        queues.values.flatMap(\.self)
    }

    mutating func append(_ call: Call) {
        if queues[call.caller] == nil { turns.append(call.caller) }
        queues[call.caller, default: Deque()].append(call)
        count += 1
    }

    /// The next call that still wants an answer.
    mutating func next() -> Call? {
        while let caller = turns.popFirst() {
            guard let call = queues[caller]?.popFirst() else { continue }
            count -= 1
            if queues[caller]?.isEmpty == true { queues[caller] = nil } else { turns.append(caller) }
            if !call.isAnswered { return call }
        }
        return nil
    }

    /// Makes room for one more in a queue that is full, at the cost of who takes up most of it; that call is
    /// returned, or nil when only answered ones had to go.
    mutating func makeRoom(for newcomer: Call) -> Call? {
        let before = count
        let waiting = removeAll().filter { !$0.isAnswered }
        for call in waiting { append(call) }
        guard count == before else { return nil }
        let longest = queues.max { $0.value.count < $1.value.count }
        guard let longest, longest.value.count > (queues[newcomer.caller]?.count ?? 0) + 1 else {
            return newcomer
        }
        count -= 1
        return queues[longest.key]?.popLast() ?? newcomer
    }

    mutating func removeAll() -> [Call] {
        let rest = all
        self = FairQueue()
        return rest
    }
}
