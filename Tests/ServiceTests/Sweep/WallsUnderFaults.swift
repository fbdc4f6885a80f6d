import Postgres
import Storage
import Synchronization
import TestSupport
import Testing

/// The sweep: everybody asks for everything at once, while whatever can go wrong with the database does.
///
/// Two chapters are only read, so that every answer can be held to that of quiet times; two are written to.
@Suite(.freshDatabase, .timeLimit(.minutes(5)))
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
        let statuses = Statuses()
        try await whileServing(Database(storm.client)) { port, _ in
            let readers = Readers(of: chapters[0], and: chapters[1], not: chapters, in: scratch.database)
            let quiet = try await readers.askInQuiet(port)
            let writers = try chapters.dropFirst(2).map { try Writer(in: $0, beside: chapters) }
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    defer { statuses.end() }
                    var seed = SeededNumbers(36)
                    try await storm.blow(&seed)
                }
                for (number, asker) in readers.askers.enumerated() {
                    group.addTask {
                        var seed = SeededNumbers(UInt64(number))
                        repeat {
                            try await readers.askAll(as: asker, port, quiet, &seed, noting: statuses)
                        } while !statuses.hasEnded && !Task.isCancelled
                    }
                }
                group.addTask {
                    var number = 0
                    while !statuses.hasEnded, !Task.isCancelled {
                        try await readers.hangUp(number, port)
                        number += 1
                    }
                }
                for writer in writers { group.addTask { try await writer.write(port) } }
                try await group.waitForAll()
            }
            #expect(statuses[503] > 0 && statuses[200] > 0, "there was no storm")
            let after = try await readers.askInQuiet(port)
            for (question, answer) in after { try readers.expect(answer, to: question, quiet[question]) }
            for writer in writers { try await writer.settle(port, in: scratch) }
        }
        await storm.client.shutdown()
    }
}

/// How often there was which status, until the storm has ended.
final class Statuses: Sendable {
    private let counts = Mutex<(ofStatus: [Int: Int], hasEnded: Bool)>(([:], false))

    var hasEnded: Bool { counts.withLock { $0.hasEnded } }

    subscript(_ status: Int) -> Int {
        counts.withLock { $0.ofStatus[status, default: 0] }
    }

    func note(_ status: Int) {
        counts.withLock { $0.ofStatus[status, default: 0] += 1 }
    }

    func end() {
        counts.withLock { $0.hasEnded = true }
    }
}
