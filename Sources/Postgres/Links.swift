/// The connections of an event loop, by what they are for.
struct Links {
    private(set) var shared: [Link] = []
    private(set) var exclusive: [Link] = []
    private var lastNumber: UInt64 = 0

    var all: [Link] {
        shared + exclusive
    }

    subscript(number: UInt64) -> Link? {
        shared.first { $0.number == number } ?? exclusive.first { $0.number == number }
    }

    /// Connections for work that nobody else's is mixed with, listeners' aside.
    var exclusiveCount: Int {
        exclusive.count { !$0.isListening }
    }

    /// Whether no server owes an answer.
    var areIdle: Bool {
        shared.allSatisfy(\.isIdle) && exclusive.allSatisfy(\.isIdle)
    }

    /// The shared connection with the fewest segments in flight, where there is room for one more.
    func withRoom(below depth: Int) -> Link? {
        var best: Link?
        for link in shared where link.segmentsInFlight < (best?.segmentsInFlight ?? depth) && !link.isRetiring
        {
            best = link
        }
        return best
    }

    mutating func add(_ link: Link, to lane: Lane) {
        lastNumber += 1
        link.join(lane, as: lastNumber)
        switch lane {
        case .shared: shared.append(link)
        case .exclusive: exclusive.append(link)
        }
    }

    /// Takes a connection out; false when it was not, or no longer, among them.
    mutating func remove(_ link: Link) -> Bool {
        let before = shared.count + exclusive.count
        shared.removeAll { $0 === link }
        exclusive.removeAll { $0 === link }
        return shared.count + exclusive.count < before
    }
}
