/// The service beside FastAPI and Django, with the same answers from the same database.
enum BesidePeers: Measurement {
    static let rows = ["G5", "G6", "G7", "G8", "G9"]

    static func findings(on ground: Ground, at pace: Pace) async throws -> [Finding] {
        let peers: Peers
        do {
            try Wrk.require(installing: !pace.isQuick)
            _ = try Server.chapterhouse()
            peers = try Peers(ground, installing: !pace.isQuick)
        } catch {
            return rows.map { .skipped($0, "Over HTTP / peers", because: "\(error)".firstLine) }
        }
        let readers = try await Readers(ground)
        let ours = try Server.chapterhouse(ground, answering: readers.first(.lookup, to: .ours))
        defer { ours.stop() }
        let match = Match(
            ours: ours,
            readers: readers,
            agreement: Agreement(readers, on: ground),
            ground: ground,
            pace: pace
        )

        let first = try readers.first(.lookup, to: .peer(encodesItself: true))
        var findings: [Finding] = []
        for (workers, words, bounds) in [
            (1, "1 worker", Finding.Bounds(floor: 3.5, goal: 6)),
            (2, "2 workers", Finding.Bounds(floor: 3, goal: 5)),
        ] {
            let peer = try peers.fastAPI(workers: workers, answering: first)
            defer { peer.stop() }
            findings.append(
                Finding(
                    "G5 \(words)",
                    "Lookup over HTTP / FastAPI and asyncpg, \(words)",
                    .comparison(try await match.speed(.lookup, peer)),
                    bounds: bounds
                )
            )
            if workers == 1 { findings += try await reportsAndThrift(match, peer) }
        }
        let django = try peers.django(answering: first)
        defer { django.stop() }
        for topic in Topic.allCases {
            findings.append(
                Finding(
                    "G8 \(topic.rawValue)",
                    "\(topic.words) over HTTP / Django, 2 workers, ORM",
                    .comparison(try await match.speed(topic, django, encodesItself: true)),
                    bounds: topic == .lookup
                        ? Finding.Bounds(floor: 8, goal: 15) : Finding.Bounds(floor: 6, goal: 12)
                )
            )
        }
        return findings
    }

    private static func reportsAndThrift(_ match: Match, _ peer: Server) async throws -> [Finding] {
        var findings: [Finding] = []
        for topic in Topic.reports {
            findings.append(
                Finding(
                    "G6 \(topic.rawValue)",
                    "\(topic.words) over HTTP / FastAPI passing on PostgreSQL's JSON",
                    .comparison(try await match.speed(topic, peer)),
                    bounds: Finding.Bounds(floor: 1.4, goal: 1.8)
                )
            )
        }
        for topic in Topic.reports {
            findings.append(
                Finding(
                    "G7 \(topic.rawValue)",
                    "\(topic.words) over HTTP / FastAPI encoding dicts",
                    .comparison(try await match.speed(topic, peer, encodesItself: true)),
                    bounds: Finding.Bounds(floor: 3, goal: 4.5)
                )
            )
        }
        for topic in Topic.allCases {
            findings.append(
                Finding(
                    "G9 \(topic.rawValue)",
                    "\(topic.words), processor time per request of the server: FastAPI / ours",
                    .comparison(try await match.thrift(topic, peer)),
                    bounds: topic == .lookup
                        ? Finding.Bounds(floor: 4, goal: 6) : Finding.Bounds(floor: 2.2, goal: 3),
                    note: "Medians are answers per second of processor time"
                )
            )
        }
        return findings
    }

    /// Ours and who measures against it.
    private struct Match {
        let ours: Server
        let readers: Readers
        let agreement: Agreement
        let ground: Ground
        let pace: Pace

        func speed(_ topic: Topic, _ other: Server, encodesItself: Bool = false) async throws -> Comparison {
            let (ours, other) = try await sides(topic, other, .peer(encodesItself: encodesItself))
            return try await pace.compare(ours.side(), other.side())
        }

        func thrift(_ topic: Topic, _ other: Server) async throws -> Comparison {
            let (ours, other) = try await sides(topic, other, .peer(encodesItself: false))
            return try await pace.compare(ours.thrift(), other.thrift())
        }

        private func sides(_ topic: Topic, _ other: Server, _ dialect: Dialect) async throws -> (Wrk, Wrk) {
            try await agreement.check(topic, ours, other, as: dialect)
            return (
                Wrk(ours, readers.requests(topic, to: .ours), on: ground),
                Wrk(other, readers.requests(topic, to: dialect), on: ground)
            )
        }
    }
}

extension String {
    /// For a cell of a table.
    var firstLine: String {
        split(separator: "\n").first.map(String.init) ?? self
    }
}
