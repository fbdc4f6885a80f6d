import Logging
import Postgres
import Synchronization
import TestSupport
import Testing

/// Keeps what is logged.
private final class LogBook: Sendable {
    private let entries = Mutex<[(level: Logger.Level, message: String)]>([])

    var logger: Logger {
        Logger(label: "book") { _ in Handler(book: self) }
    }

    /// What somebody who looks after the service would read.
    var worthReading: [String] {
        entries.withLock { $0.filter { $0.level >= .notice }.map(\.message) }
    }

    private struct Handler: LogHandler {
        let book: LogBook
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.trace

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            book.entries.withLock { $0.append((event.level, "\(event.message)")) }
        }
    }
}

@Suite(.disturbing, .timeLimit(.minutes(20))) struct `An outage` {
    @Test func `is logged once, and its end once, however many callers notice`() async throws {
        let book = LogBook()
        try await withFaultyLine({ $0.logger = book.logger }) { line, client, _ async throws in
            #expect(await client.answers())
            #expect(await client.answers(on: .exclusive))
            #expect(book.worthReading == [])
            for outage in 1...2 {
                let opened = try line.count().opened
                try line.refuse()
                try line.reset()
                await withTaskGroup(of: Void.self) { group in
                    for caller in 0..<50 {
                        group.addTask {
                            for _ in 0..<40 {
                                _ = await client.answers(on: caller % 2 == 0 ? .shared : .exclusive)
                                try? await Task.sleep(for: .milliseconds(20))
                            }
                        }
                    }
                }
                #expect(book.worthReading.count == 2 * outage - 1, "\(book.worthReading)")
                try line.heal()
                try await eventually { await client.answers() }
                try await eventually { await client.answers(on: .exclusive) }
                #expect(book.worthReading.count == 2 * outage, "\(book.worthReading)")
                // One connection at a time, as many as are needed.
                #expect(try line.count().opened - opened <= 6)
            }
            #expect(book.worthReading.count { $0.contains("cannot be reached") } == 2)
            #expect(book.worthReading.count { $0.contains("is back") } == 2)
        }
    }
}
