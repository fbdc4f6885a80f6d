import HTTPTypes
import Postgres
import ReferralGroup
import Service
import Storage
import Synchronization
import TestSupport
import Testing

/// Whether the storm is over, and how often it was felt.
private final class Weather: Sendable {
    private let state = Mutex((isOver: false, troubles: 0))

    var isOver: Bool { state.withLock(\.isOver) }
    var troubles: Int { state.withLock(\.troubles) }

    func end() {
        state.withLock { $0.isOver = true }
    }

    func note(_ status: Int) {
        if status == 503 { state.withLock { $0.troubles += 1 } }
    }
}

extension `Who may take which route` {
    /// Who asks for a route, and what they are told in quiet times.
    private struct Refusal: Sendable {
        let question: WireQuestion
        let status: Int
        let words: String
    }

    @Test func `is what the table says while the database fails, or that it cannot be said`() async throws {
        let tokens = try await tokens()
        let (refusals, readings) = (refusals(of: tokens), try readings(by: tokens))
        let storm = try await Storm(over: sample.scratch)
        let weather = Weather()
        try await whileServing(Database(storm.client)) { port, _ in
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    defer { weather.end() }
                    var seed = SeededNumbers(33)
                    try await storm.blow(&seed)
                }
                // The refusals, shared out, and those who may read beside them.
                for number in 0..<6 {
                    group.addTask {
                        var seed = SeededNumbers(UInt64(number))
                        var round = 0
                        repeat {
                            let asked = (round == 0 ? Self.part(number, of: refusals) : refusals)
                                .shuffled(using: &seed)
                            for refusal in asked + readings.shuffled(using: &seed).prefix(20) {
                                if round > 0, weather.isOver { return }
                                let answer = try await refusal.question.ask(port)
                                weather.note(answer.status)
                                #expect(
                                    [refusal.status, 503, 504].contains(answer.status),
                                    "\(refusal.words) was told \(answer.status), and not \(refusal.status)"
                                )
                            }
                            round += 1
                        } while !weather.isOver
                    }
                }
                try await group.waitForAll()
            }
            #expect(weather.troubles > 0, "there was no storm")
            // Nobody whom a fault let in stays, and nobody is kept out.
            for refusal in refusals.prefix(50) + readings {
                #expect(try await refusal.question.insist(port).status == refusal.status, "\(refusal.words)")
            }
        }
        await storm.client.shutdown()
    }

    private static func part(_ number: Int, of refusals: [Refusal]) -> [Refusal] {
        refusals.enumerated().filter { $0.offset % 6 == number }.map(\.element)
    }

    /// Everything that somebody may not take, by those who may least.
    private func refusals(of tokens: [(Asker, String?)]) -> [Refusal] {
        var refusals: [Refusal] = []
        for (asker, token) in tokens {
            for route in routes {
                guard case .inChapter = route.right, let may = Self.ofAChapter[Self.name(route)],
                    !may.contains(asker.rawValue),
                    // Who may answer a need hangs on the need, and there is none here.
                    !route.path.hasSuffix("/answer")
                else { continue }
                let status = asker == .nobody ? 401 : asker.belongs ? 403 : 404
                refusals.append(refusal(of: route, to: asker, token, status))
            }
        }
        return refusals
    }

    /// What a member may read, where no id has to be right.
    private func readings(by tokens: [(Asker, String?)]) throws -> [Refusal] {
        let token = try #require(tokens.first { $0.0 == .member }).1
        return routes.compactMap { route in
            guard route.method == .get, case .inChapter = route.right, !route.path.contains("{id}"),
                [
                    "GET members", "GET referrals", "GET meetings", "GET offices", "GET needs",
                    "GET reports/roi.csv",
                ]
                .contains(Self.name(route))
            else { return nil }
            return refusal(of: route, to: .member, token, 200)
        }
    }

    private func refusal(
        of route: Route,
        to asker: Asker,
        _ token: String?,
        _ status: Int
    ) -> Refusal {
        let path = route.path.replacing("{chapter}", with: "alder").replacing("{date}", with: "2026-10-28")
            .replacing("{month}", with: "2026-10").replacing("{id}", with: "1")
        let question = WireQuestion(
            method: route.method.rawValue,
            address: path,
            headers: token.map { ["Authorization: Bearer \($0)"] } ?? [],
            body: route.method == .get ? "" : "{}"
        )
        return Refusal(question: question, status: status, words: "\(asker) \(route.method) \(path)")
    }

    private func tokens() async throws -> [(Asker, String?)] {
        let dora = try await sample.shell.add(.sample("Dora Dyer"))
        let ended = try await sample.shell.token(of: dora)
        _ = try await sample.shell.run(
            .end(dora.id, on: .day("2026-10-31"), reason: nil, in: sample.alder.id)
        )
        return [
            (.nobody, nil), (.ended, ended),
            (.member, try await sample.caller(sample.bob).token),
            (.ofAnotherChapter, try await sample.caller(sample.charlie).token),
        ]
    }
}
