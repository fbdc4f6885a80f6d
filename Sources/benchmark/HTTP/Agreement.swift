import Postgres

/// Sees, before anything is measured, that two sides say the same: the same members, the same figures.
struct Agreement {
    private let readers: Readers
    private let ground: Ground

    init(_ readers: Readers, on ground: Ground) {
        self.readers = readers
        self.ground = ground
    }

    /// The first and the last question of a topic; PostgreSQL judges, for to it `0.50` and `0.5` are one number.
    func check(_ topic: Topic, _ ours: Server, _ other: Server, as dialect: Dialect) async throws {
        let client = ground.client()
        let pairs = zip(readers.requests(topic, to: .ours), readers.requests(topic, to: dialect))
        for (ourRequest, otherRequest) in [pairs.first, pairs.last].compactMap(\.self) {
            let said = (try ours.answer(to: ourRequest).body, try other.answer(to: otherRequest).body)
            let same = try await client.run(Query<Bool>(value: "SELECT \(said.0)::jsonb = \(said.1)::jsonb"))
            guard same else {
                throw Trouble(
                    "\(other.name) says something else than \(ours.name) of \(ourRequest.path):\n\(said.0)\n\(said.1)"
                )
            }
            // Two empty reports would agree, too.
            let isFull = said.0.contains(topic == .lookup ? "\"name\":\"Member " : "\"member\":{\"id\":")
            guard isFull else { throw Trouble("\(ourRequest.path) finds nobody:\n\(said.0)") }
        }
        await client.shutdown()
    }
}

extension Zip2Sequence {
    fileprivate var first: Element? {
        first { _ in true }
    }

    fileprivate var last: Element? {
        reduce(nil) { $1 }
    }
}
