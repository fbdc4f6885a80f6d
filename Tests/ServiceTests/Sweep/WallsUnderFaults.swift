import Postgres
import Storage
import Synchronization
import TestSupport
import Testing

/// The sweep: everybody asks for everything at once, while whatever can go wrong with the database does.
///
/// Two chapters are only read, so that every answer can be held to that of quiet times; two are written to.
@Suite(.freshDatabase, .timeLimit(.minutes(20)))
struct `The walls between chapters, over HTTP` {
    let scratch: ScratchDatabase
    let chapters: [MarkedChapter]

    init() async throws {
        scratch = try ScratchDatabase.current
        try await scratch.stopClock(at: SampleChapter.now)
        var chapters: [MarkedChapter] = []
        for (mark, currency, zone) in [
            ("zinnia", "SEK", "Europe/Stockholm"), ("yarrow", "NOK", "Europe/Oslo"),
            ("tansy", "PLN", "Europe/Warsaw"), ("sorrel", "CZK", "Europe/Prague"),
        ] {
            chapters.append(try await MarkedChapter(mark, currency: currency, timeZone: zone, in: scratch))
        }
        self.chapters = chapters
    }

    @Test func `stand while connections are cut, cancelled and used again, and nothing is lost`()
        async throws
    {
        let storm = try await Storm(over: scratch)
        let heard = Heard()
        try await whileServing(Database(storm.client)) { port, _ in
            let readers = Readers(of: chapters[0], and: chapters[1], not: chapters, in: scratch.database)
            let writers = try chapters.dropFirst(2).map { try Writer(in: $0, beside: chapters) }
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    defer { heard.endStorm() }
                    var seed = SeededNumbers(36)
                    try await storm.blow(&seed)
                }
                for (number, asker) in readers.askers.enumerated() {
                    group.addTask {
                        var seed = SeededNumbers(UInt64(number))
                        // One leader of each chapter comes through all of it, however long that takes.
                        var isWhole = asker.way == .leaderByToken
                        repeat {
                            try await readers.ask(as: asker, inWhole: isWhole, port, &seed, noting: heard)
                            isWhole = false
                        } while !heard.isStormOver && !Task.isCancelled
                    }
                }
                group.addTask {
                    var number = 0
                    while !heard.isStormOver, !Task.isCancelled {
                        try await readers.hangUp(number, port)
                        number += 1
                    }
                }
                for writer in writers { group.addTask { try await writer.write(port) } }
                try await group.waitForAll()
            }
            #expect(heard[503] > 0 && heard[200] > 0, "there was no storm")
            try await readers.expectTheSameInQuiet(as: heard, port)
            for writer in writers { try await writer.settle(port, in: scratch) }
        }
        await storm.client.shutdown()
    }
}

/// What was answered, and whether the storm is over.
final class Heard: Sendable {
    private struct State {
        var statuses: [Int: Int] = [:]
        var answers: [SweepQuestion: Set<String>] = [:]
        var isStormOver = false
    }

    private let state = Mutex(State())

    var isStormOver: Bool { state.withLock(\.isStormOver) }

    /// How often there was this status.
    subscript(_ status: Int) -> Int {
        state.withLock { $0.statuses[status, default: 0] }
    }

    /// The different answers that a question had, but for those that said that there was none now.
    subscript(_ question: SweepQuestion) -> Set<String> {
        state.withLock { $0.answers[question, default: []] }
    }

    func note(_ answer: WireAnswer, to question: SweepQuestion) throws {
        let meaning = question.isSteady ? try answer.meaning : "\(answer.status)"
        state.withLock { state in
            state.statuses[answer.status, default: 0] += 1
            if answer.status != 503 { state.answers[question, default: []].insert(meaning) }
        }
    }

    func endStorm() {
        state.withLock { $0.isStormOver = true }
    }
}
